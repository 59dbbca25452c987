public import Ledger

/// What somebody would do with a project, told to its presenters alone (`rooms.md`, Intents).
extension Room {
    func intentEvents(of command: Command, by speaker: Speaker) throws(Rejection) -> [Draft] {
        guard case .member(let member) = speaker.actor else { throw .notAdmitted }
        switch command {
        case .giveIntent(let slot, let offer):
            return try given(offer, for: IntentKey(slot, member), as: speaker.card)
        case .withdrawIntent(let slot, let note):
            try requireKnown(slot)
            let key = IntentKey(slot, member)
            guard let intent = intents.standing(key) else { throw .noSuchIntent }
            let texts = Texts.remark(
                by: speaker.card.byline,
                text: try optional(note, limit: limits.intentNote)
            )
            let circle = circle(of: key, isShared: intent.isShared)
            return [Draft(.intentWithdrawn(key, circle), texts)]
        default: return []
        }
    }

    private func given(
        _ offer: IntentOffer,
        for key: IntentKey,
        as card: NameCard
    ) throws(Rejection) -> [Draft] {
        try requireKnown(key.slot)
        if let conflict = conflict(of: key.member, with: key.slot) {
            throw .intentConflict(conflict)
        }
        let missing = card.missing
        guard missing.isEmpty else { throw .cardIncomplete(missing) }
        let before = intents.standing(key)
        try requireStep(offer, after: before)
        if let fault = offer.fault { throw .badAmount(fault) }
        guard (offer.cooperation != nil) == offer.needsCooperation else {
            throw .badCooperation(isNeeded: offer.needsCooperation)
        }
        guard intents.all[key] != nil || intents.all.count < limits.intents else {
            throw .roomFull(limit: limits.intents)
        }
        let note = try optional(offer.note, limit: limits.intentNote)
        // Staff are told that it is no longer theirs to see, and nothing of what it says from now on.
        let unshared =
            before?.isShared == true && !offer.isShared
            ? [Draft(.intentUnshared(key, circle(of: key, isShared: true)))] : []
        let circle = circle(of: key, isShared: offer.isShared)
        let given = Event.intentGiven(key, offer.terms, circle)
        return unshared + [Draft(given, .intent(card, note: note))]
    }

    /// Upwards, or the same again with other words; on one side at a time.
    private func requireStep(
        _ offer: IntentOffer,
        after before: Intent?
    ) throws(Rejection) {
        guard let place = offer.side.place(of: offer.step) else {
            throw .noSuchStep(offer.side.ladder)
        }
        guard let terms = before?.terms else { return }
        guard terms.side == offer.side else { throw .otherSide(terms.side) }
        guard let least = terms.side.place(of: terms.step), place >= least else {
            throw .stepDown(from: terms.step)
        }
    }

    /// Whoever decides about a slot, or is its owner, asks nothing of it.
    func conflict(of member: MemberID, with slot: SlotID) -> IntentConflict? {
        guard let membership = members[member] else { return nil }
        if membership.slots.contains(slot) { return .presenter }
        if membership.roles.contains(.judge) { return .judge }
        return membership.roles.contains(.moderator) ? .moderator : nil
    }

    /// Who is told besides the author now.
    func circle(of key: IntentKey, isShared: Bool) -> IntentCircle {
        let presenters = presentersTold(of: key.slot, but: key.member)
        return IntentCircle(presenters: presenters, isShared: isShared)
    }

    /// The slot's presenters as far as they are told of intents, in order of their ids.
    public func presentersTold(of slot: SlotID, but author: MemberID? = nil) -> [MemberID] {
        let presenters = presenters(of: slot).filter { $0 != author }
        return Array(presenters.sorted { "\($0)" < "\($1)" }.prefix(limits.presentersTold))
    }

    /// In no order.
    func presenters(of slot: SlotID) -> [MemberID] {
        members.compactMap { $0.value.slots.contains(slot) ? $0.key : nil }
    }

    /// A text that may be left out; white space alone is none.
    func optional(_ text: String?, limit: Int) throws(Rejection) -> String? {
        guard let text, !text.trimmed.isEmpty else { return nil }
        return try accepted(text, limit: limit)
    }

    mutating func applyIntents(_ recorded: Recorded) {
        switch recorded.event {
        case .intentGiven(let key, let terms, let circle):
            if intents.standing(key) == nil {
                intents.counts[key.slot, default: 0] += 1
                intents.counted = recorded.sequence
            }
            let before = intents.standing(key)
            intents.all[key] = Intent(
                terms: terms,
                isShared: circle.isShared,
                sequence: recorded.sequence,
                at: recorded.at,
                // What is new was not seen; other answers stand.
                answers: (before?.answers ?? [:]).filter { $0.key != .seen },
                followUps: before?.followUps ?? [:]
            )
        case .intentUnshared(let key, _): intents.all[key]?.isShared = false
        case .intentWithdrawn(let key, _):
            guard intents.standing(key) != nil else { return }
            intents.all[key]?.withdrawn = recorded.sequence
            let left = (intents.counts[key.slot] ?? 1) - 1
            intents.counts[key.slot] = left > 0 ? left : nil
            intents.counted = recorded.sequence
        default: applyAnswers(recorded)
        }
    }
}

extension IntentOffer {
    var terms: IntentTerms { IntentTerms(side, step, amount: amount, cooperation: cooperation) }

    /// What is wrong with its amount: it stands from its own step on, and there it must.
    fileprivate var fault: AmountFault? {
        guard let amount else { return step == .amount ? .missing : nil }
        return mayHaveAmount ? amount.fault : .notTaken
    }

    private var mayHaveAmount: Bool {
        guard let first = side.place(of: side.firstWithAmount), let place = side.place(of: step)
        else { return false }
        return place >= first
    }

    /// An enterprise says what it would do together from that step on.
    fileprivate var needsCooperation: Bool { side == .enterprise && mayHaveAmount }
}

extension NameCard {
    /// What it lacks for an intent: those who are asked want to know by whom.
    var missing: [CardField] {
        var missing: [CardField] = []
        if !name.unicodeScalars.contains(where: \.isLegible) { missing.append(.name) }
        if organisation?.unicodeScalars.contains(where: \.isLegible) != true {
            missing.append(.organisation)
        }
        if kind == nil { missing.append(.kind) }
        return missing
    }
}
