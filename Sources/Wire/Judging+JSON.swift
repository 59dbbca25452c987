internal import Ledger
public import Rooms

// A scheme as it is sent: its lists of criteria, panels and groups, the names in them or beside them.
extension JudgingScheme {
    /// Its members, without names, as an event's `data` has them.
    func write(to object: inout JSONWriter) {
        write(nil, to: &object)
    }

    /// The same with its names, as a snapshot has them.
    public func write(_ texts: JudgingTexts?, to object: inout JSONWriter) {
        object.member(
            "criteria",
            array: { array in
                for (index, weight) in weights.enumerated() {
                    array.object { item in
                        item.member("weight", weight)
                        texts?.criteria.at(index)?.write(to: &item)
                    }
                }
            }
        )
        object.member(
            "panels",
            array: { array in
                for (index, weight) in panels.enumerated() {
                    array.object { item in
                        item.member("weight", weight)
                        if let name = texts?.panels.at(index) { item.member("name", name) }
                    }
                }
            }
        )
        object.member("aggregation", aggregation.rawValue)
        object.member("publication", publication.name)
        if case .after(let slots) = publication { object.member("after", slots) }
        object.member("detail", detail.rawValue)
        object.member("ties", array: { array in for tie in ties { array.integer(tie) } })
        object.member(
            "groups",
            array: { array in
                for (index, group) in groups.enumerated() {
                    array.object { item in
                        group.write(to: &item)
                        texts?.groups.at(index)?.write(to: &item)
                    }
                }
            }
        )
    }

    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            weights: try fields.each("criteria") { (item) throws(FieldFault) in
                Int(clamping: try item.natural("weight"))
            },
            panels: try fields.each("panels") { (item) throws(FieldFault) in
                Int(clamping: try item.natural("weight"))
            },
            aggregation: try fields.choice("aggregation", Aggregation.self),
            publication: try ScorePublication(fields),
            detail: try fields.choice("detail", ScoreDetail.self),
            ties: try fields.integers("ties"),
            groups: try fields.each("groups") { (item) throws(FieldFault) in try SlotGroup(item) }
        )
    }
}

extension JudgingPlan {
    /// A scheme with its names, of an HTTP request.
    public init(reading json: JSON) throws(WireError) {
        do throws(FieldFault) {
            self = try JudgingPlan(try Fields(json))
        } catch {
            throw FieldFault("judging.\(error.field)", error.expected).error
        }
    }

    /// A scheme with its names; what is left out is as `JudgingScheme.init` has it, and one panel.
    init(_ fields: Fields) throws(FieldFault) {
        let criteria = try fields.each("criteria") { (item) throws(FieldFault) in
            (Int(clamping: try item.natural("weight")), try JudgingTexts.CriterionText(item))
        }
        let panels = try fields.optionalEach("panels") { (item) throws(FieldFault) in
            (Int(clamping: try item.natural("weight")), try item.text("name"))
        }
        let groups = try fields.optionalEach("groups") { (item) throws(FieldFault) in
            (try SlotGroup(item), try JudgingTexts.GroupText(item))
        }
        self.init(
            scheme: JudgingScheme(
                weights: criteria.map(\.0),
                panels: panels?.map(\.0) ?? [100],
                aggregation: fields.has("aggregation")
                    ? try fields.choice("aggregation", JudgingScheme.Aggregation.self) : .trimmed,
                publication: fields.has("publication") ? try ScorePublication(fields) : .end,
                detail: fields.has("detail")
                    ? try fields.choice("detail", ScoreDetail.self) : .criteria,
                ties: fields.has("ties") ? try fields.integers("ties") : [1],
                groups: groups?.map(\.0) ?? []
            ),
            texts: JudgingTexts(
                criteria: criteria.map(\.1),
                panels: panels?.map(\.1) ?? ["评委"],
                groups: groups?.map(\.1) ?? []
            )
        )
    }
}

extension ScorePublication {
    fileprivate var name: String {
        switch self {
        case .eachSlot: "each_slot"
        case .after: "after"
        case .end: "end"
        }
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        switch try fields.text("publication") {
        case "each_slot": self = .eachSlot
        case "after": self = .after(slots: Int(clamping: try fields.natural("after")))
        case "end": self = .end
        default: throw FieldFault("publication", "one of each_slot, after, end")
        }
    }
}

extension SlotGroup {
    fileprivate func write(to item: inout JSONWriter) {
        item.member(
            "slots",
            array: { array in for slot in slots { array.string(slot.description) } }
        )
        item.member("scored", isScored)
        item.member("advancing", advancing)
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        var slots: [SlotID] = []
        for text in try fields.texts("slots") {
            guard let slot = SlotID(text) else { throw FieldFault("groups.slots", "ids of slots") }
            slots.append(slot)
        }
        self.init(
            slots: slots,
            isScored: try fields.optionalFlag("scored") ?? true,
            advancing: Int(clamping: try fields.optionalNatural("advancing") ?? 0)
        )
    }
}

extension JudgingTexts {
    func write(to object: inout JSONWriter) {
        object.member(
            "criteria",
            array: { array in
                for criterion in criteria { array.object { criterion.write(to: &$0) } }
            }
        )
        object.member(
            "panels",
            array: { array in for name in panels { array.object { $0.member("name", name) } } }
        )
        object.member(
            "groups",
            array: { array in for group in groups { array.object { group.write(to: &$0) } } }
        )
    }

    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            criteria: try fields.each("criteria") { (item) throws(FieldFault) in
                try CriterionText(item)
            },
            panels: try fields.each("panels") { (item) throws(FieldFault) in
                try item.text("name")
            },
            groups: try fields.each("groups") { (item) throws(FieldFault) in try GroupText(item) }
        )
    }
}

extension JudgingTexts.CriterionText {
    fileprivate func write(to item: inout JSONWriter) {
        item.member("name", name)
        if let anchors { item.member("anchors", anchors) }
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            name: try fields.text("name"),
            anchors: try fields.optionalText("anchors").flatMap { $0.isEmpty ? nil : $0 }
        )
    }
}

extension JudgingTexts.GroupText {
    fileprivate func write(to item: inout JSONWriter) {
        item.member("name", name)
        item.member("prizes", texts: prizes)
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            name: try fields.text("name"),
            prizes: fields.has("prizes") ? try fields.texts("prizes") : []
        )
    }
}

extension Fields {
    /// What is read of each object of a list.
    func each<Item>(
        _ name: String,
        _ read: (Fields) throws(FieldFault) -> Item
    ) throws(FieldFault) -> [Item] {
        var items: [Item] = []
        for item in try self.items(name) {
            do throws(FieldFault) {
                items.append(try read(try Fields(item)))
            } catch {
                throw FieldFault("\(name).\(error.field)", error.expected)
            }
        }
        return items
    }

    func optionalEach<Item>(
        _ name: String,
        _ read: (Fields) throws(FieldFault) -> Item
    ) throws(FieldFault) -> [Item]? {
        has(name) ? try each(name, read) : nil
    }

    func integers(_ name: String) throws(FieldFault) -> [Int] {
        var integers: [Int] = []
        for item in try items(name) {
            guard let integer = item.integer else {
                throw FieldFault(name, "an array of integers")
            }
            integers.append(Int(clamping: integer))
        }
        return integers
    }
}

extension Array {
    fileprivate func at(_ index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}
