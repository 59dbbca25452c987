import Compression
public import OpenSSL

/// Bytes that are read from anywhere: a file, or memory.
public protocol BundleSource {
    var byteCount: UInt64 { get }

    /// The bytes of a range within the source.
    func bytes(in range: Range<UInt64>) throws -> [UInt8]
}

/// A bundle's entries, each where the directory says, and nothing besides.
public struct BundleReader<Source: BundleSource> {
    /// Bytes read at once.
    private static var piece: UInt64 { 1 << 20 }
    /// Bytes of a directory that is read.
    private static var longestDirectory: UInt64 { 64 << 20 }

    public let entries: [ZipEntry]
    private let source: Source

    /// Reads the directory and checks that all between its entries is as it must be.
    /// - Throws: `notZip`, `directory`, `fileName`, `reading`.
    public init(_ source: Source) throws(BundleFault) {
        self.source = source
        let offset = try Self.directoryOffset(of: source)
        guard source.byteCount - offset <= Self.longestDirectory else { throw .directory }
        let found = try Self.read(offset..<source.byteCount, of: source)
        var records = DirectoryRecords(found)
        var entries: [ZipEntry] = []
        var names: Set<String> = []
        var next: UInt64 = 0
        while let entry = records.next() {
            guard BundleManifest.isFileName(entry.name), names.insert(entry.name).inserted else {
                throw .fileName(entry.name)
            }
            guard entry.offset == next, entry.size <= offset, entry.end <= offset else {
                throw .entry(name: entry.name)
            }
            next = entry.end
            entries.append(entry)
        }
        guard next == offset, ZipDirectory.bytes(of: entries, at: offset) == found else {
            throw .directory
        }
        self.entries = entries
    }

    /// The whole content of an entry of at most so many bytes.
    /// - Throws: `entry` where header or checksum do not fit, or it is longer; `reading`.
    public func content(of entry: ZipEntry, upTo limit: UInt64) throws(BundleFault) -> [UInt8] {
        guard entry.size <= limit else { throw .entry(name: entry.name) }
        var content: [UInt8] = []
        _ = try read(entry) { content += $0 }
        return content
    }

    /// Reads an entry piece by piece.
    /// - Returns: the SHA-256 of its content.
    /// - Throws: `entry` where header or checksum do not fit; `reading`.
    public func read(
        _ entry: ZipEntry,
        then body: ([UInt8]) -> Void = { _ in }
    ) throws(BundleFault) -> Digest {
        guard try Self.read(entry.offset..<entry.content, of: source) == entry.header else {
            throw .entry(name: entry.name)
        }
        var (crc, digest) = (CRC32(), SHA256())
        var place = entry.content
        while place < entry.end {
            let end = min(entry.end, place + Self.piece)
            let bytes = try Self.read(place..<end, of: source)
            crc.update(bytes)
            digest.update(bytes)
            body(bytes)
            place = end
        }
        guard crc.value == entry.crc else { throw .entry(name: entry.name) }
        return digest.finalize()
    }

    private static func read(
        _ range: Range<UInt64>,
        of source: Source
    ) throws(BundleFault) -> [UInt8] {
        do {
            return try source.bytes(in: range)
        } catch {
            throw .reading("\(error)")
        }
    }

    /// Where the directory stands, as the end of the file says.
    private static func directoryOffset(of source: Source) throws(BundleFault) -> UInt64 {
        let count = source.byteCount
        let length = UInt64(ZipDirectory.endLength)
        guard count >= length else { throw .notZip }
        let end = try read(count - length..<count, of: source)
        guard end.starts(with: [0x50, 0x4b, 0x05, 0x06]) else { throw .notZip }
        var offset = end.number(at: 16, 4)
        if offset == UInt64(UInt32.max) || end.number(at: 10, 2) == 0xffff {
            let large = UInt64(ZipDirectory.largeEndLength)
            guard count >= length + large else { throw .directory }
            let record = try read(count - length - large..<count - length, of: source)
            guard record.starts(with: [0x50, 0x4b, 0x06, 0x06]) else { throw .directory }
            offset = record.number(at: 48, 8)
        }
        guard offset <= count - length else { throw .directory }
        return offset
    }
}

/// The records of a central directory, one after another; what follows them is none.
private struct DirectoryRecords {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func next() -> ZipEntry? {
        let head = Array(rest.prefix(46))
        guard head.count == 46, head.starts(with: [0x50, 0x4b, 0x01, 0x02]) else { return nil }
        let (nameLength, extraLength) = (Int(head.number(at: 28, 2)), Int(head.number(at: 30, 2)))
        let tail = Array(rest.dropFirst(46).prefix(nameLength + extraLength))
        guard tail.count == nameLength + extraLength,
            let name = String(validating: tail.prefix(nameLength), as: UTF8.self)
        else { return nil }
        var (size, offset) = (head.number(at: 24, 4), head.number(at: 42, 4))
        // Numbers that do not fit stand behind, in this order (§4.5.3).
        var extra = Array(tail.dropFirst(nameLength + 4))
        if size == UInt64(UInt32.max), extra.count >= 16 {
            size = extra.number(at: 0, 8)
            extra.removeFirst(16)
        }
        if offset == UInt64(UInt32.max), extra.count >= 8 { offset = extra.number(at: 0, 8) }
        // So large that sums of them would not fit: no file is.
        guard size < 1 << 62, offset < 1 << 62 else { return nil }
        rest = rest.dropFirst(46 + nameLength + extraLength)
        let crc = UInt32(truncatingIfNeeded: head.number(at: 16, 4))
        return ZipEntry(name: name, size: size, crc: crc, offset: offset)
    }
}

extension [UInt8] {
    /// A number of so many bytes, lowest first; bytes that are not there count as 0.
    fileprivate func number(at place: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { value, index in
            place + index < self.count
                ? value | UInt64(self[place + index]) << UInt64(8 * index) : value
        }
    }
}
