// Proves the segments of a recording: golden bytes, every cut, every bent byte, and the index.
import TestSupport
import Testing

@testable import Media

struct SegmentTests {
    static let track = Array(#"{"track":1}"#.utf8)
    static let note = Array(#"{"note":"a"}"#.utf8)
    static let frame = MediaFrame(
        header: MediaFrameHeader(
            flags: .key,
            track: 1,
            sequence: 0,
            time: 1_790_000_000_000_000,
            level: 30,
            duration: 20_000
        ),
        payload: [0xF8, 0xFF, 0xFE]
    )
    static let records: [SegmentRecord] = [.track(track), .frame(frame), .note(note)]

    static func sample() throws -> [UInt8] {
        var writer = SegmentWriter()
        var bytes: [UInt8] = []
        writer.begin(segment: 1, into: &bytes)
        try writer.describe(1, isVideo: false, json: track, into: &bytes)
        let frame = frame
        let entry = try writer.write(frame.header, payload: frame.payload.span, into: &bytes)
        #expect(entry?.offset == 7 + 9 + UInt32(track.count))
        try writer.note(note, into: &bytes)
        #expect(writer.byteCount == bytes.count)
        return bytes
    }

    /// What a reader makes of pieces.
    static func read(
        _ pieces: [ArraySlice<UInt8>],
        at offset: Int = 0
    ) -> ([SegmentReader.Item], SegmentEnd) {
        var reader = SegmentReader(at: offset)
        var items: [SegmentReader.Item] = []
        for piece in pieces {
            reader.append(piece)
            while let item = reader.next() { items.append(item) }
        }
        return (items, reader.end)
    }

    @Test
    func `a checksum is that of gzip`() {
        #expect(CRC32.of(Array("123456789".utf8).span) == 0xCBF4_3926)
        #expect(CRC32.of([UInt8]().span) == 0)
    }

    @Test
    func `a segment is the golden bytes, and reads back`() throws {
        let bytes = try Self.sample()
        try checkGolden(dump(bytes), "segment.txt")
        let (items, end) = Self.read([bytes[...]])
        #expect(items.map(\.record) == Self.records)
        #expect(items.map(\.offset) == [7, 27, 59])
        #expect(end == .whole(bytes: bytes.count))
        let (rest, restEnd) = Self.read([bytes[27...]], at: 27)
        #expect(rest == Array(items.dropFirst()))
        #expect(restEnd == end)
    }

    @Test
    func `a segment cut short is whole up to its last record`() throws {
        let bytes = try Self.sample()
        let borders = [7, 27, 59, bytes.count]
        for cut in 0...bytes.count {
            let (items, end) = Self.read([bytes[..<cut]])
            let last = borders.last { $0 <= cut }
            #expect(items.count == borders.count { $0 > 7 && $0 <= cut })
            #expect(end == (last == cut ? .whole(bytes: cut) : .torn(at: last ?? 0)), "\(cut)")
            let pieces = Self.read([bytes[..<cut], bytes[cut...]])
            #expect(pieces.0.map(\.record) == Self.records)
            #expect(pieces.1 == .whole(bytes: bytes.count))
        }
    }

    @Test
    func `a bent byte ends the reading at its record`() throws {
        let bytes = try Self.sample()
        let borders = [0, 7, 27, 59]
        for place in bytes.indices {
            for bit in 0..<8 {
                var bent = bytes
                bent[place] ^= 1 << bit
                let (items, end) = Self.read([bent[...]])
                let start = borders.last { $0 <= place } ?? 0
                // A length that is too high looks like a record that is not whole.
                let isLength = place >= 7 && place - start < 4
                let isTorn = isLength && end == .torn(at: start)
                #expect(end == .corrupt(at: start) || isTorn, "\(place)")
                #expect(items.count == borders.count { $0 > 7 && $0 <= start })
            }
        }
    }

    /// Bodies whose checksum fits and which are no records.
    @Test(arguments: ["", "01", "04 01", "02 01", "00 00 00 00 00 00 00 00 00 00 00 00 00"])
    func `a body that is no record is corrupt`(text: String) {
        let body = bytes(text)
        var segment = SegmentRecord.magic
        segment.append(bigEndian: UInt64(body.count), count: 4)
        segment.append(bigEndian: UInt64(CRC32.of(body.span)), count: 4)
        let (items, end) = Self.read([segment[...] + body])
        #expect(items.isEmpty && end == .corrupt(at: 7))
    }

    @Test
    func `a length beyond the limit is corrupt at once`() {
        for (length, end) in [
            (SegmentRecord.bodyLimit, SegmentEnd.torn(at: 7)),
            (SegmentRecord.bodyLimit + 1, .corrupt(at: 7)), (1, .corrupt(at: 7)),
        ] {
            var segment = SegmentRecord.magic
            segment.append(bigEndian: UInt64(length), count: 4)
            segment.append(bigEndian: 0, count: 4)
            #expect(Self.read([segment[...]]).1 == end)
        }
    }

    @Test
    func `each segment describes the tracks there are`() throws {
        var writer = SegmentWriter(byteLimit: 100)
        #expect(writer.isFull)
        var bytes: [UInt8] = []
        writer.begin(segment: 1, into: &bytes)
        try writer.describe(2, isVideo: true, json: [2], into: &bytes)
        try writer.describe(1, isVideo: false, json: [1], into: &bytes)
        try writer.describe(3, isVideo: false, json: [3], into: &bytes)
        try writer.describe(2, isVideo: true, json: [4], into: &bytes)
        #expect(!writer.isFull)
        writer.end(3)
        try writer.note([UInt8](repeating: 0, count: 100), into: &bytes)
        #expect(writer.isFull)
        var second: [UInt8] = []
        writer.begin(segment: 2, into: &second)
        #expect(!writer.isFull)
        #expect(Self.read([second[...]]).0.map(\.record) == [.track([1]), .track([4])])
    }

    @Test
    func `what does not fit is refused`() throws {
        var writer = SegmentWriter()
        var output: [UInt8] = []
        let payload: [UInt8] = [1]
        func refusal(_ body: (inout SegmentWriter) throws(SegmentFault) -> Void) -> SegmentFault? {
            fault { () throws(SegmentFault) in try body(&writer) }
        }
        #expect(refusal { w throws(SegmentFault) in try w.note([1], into: &output) } == .notBegun)
        writer.begin(segment: 1, into: &output)
        let limit = SegmentRecord.textLimit
        for (text, answer) in [
            ([UInt8](), SegmentFault.empty),
            ([UInt8](repeating: 0, count: limit + 1), .textTooLong(bytes: limit + 1, limit: limit)),
        ] {
            #expect(refusal { w throws(SegmentFault) in try w.note(text, into: &output) } == answer)
            let described = refusal { w throws(SegmentFault) in
                try w.describe(1, isVideo: true, json: text, into: &output)
            }
            #expect(described == answer)
        }
        try writer.note([UInt8](repeating: 0, count: limit), into: &output)
        let stranger = refusal { w throws(SegmentFault) in
            _ = try w.write(Self.frame.header, payload: payload.span, into: &output)
        }
        #expect(stranger == .noSuchTrack(1))
        for track in 1...256 {
            try writer.describe(UInt16(track), isVideo: true, json: [1], into: &output)
        }
        let surplus = refusal { w throws(SegmentFault) in
            try w.describe(257, isVideo: true, json: [1], into: &output)
        }
        #expect(surplus == .tooManyTracks(limit: 256))
        try writer.describe(256, isVideo: true, json: [2], into: &output)
        let frameLimit = 1 << 20
        for (count, answer) in [
            (0, SegmentFault.empty), (frameLimit, nil),
            (frameLimit + 1, .frameTooLong(bytes: frameLimit + 1, limit: frameLimit)),
        ] {
            let payload = [UInt8](repeating: 0, count: count)
            let seen = refusal { w throws(SegmentFault) in
                _ = try w.write(Self.frame.header, payload: payload.span, into: &output)
            }
            #expect(seen == answer)
        }
    }

    @Test
    func `the index has key frames, and sound where there is no picture`() throws {
        var writer = SegmentWriter()
        var output: [UInt8] = []
        writer.begin(segment: 7, into: &output)
        try writer.describe(1, isVideo: false, json: [1], into: &output)
        try writer.describe(2, isVideo: true, json: [2], into: &output)
        let frames: [(track: UInt16, isKey: Bool, milliseconds: Int, isEntry: Bool)] = [
            (1, true, 0, true), (1, true, 1_999, false), (1, true, 2_000, true),
            (2, false, 2_500, false), (2, true, 3_000, true), (2, true, 3_001, true),
            (1, true, 4_000, false), (2, false, 6_000, false), (1, true, 7_999, false),
            (1, true, 8_000, true), (1, true, 8_020, false),
        ]
        for frame in frames {
            let header = MediaFrameHeader(
                flags: frame.isKey ? .key : [],
                track: frame.track,
                sequence: 0,
                time: frame.milliseconds * 1_000
            )
            let offset = UInt32(output.count)
            let payload: [UInt8] = [1]
            let entry = try writer.write(header, payload: payload.span, into: &output)
            let expected = SegmentIndex.Entry(time: header.time, segment: 7, offset: offset)
            #expect(entry == (frame.isEntry ? expected : nil), "\(frame)")
        }
    }

    @Test
    func `an index finds where to begin, and ends where it is torn`() {
        typealias Entry = SegmentIndex.Entry
        var index = SegmentIndex()
        #expect(index.entry(for: 5) == nil)
        let entries = [
            Entry(time: 10, segment: 1, offset: 7), Entry(time: 20, segment: 1, offset: 90),
            Entry(time: 30, segment: 2, offset: 7),
        ]
        for entry in entries { #expect(index.append(entry) == true) }
        #expect(index.append(Entry(time: 40, segment: 2, offset: 7)) == false)
        #expect(index.append(Entry(time: 40, segment: 1, offset: 99)) == false)
        for (time, place) in [(0, 0), (9, 0), (10, 0), (19, 0), (20, 1), (29, 1), (30, 2), (99, 2)]
        {
            #expect(index.entry(for: time) == entries[place])
        }
        let bytes = entries.flatMap(\.encoded)
        #expect(bytes.count == 48)
        #expect(SegmentIndex(reading: bytes) == index)
        #expect(SegmentIndex(reading: Array(bytes.dropLast())).entries == Array(entries.prefix(2)))
        #expect(SegmentIndex(reading: bytes + entries[0].encoded) == index)
        #expect(SegmentIndex(reading: bytes + [UInt8](repeating: 0xFF, count: 16)) == index)
        let latest = Entry(time: MediaFrameHeader.latestTime, segment: 9, offset: 0)
        #expect(SegmentIndex(reading: bytes + latest.encoded).entries.last == latest)
        let later = Entry(time: latest.time + 1, segment: 9, offset: 0)
        #expect(SegmentIndex(reading: bytes + later.encoded) == index)
        #expect(index.append(Entry(time: 5, segment: 3, offset: 0)) == true)
        #expect(index.entries.last?.time == 30, "of another publisher")
    }
}
