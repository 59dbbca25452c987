internal import Ledger

extension Room {
    func conversationEvents(
        of command: Command,
        by speaker: Speaker
    ) throws(Rejection) -> [Draft] {
        try require(speaker.actor)
        guard case .member(let member) = speaker.actor else { throw .notAdmitted }
        switch command {
        case .say(let text):
            try requireOngoing()
            let accepted = try accepted(text, limit: limits.chatText)
            return [Draft(.chatSaid, .said(name: speaker.card.name, text: accepted))]
        case .ask(let text, let slot):
            try requireOngoing()
            if let slot { try requireKnown(slot) }
            guard questions.count < limits.questions else {
                throw .tooManyQuestions(limit: limits.questions)
            }
            let accepted = try accepted(text, limit: limits.questionText)
            let card = speaker.card
            let texts = Texts.asked(
                name: card.name,
                organisation: card.organisation,
                text: accepted
            )
            return [Draft(.questionAsked(about: slot), texts)]
        case .vote(let id):
            try requireOngoing()
            let question = try visibleQuestion(id)
            guard !question.voters.contains(member) else { throw .alreadyVoted(id) }
            return [Draft(.questionVoted(id, votes: question.voters.count + 1))]
        case .mark(let id, let state):
            try require(speaker.actor, .moderator)
            try require(.open, .live, .paused, .followUp)
            let question = try visibleQuestion(id)
            return question.state == state ? [] : [Draft(.questionMarked(id, state))]
        case .redact(let sequence, let reason):
            return [Draft(try redaction(of: sequence, reason, by: member))]
        default:
            return []
        }
    }

    /// A text is removed by its author or a moderator, once, also after the room has ended.
    private func redaction(
        of sequence: UInt64,
        _ reason: RedactionReason,
        by member: MemberID
    ) throws(Rejection) -> Event {
        try require(.scheduled, .open, .live, .paused, .followUp)
        guard let text = texts[sequence] else { throw .noSuchText(sequence) }
        if text.author != member { try require(.member(member), .moderator) }
        guard !text.isRedacted else { throw .alreadyRedacted(sequence) }
        return .contentRedacted(sequence, parts: [text.part], reason)
    }

    private func requireOngoing() throws(Rejection) {
        try require(.open, .live, .paused)
    }

    /// The question, unless there is none or its text was removed.
    private func visibleQuestion(_ id: UInt64) throws(Rejection) -> Question {
        guard let question = questions[id], texts[id]?.isRedacted == false else {
            throw .noSuchQuestion(id)
        }
        return question
    }

    func requireKnown(_ slot: SlotID) throws(Rejection) {
        guard roadshow.index(of: slot) != nil else { throw .noSuchSlot(slot) }
    }
}
