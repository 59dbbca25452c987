public import OpenSSL

/// One part of an event's content: bytes for one audience. They are stored, hashed and sent as
/// they were made, never encoded again.
public struct Part: Hashable, Sendable {
    /// The length of every salt, in bytes.
    public static let saltByteCount = 32

    /// Who may read it.
    public let audience: Audience
    /// 32 random bytes that keep short bytes from being guessed by their digest.
    public let salt: [UInt8]
    /// What was made for that audience, in practice JSON.
    public let bytes: [UInt8]

    /// A salt has 32 bytes: what comes from outside is measured before.
    public init(audience: Audience, salt: [UInt8], bytes: [UInt8]) {
        precondition(salt.count == Self.saltByteCount, "a salt has 32 bytes")
        self.audience = audience
        self.salt = salt
        self.bytes = bytes
    }

    /// SHA-256(0x02 || salt || u8 length || audience || bytes).
    public var digest: Digest {
        let name = audience.name
        var state = SHA256()
        state.update(Prefix.part)
        state.update(salt)
        state.update(UInt8(name.utf8.count))
        state.update(utf8: name)
        state.update(bytes)
        return state.finalize()
    }
}

/// What is left of a part, or shown of it.
public enum KeptPart: Hashable, Sendable {
    /// All of it.
    case whole(Part)
    /// It was redacted: bytes and salt are gone for good, the digest holds its place in the chain.
    case erased(Audience, Digest)
    /// It is not for this reader, who gets the digest alone.
    case withheld(Digest)

    /// The digest of the part as it was made.
    public var digest: Digest {
        switch self {
        case .whole(let part): part.digest
        case .erased(_, let digest), .withheld(let digest): digest
        }
    }

    /// The part itself, when it is whole.
    public var part: Part? {
        if case .whole(let part) = self { part } else { nil }
    }

    /// Who may read it; `nil` when it was withheld.
    public var audience: Audience? {
        switch self {
        case .whole(let part): part.audience
        case .erased(let audience, _): audience
        case .withheld: nil
        }
    }
}

/// The first byte of each kind of digest, so that none can stand for another (0x00 and 0x01 are
/// the leaves and nodes of RFC 6962).
enum Prefix {
    static let part: UInt8 = 0x02
    static let content: UInt8 = 0x03
    static let event: UInt8 = 0x04
    static let genesis: UInt8 = 0x05
}
