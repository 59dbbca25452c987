// Proves the file that is written: golden bytes, its clusters and cues, and every refusal.
import TestSupport
import Testing

@testable import Media

struct WebMWriterTests {
    @Test
    func `a short file is the golden bytes`() throws {
        let frames = WebMSample.frames(milliseconds: 60)
        try checkGolden(
            dump(try WebMSample.file(WebMSample.tracks(), frames)),
            "short.webm.txt"
        )
    }

    @Test
    func `what is written reads back, also before it is patched`() throws {
        let tracks = try WebMSample.tracks()
        let frames = WebMSample.frames(milliseconds: 7_000)
        let outcome = WebMSample.read(try WebMSample.file(tracks, frames))
        #expect(outcome.frames == frames)
        #expect(outcome.end == .whole)
        #expect(outcome.tracks.map(\.codec) == tracks.map(\.codec))
        #expect(outcome.tracks.map(\.name) == ["王芳", ""])
        #expect(outcome.tracks.map(\.language) == ["chi", "eng"])

        var writer = try WebMWriter(tracks: tracks)
        var bytes: [UInt8] = []
        for frame in frames { try writer.write(frame, into: &bytes) }
        let unfinished = WebMSample.read(bytes)
        #expect(unfinished.end == .whole)
        #expect(frames.starts(with: unfinished.frames) && unfinished.frames.count > 300)
        _ = writer.finish(into: &bytes)
        #expect(WebMSample.read(bytes).frames == frames)
        #expect(writer.finish(into: &bytes) == [])
        #expect(throws: WebMWritingFault.finished) { try writer.write(frames[0], into: &bytes) }
    }

    /// The clusters and cues of a file: the time of each, in milliseconds, and where a cue leads.
    private func shape(_ bytes: [UInt8]) throws -> (clusters: [Int], cues: [Int], seekable: Bool) {
        let file = try bytes.span.elements(base: 0)
        let segment = try #require(file.last { $0.id == ElementID.segment }).range
        let content = bytes.span.extracting(segment)
        func number(_ id: UInt32, of range: Range<Int>) throws -> Int {
            let inner = content.extracting(range)
            let found = try #require(try inner.elements(base: 0).first { $0.id == id })
            let number = inner.extracting(found.range).unsigned
            return try #require(number)
        }
        func child(_ id: UInt32, of range: Range<Int>) throws -> Range<Int> {
            let inner = content.extracting(range)
            let found = try #require(try inner.elements(base: 0).first { $0.id == id }).range
            return range.lowerBound + found.lowerBound..<range.lowerBound + found.upperBound
        }
        var (clusters, cues): ([Int], [Int]) = ([], [])
        var isSeekable = true
        for (id, range) in try content.elements(base: 0) {
            switch id {
            case ElementID.cluster: clusters.append(try number(ElementID.timestamp, of: range))
            case ElementID.cues:
                for (_, point) in try content.extracting(range).elements(base: 0) {
                    let start = range.lowerBound
                    let whole = start + point.lowerBound..<start + point.upperBound
                    let time = try number(ElementID.cueTime, of: whole)
                    let place = try number(
                        ElementID.cueClusterPosition,
                        of: try child(ElementID.cueTrackPositions, of: whole)
                    )
                    let head = try #require(try content.elementHead(at: place))
                    let end = place + head.byteCount + (head.length ?? 0)
                    let cluster = place + head.byteCount..<end
                    isSeekable = isSeekable && head.id == ElementID.cluster
                    isSeekable = try isSeekable && number(ElementID.timestamp, of: cluster) == time
                    cues.append(time)
                }
            default: break
            }
        }
        return (clusters, cues, isSeekable)
    }

    @Test
    func `each key frame begins a cluster and has a cue`() throws {
        var frames = WebMSample.frames(milliseconds: 4_100)
        frames += WebMSample.frames(milliseconds: 10_000).filter {
            $0.track == 2 && $0.time > 4_100_000
        }
        let shape = try shape(WebMSample.file(WebMSample.tracks(), frames))
        // With nothing but sound a cluster lasts 5 s, and has no cue.
        #expect(shape.clusters == [0, 0, 2_000, 4_000, 9_000])
        #expect(shape.cues == [0, 2_000, 4_000])
        #expect(shape.seekable)
    }

