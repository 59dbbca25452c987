import OpenSSL

/// Who acts in one room: 8 bytes, random for each room, so that two rooms' logs do not tell that
/// the same person was in both. Written as 16 lower-case hexadecimal digits.
public struct MemberID: Hashable, Sendable, CustomStringConvertible {
    /// The length of every member id, in bytes.
    public static let byteCount = 8

    private let value: UInt64

    /// Takes exactly 8 bytes; `nil` for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        value = UInt64(bigEndianBytes: bytes[...])
    }

    /// Takes exactly 16 lower-case hexadecimal digits; `nil` for anything else.
    public init?(_ hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 8 bytes in order.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: value)
        return bytes
    }

    /// The id as 16 lower-case hexadecimal digits.
    public var description: String { Hex.encode(bytes) }
}
