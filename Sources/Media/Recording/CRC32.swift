/// The checksum of Ethernet, gzip and PNG: polynomial 0x04C11DB7, reflected 0xEDB88320, begun with
/// and ended by a complement. Python's `zlib.crc32` gives the same.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        var value = UInt32(index)
        for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
        return value
    }

    /// The checksum of bytes.
    static func of(_ bytes: Span<UInt8>) -> UInt32 {
        var value = UInt32.max
        let table = table.span
        for index in bytes.indices {
            value = value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ bytes[index])]
        }
        return ~value
    }
}
