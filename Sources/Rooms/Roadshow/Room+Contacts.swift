internal import Ledger

/// Contacts are told to each other once both agree; before, nobody but the writer sees one.
extension Room {
    func contactEvents(
        of command: Command,
        by member: MemberID,
        as byline: Byline
    ) throws(Rejection) -> [Draft] {
        switch command {
        case .offerContact(let slot, let other, let text, let theirs):
            let key = try contactKey(slot, member, other)
            let own = Texts.said(by: byline, text: try accepted(text, limit: limits.contactText))
            guard intents.contacts[key] != nil || intents.contacts.count < limits.contacts else {
                throw .roomFull(limit: limits.contacts)
            }
            let exchange = intents.contacts[key]
            if exchange?.agrees(other) == true {
                return [Draft(.contactTold(key, of: member), own)]
            }
            // Words that are not on disk yet are told when this is asked once more.
            guard exchange?.offers[other] != nil, let theirs else {
                return [Draft(.contactOffered(key, by: member), own)]
            }
            return [
                Draft(.contactTold(key, of: other), .said(by: theirs.byline, text: theirs.text)),
                Draft(.contactTold(key, of: member), own),
            ]
        case .withdrawContact(let slot, let other):
            try requireKnown(slot)
            let keys = ContactKey.between(member, other, in: slot)
            guard let key = keys.first(where: { intents.contacts[$0]?.has(member) == true }) else {
                throw .noSuchContact
            }
            return [Draft(.contactWithdrawn(key, by: member))]
        default: return []
        }
    }

    /// Between a presenter of the slot and somebody whose intent for it stands.
    private func contactKey(
        _ slot: SlotID,
        _ member: MemberID,
        _ other: MemberID
    ) throws(Rejection) -> ContactKey {
        try requireKnown(slot)
        if members[member]?.slots.contains(slot) == true {
            guard intents.standing(IntentKey(slot, other)) != nil else { throw .noSuchIntent }
            return ContactKey(slot, author: other, presenter: member)
        }
        guard intents.standing(IntentKey(slot, member)) != nil else { throw .noSuchIntent }
        guard members[other]?.slots.contains(slot) == true else { throw .noSuchMember(other) }
        return ContactKey(slot, author: member, presenter: other)
    }

    mutating func applyContacts(_ recorded: Recorded) {
        switch recorded.event {
        case .contactOffered(let key, let member):
            intents.contacts[key, default: ContactExchange()].offers[member] = recorded.sequence
        case .contactTold(let key, let member):
            intents.contacts[key]?.offers[member] = nil
            intents.contacts[key, default: ContactExchange()].told[member] =
                ContactExchange.Told(sequence: recorded.sequence)
        case .contactWithdrawn(let key, let member):
            intents.contacts[key]?.offers[member] = nil
            intents.contacts[key]?.told[member]?.isWithdrawn = true
        default: applyOrder(recorded)
        }
    }
}

extension ContactExchange {
    fileprivate func has(_ member: MemberID) -> Bool {
        offers[member] != nil || agrees(member)
    }
}

extension Intents {
    /// The events whose texts somebody may still be shown.
    public var sequences: Set<UInt64> {
        var found = Set(notes.values)
        for intent in all.values {
            found.insert(intent.sequence)
            if let withdrawn = intent.withdrawn { found.insert(withdrawn) }
            found.formUnion(intent.answers.values.map(\.sequence))
            found.formUnion(intent.followUps.values.map(\.sequence))
        }
        found.formUnion(feedback.values.map(\.sequence))
        for exchange in contacts.values {
            found.formUnion(exchange.offers.values)
            found.formUnion(exchange.told.values.map(\.sequence))
        }
        return found
    }

    /// The text of that event is gone: a contact that waited for the other goes with it.
    mutating func lost(_ sequence: UInt64) {
        let key = contacts.first { $0.value.offers.values.contains(sequence) }?.key
        guard let key,
            let member = contacts[key]?.offers.first(where: { $0.value == sequence })?.key
        else { return }
        contacts[key]?.offers[member] = nil
    }
}
