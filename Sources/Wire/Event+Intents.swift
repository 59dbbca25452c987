internal import Ledger
public import Rooms

// Events of intents: what each says, and who alone is told.
extension Event {
    func writeIntents(to writer: inout JSONWriter) {
        switch self {
        case .intentGiven(let key, let terms, let circle):
            key.write(to: &writer)
            terms.write(to: &writer)
            circle.write(to: &writer)
        case .intentUnshared(let key, let circle), .intentWithdrawn(let key, let circle):
            key.write(to: &writer)
            circle.write(to: &writer)
        case .intentAnswered(let key, let answer, let circle):
            key.write(to: &writer)
            writer.member("answer", answer.rawValue)
            circle.write(to: &writer)
        case .intentFollowedUp(let key, let followUp, let circle):
            key.write(to: &writer)
            followUp.write(to: &writer)
            circle.write(to: &writer)
        case .contactOffered(let key, let member), .contactTold(let key, let member),
            .contactWithdrawn(let key, let member):
            key.write(to: &writer)
            writer.member("of", "\(member)")
        case .feedbackGiven(let key, let codes, let circle):
            key.write(to: &writer)
            writer.member("codes", texts: codes.map(\.rawValue))
            circle.write(to: &writer)
        case .noteKept(let key): key.write(to: &writer)
        default: writeArchive(to: &writer)
        }
    }

    /// `nil` where it is no event of these.
    static func intents(_ type: EventType, from fields: Fields) throws(FieldFault) -> Event? {
        switch type {
        case .intentGiven:
            .intentGiven(
                try IntentKey(fields),
                try IntentTerms(fields),
                try IntentCircle(fields)
            )
        case .intentUnshared: .intentUnshared(try IntentKey(fields), try IntentCircle(fields))
        case .intentWithdrawn: .intentWithdrawn(try IntentKey(fields), try IntentCircle(fields))
        case .intentAnswered:
            .intentAnswered(
                try IntentKey(fields),
                try fields.choice("answer", IntentAnswer.self),
                try IntentCircle(fields)
            )
        case .intentFollowedUp:
            .intentFollowedUp(
                try IntentKey(fields),
                try FollowUp(fields),
                try IntentCircle(fields)
            )
        case .contactOffered:
            .contactOffered(try ContactKey(fields), by: try fields.member("of"))
        case .contactTold: .contactTold(try ContactKey(fields), of: try fields.member("of"))
        case .contactWithdrawn:
            .contactWithdrawn(try ContactKey(fields), by: try fields.member("of"))
        case .feedbackGiven:
            .feedbackGiven(
                try IntentKey(fields),
                try fields.choices("codes", FeedbackCode.self),
                try IntentCircle(fields)
            )
        case .noteKept: .noteKept(try IntentKey(fields))
        default: nil
        }
    }
}

extension IntentKey {
    /// `{"slot", "member"}`.
    public func write(to object: inout JSONWriter) {
        object.member("slot", slot.description)
        object.member("member", "\(member)")
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(try fields.slot("slot"), try fields.member("member"))
    }
}

extension ContactKey {
    /// `{"slot", "author", "presenter"}`.
    public func write(to object: inout JSONWriter) {
        object.member("slot", slot.description)
        object.member("author", "\(author)")
        object.member("presenter", "\(presenter)")
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            try fields.slot("slot"),
            author: try fields.member("author"),
            presenter: try fields.member("presenter")
        )
    }
}

extension FollowUp {
    /// `{"party", "outcome", "amount"?}`.
    public func write(to object: inout JSONWriter) {
        object.member("party", party.rawValue)
        object.member("outcome", outcome.rawValue)
        if let amount { object.member("amount", object: { amount.write(to: &$0) }) }
    }
}

extension IntentTerms {
    /// `{"side", "step", "amount"?, "cooperation"?}`.
    public func write(to object: inout JSONWriter) {
        object.member("side", side.rawValue)
        object.member("step", step.rawValue)
        if let amount { object.member("amount", object: { amount.write(to: &$0) }) }
        if let cooperation { object.member("cooperation", cooperation.rawValue) }
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            try fields.choice("side", IntentSide.self),
            try fields.choice("step", IntentStep.self),
            amount: try fields.optionalAmount("amount"),
            cooperation: try fields.optionalChoice("cooperation", Cooperation.self)
        )
    }
}

extension AmountRange {
    /// `{"currency", "least", "most"}`, in minor units.
    public func write(to object: inout JSONWriter) {
        object.member("currency", currency)
        object.member("least", least)
        object.member("most", most)
    }
}

extension IntentCircle {
    fileprivate func write(to object: inout JSONWriter) {
        object.member("shared", isShared)
        object.member("presenters", texts: presenters.map { "\($0)" })
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            presenters: try fields.members("presenters"),
            isShared: try fields.flag("shared")
        )
    }
}
