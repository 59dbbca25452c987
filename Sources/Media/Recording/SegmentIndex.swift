/// Where in a recording reading can begin: times and places, each later than the one before.
public struct SegmentIndex: Hashable, Sendable {
    /// One place: 16 bytes, big-endian.
    public struct Entry: Hashable, Sendable {
        /// The length of an encoded entry, in bytes.
        public static let byteCount = 16

        /// The server's time of a frame that can be decoded by itself, in microseconds.
        public let time: Int
        public let segment: UInt32
        /// Where its record begins in the segment, in bytes.
        public let offset: UInt32

        /// An entry of these values; the time is not negative.
        public init(time: Int, segment: UInt32, offset: UInt32) {
            self.time = time
            self.segment = segment
            self.offset = offset
        }

        /// The 16 bytes: time (u64), segment (u32), offset (u32).
        public var encoded: [UInt8] {
            var bytes: [UInt8] = []
            bytes.append(bigEndian: UInt64(max(time, 0)), count: 8)
            bytes.append(bigEndian: UInt64(segment), count: 4)
            bytes.append(bigEndian: UInt64(offset), count: 4)
            return bytes
        }

        /// Whether it stands behind the other in the recording.
        func isBehind(_ other: Entry) -> Bool {
            segment != other.segment ? segment > other.segment : offset > other.offset
        }
    }

    public private(set) var entries: [Entry] = []

    /// An index without entries.
    public init() {}

    /// Reads what was written of an index: up to the first entry that is not whole, or that does
    /// not stand behind the one before.
    public init(reading bytes: [UInt8]) {
        let span = bytes.span
        var place = 0
        while place + Entry.byteCount <= span.count {
            let time = span.bigEndian(at: place, count: 8)
            guard time <= MediaFrameHeader.latestTime else { return }
            let entry = Entry(
                time: Int(time),
                segment: UInt32(truncatingIfNeeded: span.bigEndian(at: place + 8, count: 4)),
                offset: UInt32(truncatingIfNeeded: span.bigEndian(at: place + 12, count: 4))
            )
            guard append(entry) else { return }
            place += Entry.byteCount
        }
    }

    /// Appends an entry. Its time may lie a little before the one before, of another publisher:
    /// it then counts as that one's.
    /// - Returns: `false`, and nothing is changed, unless it stands behind the last one.
    @discardableResult
    public mutating func append(_ entry: Entry) -> Bool {
        guard let last = entries.last else {
            entries.append(entry)
            return true
        }
        guard entry.isBehind(last) else { return false }
        let time = max(entry.time, last.time)
        entries.append(Entry(time: time, segment: entry.segment, offset: entry.offset))
        return true
    }

    /// The last entry whose time is not after that time, else the first; `nil` of an empty index.
    public func entry(for time: Int) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? entries[low - 1] : entries.first
    }
}
