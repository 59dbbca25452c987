import OpenSSL

/// A room's identity: 16 random bytes, written as 32 lower-case hexadecimal digits.
public struct RoomID: Hashable, Sendable, CustomStringConvertible {
    /// The length of every room id, in bytes.
    public static let byteCount = 16

    private let high: UInt64
    private let low: UInt64

    /// Takes exactly 16 bytes; `nil` for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        high = UInt64(bigEndianBytes: bytes[..<8])
        low = UInt64(bigEndianBytes: bytes[8...])
    }

    /// Takes exactly 32 lower-case hexadecimal digits; `nil` for anything else.
    public init?(_ hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 16 bytes in order.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    /// The id as 32 lower-case hexadecimal digits.
    public var description: String { Hex.encode(bytes) }

    func append(to bytes: inout [UInt8]) {
        bytes.append(bigEndian: high)
        bytes.append(bigEndian: low)
    }
}
