import Ledger
import OpenSSL
import Wire

/// Why a line cannot be read.
public enum LogLineError: Error, Hashable, Sendable {
    /// It is not one of the three kinds, or is spelled otherwise than it would be written.
    case malformed
    /// The file is of a version that is not known here.
    case version(Int64)
}

extension LogLine {
    /// Reads one line without its end.
    public init(parsing line: [UInt8]) throws(LogLineError) {
        let value: JSON
        do {
            value = try JSONParser.parse(line, limits: JSONLimits(depth: 4, members: 8))
        } catch {
            throw .malformed
        }
        if let version = value["log"] {
            guard let number = version.integer else { throw .malformed }
            guard number == Self.version else { throw .version(number) }
        }
        guard let read = Self.start(value) ?? Self.event(value) ?? Self.checkpoint(value),
            read.bytes.dropLast().elementsEqual(line)
        else { throw .malformed }
        self = read
    }

    private static func start(_ value: JSON) -> LogLine? {
        guard value["log"] != nil, let room = value["room"]?.text.flatMap({ RoomID($0) }),
            let genesis = value["genesis"]?.text
        else { return nil }
        return .start(room: room, genesis: Array(genesis.utf8))
    }

    private static func event(_ value: JSON) -> LogLine? {
        guard let sequence = value["seq"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let time = value["at"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let content = value["content"]?.digest, let hash = value["hash"]?.digest,
            let items = value["parts"]?.items
        else { return nil }
        var parts: [KeptPart] = []
        for item in items {
            guard let part = part(item) else { return nil }
            parts.append(part)
        }
        return .event(
            LogEvent(
                sequence: sequence,
                time: Timestamp(milliseconds: time),
                contentDigest: content,
                parts: parts,
                hash: hash
            )
        )
    }

    private static func part(_ value: JSON) -> KeptPart? {
        if let digest = value["digest"]?.digest { return .withheld(digest) }
        guard let audience = value["to"]?.text.flatMap({ Audience(name: $0) }),
            let salt = value["salt"]?.text.flatMap({ Hex.decode($0) }),
            salt.count == Part.saltByteCount,
            let bytes = value["text"]?.text.map({ Array($0.utf8) })
                ?? value["base64"]?.text.flatMap({ Base64.decode($0) })
        else { return nil }
        return .whole(Part(audience: audience, salt: salt, bytes: bytes))
    }

    private static func checkpoint(_ value: JSON) -> LogLine? {
        guard let note = value["checkpoint"]?.text else { return nil }
        do {
            return .checkpoint(try SignedCheckpoint(parsing: note))
        } catch {
            return nil
        }
    }
}

extension JSON {
    fileprivate var digest: Digest? { text.flatMap { Digest(hex: $0) } }
}
