internal import Ledger

/// What comes back to whoever gave an intent, and what a presenter takes home (`rooms.md`, Intents).
extension Room {
    func answerEvents(of command: Command, by speaker: Speaker) throws(Rejection) -> [Draft] {
        guard case .member(let member) = speaker.actor else { throw .notAdmitted }
        let byline = speaker.card.byline
        switch command {
        case .answerIntent(let key, let answer, let note):
            return try answered(key, answer, note: note, by: member, as: byline)
        case .followUp(let key, let followUp, let note):
            return try followedUp(key, followUp, note: note, by: member, as: byline)
        case .giveFeedback(let slot, let codes, let text):
            try requireKnown(slot)
            if let conflict = conflict(of: member, with: slot) { throw .intentConflict(conflict) }
            let key = IntentKey(slot, member)
            guard intents.feedback[key] != nil || intents.feedback.count < limits.intents else {
                throw .roomFull(limit: limits.intents)
            }
            let text = try optional(text, limit: limits.intentNote)
            guard text != nil || !codes.isEmpty else { throw .textEmpty }
            let circle = circle(of: key, isShared: false)
            let given = Event.feedbackGiven(key, Set(codes).sorted(), circle)
            return [Draft(given, .remark(by: byline, text: text))]
        case .keepNote(let slot, let text):
            try requireKnown(slot)
            let key = IntentKey(slot, member)
            guard intents.notes[key] != nil || intents.notes.count < limits.intents else {
                throw .roomFull(limit: limits.intents)
            }
            let text = try optional(text, limit: limits.ownNote)
            guard text != nil || intents.notes[key] != nil else { return [] }
            return replacedNote(of: key) + [Draft(.noteKept(key), .remark(by: byline, text: text))]
        default:
            return try contactEvents(of: command, by: member, as: byline)
        }
    }

    private func answered(
        _ key: IntentKey,
        _ answer: IntentAnswer,
        note: String?,
        by member: MemberID,
        as byline: Byline
    ) throws(Rejection) -> [Draft] {
        try requireOwn(key.slot, of: member)
        guard let intent = intents.standing(key) else { throw .noSuchIntent }
        let asks = answer.step(of: intent.terms.side)
        guard intent.terms.implies(asks) else { throw .notAsked(asks) }
        let note = try optional(note, limit: limits.intentNote)
        guard note != nil || intent.answers[answer.topic]?.answer != answer else { return [] }
        let circle = circle(of: key, isShared: intent.isShared)
        return [Draft(.intentAnswered(key, answer, circle), .remark(by: byline, text: note))]
    }

    private func followedUp(
        _ key: IntentKey,
        _ followUp: FollowUp,
        note: String?,
        by member: MemberID,
        as byline: Byline
    ) throws(Rejection) -> [Draft] {
        try requireKnown(key.slot)
        if followUp.party == .presenter {
            try requireOwn(key.slot, of: member)
        } else if key.member != member {
            throw .noSuchIntent
        }
        guard let intent = intents.standing(key) else { throw .noSuchIntent }
        if let fault = followUp.amount?.fault { throw .badAmount(fault) }
        let note = try optional(note, limit: limits.intentNote)
        let circle = circle(of: key, isShared: intent.isShared)
        return [Draft(.intentFollowedUp(key, followUp, circle), .remark(by: byline, text: note))]
    }

    /// What one noted before is erased: it was for oneself alone.
    private func replacedNote(of key: IntentKey) -> [Draft] {
        guard let sequence = intents.notes[key], let text = texts[sequence], !text.isRedacted else {
            return []
        }
        let redacted = Event.contentRedacted(sequence, parts: text.parts, .private)
        return [Draft(redacted, told: text.circle)]
    }

    /// Of the presenters only that very slot's; staff answer for nobody.
    func requireOwn(_ slot: SlotID, of member: MemberID) throws(Rejection) {
        try requireKnown(slot)
        guard members[member]?.slots.contains(slot) == true else {
            throw .notPermitted(needs: [.presenter])
        }
    }

    mutating func applyAnswers(_ recorded: Recorded) {
        let (sequence, at) = (recorded.sequence, recorded.at)
        switch recorded.event {
        case .intentAnswered(let key, let answer, _):
            intents.all[key]?.answers[answer.topic] = Intent.Answered(
                answer: answer,
                sequence: sequence,
                at: at
            )
        case .intentFollowedUp(let key, let followUp, _):
            intents.all[key]?.followUps[followUp.party] = Intent.Followed(
                followUp: followUp,
                sequence: sequence,
                at: at
            )
        case .feedbackGiven(let key, let codes, _):
            intents.feedback[key] = Feedback(codes: codes, sequence: sequence, at: at)
        case .noteKept(let key): intents.notes[key] = sequence
        default: applyContacts(recorded)
        }
    }
}

extension IntentTerms {
    /// Whether that step or one above it was taken.
    fileprivate func implies(_ lower: IntentStep) -> Bool {
        guard let least = side.place(of: lower), let place = side.place(of: step) else {
            return false
        }
        return place >= least
    }
}
