/// How the reading of a segment ended; places are in bytes from its start.
public enum SegmentEnd: Hashable, Sendable {
    /// The last record is whole.
    case whole(bytes: Int)
    /// The record that begins there is not whole: writing was cut short.
    case torn(at: Int)
    /// What stands there is no record, or its checksum does not fit.
    case corrupt(at: Int)
}

/// Reads one segment from pieces of any length, up to where it is whole. It keeps no more than one
/// record and one piece.
public struct SegmentReader: Sendable {
    /// A record and where it begins in the segment, in bytes.
    public struct Item: Hashable, Sendable {
        public let offset: Int
        public let record: SegmentRecord
    }

    private var buffer: [UInt8] = []
    /// What of the buffer is read, in bytes.
    private var read = 0
    /// Where the buffer begins in the segment.
    private var base: Int
    private var isBegun: Bool
    private var corruption: Int?

    /// A reader that stands at the start of a segment, or at a record that the index names.
    public init(at offset: Int = 0) {
        base = max(offset, 0)
        isBegun = offset > 0
    }

    /// Takes the next piece. `next` is called until it gives nothing before the next one comes.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        guard corruption == nil else { return }
        buffer.removeFirst(read)
        base += read
        read = 0
        buffer += bytes
    }

    /// - Returns: the next record, or `nil` when none is whole yet, or none comes any more.
    public mutating func next() -> Item? {
        guard corruption == nil, begin() else { return nil }
        switch scan() {
        case .short: return nil
        case .corrupt:
            fail()
            return nil
        case .record(let record, let bytes):
            let item = Item(offset: base + read, record: record)
            read += bytes
            return item
        }
    }

    private enum Scan {
        case short, corrupt
        case record(SegmentRecord, bytes: Int)
    }

    private func scan() -> Scan {
        let bytes = buffer.span.extracting(droppingFirst: read)
        let head = SegmentRecord.headByteCount
        guard bytes.count >= head else { return .short }
        let length = Int(bytes.bigEndian(at: 0, count: 4))
        guard (2...SegmentRecord.bodyLimit).contains(length) else { return .corrupt }
        guard bytes.count >= head + length else { return .short }
        let body = bytes.extracting(head..<head + length)
        guard UInt64(CRC32.of(body)) == bytes.bigEndian(at: 4, count: 4),
            let record = SegmentRecord(body: body)
        else { return .corrupt }
        return .record(record, bytes: head + length)
    }

    /// How the segment ends, when no more bytes come.
    public var end: SegmentEnd {
        if let corruption { return .corrupt(at: corruption) }
        let place = base + read
        return isBegun && read == buffer.count ? .whole(bytes: place) : .torn(at: place)
    }

    /// Reads the magic bytes.
    /// - Returns: whether they are read.
    private mutating func begin() -> Bool {
        guard !isBegun else { return true }
        guard SegmentRecord.magic.starts(with: buffer.prefix(SegmentRecord.magic.count)) else {
            fail()
            return false
        }
        guard buffer.count >= SegmentRecord.magic.count else { return false }
        isBegun = true
        read = SegmentRecord.magic.count
        return true
    }

    private mutating func fail() {
        corruption = base + read
        buffer = []
        read = 0
    }
}
