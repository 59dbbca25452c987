public import Ledger
public import OpenSSL
import Wire

/// One line of a log file (docs/log-format.md). A line has one spelling: what is read is exactly
/// what is written for it.
public enum LogLine: Hashable, Sendable {
    /// The first line: whose log it is, and the room's first document, its bytes as hashed.
    case start(room: RoomID, genesis: [UInt8])
    /// The next event.
    case event(LogEvent)
    /// A checkpoint that covers the events above it, all of them and no more.
    case checkpoint(SignedCheckpoint)

    /// The version of the format.
    public static let version = 1
    /// The longest line that is read, in bytes.
    public static let longest = 16 << 20

    /// The line as it is written, its end included.
    public var bytes: [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.object { line in
            switch self {
            case .start(let room, let genesis):
                line.member("log", Self.version)
                line.member("room", room.description)
                line.member("genesis", String(decoding: genesis, as: UTF8.self))
            case .event(let event):
                line.member("seq", event.sequence)
                line.member("at", event.time.milliseconds)
                line.member("content", event.contentDigest.hex)
                line.member("hash", event.hash.hex)
                line.member(
                    "parts",
                    array: { parts in
                        for part in event.parts { parts.object { part.write(to: &$0) } }
                    }
                )
            case .checkpoint(let checkpoint):
                line.member("checkpoint", checkpoint.note)
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

/// An event as a line of a log file holds it; the room stands in the first line.
public struct LogEvent: Hashable, Sendable {
    /// Its place, from 1.
    public let sequence: UInt64
    /// When it happened.
    public let time: Timestamp
    /// The digest of its content.
    public let contentDigest: Digest
    /// Its content: what may be seen of it.
    public let parts: [KeptPart]
    /// Its place in the chain.
    public let hash: Digest

    /// What a reader may see of an event: `isVisible` tells for each audience.
    public init(_ event: SealedEvent, isVisible: (Audience) -> Bool) {
        sequence = event.sequence
        time = event.header.time
        contentDigest = event.header.contentDigest
        parts = event.parts.map { kept in
            guard let part = kept.part, isVisible(part.audience) else {
                return .withheld(kept.digest)
            }
            return kept
        }
        hash = event.hash
    }

    init(
        sequence: UInt64,
        time: Timestamp,
        contentDigest: Digest,
        parts: [KeptPart],
        hash: Digest
    ) {
        self.sequence = sequence
        self.time = time
        self.contentDigest = contentDigest
        self.parts = parts
        self.hash = hash
    }

    /// The event as the log of that room holds it.
    public func sealed(in room: RoomID) -> SealedEvent {
        let header = EventHeader(
            room: room,
            sequence: sequence,
            time: time,
            contentDigest: contentDigest
        )
        return SealedEvent(header: header, parts: parts, hash: hash, command: nil)
    }
}

extension KeptPart {
    fileprivate func write(to object: inout JSONWriter) {
        guard let part else {
            object.member("digest", digest.hex)
            return
        }
        object.member("to", part.audience.name)
        object.member("salt", Hex.encode(part.salt))
        if let text = String(validating: part.bytes, as: UTF8.self) {
            object.member("text", text)
        } else {
            object.member("base64", Base64.encode(part.bytes))
        }
    }
}
