import OpenSSL

/// 32 bytes of a draw: a seed, a contribution, or what commits to one of them.
public struct DrawBytes: Hashable, Sendable, CustomStringConvertible {
    /// The length of each, in bytes.
    public static let byteCount = 32

    /// The 32 bytes in order.
    public let bytes: [UInt8]

    /// Takes exactly 32 bytes; `nil` for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Takes exactly 64 lower-case hexadecimal digits; `nil` for anything else.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    private init(_ digest: Digest) { bytes = digest.bytes }

    /// Its SHA-256: told at once, it binds whoever chose the bytes.
    public var commitment: DrawBytes { DrawBytes(SHA256.hash(bytes)) }

    /// The bytes as 64 lower-case hexadecimal digits.
    public var description: String { Hex.encode(bytes) }
}

/// The draw of an order (抽签): what goes into it, and the order that follows.
///
/// Who knows the values recomputes it: `docs/log-format.md`, Draws.
public struct OrderDraw: Sendable {
    private let list: [String]
    private let key: [UInt8]

    /// - Parameters:
    ///   - room: the room whose draw it is.
    ///   - draw: the event that began it.
    ///   - list: what is put in order, frozen when the draw began.
    ///   - seed: the server's, committed when the draw began.
    ///   - contributions: one for each of the list, `nil` where none was revealed.
    public init(
        room: RoomID,
        draw: UInt64,
        list: [String],
        seed: DrawBytes,
        contributions: [DrawBytes?]
    ) {
        self.list = list
        var names: [UInt8] = []
        for name in list { names.append(counted: Array(name.utf8)) }
        var number: [UInt8] = []
        number.append(bigEndian: draw)
        var bytes: [UInt8] = []
        bytes.append(counted: Array("luyan/draw/1".utf8))
        bytes.append(counted: room.bytes)
        bytes.append(counted: number)
        bytes.append(counted: SHA256.hash(names).bytes)
        bytes.append(counted: seed.bytes)
        for contribution in contributions { bytes.append(counted: contribution?.bytes ?? []) }
        key = SHA256.hash(bytes).bytes
    }

    /// The list in its drawn order: Fisher-Yates, from the last place down to the second.
    public var order: [String] {
        var order = list
        var counter: UInt64 = 0
        for last in order.indices.dropFirst().reversed() {
            let places = UInt64(last) + 1
            // At or above the largest multiple some places would come up more often than others.
            let remainder = (UInt64.max % places + 1) % places
            var number = nextNumber(&counter)
            while remainder != 0, number > UInt64.max - remainder { number = nextNumber(&counter) }
            order.swapAt(last, Int(number % places))
        }
        return order
    }

    private func nextNumber(_ counter: inout UInt64) -> UInt64 {
        var message: [UInt8] = []
        message.append(bigEndian: counter)
        counter += 1
        return UInt64(bigEndianBytes: HMACSHA256.code(for: message, key: key)[..<8])
    }
}

extension [UInt8] {
    /// Appends a length of 32 bits, then the bytes.
    fileprivate mutating func append(counted bytes: [UInt8]) {
        let count = UInt32(clamping: bytes.count)
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: count >> shift)) }
        append(contentsOf: bytes)
    }
}
