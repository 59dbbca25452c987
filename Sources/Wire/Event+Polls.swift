internal import Ledger
public import Rooms

// Events of polls.
extension Event {
    func writePolls(to writer: inout JSONWriter) {
        switch self {
        case .pollOpened(let frame): frame.write(to: &writer)
        case .pollVoted(let id, let voter, let ballot):
            writer.member("poll", String(id))
            writer.member("member", "\(voter)")
            writer.member("choices", numbers: ballot.choices)
        case .pollClosed(let id, let counts, let voters):
            writer.member("poll", String(id))
            writer.member("voters", voters)
            writer.member("counts", numbers: counts)
        case .pollCancelled(let id): writer.member("poll", String(id))
        default: writeMedia(to: &writer)
        }
    }

    /// `nil` where it is no event of these.
    static func polls(_ type: EventType, from fields: Fields) throws(FieldFault) -> Event? {
        switch type {
        case .pollOpened: return .pollOpened(try PollFrame(fields))
        case .pollVoted:
            let choices = try fields.numbers("choices")
            guard let ballot = Ballot(choices, of: 16) else {
                throw FieldFault("choices", "numbers of options")
            }
            return .pollVoted(
                try fields.sequence("poll", "a poll's id"),
                by: try fields.member("member"),
                ballot
            )
        case .pollClosed:
            return .pollClosed(
                try fields.sequence("poll", "a poll's id"),
                counts: try fields.numbers("counts"),
                voters: Int(clamping: try fields.natural("voters"))
            )
        case .pollCancelled: return .pollCancelled(try fields.sequence("poll", "a poll's id"))
        default: return nil
        }
    }
}

extension PollFrame {
    /// `{"kind", "options", "slot", "results", "registered", "changeable"}`.
    public func write(to object: inout JSONWriter) {
        object.member("kind", kind.rawValue)
        object.member("options", options)
        object.member("slot", orNull: slot?.description)
        object.member("results", results.rawValue)
        object.member("registered", isForRegistered)
        object.member("changeable", isChangeable)
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        let options = try fields.natural("options")
        guard options <= 16 else { throw FieldFault("options", "at most 16") }
        self.init(
            kind: try fields.choice("kind", PollKind.self),
            options: Int(options),
            slot: try fields.optionalSlot("slot"),
            results: try fields.choice("results", PollResults.self),
            isForRegistered: try fields.flag("registered"),
            isChangeable: try fields.flag("changeable")
        )
    }
}

extension PollTexts {
    /// `{"question"}`, and `labels` of options that whoever opened the poll gave.
    public func write(to object: inout JSONWriter) {
        object.member("question", question)
        if !options.isEmpty { object.member("labels", texts: options) }
    }

    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            question: try fields.text("question"),
            options: fields.has("labels") ? try fields.texts("labels") : []
        )
    }
}

extension Fields {
    func numbers(_ name: String) throws(FieldFault) -> [Int] {
        var numbers: [Int] = []
        for item in try items(name) {
            guard let number = item.integer else { throw FieldFault(name, "integers") }
            numbers.append(Int(clamping: number))
        }
        return numbers
    }
}

extension JSONWriter {
    public mutating func member(_ name: String, numbers: [Int]) {
        member(name, array: { array in for number in numbers { array.integer(number) } })
    }
}