    @Test
    func `sound alone has a cue every two seconds`() throws {
        let frames = WebMSample.frames(milliseconds: 6_001).filter { $0.track == 2 }
        let tracks = [try WebMSample.tracks()[1]]
        let shape = try shape(WebMSample.file(tracks, frames))
        #expect(shape.clusters == [0, 2_000, 4_000, 6_000])
        #expect(shape.cues == shape.clusters)
        #expect(shape.seekable)
    }

    @Test
    func `a cluster of large frames ends early`() throws {
        let tracks = try WebMSample.tracks()
        let large = [UInt8](repeating: 1, count: 1 << 20)
        let frames = (0..<10).map {
            WebMFrame(track: 1, time: $0 * 1_000, isKey: $0 == 0, payload: large)
        }
        let shape = try shape(WebMSample.file(tracks, frames))
        #expect(shape.clusters == [0, 4, 8])
        #expect(shape.cues == [0])
    }

    @Test
    func `a file without frames can be read`() throws {
        let outcome = WebMSample.read(try WebMSample.file(WebMSample.tracks(), []))
        #expect(outcome.tracks.count == 2 && outcome.frames.isEmpty && outcome.end == .whole)
    }

    @Test
    func `H.264 makes it Matroska`() throws {
        let size = try TrackDescription.Size(width: 4, height: 4)
        let codec = WebMTrack.Codec.h264(size, configuration: [1, 2, 3])
        var writer = try WebMWriter(tracks: [WebMTrack(number: 1, codec: codec)])
        #expect(writer.documentType == .matroska)
        #expect(try WebMWriter(tracks: WebMSample.tracks()).documentType == .webm)
        var output: [UInt8] = []
        let frame = WebMFrame(
            track: 1,
            time: 0,
            isKey: true,
            payload: bytes("00 00 00 01 65 01 02")
        )
        try writer.write(frame, into: &output)
        _ = writer.finish(into: &output)
        let block = bytes("a3 8b 81 00 00 80 00 00 00 03 65 01 02")
        #expect(output.indices.contains { output[$0...].starts(with: block) })
        #expect(WebMSample.read(output).fault == .codec("V_MPEG4/ISO/AVC"))
    }

    @Test
    func `tracks that do not fit are refused`() throws {
        func refusal(_ tracks: [WebMTrack]) -> WebMWritingFault? {
            fault { () throws(WebMWritingFault) in _ = try WebMWriter(tracks: tracks) }
        }
        func track(_ number: Int) -> WebMTrack {
            WebMTrack(number: number, codec: .opus(configuration: WebMSample.opus))
        }
        #expect(refusal([]) == .trackCount(0, allowed: 1...16))
        #expect(refusal((1...16).map(track)) == nil)
        #expect(refusal((1...17).map(track)) == .trackCount(17, allowed: 1...16))
        #expect(refusal([track(126)]) == nil)
        for number in [0, 127, -1] {
            #expect(refusal([track(number)]) == .trackNumber(number, allowed: 1...126))
        }
        #expect(refusal([track(3), track(3)]) == .trackNumber(3, allowed: 1...126))
        let bad = WebMTrack(number: 5, codec: .opus(configuration: [1]))
        #expect(refusal([bad]) == .configuration(track: 5, .notOpusHead(bytes: 1)))
    }

    @Test
    func `frames that do not fit are refused`() throws {
        var writer = try WebMWriter(tracks: WebMSample.tracks())
        var output: [UInt8] = []
        let latest = WebMWriter.latestTime
        let rows: [(track: Int, time: Int, bytes: Int, fault: WebMWritingFault?)] = [
            (3, 0, 1, .noSuchTrack(3)), (1, -1, 1, .time(-1, allowed: 0...latest)),
            (1, 0, 0, .payload(bytes: 0, allowed: 1...2 << 20)), (1, 0, 2 << 20, nil),
            (1, 0, 2 << 20 + 1, .payload(bytes: 2 << 20 + 1, allowed: 1...2 << 20)),
            (1, 5_000, 1, nil), (2, 4_500, 1, nil),
            (2, 4_499, 1, .time(4_499, allowed: 4_500...latest)),
            (2, latest + 1, 1, .time(latest + 1, allowed: 4_500...latest)), (2, latest, 1, nil),
        ]
        for row in rows {
            let frame = WebMFrame(
                track: row.track,
                time: row.time,
                duration: .max,
                isKey: true,
                payload: [UInt8](repeating: 0, count: row.bytes)
            )
            let seen = fault { () throws(WebMWritingFault) in
                try writer.write(frame, into: &output)
            }
            #expect(seen == row.fault)
        }
    }
}
