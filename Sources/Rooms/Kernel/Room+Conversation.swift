internal import Ledger

extension Room {
    func conversationEvents(
        of command: Command,
        by speaker: Speaker,
        at now: Timestamp
    ) throws(Rejection) -> [Draft] {
        guard case .member(let member) = speaker.actor else { throw .notAdmitted }
        switch command {
        case .say(let text):
            return try said(text, by: member, as: speaker.card, at: now)
        case .ask(let text, let slot):
            if let slot { try requireKnown(slot) }
            guard questions.count < limits.questions else {
                throw .tooManyQuestions(limit: limits.questions)
            }
            let accepted = try accepted(text, limit: limits.questionText)
            try requireVoice(of: member)
            // A question is never held: with such a word it is refused.
            guard !limits.words.match(accepted) else { throw .wordRefused }
            let texts = Texts.asked(by: speaker.card.byline, text: accepted)
            return [Draft(.questionAsked(about: slot), texts)]
        case .vote(let id):
            let question = try visibleQuestion(id)
            guard !question.voters.contains(member) else { throw .alreadyVoted(id) }
            return [Draft(.questionVoted(id, votes: question.voters.count + 1))]
        case .mark(let id, let state):
            let question = try visibleQuestion(id)
            return question.state == state ? [] : [Draft(.questionMarked(id, state))]
        case .redact(let sequence, let reason):
            return try redaction(of: sequence, reason, by: member)
        default:
            return []
        }
    }

    /// A text is removed by its author or a moderator, once, also after the room has ended.
    private func redaction(
        of sequence: UInt64,
        _ reason: RedactionReason,
        by member: MemberID
    ) throws(Rejection) -> [Draft] {
        guard let text = texts[sequence], !text.isCard else { throw .noSuchText(sequence) }
        if text.author != member, !isModerator(member) { throw .notPermitted(needs: [.moderator]) }
        guard !text.isRedacted else { throw .alreadyRedacted(sequence) }
        var drafts = [Draft(.contentRedacted(sequence, parts: text.parts, reason))]
        if let held = text.heldIn, let copy = texts[held], !copy.isRedacted {
            drafts.append(Draft(.contentRedacted(held, parts: copy.parts, reason)))
        }
        return drafts
    }

    /// What a person wrote and its cards, whose events stay.
    func forgotten(_ member: MemberID) -> [Draft] {
        textsLeft(by: member).prefix(limits.forgottenAtOnce).compactMap { sequence in
            texts[sequence].map {
                Draft(.contentRedacted(sequence, parts: $0.parts, .private))
            }
        }
    }

    func isModerator(_ member: MemberID) -> Bool {
        members[member]?.roles.contains(.moderator) ?? false
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
