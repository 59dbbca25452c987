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
        /// A file that was made of a recording.
        case recording(RecordingID)
    }

    /// The same wherever the file stands: a page that is moved is no other page.
    var anywhere: Disclosure {
        guard case .file(let file, _, _) = item else { return self }
        return Disclosure(of: .file(file, slot: nil, page: nil), to: member)
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
        guard !accepted.contains(where: \.isNewline), !accepted.contains("\t") else {
            throw .textHasControlCharacters
        }
        guard accepted.unicodeScalars.contains(where: \.isLegible) else { throw .textEmpty }
        guard mustSign(member) else { return [] }
        return [Draft(.termsSigned(member, terms: terms), .signature(name: accepted))]
    }

    /// Noted each time, but for what the member was sent a moment ago.
    func disclosed(_ disclosure: Disclosure, at now: Timestamp) throws(Rejection) -> [Draft] {
        guard door.terms != nil else { return [] }
        if let last = disclosures.last(disclosure), now < last.advanced(by: limits.disclosure) {
            return []
        }
        guard disclosures.count < limits.disclosures else {
            throw .roomFull(limit: limits.disclosures)
        }
        return [Draft(.disclosed(disclosure))]
    }
}

/// How many disclosures there were, and when those were that may still count for a next one: two
/// spans of time, of which the older is let go when the newer is full.
struct Disclosures: Equatable, Sendable {
    private(set) var count = 0
    private var since = Timestamp(milliseconds: 0)
    private var newer: [Disclosure: Timestamp] = [:]
    private var older: [Disclosure: Timestamp] = [:]

    func last(_ disclosure: Disclosure) -> Timestamp? {
        newer[disclosure.anywhere] ?? older[disclosure.anywhere]
    }

    mutating func add(_ disclosure: Disclosure, at now: Timestamp, _ limits: RoomLimits) {
        if now >= since.advanced(by: limits.disclosure) {
            older = now < since.advanced(by: 2 * limits.disclosure) ? newer : [:]
            (newer, since) = ([:], now)
        }
        newer[disclosure.anywhere] = now
        count += 1
    }
}
