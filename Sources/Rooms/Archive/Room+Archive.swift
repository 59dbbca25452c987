public import Ledger

/// The archive desk: what is looked through, decided and sealed after the live part.
extension Room {
    func archiveEvents(
        of command: Command,
        by speaker: Speaker,
        at now: Timestamp
    ) throws(Rejection) -> [Draft] {
        switch command {
        case .arrangeArchive(let terms):
            if lifecycle == .archived, terms.audience > .members, !slotsWithoutConsent.isEmpty {
                throw .archiveNotReady([.consents])
            }
            return archival.terms == terms ? [] : [Draft(.archiveArranged(terms))]
        case .reviewArchive(let review, let isDone):
            guard archival.reviewed.contains(review) != isDone else { return [] }
            return [Draft(.archiveReviewed(review, isDone))]
        case .consentArchive(let slot, let agrees):
            return try consented(slot, agrees, by: speaker.actor)
        case .seal:
            try requireReady()
            let until = now.advanced(byMilliseconds: Int64(limits.endConfirmation))
            return [Draft(.sealRequested(until: until))]
        case .confirmSeal:
            guard let until = archival.sealRequestedUntil, now <= until else {
                throw .sealNotRequested
            }
            try requireReady()
            let closing = lifecycle == .closed ? [] : [Draft(.roomClosed)]
            return closing + [Draft(.archiveSealed)]
        case .supplement(let text):
            guard archival.supplements < limits.supplements else {
                throw .roomFull(limit: limits.supplements)
            }
            let accepted = try accepted(text, limit: limits.supplementText)
            return [Draft(.archiveSupplemented, .said(by: speaker.card.byline, text: accepted))]
        case .holdArchive(let reason):
            let words = Texts.reason(try accepted(reason, limit: limits.reasonText))
            return archival.isHeld ? [] : [Draft(.archiveHeld, words)]
        case .releaseArchive(let reason):
            let words = Texts.reason(try accepted(reason, limit: limits.reasonText))
            return archival.isHeld ? [Draft(.archiveReleased, words)] : []
        case .expire:
            guard let end = archival.keptUntil, now >= end, !archival.isHeld, !archival.isExpired
            else { return [] }
            return [Draft(.archiveExpired)]
        default: return []
        }
    }

    /// What is left to do before the seal.
    public var archiveTasks: [ArchiveTask] {
        ArchiveTask.allCases.filter { task in
            switch task {
            case .terms: archival.terms == nil
            case .transcript: !archival.reviewed.contains(.transcript)
            case .redactions: !archival.reviewed.contains(.redactions)
            case .consents:
                (archival.terms?.audience ?? .nobody) > .members && !slotsWithoutConsent.isEmpty
            case .scores: hasUntoldSheets
            }
        }
    }

    /// Slots that were on stage, and whose presenter has not agreed that others see them.
    public var slotsWithoutConsent: [SlotID] {
        roadshow.slots.filter { [.scoring, .done].contains($0.state) }.map(\.frame.id)
            .filter { archival.consents[$0] != true }
    }

    private var hasUntoldSheets: Bool {
        roadshow.slots.contains { slot in
            let id = slot.frame.id
            return judging.published[id] == nil && !judging.standing(id).isEmpty
        }
    }

    private func requireReady() throws(Rejection) {
        let tasks = archiveTasks
        guard tasks.isEmpty else { throw .archiveNotReady(tasks) }
    }

    /// A presenter agrees for its slot; staff writes down what was agreed on paper.
    private func consented(
        _ slot: SlotID,
        _ agrees: Bool,
        by actor: Actor
    ) throws(Rejection) -> [Draft] {
        guard case .member(let member) = actor else { throw .notAdmitted }
        try requireKnown(slot)
        try requirePresenter(actor, of: slot)
        guard archival.consents[slot] != agrees else { return [] }
        // Who takes an agreement back after the seal takes the record away from those others.
        let terms = archival.terms
        guard !agrees, lifecycle == .archived, let terms, terms.audience > .members else {
            return [Draft(.archiveConsented(slot, by: member, agrees))]
        }
        let narrower = ArchiveTerms(audience: .members, retention: terms.retention)
        return [
            Draft(.archiveConsented(slot, by: member, agrees)), Draft(.archiveArranged(narrower)),
        ]
    }

