internal import Ledger
internal import Rooms

// Commands about questions.
extension Command {
    init?(question type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "question.ask":
            self = .ask(
                try data.text("text"),
                about: try data.optionalSlot("slot"),
                anonymously: try data.optionalFlag("anonymous") ?? false
            )
        case "question.vote": self = .vote(for: try data.sequence("question"))
        case "question.mark":
            self = .mark(
                try data.sequence("question"),
                try data.choice("state", QuestionState.self)
            )
        case "question.merge":
            self = .mergeQuestion(
                try data.sequence("question"),
                into: data.has("into") ? try data.sequence("into") : nil
            )
        case "question.answer":
            self = .answerQuestion(try data.sequence("question"), try data.text("text"))
        case "question.allow_anonymous": self = .allowAnonymous(try data.flag("on"))
        default: return nil
        }
    }
}
