public import HTTPTypes

/// An entity tag (RFC 9110 §8.8.3).
public struct EntityTag: Sendable, Hashable {
    /// Whether only the meaning is the same, not the bytes.
    public let isWeak: Bool
    /// What stands between the quotes.
    public let opaque: String

    /// Makes a tag; `nil` when `opaque` holds a quote, a blank or a control character.
    public init?(_ opaque: String, isWeak: Bool = false) {
        guard opaque.utf8.allSatisfy({ $0 == 0x21 || (0x23...0x7E).contains($0) || $0 >= 0x80 })
        else { return nil }
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// The first bytes of a digest in hexadecimal: a strong tag of the content.
    /// - Parameter digest: at least the 16 bytes that are used.
    public init(digest: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        let hex = digest.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
        opaque = String(decoding: hex, as: UTF8.self)
        isWeak = false
    }

    /// The tag as it stands in ETag.
    public var text: String { (isWeak ? "W/" : "") + "\"\(opaque)\"" }

    /// Whether If-None-Match names this content (RFC 9110 §13.1.2): the weak comparison, or `*`.
    /// A malformed list names nothing.
    public func isNamed(byIfNoneMatch fields: HTTPFields) -> Bool {
        guard let list = fields[.ifNoneMatch] else { return false }
        if list == "*" { return true }
        return Self.list(list)?.contains { $0.opaque == opaque } ?? false
    }

    /// Whether If-Match names this content (RFC 9110 §13.1.1): the strong comparison, or `*`. A
    /// malformed list names nothing.
    public func isNamed(byIfMatch fields: HTTPFields) -> Bool {
        guard let list = fields[.ifMatch] else { return false }
        if list == "*" { return true }
        return !isWeak && Self.list(list)?.contains(self) ?? false
    }

    /// The tag of the same content in a coding such as `br`: other bytes need another strong tag.
    public func coded(_ coding: String) -> EntityTag {
        EntityTag("\(opaque)-\(coding)", isWeak: isWeak) ?? self
    }

    /// A comma-separated list of tags; commas may stand inside the quotes.
    static func list(_ text: String) -> [EntityTag]? {
        var tags: [EntityTag] = []
        var rest = text.utf8[...]
        while true {
            rest = rest.drop { $0.isBlank || $0 == UInt8(ascii: ",") }
            guard !rest.isEmpty else { return tags }
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\"") else { return nil }
            rest = rest.dropFirst()
            guard let close = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            guard let tag = EntityTag(String(rest[..<close]) ?? "\"", isWeak: isWeak) else {
                return nil
            }
            tags.append(tag)
            rest = rest[close...].dropFirst()
            guard rest.first.map({ $0.isBlank || $0 == UInt8(ascii: ",") }) ?? true else {
                return nil
            }
        }
    }
}
