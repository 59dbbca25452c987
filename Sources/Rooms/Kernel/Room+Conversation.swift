internal import Ledger

extension Room {
    func conversationEvents(
        of command: Command,
        by speaker: Speaker,
        at now: Timestamp
    ) throws(Rejection) -> [Draft] {
        guard case .member(let member) = speaker.actor else { throw .notAdmitted }
        switch command {
        case .say(let text, let channel, let mentions):
            let address = try address(in: channel, mentioning: mentions, by: member)
            return channel.isPrivate
                ? try confided(text, to: address, by: member, as: speaker.card)
                : try said(text, to: address, by: member, as: speaker.card, at: now)
        case .ask, .vote, .mark, .mergeQuestion, .answerQuestion, .allowAnonymous:
            return try questionEvents(of: command, by: member, as: speaker.card)
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
        guard let text = texts[sequence], !text.isCard,
            text.isKnown(to: member, isModerator(member))
        else { throw .noSuchText(sequence) }
        if text.author != member, !isModerator(member) { throw .notPermitted(needs: [.moderator]) }
        guard !text.isRedacted else { throw .alreadyRedacted(sequence) }
        let isOwnSecret = text.author == member && questions[sequence]?.isAnonymous == true
        let removal = Event.contentRedacted(sequence, parts: text.parts, reason)
        var drafts = [Draft(removal, hidesActor: isOwnSecret, told: text.circle)]
        if let held = text.heldIn, let copy = texts[held], !copy.isRedacted {
            drafts.append(Draft(.contentRedacted(held, parts: copy.parts, reason)))
        }
        return drafts + removedCorrections(of: sequence, reason)
    }

    /// What a person wrote and its cards, whose events stay.
    func forgotten(_ member: MemberID) -> [Draft] {
        textsLeft(by: member).prefix(limits.forgottenAtOnce).compactMap { sequence in
            texts[sequence].map {
                Draft(.contentRedacted(sequence, parts: $0.parts, .private), told: $0.circle)
            }
        }
    }

    func isModerator(_ member: MemberID) -> Bool {
        members[member]?.roles.contains(.moderator) ?? false
    }

    func requireKnown(_ slot: SlotID) throws(Rejection) {
        guard roadshow.index(of: slot) != nil else { throw .noSuchSlot(slot) }
    }
}
