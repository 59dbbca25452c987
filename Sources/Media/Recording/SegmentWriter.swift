/// Writes the segments of one recording: gives bytes to append to a file, and what belongs into the
/// index. Every segment begins with the descriptions of all its tracks, so that each can be read
/// alone.
public struct SegmentWriter: Sendable {
    /// How many tracks there are at once.
    public static let trackLimit = 256
    /// The longest segment, in bytes: its offsets fit into the index.
    public static let longest = 1 << 32 - 1
    /// How many microseconds without video bring sound into the index.
    static let soundStep = 2_000_000

    private struct Track: Sendable {
        let isVideo: Bool
        let json: [UInt8]
    }

    private let byteLimit: Int
    private var tracks: [UInt16: Track] = [:]
    /// The number of the segment that is written; `nil` before the first.
    private var segment: UInt32?
    /// How many bytes the segment has.
    public private(set) var byteCount = 0
    /// The times of the last picture, and of the last entry of the index.
    private var lastPicture: Int?
    private var lastEntry: Int?

    /// A recording without segments.
    /// - Parameter byteLimit: from which a segment is full, up to 2 GiB.
    public init(byteLimit: Int = 64 << 20) {
        self.byteLimit = min(max(byteLimit, 1), 1 << 31)
    }

    /// Whether the next segment should begin before the next frame.
    public var isFull: Bool { segment == nil || byteCount >= byteLimit }

    /// Begins a segment with the descriptions of the tracks there are.
    public mutating func begin(segment number: UInt32, into output: inout [UInt8]) {
        segment = number
        output += SegmentRecord.magic
        byteCount = SegmentRecord.magic.count
        for (_, track) in tracks.sorted(by: { $0.key < $1.key }) {
            append(.track, track.json, to: &output)
        }
    }

    /// Describes a track, for the first time or anew.
    /// - Throws: `SegmentFault`; nothing is written then.
    public mutating func describe(
        _ track: UInt16,
        isVideo: Bool,
        json: [UInt8],
        into output: inout [UInt8]
    ) throws(SegmentFault) {
        guard tracks[track] != nil || tracks.count < Self.trackLimit else {
            throw .tooManyTracks(limit: Self.trackLimit)
        }
        try check(text: json)
        tracks[track] = Track(isVideo: isVideo, json: json)
        append(.track, json, to: &output)
    }

    /// Forgets a track that has ended: the next segment does not describe it.
    public mutating func end(_ track: UInt16) { tracks[track] = nil }

    /// Writes a note.
    /// - Throws: `SegmentFault`; nothing is written then.
    public mutating func note(
        _ json: [UInt8],
        into output: inout [UInt8]
    ) throws(SegmentFault) {
        try check(text: json)
        append(.note, json, to: &output)
    }

    /// Writes a frame whose header has the server's time.
    /// - Returns: what belongs into the index: of a picture's key frame, and of sound where there
    ///   was neither a picture nor an entry for 2 s.
    /// - Throws: `SegmentFault`; nothing is written then.
    public mutating func write(
        _ header: MediaFrameHeader,
        payload: Span<UInt8>,
        into output: inout [UInt8]
    ) throws(SegmentFault) -> SegmentIndex.Entry? {
        guard let track = tracks[header.track] else { throw .noSuchTrack(header.track) }
        guard payload.count > 0 else { throw .empty }
        let limit = SegmentRecord.bodyLimit - 1 - MediaFrameHeader.byteCount
        guard payload.count <= limit else {
            throw .frameTooLong(bytes: payload.count, limit: limit)
        }
        let bytes = MediaFrameHeader.byteCount + payload.count
        let segment = try room(for: bytes)
        let offset = byteCount
        let start = beginRecord(.frame, bytes: bytes, in: &output)
        header.append(to: &output)
        output.append(copying: payload)
        endRecord(from: start, in: &output)
        guard isEntry(header, isVideo: track.isVideo) else { return nil }
        lastEntry = header.time
        return SegmentIndex.Entry(
            time: header.time,
            segment: segment,
            offset: UInt32(truncatingIfNeeded: offset)
        )
    }

    private mutating func isEntry(_ header: MediaFrameHeader, isVideo: Bool) -> Bool {
        if isVideo {
            lastPicture = header.time
            return header.isKey
        }
        return [lastPicture, lastEntry].allSatisfy { last in
            last.map { header.time - $0 >= Self.soundStep } ?? true
        }
    }

    private func check(text: [UInt8]) throws(SegmentFault) {
        guard !text.isEmpty else { throw .empty }
        guard text.count <= SegmentRecord.textLimit else {
            throw .textTooLong(bytes: text.count, limit: SegmentRecord.textLimit)
        }
        _ = try room(for: text.count)
    }

    private func room(for bytes: Int) throws(SegmentFault) -> UInt32 {
        guard let segment else { throw .notBegun }
        let size = byteCount + SegmentRecord.headByteCount + 1 + bytes
        guard size <= Self.longest else { throw .full(bytes: size, limit: Self.longest) }
        return segment
    }

    private mutating func append(
        _ kind: SegmentRecord.Kind,
        _ content: [UInt8],
        to output: inout [UInt8]
    ) {
        let start = beginRecord(kind, bytes: content.count, in: &output)
        output += content
        endRecord(from: start, in: &output)
    }

    /// - Returns: where the record begins in the output.
    private mutating func beginRecord(
        _ kind: SegmentRecord.Kind,
        bytes: Int,
        in output: inout [UInt8]
    ) -> Int {
        let start = output.count
        output.reserveCapacity(start + SegmentRecord.headByteCount + 1 + bytes)
        output.append(bigEndian: UInt64(1 + bytes), count: 4)
        output.append(bigEndian: 0, count: 4)
        output.append(kind.rawValue)
        return start
    }

    private mutating func endRecord(from start: Int, in output: inout [UInt8]) {
        let body = start + SegmentRecord.headByteCount
        let sum = CRC32.of(output.span.extracting(body..<output.count))
        for index in 0..<4 {
            output[start + 4 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * index))
        }
        byteCount += output.count - start
    }
}
