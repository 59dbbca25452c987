internal import Ledger
public import Rooms

// Events of judging.
extension Event {
    func writeJudging(to writer: inout JSONWriter) {
        switch self {
        case .judgingArranged(let scheme): scheme.write(to: &writer)
        case .judgeSeated(let member, let panel):
            writer.member("member", "\(member)")
            writer.member("panel", panel)
        case .judgeRecused(let slot, let member), .recusalEnded(let slot, let member):
            writer.member("slot", slot.description)
            writer.member("member", "\(member)")
        case .sheetSubmitted(let sheet):
            sheet.writeNotice(to: &writer)
            writer.member("panel", sheet.panel)
            writer.member("marks", integers: sheet.marks)
        case .scoringOpened(let slot), .scoringClosed(let slot):
            writer.member("slot", slot.description)
        case .scoresPublished(let published): published.write(to: &writer)
        case .sheetOpened(let sheet): sheet.write(to: &writer)
        default: writeOrder(to: &writer)
        }
    }

    /// The members of `data` for those who are told that it happened and no value of it.
    func writeNotice(to writer: inout JSONWriter) {
        switch self {
        case .sheetSubmitted(let sheet): sheet.writeNotice(to: &writer)
        case .drawStarted(let frame): frame.writeNotice(to: &writer)
        case .questionAsked(let slot, _):
            writer.member("slot", orNull: slot?.description)
            writer.member("anonymous", true)
        default: return
        }
    }

    /// `nil` where it is no event of these.
    static func judging(_ type: EventType, from fields: Fields) throws(FieldFault) -> Event? {
        switch type {
        case .judgingArranged: .judgingArranged(try JudgingScheme(fields))
        case .judgeSeated: .judgeSeated(try fields.member("member"), try fields.panel())
        case .judgeRecused: .judgeRecused(try fields.slot("slot"), try fields.member("member"))
        case .recusalEnded: .recusalEnded(try fields.slot("slot"), try fields.member("member"))
        case .sheetSubmitted:
            .sheetSubmitted(
                SubmittedSheet(
                    slot: try fields.slot("slot"),
                    judge: try fields.member("member"),
                    panel: try fields.panel(),
                    marks: try fields.integers("marks")
                )
            )
        case .scoringOpened: .scoringOpened(try fields.slot("slot"))
        case .scoringClosed: .scoringClosed(try fields.slot("slot"))
        case .scoresPublished: .scoresPublished(try PublishedScores(fields))
        case .sheetOpened: .sheetOpened(try OpenedSheet(fields))
        default: nil
        }
    }
}

extension SubmittedSheet {
    fileprivate func writeNotice(to writer: inout JSONWriter) {
        writer.member("slot", slot.description)
        writer.member("member", "\(judge)")
    }
}

extension SlotScore {
    /// `{"slot", "total", "criteria", "sheets", "trimmed", "recused"}`, figures in hundredths.
    public func write(to object: inout JSONWriter) {
        object.member("slot", slot.description)
        object.member("total", orNull: total)
        object.member("criteria", integers: criteria)
        object.member("sheets", sheets)
        object.member("trimmed", trimmed)
        object.member("recused", recused)
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            slot: try fields.slot("slot"),
            total: try fields.optionalNatural("total").map { Int(clamping: $0) },
            criteria: try fields.integers("criteria"),
            sheets: Int(clamping: try fields.natural("sheets")),
            trimmed: Int(clamping: try fields.natural("trimmed")),
            recused: Int(clamping: try fields.natural("recused"))
        )
    }
}

extension PublishedScores {
    /// `scores`, and `ranks` `[{"slot", "rank"}]`, the first places first.
    public func write(to object: inout JSONWriter) {
        object.member(
            "scores",
            array: { array in for score in scores { array.object { score.write(to: &$0) } } }
        )
        let ordered = ranks.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        object.member(
            "ranks",
            array: { array in
                for (slot, rank) in ordered {
                    array.object { item in
                        item.member("slot", slot.description)
                        item.member("rank", rank)
                    }
                }
            }
        )
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        let ranks = try fields.each("ranks") { (item) throws(FieldFault) in
            (try item.slot("slot"), Int(clamping: try item.natural("rank")))
        }
        self.init(
            scores: try fields.each("scores") { (item) throws(FieldFault) in try SlotScore(item) },
            ranks: Dictionary(ranks, uniquingKeysWith: { first, _ in first })
        )
    }
}

extension OpenedSheet {
    /// `{"slot", "member", "panel", "marks", "total", "trimmed", "all"}`, `total` in hundredths.
    public func write(to object: inout JSONWriter) {
        object.member("slot", slot.description)
        object.member("member", "\(judge)")
        object.member("panel", panel)
        object.member("marks", integers: marks)
        object.member("total", total)
        object.member("trimmed", isTrimmed)
        object.member("all", isForAll)
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            slot: try fields.slot("slot"),
            judge: try fields.member("member"),
            panel: try fields.panel(),
            marks: try fields.integers("marks"),
            total: Int(clamping: try fields.natural("total")),
            isTrimmed: try fields.flag("trimmed"),
            isForAll: try fields.flag("all")
        )
    }
}

extension Fields {
    func panel() throws(FieldFault) -> Int {
        Int(clamping: try natural("panel"))
    }
}

extension JSONWriter {
    public mutating func member(_ name: String, integers: [Int]) {
        member(name, array: { array in for integer in integers { array.integer(integer) } })
    }
}
