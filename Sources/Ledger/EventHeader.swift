public import OpenSSL

/// What anybody may know of an event: where and when it stands, and the digest of its content.
public struct EventHeader: Hashable, Sendable {
    /// The only version of the format there is.
    public static let version: UInt8 = 1
    /// The length of an encoded header, in bytes.
    public static let byteCount = 65

    /// The room whose log it stands in.
    public let room: RoomID
    /// Its place, from 1, without gaps.
    public let sequence: UInt64
    /// When it happened; never before the event that stands before it.
    public let time: Timestamp
    /// SHA-256(0x03 || the digests of its parts in order).
    public let contentDigest: Digest

    /// A header of these values.
    public init(room: RoomID, sequence: UInt64, time: Timestamp, contentDigest: Digest) {
        self.room = room
        self.sequence = sequence
        self.time = time
        self.contentDigest = contentDigest
    }

    /// Version (u8), room (16 bytes), sequence (u64), time (u64, milliseconds), content digest
    /// (32 bytes); numbers are big-endian.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        bytes.append(Self.version)
        room.append(to: &bytes)
        bytes.append(bigEndian: sequence)
        bytes.append(bigEndian: time.milliseconds)
        bytes += contentDigest.bytes
        return bytes
    }

    /// Reads what `encoded` gives.
    /// - Throws: `LedgerError.headerLength` unless there are 65 bytes, `.version` for another one.
    public init(decoding bytes: [UInt8]) throws(LedgerError) {
        guard bytes.count == Self.byteCount, let room = RoomID(bytes: Array(bytes[1..<17])),
            let digest = Digest(bytes: bytes[33...])
        else { throw .headerLength(bytes.count) }
        guard bytes[0] == Self.version else { throw .version(bytes[0]) }
        self.init(
            room: room,
            sequence: UInt64(bigEndianBytes: bytes[17..<25]),
            time: Timestamp(milliseconds: UInt64(bigEndianBytes: bytes[25..<33])),
            contentDigest: digest
        )
    }

    /// The event's hash: SHA-256(0x04 || hash of the event before || header).
    public func hash(after previous: Digest) -> Digest {
        var state = SHA256()
        state.update(Prefix.event)
        state.update(previous)
        state.update(encoded)
        return state.finalize()
    }

    /// SHA-256(0x03 || digests in order): what a header says of its parts.
    public static func contentDigest(of parts: some Sequence<Digest>) -> Digest {
        var state = SHA256()
        state.update(Prefix.content)
        for digest in parts { state.update(digest) }
        return state.finalize()
    }
}