    /// Whether somebody is shown the room from within: its stage, its talk, its files.
    public func shows(to member: MemberID?, _ standing: Standing) -> Bool {
        shows(
            toMember: member.flatMap { members[$0] } != nil,
            isRegistered: standing >= .registered,
            isStaff: readerClass(of: member).sees(.staff)
        )
    }

    /// The same for all readers of a class; who is known by an account alone is none of a class.
    public func shows(to reader: ReaderClass) -> Bool {
        shows(
            toMember: reader.sees(.members),
            isRegistered: false,
            isStaff: reader.sees(.staff)
        )
    }

    private func shows(toMember isMember: Bool, isRegistered: Bool, isStaff: Bool) -> Bool {
        let isLet = isMember || !door.isClosed
        guard lifecycle == .archived, !isStaff else { return isLet }
        guard !archival.isExpired else { return false }
        switch archival.terms?.audience ?? .nobody {
        case .nobody: return false
        case .members: return isMember
        case .registered: return isLet && (isMember || isRegistered)
        case .public: return isLet
        }
    }

    /// After the seal nobody is told more than who reads the record.
    func narrowed(_ draft: Draft) -> Draft {
        guard !draft.event.isPublicFace else { return draft }
        let audience: Audience? =
            switch archival.terms?.audience ?? .nobody {
            case .nobody: .staff
            case .members, .registered: .members
            case .public: nil
            }
        return audience.map(draft.narrowed) ?? draft
    }

    mutating func applyArchive(_ recorded: Recorded) {
        switch recorded.event {
        case .archiveArranged(let terms): archival.terms = terms
        case .archiveReviewed(let review, true): archival.reviewed.insert(review)
        case .archiveReviewed(let review, false): archival.reviewed.remove(review)
        case .archiveConsented(let slot, _, let agrees): archival.consents[slot] = agrees
        case .sealRequested(let until): archival.sealRequestedUntil = until
        case .archiveSealed:
            lifecycle = .archived
            archival.sealRequestedUntil = nil
            archival.seal = Archival.Seal(sequence: recorded.sequence, at: recorded.at)
        case .archiveSupplemented:
            archival.supplements += 1
            if case .member(let author) = recorded.by { noteText(of: recorded, author) }
        case .archiveHeld: archival.isHeld = true
        case .archiveReleased: archival.isHeld = false
        case .archiveExpired: archival.isExpired = true
        case .contentCorrected(let sequence):
            archival.corrections[sequence, default: []].append(recorded.sequence)
            // It is its author's, whoever corrected it.
            if let author = texts[sequence]?.author { noteText(of: recorded, author) }
        default: return
        }
    }
}

/// Corrections: events of their own, beside the text that they correct.
extension Room {
    /// What was told to all can be corrected, as long as it was not removed.
    func corrected(
        _ sequence: UInt64,
        _ text: String,
        by speaker: Speaker
    ) throws(Rejection) -> [Draft] {
        guard let original = texts[sequence], !original.isCard, original.circle == nil,
            original.isSpoken
        else { throw .noSuchText(sequence) }
        guard !original.isRedacted else { throw .alreadyRedacted(sequence) }
        guard (archival.corrections[sequence] ?? []).count < limits.corrections else {
            throw .roomFull(limit: limits.corrections)
        }
        let accepted = try accepted(text, limit: limits.correctionText)
        return [Draft(.contentCorrected(sequence), .said(by: speaker.card.byline, text: accepted))]
    }

    /// A text goes with everything that corrects it.
    func removedCorrections(of sequence: UInt64, _ reason: RedactionReason) -> [Draft] {
        (archival.corrections[sequence] ?? []).compactMap { correction in
            guard let text = texts[correction], !text.isRedacted else { return nil }
            return Draft(.contentRedacted(correction, parts: text.parts, reason))
        }
    }
}
