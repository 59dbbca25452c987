// Proves the reading of recordings: every cut, every form of length and block, and every refusal.
import TestSupport
import Testing

@testable import Media

struct WebMReaderTests {
    typealias S = WebMSample

    @Test(arguments: Seeds.first(20))
    func `random frames come back, however the file is cut`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var time = 0
        var frames: [WebMFrame] = []
        for _ in 0..<Int.random(in: 0...200, using: &random) {
            time += Int.random(in: 0...60, using: &random) * 1_000
            let isVideo = Bool.random(using: &random)
            var payload = (0..<Int.random(in: 1...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if Int.random(in: 0...9, using: &random) == 0 {
                payload += [UInt8](repeating: 0, count: 20_000)
            }
            frames.append(
                WebMFrame(
                    track: isVideo ? 1 : 2,
                    time: time,
                    duration: isVideo ? 0 : OpusPacket.duration(of: payload.span) ?? 0,
                    isKey: isVideo ? VP8Frame.isKey(payload.span) : true,
                    payload: payload
                )
            )
        }
        let file = try S.file(S.tracks(), frames)
        #expect(S.read(file).frames == frames, "seed \(seed)")
        for longest in [7, 300, 70_000] {
            let outcome = S.read(pieces(of: file, longest: longest, using: &random))
            #expect(outcome.frames == frames && outcome.end == .whole, "seed \(seed)")
        }
    }

    /// All forms in one: as of a browser's recorder, with lengths that are not known.
    static let live =
        S.document
        + S.open(
            ElementID.segment,
            S.element(ElementID.void, [0, 0, 0])
                + S.element(ElementID.info, S.element(ElementID.timestampScale, 500_000))
                + S.described
                + S.open(
                    ElementID.cluster,
                    S.at(100) + S.simple(1, 0, S.key) + S.simple(2, -1, S.sound)
                        + S.element(
                            ElementID.blockGroup,
                            S.element(ElementID.block, S.block(1, 80, S.delta))
                                + S.element(ElementID.blockDuration, 66)
                        )
                )
                + S.open(
                    ElementID.cluster,
                    S.at(200) + S.simple(2, 0, []) + S.simple(1, 2, S.delta)
                )
                + S.element(ElementID.tags, [1, 2, 3])
                + S.element(ElementID.cluster, S.at(300) + S.simple(2, 0, S.sound))
        )

    static let liveFrames = [
        WebMFrame(track: 1, time: 50_000, isKey: true, payload: S.key),
        WebMFrame(track: 2, time: 49_500, duration: 20_000, isKey: true, payload: S.sound),
        WebMFrame(track: 1, time: 90_000, duration: 33_000, isKey: false, payload: S.delta),
        WebMFrame(track: 1, time: 101_000, isKey: false, payload: S.delta),
        WebMFrame(track: 2, time: 150_000, duration: 20_000, isKey: true, payload: S.sound),
    ]

    @Test
    func `a file cut anywhere gives the same frames`() {
        let whole = S.read(Self.live)
        #expect(whole.frames == Self.liveFrames)
        #expect(whole.fault == nil && whole.end == .whole)
        #expect(whole.tracks.map(\.number) == [1, 2])
        for cut in 0...Self.live.count {
            #expect(S.read([Self.live[..<cut], Self.live[cut...]]) == whole, "\(cut)")
        }
        #expect(S.read(Self.live.indices.map { Self.live[$0...$0] }) == whole)
    }

    @Test
    func `a file that ends anywhere is whole up to there`() {
        for cut in 0..<Self.live.count {
            let outcome = S.read(Array(Self.live[..<cut]))
            #expect(Self.liveFrames.starts(with: outcome.frames), "\(cut)")
            if cut < S.document.count {
                #expect(outcome.fault == .notEBML)
            } else if outcome.tracks.isEmpty {
                #expect(outcome.fault == .noTracks)
            } else {
                #expect(outcome.fault == nil)
            }
        }
        let torn = S.read(Array(Self.live.dropLast()))
        #expect(torn.frames.count == 4)
        #expect(torn.end == .torn(at: Self.live.count - 9))
    }

    @Test
    func `a file that lacks what it said is torn`() {
        let halfSkipped = S.document + S.open(ElementID.segment, S.described + [0xEC, 0x84, 0, 0])
        #expect(S.read(halfSkipped).end == .torn(at: halfSkipped.count))
        let known = Self.segment(S.described + S.element(ElementID.void, [0]))
        #expect(S.read(known).end == .whole)
        #expect(S.read(Array(known.dropLast(3))).end == .torn(at: known.count - 3))
    }

    @Test
    func `a second file after the first is not read`() {
        let twice = S.read(Self.live + Self.live)
        #expect(twice.frames == Self.liveFrames && twice.end == .whole)
        let known = S.document + S.element(ElementID.segment, S.described)
        #expect(S.read(known + Self.live).frames.isEmpty)
        #expect(S.read(known + [0, 0]).end == .whole)
    }

    /// A file with such a content of its segment.
    static func segment(_ content: [UInt8]) -> [UInt8] {
        S.document + S.element(ElementID.segment, content)
    }

    /// A file with such a cluster, without its time's element.
    static func cluster(_ content: [UInt8]) -> [UInt8] {
        segment(S.described + S.element(ElementID.cluster, content))
    }

    static func entry(_ fields: [UInt8]) -> [UInt8] {
        segment(S.element(ElementID.tracks, S.element(ElementID.trackEntry, fields)))
    }

    /// Where the content of a short segment begins, and of a cluster after the tracks.
    static let inside = S.document.count + 5
    static let inCluster = inside + S.described.count + 5

    static func number(_ number: Int, type: Int) -> [UInt8] {
        S.element(ElementID.trackNumber, number) + S.element(ElementID.trackType, type)
    }

    static let lacedVideo: [UInt8] = [0, 1, 2]

    static let refusals: [(name: String, file: [UInt8], fault: WebMFault)] = [
        ("empty", [], .notEBML), ("RIFF", Array("RIFF".utf8), .notEBML),
        ("one byte", [0x1B], .notEBML),
        (
            "another document",
            S.element(ElementID.ebml, S.text(ElementID.docType, "other")),
            .documentType("other")
        ),
        ("no kind of document", S.element(ElementID.ebml, []), .documentType("")),
        (
            "a newer document",
            S.element(ElementID.ebml, S.element(ElementID.docTypeReadVersion, 5)),
            .version(5, limit: 4)
        ),
        (
            "longer ids",
            S.element(ElementID.ebml, S.element(ElementID.ebmlMaxIDLength, 5)),
            .version(5, limit: 4)
        ),
        (
            "a long head", S.element(ElementID.ebml, [UInt8](repeating: 0, count: 4_097)),
            .elementTooLong(at: 0, bytes: 4_097, limit: 4_096)
        ),
        ("an open head", S.open(ElementID.ebml, []), .openLength(at: 0)),
        ("an id of zeros", segment([0]), .malformed(at: inside)),
        ("a length of zeros", segment([0xEC, 0]), .malformed(at: inside)),
        ("an element that outgrows", segment([0xEC, 0x82, 0]), .outgrows(at: inside)),
        ("an open element", segment([0xEC, 0xFF, 0]), .openLength(at: inside)),
        (
            "a cluster first", segment(S.element(ElementID.cluster, [])),
            .tracksOutOfPlace(at: inside)
        ),
        (
            "tracks twice", segment(S.described + S.described),
            .tracksOutOfPlace(at: inside + S.described.count)
        ),
        ("nothing", segment([]), .noTracks),
        ("no tracks", segment(S.element(ElementID.tracks, [])), .noTracks),
        ("only subtitles", entry(number(1, type: 17)), .noTracks),
        ("no number", entry(S.element(ElementID.trackType, 1)), .trackNumber(nil, limit: 65_535)),
        ("number 0", entry(number(0, type: 1)), .trackNumber(0, limit: 65_535)),
        ("number 65536", entry(number(65_536, type: 1)), .trackNumber(65_536, limit: 65_535)),
        (
            "a number twice", segment(S.element(ElementID.tracks, S.voice + S.voice)),
            .trackNumber(2, limit: 65_535)
        ),
        (
            "17 tracks",
            segment(S.element(ElementID.tracks, (0..<17).flatMap { _ in S.voice })),
            .tooManyTracks(17, limit: 16)
        ),
        (
            "VP9", entry(number(1, type: 1) + S.text(ElementID.codecID, "V_VP9")), .codec("V_VP9")
        ),
        ("no codec", entry(number(1, type: 2)), .codec("")),
        (
            "Opus as a picture", entry(number(1, type: 1) + S.text(ElementID.codecID, "A_OPUS")),
            .codec("A_OPUS")
        ),
        (
            "a long name of a codec",
            entry(
                number(1, type: 1) + S.text(ElementID.codecID, String(repeating: "x", count: 99))
            ),
            .codec(String(repeating: "x", count: 32))
        ),
        (
            "compressed headers",
            entry(number(7, type: 1) + S.element(ElementID.contentEncodings, [])),
            .contentEncoding(track: 7)
        ),
        (
            "no size", entry(number(1, type: 1) + S.text(ElementID.codecID, "V_VP8")),
            .track(1, .size(width: 0, height: 0, allowed: 1...4096))
        ),
        (
            "no Opus header",
            entry(
                number(1, type: 2) + S.text(ElementID.codecID, "A_OPUS")
                    + S.element(ElementID.codecPrivate, [1])
            ),
            .track(1, .notOpusHead(bytes: 1))
        ),
        (
            "a tick of nothing",
            segment(S.element(ElementID.info, S.element(ElementID.timestampScale, 0))),
            .malformed(at: inside + 9)
        ),
        ("a block without a time", cluster(S.simple(1, 0, S.key)), .noTime(at: inCluster)),
        (
            "a time of nine bytes",
            cluster(S.element(ElementID.timestamp, [UInt8](repeating: 0, count: 9))),
            .elementTooLong(at: inCluster, bytes: 9, limit: 8)
        ),
        (
            "a time beyond a number",
            cluster(S.element(ElementID.timestamp, [UInt8](repeating: 0xFF, count: 8))),
            .time(at: inCluster)
        ),
        (
            "a time too late", cluster(S.at(.max) + S.simple(1, 0, S.key)),
            .time(at: inCluster + 12)
        ),
        (
            "a strange track", cluster(S.at(0) + S.simple(3, 0, S.key)),
            .noSuchTrack(3, at: inCluster + 5)
        ),
        (
            "a block of three bytes",
            cluster(S.at(0) + S.element(ElementID.simpleBlock, [0x81, 0, 0])),
            .malformed(at: inCluster + 5)
        ),
        (
            "a group without a block", cluster(S.at(0) + S.element(ElementID.blockGroup, [])),
            .malformed(at: inCluster + 5)
        ),
        (
            "a laced picture", cluster(S.at(0) + S.simple(1, 0, flags: 2, lacedVideo)),
            .lacedVideo(track: 1, at: inCluster + 5)
        ),
        (
            "a block too long",
            S.document
                + S.open(
                    ElementID.segment,
                    S.described
                        + S.open(
                            ElementID.cluster,
                            S.at(0) + bytes("a3 10 20 00 01")
                        )
                ),
            .elementTooLong(
                at: S.document.count + 5 + S.described.count + 5 + 3,
                bytes: 2 << 20 + 1,
                limit: 2 << 20
            )
        ),
        (
            "cues in a cluster of known length",
            segment(
                S.described + S.element(ElementID.cluster, S.element(ElementID.cues, []))
                    + S.element(ElementID.void, [])
            ),
            .outgrows(at: inCluster)
        ),
    ]

    @Test(arguments: refusals)
    func `a file has one answer`(name: String, file: [UInt8], fault: WebMFault) {
        #expect(S.read(file).fault == fault, "\(name)")
        #expect(S.read(file.indices.map { file[$0...$0] }).fault == fault, "\(name), in bytes")
    }

    @Test
    func `a fault stays`() {
        var reader = WebMReader()
        reader.append(Array("RIFF".utf8))
        for _ in 0..<2 { #expect(throws: WebMFault.notEBML) { try reader.next() } }
        reader.append(Self.live)
        #expect(throws: WebMFault.notEBML) { try reader.next() }
        #expect(throws: WebMFault.notEBML) { try reader.end() }
    }

    @Test
    func `a track that is neither picture nor sound is passed over`() {
        let subtitles = S.element(ElementID.trackEntry, Self.number(3, type: 17))
        let file = Self.segment(
            S.element(ElementID.tracks, S.voice + subtitles)
                + S.element(
                    ElementID.cluster,
                    S.at(0) + S.simple(3, 0, [1]) + S.simple(2, 0, S.sound)
                )
        )
        let outcome = S.read(file)
        #expect(outcome.tracks.map(\.number) == [2])
        #expect(outcome.tracks.first?.codec == .opus(configuration: OpusHead(channels: 1).encoded))
        #expect(outcome.frames.map(\.track) == [2])
    }

    /// Blocks of several frames (RFC 9559 §10.3): the flags, what follows, the lengths or a fault.
    static let laces: [(flags: UInt8, bytes: String, lengths: [Int]?)] = [
        (0x02, "00 f8 01", [2]), (0x02, "01 01 f8 f8 02 03", [1, 3]),
        (0x02, "02 01 02 f8 f8 01 f8", [1, 2, 1]), (0x02, "01 ff", nil), (0x02, "01 05 f8", nil),
        (0x02, "", nil), (0x02, "01", nil), (0x02, "01 01 f8", [1]),
        (0x04, "01 f8 f8", [1, 1]), (0x04, "02 f8 01 f8 02 f8 03", [2, 2, 2]),
        (0x04, "01 f8 f8 f8", nil), (0x04, "", nil),
        (0x06, "00 f8", [1]), (0x06, "01 82 f8 01 f8", [2, 1]),
        (0x06, "02 82 be f8 01 f8 f8 02", [2, 1, 2]), (0x06, "02 81 c0 f8 f8 01 f8", [1, 2, 1]),
        (0x06, "02 81 bd f8", nil), (0x06, "01", nil), (0x06, "01 00", nil),
        (0x06, "01 85 f8", nil),
        (0x06, "01 08 00 00 00 01 f8", nil),
    ]

    @Test(arguments: laces)
    func `a lace has its frames, one after the other`(
        flags: UInt8,
        text: String,
        lengths: [Int]?
    ) {
        let file = Self.cluster(S.at(1_000) + S.simple(2, 0, flags: flags, bytes(text)))
        let outcome = S.read(file)
        guard let lengths else {
            #expect(outcome.fault == .lacing(at: Self.inCluster + 6))
            return
        }
        #expect(outcome.fault == nil)
        #expect(outcome.frames.map(\.payload.count) == lengths)
        let times = lengths.indices.map { 1_000_000 + $0 * 20_000 }
        #expect(outcome.frames.map(\.time) == times)
    }

    @Test
    func `255 bytes make up a length of Xiph`() {
        let first = [UInt8](repeating: 0xF8, count: 255)
        let file = Self.cluster(
            S.at(0) + S.simple(2, 0, flags: 2, bytes("01 ff 00") + first + [0xF8])
        )
        #expect(S.read(file).frames.map(\.payload.count) == [255, 1])
    }

    @Test
    func `a time before the start is the start`() {
        let file = Self.cluster(S.at(5) + S.simple(2, -7, S.sound))
        #expect(S.read(file).frames.map(\.time) == [0])
    }
}
