internal import OpenSSL

/// How something is addressed that nobody is to find by counting: 128 random bits.
public struct RandomID<Subject>: Hashable, Sendable, CustomStringConvertible {
    static var byteCount: Int { 16 }

    let bytes: [UInt8]

    init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Takes exactly 32 lower-case hexadecimal digits; `nil` for anything else.
    public init?(_ text: String) {
        guard let bytes = Hex.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    public var description: String { Hex.encode(bytes) }
}
