// Proves which tracks are taken, and what is read from the first bytes of a codec's frames.
import Testing

@testable import Media

struct TrackTests {
    static let opus = OpusHead(channels: 1).encoded

    struct Row: Sendable {
        var kind = "voice"
        var codec = "opus"
        var configuration: [UInt8] = []
        var width: Int?
        var height: Int?
        var language: String?
        let fault: TrackFault?
    }

    static let sides = 1...4096

    static let rows: [Row] = [
        Row(fault: nil),
        Row(configuration: opus, fault: nil),
        Row(kind: "noise", fault: .unknownKind("noise")),
        Row(codec: "mp3", fault: .unknownCodec("mp3")),
        Row(codec: "vp8", fault: .codec(.vp8, of: .voice)),
        Row(kind: "camera", fault: .codec(.opus, of: .camera)),
        Row(kind: "camera", codec: "vp8", fault: nil),
        Row(kind: "screen", codec: "avc1.42E01E", fault: nil),
        Row(kind: "screen", codec: "avc1.42e01e", fault: .unknownCodec("avc1.42e01e")),
        Row(kind: "camera", codec: "vp8", width: 1, height: 4096, fault: nil),
        Row(
            kind: "camera",
            codec: "vp8",
            width: 0,
            height: 9,
            fault: .size(width: 0, height: 9, allowed: sides)
        ),
        Row(
            kind: "camera",
            codec: "vp8",
            width: 9,
            height: 4097,
            fault: .size(width: 9, height: 4097, allowed: sides)
        ),
        Row(
            kind: "camera",
            codec: "vp8",
            width: 9,
            fault: .size(width: 9, height: 0, allowed: sides)
        ),
        Row(width: 9, height: 9, fault: .sizeOfSound),
        Row(kind: "camera", codec: "vp8", configuration: filled(512), fault: nil),
        Row(
            kind: "camera",
            codec: "vp8",
            configuration: filled(513),
            fault: .configuration(bytes: 513, limit: 512)
        ),
        Row(kind: "interpretation", fault: .noLanguage),
        Row(kind: "interpretation", language: "zh-Hant-HK", fault: nil),
        Row(kind: "interpretation", language: "", fault: .language("")),
        Row(language: "en", fault: .languageOf(.voice, "en")),
        Row(configuration: filled(19), fault: .notOpusHead(bytes: 19)),
        Row(configuration: Array(opus.prefix(18)), fault: .notOpusHead(bytes: 18)),
        Row(configuration: opus + [0], fault: nil),
        Row(configuration: bent(8, 0x0F), fault: nil),
        Row(configuration: bent(8, 0x10), fault: .opusVersion(0x10)),
        Row(configuration: bent(9, 0), fault: .channels(0, allowed: 1...2)),
        Row(configuration: bent(9, 2), fault: nil),
        Row(configuration: bent(9, 3), fault: .channels(3, allowed: 1...2)),
    ]

    static func filled(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x4F, count: count) }

    static func bent(_ place: Int, _ byte: UInt8) -> [UInt8] {
        var bytes = opus
        bytes[place] = byte
        return bytes
    }

    @Test(arguments: rows)
    func `a description has one answer`(row: Row) {
        let seen = fault { () throws(TrackFault) in
            _ = try TrackDescription(
                kind: row.kind,
                codec: row.codec,
                configuration: row.configuration,
                width: row.width,
                height: row.height,
                language: row.language
            )
        }
        #expect(seen == row.fault)
    }

    @Test(arguments: [
        ("zh", true), ("zh-CN", true), ("i-x", false), ("de-1996", true), ("a", false),
        ("abcdefgh", true), ("abcdefghi", false), ("zh-", false), ("-zh", false), ("z1", false),
        ("zh-abcdefgh", true), ("zh-abcdefghi", false), ("zh--CN", false), ("zh_CN", false),
        ("中文", false), ("aa-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaa", true),
        ("aa-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaa", false), ("[[", false),
    ])
    func `a language tag has its form`(tag: String, fits: Bool) {
        #expect(TrackDescription.isLanguage(tag) == fits)
    }

    @Test
    func `an Opus header reads back`() throws {
        let head = OpusHead(channels: 2, preSkip: 3_840, inputRate: 0x8765_4321)
        #expect(head.encoded.count == 19)
        #expect(try OpusHead(reading: head.encoded) == head)
        #expect(head.delayNanoseconds == 80_000_000)
        #expect(OpusHead(channels: 1).delayNanoseconds == 6_500_000)
    }

    /// The first bytes of packets (RFC 6716 §3.1), and how long they last.
    @Test(arguments: [
        ("", nil), ("00", 10_000), ("08", 20_000), ("18", 60_000), ("58", 60_000), ("60", 10_000),
        ("78", 20_000), ("80", 2_500), ("f8", 20_000), ("f9", 40_000), ("fa", 40_000), ("fb", nil),
        ("fb 03", 60_000), ("fb 86", 120_000), ("fb 07", nil), ("fb 00", nil), ("19", 120_000),
        ("83 30", 120_000), ("83 31", nil),
    ])
    func `an Opus packet tells how long it lasts`(packet: String, duration: Int?) {
        #expect(OpusPacket.duration(of: bytes(packet).span) == duration)
    }

    @Test
    func `a VP8 frame tells whether it is a key frame, and its size`() {
        let key = bytes("50 a5 00 9d 01 2a 80 42 68 81")
        #expect(VP8Frame.isKey(key.span) == true)
        let size = VP8Frame.size(of: key.span)
        #expect(size?.width == 640 && size?.height == 360)
        #expect(VP8Frame.size(of: key.span.extracting(first: 9)) == nil)
        #expect(VP8Frame.isKey(bytes("51 a5 00").span) == false)
        #expect(VP8Frame.isKey([UInt8]().span) == false)
        for place in 3...5 {
            var bent = key
            bent[place] ^= 1
            #expect(VP8Frame.size(of: bent.span) == nil)
        }
    }

    @Test
    func `start codes become lengths`() {
        let frame = bytes("00 00 00 01 67 42 e0 1e 8d 00 00 01 68 ce 00 00 00 01 65 01 02 00 00")
        let lengths = "00 00 00 05 67 42 e0 1e 8d 00 00 00 02 68 ce 00 00 00 03 65 01 02"
        #expect(AnnexB.withLengths(frame.span) == bytes(lengths))
        #expect(
            AnnexB.configuration(from: frame.span)
                == bytes("01 42 e0 1e ff e1 00 05 67 42 e0 1e 8d 01 00 02 68 ce")
        )
        #expect(AnnexB.configuration(from: frame.span.extracting(first: 9)) == nil)
        for text in ["", "00", "00 00 01", "00 00 01 00 00 01", "01 02 03 04"] {
            #expect(AnnexB.withLengths(bytes(text).span) == [])
            #expect(AnnexB.configuration(from: bytes(text).span) == nil)
        }
    }
}
