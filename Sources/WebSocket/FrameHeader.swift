/// The header of a frame (RFC 6455 §5.2), 2 to 14 bytes on the wire.
public struct FrameHeader: Equatable, Sendable {
    /// The most bytes a header has.
    public static let longest = 14
    /// The longest payload of a control frame (§5.5).
    public static let longestControl = 125
    /// RSV1: the message is compressed (RFC 7692 §6).
    public static let packedBit: UInt8 = 4

    public var isFinal: Bool
    /// RSV1, RSV2, RSV3 as 4, 2, 1.
    public var reserved: UInt8
    public var opcode: Opcode
    /// In the order of memory: its first byte masks the payload's first. `nil` when not masked.
    public var key: UInt32?
    /// Payload in bytes.
    public var length: Int

    @inlinable public init(
        isFinal: Bool = true,
        reserved: UInt8 = 0,
        opcode: Opcode,
        key: UInt32? = nil,
        length: Int
    ) {
        self.isFinal = isFinal
        self.reserved = reserved
        self.opcode = opcode
        self.key = key
        self.length = length
    }

    /// Bytes of this header on the wire, the shortest form.
    @inlinable public var size: Int {
        (length < 126 ? 2 : length < 65_536 ? 4 : 10) + (key == nil ? 0 : 4)
    }

    /// Reads the header at the start of `bytes`; `extensionBits` are the reserved bits that
    /// negotiated extensions use.
    /// - Returns: `nil` while it is not whole.
    /// - Throws: the first violation, as early as it can be seen.
    @inline(__always)
    static func parse(
        _ bytes: UnsafeRawBufferPointer,
        as role: Role,
        extensionBits: UInt8
    ) throws(ProtocolViolation) -> FrameHeader? {
        guard bytes.count >= 2 else { return nil }
        let (first, second) = (bytes[0], bytes[1])
        let reserved = first >> 4 & 7
        guard reserved & ~extensionBits == 0 else { throw .reservedBits(reserved) }
        guard let opcode = Opcode(rawValue: first & 0xF) else {
            throw .unknownOpcode(first & 0xF)
        }
        let isMasked = second & 0x80 != 0
        switch role {
        case .server: guard isMasked else { throw .notMasked }
        case .client: guard !isMasked else { throw .masked }
        }
        let isFinal = first & 0x80 != 0
        let short = second & 0x7F
        if opcode.isControl {
            // §5.5: control frames are whole and have at most 125 bytes; no extension of ours
            // gives their reserved bits a meaning.
            guard isFinal else { throw .fragmentedControl(opcode) }
            guard short <= longestControl else { throw .controlTooLong(opcode) }
            guard reserved == 0 else { throw .reservedBits(reserved) }
        }
        var size = 2
        var length = Int(short)
        if short >= 126 {
            size = short == 126 ? 4 : 10
            guard bytes.count >= size else { return nil }
            let wide = extendedLength(bytes, isLong: short == 127)
            // §5.2: the fewest bytes, and the highest bit of eight is 0.
            guard wide >= (short == 126 ? 126 : 65_536), let exact = Int(exactly: wide) else {
                throw .badLength(wide)
            }
            length = exact
        }
        guard isMasked else {
            return FrameHeader(
                isFinal: isFinal,
                reserved: reserved,
                opcode: opcode,
                length: length
            )
        }
        guard bytes.count >= size + 4 else { return nil }
        let key = bytes.loadUnaligned(fromByteOffset: size, as: UInt32.self)
        return FrameHeader(
            isFinal: isFinal,
            reserved: reserved,
            opcode: opcode,
            key: key,
            length: length
        )
    }

    private static func extendedLength(_ bytes: UnsafeRawBufferPointer, isLong: Bool) -> UInt64 {
        isLong
            ? UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt64.self))
            : UInt64(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
    }

    /// Writes the header.
    /// - Parameter place: at least `size` bytes.
    /// - Returns: `size`.
    @inlinable @discardableResult
    public func write(to place: UnsafeMutableRawPointer) -> Int {
        let first = (isFinal ? 0x80 : 0) | reserved << 4 | opcode.rawValue
        let mask: UInt8 = key == nil ? 0 : 0x80
        place.storeBytes(of: first, as: UInt8.self)
        var end = 2
        if length < 126 {
            let short = UInt8(truncatingIfNeeded: length)
            place.storeBytes(of: mask | short, toByteOffset: 1, as: UInt8.self)
        } else if length < 65_536 {
            place.storeBytes(of: mask | 126, toByteOffset: 1, as: UInt8.self)
            let wide = UInt16(truncatingIfNeeded: length).bigEndian
            place.storeBytes(of: wide, toByteOffset: 2, as: UInt16.self)
            end = 4
        } else {
            place.storeBytes(of: mask | 127, toByteOffset: 1, as: UInt8.self)
            let wide = UInt64(truncatingIfNeeded: length).bigEndian
            place.storeBytes(of: wide, toByteOffset: 2, as: UInt64.self)
            end = 10
        }
        if let key {
            place.storeBytes(of: key, toByteOffset: end, as: UInt32.self)
            end += 4
        }
        return end
    }
}
