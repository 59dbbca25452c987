internal import Ledger

extension Room {
    /// Takes over what was decided. It cannot refuse: replay gives the same room for ever.
    public mutating func apply(_ recorded: Recorded) {
        sequence = recorded.sequence
        noteCard(of: recorded)
        switch recorded.event {
        case .roomCreated(let frame):
            lifecycle = .scheduled
            roadshow.frame = frame
            conduct.allowsAnonymous = frame.rules.allowsAnonymous
            roadshow.slots = frame.slots.map { Slot(frame: $0) }
        case .memberAdmitted(let id, let roles, let slots),
            .rolesChanged(let id, let roles, let slots):
            members[id, default: Membership(roles: [], slots: [])].roles = roles
            members[id]?.slots = Set(slots)
            if case .rolesChanged = recorded.event, recorded.by != .server {
                members[id]?.rolesAreSet = true
            }
            outside[id] = nil
        case .roomOpened: lifecycle = .open
        case .roomStarted, .roomResumed: lifecycle = .live
        case .roomPaused: lifecycle = .paused
        case .endRequested(let until): endRequestedUntil = until
        case .roomEnded(let until):
            lifecycle = .followUp(reopenUntil: until)
            intents.endedAt = recorded.at
            endRequestedUntil = nil
            floor.clear()
        case .roomReopened:
            lifecycle = .paused
            intents.endedAt = nil
        case .roomClosed: lifecycle = .closed
        case .archiveArranged, .archiveReviewed, .archiveConsented, .sealRequested, .archiveSealed,
            .archiveSupplemented, .archiveHeld, .archiveReleased, .archiveExpired,
            .contentCorrected:
            applyArchive(recorded)
        case .roomCancelled:
            lifecycle = .cancelled
            endRequestedUntil = nil
            floor.clear()
        default: applyAdmission(recorded)
        }
    }

    /// Where a card stands: with admissions, knocks and applications.
    private mutating func noteCard(of recorded: Recorded) {
        guard let owner = recorded.event.cardOwner(by: recorded.by) else { return }
        texts[recorded.sequence] = RedactableText(
            author: owner,
            // For staff, and for the person.
            parts: [2, 4],
            isCard: true,
            isRedacted: false
        )
    }

    /// Where texts of that author stand, if the event has any.
    mutating func noteText(of recorded: Recorded, _ author: MemberID) {
        guard let parts = recorded.event.textParts else { return }
        texts[recorded.sequence] = RedactableText(
            author: author,
            parts: parts,
            isSpoken: recorded.event.isSpoken,
            circle: recorded.event.circle,
            isRedacted: false
        )
    }

    mutating func applyConversation(_ recorded: Recorded) {
        if case .member(let author) = recorded.by {
            noteText(of: recorded, recorded.event.textOwner ?? author)
        }
        switch recorded.event {
        case .contentRedacted(let sequence, _, _):
            texts[sequence]?.isRedacted = true
            conduct.held[sequence] = nil
            intents.lost(sequence)
        default: applyQuestions(recorded)
        }
    }
}
