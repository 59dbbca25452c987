// Proves the 20 bytes before each frame, which the pages read and write too, and every refusal.
import Media
import Testing

struct MediaFrameHeaderTests {
    static let header = MediaFrameHeader(
        flags: .key,
        track: 258,
        sequence: 16_909_060,
        time: 1_790_000_000_123_456,
        level: 42,
        duration: 20_000
    )

    @Test
    func `a header is the golden bytes, and reads back`() throws {
        let encoded = Self.header.encoded
        try checkGolden(dump(encoded), "frame-header.txt")
        let frame = encoded + [7]
        #expect(try MediaFrameHeader(reading: frame.span) == Self.header)
        let lent = try unsafe MediaFrameHeader(reading: frame.span.bytes)
        #expect(lent == Self.header)
        let whole = try MediaFrame(reading: frame.span)
        #expect(whole == MediaFrame(header: Self.header, payload: [7]))
        #expect(whole.encoded == frame)
    }

    static let borders: [MediaFrameHeader] = [
        MediaFrameHeader(flags: [], track: 0, sequence: 0, time: 0),
        MediaFrameHeader(
            flags: [.key, .gap],
            track: .max,
            sequence: .max,
            time: MediaFrameHeader.latestTime,
            level: 127,
            duration: MediaFrameHeader.longestDuration
        ),
        MediaFrameHeader(flags: .gap, track: 1, sequence: 2, time: 3, level: 0, duration: 1),
    ]

    @Test(arguments: borders)
    func `what is written reads back`(header: MediaFrameHeader) throws {
        #expect(header.encoded.count == MediaFrameHeader.byteCount)
        #expect(try MediaFrameHeader(reading: (header.encoded + [0]).span) == header)
    }

    @Test
    func `what does not fit is written at its border`() throws {
        let wide = MediaFrameHeader(
            flags: .key,
            track: 1,
            sequence: 1,
            time: .max,
            level: 200,
            duration: .max
        )
        let read = try MediaFrameHeader(reading: (wide.encoded + [0]).span)
        #expect(read.time == MediaFrameHeader.latestTime)
        #expect(read.level == 127)
        #expect(read.duration == MediaFrameHeader.longestDuration)
        let negative = MediaFrameHeader(
            flags: .key,
            track: 1,
            sequence: 1,
            time: .min,
            duration: -1
        )
        let back = try MediaFrameHeader(reading: (negative.encoded + [0]).span)
        #expect(back.time == 0 && back.duration == 0)
    }

    typealias Sender = MediaFrameHeader.Sender

    /// Each row: which byte is replaced, by what, who sent it, and the answer.
    static let refusals: [(at: Int, byte: UInt8, from: Sender, fault: MediaFault?)] = [
        (0, 0, .server, .version(0)), (0, 1, .server, nil), (0, 2, .server, .version(2)),
        (1, 0, .publisher, nil), (1, 1, .publisher, nil),
        (1, 2, .publisher, .flags(2, allowed: 1)), (1, 3, .server, nil),
        (1, 4, .server, .flags(4, allowed: 3)), (1, 128, .publisher, .flags(128, allowed: 1)),
        (8, 1, .server, .time(0x0106_5BFE_DA27_C240, limit: 1 << 53 - 1)), (9, 0x1F, .server, nil),
        (9, 0x20, .server, .time(0x0020_5BFE_DA27_C240, limit: 1 << 53 - 1)),
        (16, 127, .server, nil), (16, 128, .server, .level(128)), (16, 254, .server, .level(254)),
        (16, 255, .server, nil),
    ]

    @Test(arguments: refusals)
    func `a byte has one answer`(at: Int, byte: UInt8, from: Sender, expected: MediaFault?) {
        var bytes = Self.header.encoded + [7]
        bytes[at] = byte
        let seen = fault { () throws(MediaFault) in
            _ = try MediaFrameHeader(reading: bytes.span, from: from)
        }
        #expect(seen == expected)
    }

    @Test
    func `a frame cut short is refused`() {
        let bytes = Self.header.encoded
        for count in 0..<20 {
            #expect(throws: MediaFault.tooShort(bytes: count, least: 20)) {
                try MediaFrameHeader(reading: bytes.span.extracting(first: count))
            }
        }
        #expect(throws: MediaFault.empty) { try MediaFrameHeader(reading: bytes.span) }
    }

    /// Each row: the kind, whether it is a key frame, the payload, and the answer.
    static let payloads: [(kind: TrackKind, isKey: Bool, bytes: Int, fault: MediaFault?)] = [
        (.voice, true, 1, nil), (.voice, true, 4_096, nil),
        (.voice, true, 4_097, .tooLong(bytes: 4_097, limit: 4_096)),
        (.interpretation, true, 4_097, .tooLong(bytes: 4_097, limit: 4_096)),
        (.voice, false, 1, .soundNotKey), (.interpretation, false, 1, .soundNotKey),
        (.camera, false, 524_288, nil),
        (.camera, false, 524_289, .tooLong(bytes: 524_289, limit: 524_288)),
        (.camera, true, 1_048_576, nil),
        (.screen, true, 1_048_577, .tooLong(bytes: 1_048_577, limit: 1_048_576)),
        (.screen, true, 0, .empty), (.voice, false, 0, .empty),
    ]

    @Test(arguments: payloads)
    func `a payload has a limit`(kind: TrackKind, isKey: Bool, bytes: Int, expected: MediaFault?) {
        var header = Self.header
        header.flags = isKey ? .key : []
        let seen = fault { () throws(MediaFault) in try header.check(payload: bytes, of: kind) }
        #expect(seen == expected)
    }
}
