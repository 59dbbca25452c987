internal import Ledger
internal import Rooms

// Events of questions.
extension Event {
    func writeQuestions(to writer: inout JSONWriter) {
        switch self {
        case .questionAsked(let slot, let author):
            writer.member("slot", orNull: slot?.description)
            guard let author else { return }
            writer.member("anonymous", true)
            writer.member("author", "\(author)")
        case .questionVoted(let id, let votes):
            writer.member("question", String(id))
            writer.member("votes", votes)
        case .questionMarked(let id, let state):
            writer.member("question", String(id))
            writer.member("state", state.rawValue)
        case .questionMerged(let id, let target, let counts):
            writer.member("question", String(id))
            writer.member("into", orNull: target.map { String($0) })
            writer.member(
                "counts",
                array: { array in
                    for count in counts {
                        array.object { object in
                            object.member("question", String(count.question))
                            object.member("votes", count.votes)
                        }
                    }
                }
            )
        case .questionAnswered(let id): writer.member("question", String(id))
        case .anonymitySet(let allows): writer.member("on", allows)
        default: writeAdmission(to: &writer)
        }
    }

    /// `nil` where it is no event of these.
    static func questions(_ type: EventType, from fields: Fields) throws(FieldFault) -> Event? {
        switch type {
        case .questionAsked:
            return .questionAsked(
                about: try fields.optionalSlot("slot"),
                hiding: fields.has("author") ? try fields.member("author") : nil
            )
        case .questionVoted:
            return .questionVoted(
                try fields.sequence("question"),
                votes: Int(clamping: try fields.natural("votes"))
            )
        case .questionMarked:
            return .questionMarked(
                try fields.sequence("question"),
                try fields.choice("state", QuestionState.self)
            )
        case .questionMerged:
            var counts: [QuestionVotes] = []
            for item in try fields.items("counts") {
                let count = try Fields(item)
                let votes = Int(clamping: try count.natural("votes"))
                counts.append(QuestionVotes(try count.sequence("question"), votes))
            }
            return .questionMerged(
                try fields.sequence("question"),
                into: fields.has("into") ? try fields.sequence("into") : nil,
                counts: counts
            )
        case .questionAnswered: return .questionAnswered(try fields.sequence("question"))
        case .anonymitySet: return .anonymitySet(try fields.flag("on"))
        default: return nil
        }
    }
}
