public import Ledger

/// Something of a closed matter that is sent to a member: what the list of disclosures (披露台账)
/// counts.
public struct Disclosure: Hashable, Sendable {
    public let member: MemberID
    public let item: Item

    public enum Item: Hashable, Sendable {
        /// A file, by its SHA-256 in lower-case hex; its slot and page from 1 where it is placed.
        case file(String, slot: SlotID?, page: Int?)
        /// The room's log, as far as the member reads it.
        case log
        case transcript
    }

    public init(of item: Item, to member: MemberID) {
        self.member = member
        self.item = item
    }
}

/// The terms of a closed matter, and who was shown what of it (`rooms.md`, Closed matter).
extension Room {
    /// Whether the member has yet to sign before anything is shown.
    public func mustSign(_ member: MemberID) -> Bool {
        door.terms != nil && signatures[member] == nil
    }

    /// A signature stands once: signed again, nothing changes.
    func signature(
        of actor: Actor,
        under terms: String,
        name: String
    ) throws(Rejection) -> [Draft] {
        guard case .member(let member) = actor else { throw .notAdmitted }
        guard let expected = door.terms else { throw .noTerms }
        guard terms == expected else { throw .wrongTerms(expected: expected) }
        let accepted = try accepted(name, limit: limits.signature)
        guard mustSign(member) else { return [] }
        return [Draft(.termsSigned(member, terms: terms), .signature(name: accepted))]
    }

    /// Noted each time, but for what the member was sent a moment ago.
    func disclosed(_ disclosure: Disclosure, at now: Timestamp) -> [Draft] {
        guard door.terms != nil else { return [] }
        if let last = disclosures[disclosure], now < last.advanced(by: limits.disclosure) {
            return []
        }
        return [Draft(.disclosed(disclosure))]
    }
}
