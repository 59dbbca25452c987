internal import Ledger
internal import Rooms

// Commands about intents.
extension Command {
    init?(intents type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "intent.give": self = .giveIntent(try data.slot("slot"), try IntentOffer(data))
        case "intent.withdraw":
            self = .withdrawIntent(try data.slot("slot"), note: try data.optionalText("note"))
        case "intent.answer":
            self = .answerIntent(
                IntentKey(try data.slot("slot"), try data.member("member")),
                try data.choice("answer", IntentAnswer.self),
                note: try data.optionalText("note")
            )
        case "intent.follow_up":
            self = .followUp(
                IntentKey(try data.slot("slot"), try data.member("member")),
                try FollowUp(data),
                note: try data.optionalText("note")
            )
        case "contact.offer":
            self = .offerContact(
                try data.slot("slot"),
                with: try data.member("member"),
                text: try data.text("text"),
                theirs: nil
            )
        case "contact.withdraw":
            self = .withdrawContact(try data.slot("slot"), with: try data.member("member"))
        case "feedback.give":
            self = .giveFeedback(
                try data.slot("slot"),
                try data.choices("codes", FeedbackCode.self),
                text: try data.optionalText("text")
            )
        case "note.keep":
            self = .keepNote(try data.slot("slot"), try data.optionalText("text"))
        default: return nil
        }
    }
}

extension FollowUp {
    /// `{"party", "outcome", "amount"?}`.
    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            try fields.choice("party", IntentParty.self),
            try fields.choice("outcome", Outcome.self),
            amount: try fields.optionalAmount("amount")
        )
    }
}

extension IntentOffer {
    fileprivate init(_ data: Fields) throws(FieldFault) {
        self.init(
            try data.choice("side", IntentSide.self),
            try data.choice("step", IntentStep.self),
            amount: try data.optionalAmount("amount"),
            cooperation: try data.optionalChoice("cooperation", Cooperation.self),
            note: try data.optionalText("note"),
            isShared: try data.optionalFlag("shared") ?? false
        )
    }
}

extension Fields {
    /// `{"currency", "least", "most"}`; whether the currency is one is for the rules.
    func optionalAmount(_ name: String) throws(FieldFault) -> AmountRange? {
        guard has(name) else { return nil }
        let amount = try object(name)
        return AmountRange(
            currency: try amount.text("currency"),
            least: try amount.natural("least"),
            most: try amount.natural("most")
        )
    }

    func optionalChoice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Choice.Type
    ) throws(FieldFault) -> Choice? where Choice.RawValue == String {
        has(name) ? try choice(name, type) : nil
    }

    func members(_ name: String) throws(FieldFault) -> [MemberID] {
        var members: [MemberID] = []
        for text in try texts(name) {
            guard let member = MemberID(text) else { throw FieldFault(name, "ids of members") }
            members.append(member)
        }
        return members
    }
}
