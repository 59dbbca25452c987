internal import Ledger
internal import Rooms

// Commands about polls.
extension Command {
    init?(poll type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "poll.open": self = .openPoll(try PollPlan(data))
        case "poll.vote":
            self = .votePoll(
                try data.sequence("poll", "a poll's id"),
                try data.numbers("choices")
            )
        case "poll.close": self = .closePoll(try data.sequence("poll", "a poll's id"))
        case "poll.cancel": self = .cancelPoll(try data.sequence("poll", "a poll's id"))
        default: return nil
        }
    }
}

extension PollPlan {
    fileprivate init(_ data: Fields) throws(FieldFault) {
        self.init(
            kind: try data.choice("kind", PollKind.self),
            texts: PollTexts(
                question: try data.text("question"),
                options: data.has("options") ? try data.texts("options") : []
            ),
            slot: try data.optionalSlot("slot"),
            results: data.has("results") ? try data.choice("results", PollResults.self) : .live,
            isForRegistered: try data.optionalFlag("registered") ?? false,
            isChangeable: try data.optionalFlag("changeable") ?? true
        )
    }
}
