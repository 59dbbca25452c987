/// A JSON value (RFC 8259). Objects keep the order of their members, and their names are unique.
public enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    /// A number written without fraction or exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    /// One member of an object.
    public struct Member: Equatable, Sendable {
        public let name: String
        public let value: JSON

        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }
}

extension JSON {
    /// The member of that name; `nil` where this is no object or has none.
    public subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text, where this is a string.
    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The integer, where this is a number without fraction or exponent.
    public var integer: Int64? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    /// The truth value, where this is one.
    public var flag: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    /// The items, where this is an array.
    public var items: [JSON]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    /// The members, where this is an object.
    public var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        self == .null
    }

    /// The value as compact UTF-8, members in their order.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}

/// Why bytes are no JSON that is taken here; `offset` counts bytes from 0.
public enum JSONError: Error, Equatable, Sendable {
    case unexpectedEnd
    case unexpected(byte: UInt8, offset: Int)
    case badNumber(offset: Int)
    case badEscape(offset: Int)
    case notUTF8(offset: Int)
    case duplicateName(String)
    case tooDeep(limit: Int)
    case tooManyMembers(limit: Int)
    case trailingBytes(offset: Int)
}

/// How much a JSON text may nest and hold; its size in bytes is its carrier's limit.
public struct JSONLimits: Sendable {
    /// Arrays and objects within each other.
    public var depth: Int
    /// Members of one object.
    public var members: Int

    public init(depth: Int = 32, members: Int = 256) {
        self.depth = depth
        self.members = members
    }
}
