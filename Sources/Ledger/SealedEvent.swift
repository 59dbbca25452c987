public import OpenSSL

/// Which command made an event. Unique in a room; not hashed by itself, since it stands in the
/// event's first part.
public struct CommandKey: Hashable, Sendable {
    /// The longest actor and the longest id, in bytes of UTF-8; the shortest is 1.
    public static let longest = 64

    /// Who gave the command.
    public let actor: String
    /// The id that the actor gave it.
    public let id: String

    /// - Returns: `nil` unless both have 1 to 64 bytes.
    public init?(actor: String, id: String) {
        let lengths = 1...Self.longest
        guard lengths.contains(actor.utf8.count), lengths.contains(id.utf8.count) else {
            return nil
        }
        self.actor = actor
        self.id = id
    }

    // Strings that look alike may differ in bytes; a log tells them apart, so this does too.
    public static func == (left: CommandKey, right: CommandKey) -> Bool {
        left.actor.utf8.elementsEqual(right.actor.utf8) && left.id.utf8.elementsEqual(right.id.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for byte in id.utf8 { hasher.combine(byte) }
    }
}

/// An event as it stands in a room's log.
public struct SealedEvent: Hashable, Sendable {
    /// What anybody may know of it.
    public let header: EventHeader
    /// Its content, in order.
    public let parts: [KeptPart]
    /// Its place in the chain: SHA-256(0x04 || hash of the event before || header).
    public let hash: Digest
    /// The command that made it, on the first of that command's events; `nil` on the others and on
    /// what no command made.
    public let command: CommandKey?

    /// An event read back from where it was kept. Nothing is checked: see `fits(after:)`.
    public init(header: EventHeader, parts: [KeptPart], hash: Digest, command: CommandKey?) {
        self.header = header
        self.parts = parts
        self.hash = hash
        self.command = command
    }

    /// Its place, from 1.
    public var sequence: UInt64 { header.sequence }

    /// Whether it is the next event after that head: room, sequence, time, content and hash.
    public func fits(after head: ChainHead) -> Bool {
        header.room == head.room
            && header.sequence == head.sequence &+ 1
            && header.time >= head.time
            && header.contentDigest == EventHeader.contentDigest(of: parts.lazy.map(\.digest))
            && hash == header.hash(after: head.hash)
    }
}
