// The file around a bundle's entries: ZIP (APPNOTE 6.3.10) in one spelling, so that names and contents
// determine every byte of it. Entries are stored as they are, one behind the other.

/// An entry of a bundle: where it stands, and what its content comes to.
public struct ZipEntry: Hashable, Sendable {
    public let name: String
    /// Bytes.
    public let size: UInt64
    public let crc: UInt32
    /// Where its header stands in the file.
    public let offset: UInt64

    public init(name: String, size: UInt64, crc: UInt32, offset: UInt64) {
        (self.name, self.size, self.crc, self.offset) = (name, size, crc, offset)
    }

    /// Where its content stands.
    public var content: UInt64 { offset + UInt64(header.count) }
    /// Where the next entry stands.
    public var end: UInt64 { content + size }

    /// Sizes of 32 bits that say that the real ones stand behind (§4.5.3).
    private static let elsewhere = UInt64(UInt32.max)
    private var isLong: Bool { size >= Self.elsewhere }
    private var isFar: Bool { offset >= Self.elsewhere }

    /// The local header (§4.3.7).
    public var header: [UInt8] {
        var bytes: [UInt8] = [0x50, 0x4b, 0x03, 0x04]
        bytes.little(isLong ? 45 : 20, 2)
        writeFacts(to: &bytes)
        bytes.little(UInt64(name.utf8.count), 2)
        bytes.little(isLong ? 20 : 0, 2)
        bytes += Array(name.utf8)
        guard isLong else { return bytes }
        bytes.little(1, 2)
        bytes.little(16, 2)
        bytes.little(size, 8)
        bytes.little(size, 8)
        return bytes
    }

    /// The entry in the central directory (§4.3.12).
    var directoryRecord: [UInt8] {
        var extra: [UInt8] = []
        if isLong {
            extra.little(size, 8)
            extra.little(size, 8)
        }
        if isFar { extra.little(offset, 8) }
        var bytes: [UInt8] = [0x50, 0x4b, 0x01, 0x02]
        bytes.little(3 << 8 | 45, 2)  // made as on Unix
        bytes.little(isLong || isFar ? 45 : 20, 2)
        writeFacts(to: &bytes)
        bytes.little(UInt64(name.utf8.count), 2)
        bytes.little(extra.isEmpty ? 0 : UInt64(extra.count) + 4, 2)
        bytes.little(0, 2)  // comment
        bytes.little(0, 2)  // disk
        bytes.little(0, 2)
        bytes.little(0o100_644 << 16, 4)
        bytes.little(min(offset, Self.elsewhere), 4)
        bytes += Array(name.utf8)
        if !extra.isEmpty {
            bytes.little(1, 2)
            bytes.little(UInt64(extra.count), 2)
            bytes += extra
        }
        return bytes
    }

    /// What header and directory say alike: no flags, no compression, 1980-01-01, checksum, sizes.
    private func writeFacts(to bytes: inout [UInt8]) {
        bytes.little(0, 2)
        bytes.little(0, 2)
        bytes.little(0, 2)
        bytes.little(1 << 5 | 1, 2)
        bytes.little(UInt64(crc), 4)
        bytes.little(min(size, Self.elsewhere), 4)
        bytes.little(min(size, Self.elsewhere), 4)
    }
}

/// The end of the file, behind the last entry.
public enum ZipDirectory {
    /// Bytes of the record at the very end (§4.3.16).
    static let endLength = 22
    /// The two records before it where numbers are large (§4.3.14, §4.3.15).
    static let largeEndLength = 56 + 20

    /// The central directory with what stands behind it, to be put at `offset`.
    public static func bytes(of entries: [ZipEntry], at offset: UInt64) -> [UInt8] {
        let records = entries.flatMap(\.directoryRecord)
        let (count, length) = (UInt64(entries.count), UInt64(records.count))
        var bytes = records
        let isLarge = count >= 0xffff || length >= 0xffff_ffff || offset >= 0xffff_ffff
        if isLarge {
            bytes += [0x50, 0x4b, 0x06, 0x06]
            bytes.little(44, 8)
            bytes.little(3 << 8 | 45, 2)
            bytes.little(45, 2)
            bytes.little(0, 8)
            bytes.little(count, 8)
            bytes.little(count, 8)
            bytes.little(length, 8)
            bytes.little(offset, 8)
            bytes += [0x50, 0x4b, 0x06, 0x07]
            bytes.little(0, 4)
            bytes.little(offset + length, 8)
            bytes.little(1, 4)
        }
        bytes += [0x50, 0x4b, 0x05, 0x06]
        bytes.little(0, 4)
        bytes.little(isLarge ? 0xffff : count, 2)
        bytes.little(isLarge ? 0xffff : count, 2)
        bytes.little(isLarge ? 0xffff_ffff : length, 4)
        bytes.little(isLarge ? 0xffff_ffff : offset, 4)
        bytes.little(0, 2)
        return bytes
    }
}

extension [UInt8] {
    /// A number's lowest bytes, lowest first.
    fileprivate mutating func little(_ value: UInt64, _ count: Int) {
        for place in 0..<count { append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
    }
}
