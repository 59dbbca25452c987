/// Masking of payloads (RFC 6455 §5.3): byte `i` is combined with byte `i % 4` of the key.
public enum Masking {
    /// Masks or unmasks in place, 32, 8 or 1 bytes at a time, with a key in the order of memory.
    @inlinable
    public static func apply(_ key: UInt32, to bytes: UnsafeMutableRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        let count = bytes.count
        let wide = UInt64(key) << 32 | UInt64(key)
        var i = 0
        if count >= 64 {
            let four = SIMD4<UInt64>(repeating: wide)
            while i &+ 32 <= count {
                let lanes = start.loadUnaligned(fromByteOffset: i, as: SIMD4<UInt64>.self) ^ four
                start.storeBytes(of: lanes, toByteOffset: i, as: SIMD4<UInt64>.self)
                i &+= 32
            }
        }
        while i &+ 8 <= count {
            let lane = start.loadUnaligned(fromByteOffset: i, as: UInt64.self) ^ wide
            start.storeBytes(of: lane, toByteOffset: i, as: UInt64.self)
            i &+= 8
        }
        // `i` is a multiple of 4 here: the key's next byte is its first.
        var rest = key
        while i < count {
            let byte = start.load(fromByteOffset: i, as: UInt8.self)
            start.storeBytes(
                of: byte ^ UInt8(truncatingIfNeeded: rest),
                toByteOffset: i,
                as: UInt8.self
            )
            rest = rotated(rest, by: 1)
            i &+= 1
        }
    }

    /// The key for the bytes that follow `count` bytes. Linux's machines are little-endian.
    @inlinable
    public static func rotated(_ key: UInt32, by count: Int) -> UInt32 {
        let bits = UInt32(truncatingIfNeeded: count & 3) &* 8
        return bits == 0 ? key : key &>> bits | key &<< (32 &- bits)
    }
}
