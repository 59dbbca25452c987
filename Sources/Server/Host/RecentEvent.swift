internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Wire

/// An event that may still be sent: to those who follow, and to those who come back.
struct RecentEvent {
    private(set) var sealed: SealedEvent
    /// The event that each class was told of before this one, where the class sees it.
    let previous: [ReaderClass: UInt64]
    /// The same for single members.
    let ownPrevious: [MemberID: UInt64]
    /// Few are told of it: it does not push out what others may have missed.
    let isAside: Bool
    private var encoded: [ReaderClass: [UInt8]] = [:]

    init(
        _ sealed: SealedEvent,
        previous: [ReaderClass: UInt64],
        ownPrevious: [MemberID: UInt64],
        isAside: Bool
    ) {
        self.isAside = isAside
        self.sealed = sealed
        self.previous = previous
        self.ownPrevious = ownPrevious
    }

    /// The message for a class, made once; `nil` where it sees nothing of the event.
    mutating func message(for reader: ReaderClass, counting encodings: inout Int) -> [UInt8]? {
        guard let previous = previous[reader] else { return nil }
        if let bytes = encoded[reader] { return bytes }
        encodings += 1
        let bytes = message(previous: previous, to: nil) { reader.sees($0) }
        encoded[reader] = bytes
        return bytes
    }

    /// The message with the parts for that member alone; `nil` where there are none.
    func message(for member: MemberID) -> [UInt8]? {
        guard let previous = ownPrevious[member] else { return nil }
        return message(previous: previous, to: member) { $0 == .member(member) }
    }

    /// The texts were removed: what is sent from now on lacks them.
    mutating func erase(_ places: [Int]) {
        sealed = sealed.erasing(places)
        encoded = [:]
    }

    private func message(
        previous: UInt64,
        to member: MemberID?,
        where sees: (Audience) -> Bool
    ) -> [UInt8] {
        ServerMessage.event(
            in: sealed.header.room,
            sequence: sealed.sequence,
            previous: previous,
            at: sealed.header.time,
            hash: sealed.hash.hex,
            to: member,
            parts: sealed.visibleParts(where: sees)
        )
    }
}

extension SealedEvent {
    /// The event with only the digests of these parts left.
    func erasing(_ places: [Int]) -> SealedEvent {
        let parts = parts.enumerated().map { place, kept -> KeptPart in
            guard places.contains(place), case .whole(let part) = kept else { return kept }
            return .erased(part.audience, part.digest)
        }
        return SealedEvent(header: header, parts: parts, hash: hash, command: command)
    }

    /// The whole parts for these audiences, with their places.
    func visibleParts(where sees: (Audience) -> Bool) -> [(place: Int, bytes: [UInt8])] {
        parts.enumerated().compactMap { place, kept in
            guard let part = kept.part, sees(part.audience) else { return nil }
            return (place, part.bytes)
        }
    }

    /// Whether any part, erased or not, is for these audiences.
    func isVisible(where sees: (Audience) -> Bool) -> Bool {
        parts.contains { $0.audience.map(sees) ?? false }
    }
}
