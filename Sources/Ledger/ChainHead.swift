public import OpenSSL

/// The end of a room's chain: what the next event is sealed to.
public struct ChainHead: Hashable, Sendable {
    /// The room whose log it is.
    public let room: RoomID
    /// The sequence number of the last event; 0 before the first.
    public private(set) var sequence: UInt64
    /// The hash of the last event; before the first, SHA-256(0x05 || room || genesis).
    public private(set) var hash: Digest
    /// The time of the last event; 0 before the first.
    public private(set) var time: Timestamp

    /// A head read back from where it was kept.
    public init(room: RoomID, sequence: UInt64, hash: Digest, time: Timestamp) {
        self.room = room
        self.sequence = sequence
        self.hash = hash
        self.time = time
    }

    /// The head of an empty log. `genesis` is the room's first document, its bytes as stored.
    public static func start(room: RoomID, genesis: [UInt8]) -> ChainHead {
        var state = SHA256()
        state.update(Prefix.genesis)
        state.update(room.bytes)
        state.update(genesis)
        return ChainHead(
            room: room,
            sequence: 0,
            hash: state.finalize(),
            time: Timestamp(milliseconds: 0)
        )
    }

    /// Seals the next event and moves on to it. Its time is `time`, or that of the event before
    /// where the clock went back. `salts` gives 32 random bytes at each call, one call a part.
    public mutating func seal<Failure>(
        _ parts: [(Audience, [UInt8])],
        at time: Timestamp,
        command: CommandKey?,
        salts: () throws(Failure) -> [UInt8]
    ) throws(Failure) -> SealedEvent {
        var kept: [KeptPart] = []
        kept.reserveCapacity(parts.count)
        var digests: [Digest] = []
        digests.reserveCapacity(parts.count)
        for (audience, bytes) in parts {
            let part = Part(audience: audience, salt: try salts(), bytes: bytes)
            digests.append(part.digest)
            kept.append(.whole(part))
        }
        let header = EventHeader(
            room: room,
            sequence: sequence + 1,
            time: max(time, self.time),
            contentDigest: EventHeader.contentDigest(of: digests)
        )
        hash = header.hash(after: hash)
        sequence = header.sequence
        self.time = header.time
        return SealedEvent(header: header, parts: kept, hash: hash, command: command)
    }

    /// Moves on to an event that was found to be the next one.
    /// - Returns: `false`, and nothing is changed, when it is not.
    public mutating func advance(to event: SealedEvent) -> Bool {
        guard event.fits(after: self) else { return false }
        hash = event.hash
        sequence = event.sequence
        time = event.header.time
        return true
    }
}
