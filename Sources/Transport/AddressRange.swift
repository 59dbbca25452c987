import Glibc

/// A numeric address with as many of its first bits as count: `10.0.0.0/8`, `2001:db8::/32`,
/// or one address alone (RFC 4632 §3.1, RFC 4291 §2.3).
public struct AddressRange: Hashable, Sendable {
    private let bytes: [UInt8]
    private let bits: Int

    /// - Returns: `nil` unless the text is a numeric address of IPv4 or IPv6, with a `/` and a number of
    ///   bits or without.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let bytes = Self.bytes(of: String(first)) else { return nil }
        var bits = bytes.count * 8
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...bits).contains(given), parts[1].first != "+"
            else { return nil }
            bits = given
        }
        self.bytes = bytes
        self.bits = bits
    }

    /// Whether an address, as `Shard.address(of:)` gives it, is in the range. One of IPv4 within IPv6
    /// (RFC 4291 §2.5.5.2) is in the ranges of IPv4.
    public func contains(_ address: some StringProtocol) -> Bool {
        guard let other = Self.bytes(of: String(address)), other.count == bytes.count else {
            return false
        }
        let whole = bits / 8
        guard bytes.prefix(whole) == other.prefix(whole) else { return false }
        let rest = bits % 8
        return rest == 0 || (bytes[whole] ^ other[whole]) >> UInt8(8 - rest) == 0
    }

    /// Whether the text is one numeric address.
    public static func isAddress(_ text: some StringProtocol) -> Bool {
        bytes(of: String(text)) != nil
    }

    /// What one address is counted by.
    var peer: PeerAddress? {
        let value = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return bytes.count == 4 ? .four(UInt32(truncatingIfNeeded: value)) : .six(value)
    }

    /// The address in network order: 4 bytes or 16.
    private static func bytes(of text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
        let isMapped =
            bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes.suffix(4)) : bytes
    }
}
