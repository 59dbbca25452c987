// Proves what a viewer is sent by what waits for it, how frames are joined, and numbers of tracks.
import Ledger
import Media
import Rooms
import Testing
import Transport

@testable import Server

struct RelayTests {
    static func header(
        _ track: UInt16 = 1,
        isKey: Bool = true
    ) -> MediaFrameHeader {
        MediaFrameHeader(flags: isKey ? .key : [], track: track, sequence: 0, time: 0)
    }

    @Test func `who wants no video gets none, and sound passes`() {
        var viewer = MediaViewer(wantsVideo: false)
        let picture = viewer.decide(Self.header(), isVideo: true, queued: 0, at: 0)
        #expect(picture.what == .unwanted)
        let sound = viewer.decide(Self.header(2), isVideo: false, queued: 0, at: 0)
        #expect(sound.what == .send)
    }

    @Test func `pictures begin with a key frame, which is asked for`() {
        var viewer = MediaViewer(wantsVideo: true)
        let delta = viewer.decide(Self.header(isKey: false), isVideo: true, queued: 0, at: 0)
        #expect(delta.what == .waiting)
        let key = viewer.decide(Self.header(), isVideo: true, queued: 0, at: 40)
        #expect(key.what == .send)
        let next = viewer.decide(Self.header(isKey: false), isVideo: true, queued: 0, at: 80)
        #expect(next.what == .send)
    }

    @Test func `a queue that does not empty leaves pictures out to the next key frame`() {
        var viewer = MediaViewer(wantsVideo: true)
        _ = viewer.decide(Self.header(), isVideo: true, queued: 0, at: 0)
        let full = 30 << 10
        let early = viewer.decide(Self.header(isKey: false), isVideo: true, queued: full, at: 499)
        #expect(early.what == .send)
        let late = viewer.decide(Self.header(isKey: false), isVideo: true, queued: full, at: 500)
        #expect(late.what == .shut)
        let sound = viewer.decide(Self.header(2), isVideo: false, queued: full, at: 500)
        #expect(sound.what == .send)
        let delta = viewer.decide(Self.header(isKey: false), isVideo: true, queued: 0, at: 540)
        #expect(delta.what == .waiting || delta.what == .leaveOut)
        let key = viewer.decide(Self.header(), isVideo: true, queued: 0, at: 600)
        #expect(key.what == .sendAfterGap)
    }

    @Test func `three such queues in 20 s pause the pictures, and it is told both ways`() {
        var viewer = MediaViewer(wantsVideo: true)
        var changes: [VideoYield.Change] = []
        var now = 0
        for _ in 0..<3 {
            _ = viewer.decide(Self.header(), isVideo: true, queued: 0, at: now)
            now += 600
            let shut = viewer.decide(Self.header(), isVideo: true, queued: 30 << 10, at: now)
            if let change = shut.change { changes.append(change) }
        }
        #expect(changes == [.yields(until: now + 5_000)])
        let paused = viewer.decide(Self.header(), isVideo: true, queued: 0, at: now + 4_999)
        #expect(paused.what == .leaveOut)
        #expect(paused.change == nil)
        let back = viewer.decide(Self.header(), isVideo: true, queued: 0, at: now + 5_000)
        #expect(back.change == .back)
        #expect(back.what == .sendAfterGap)
    }

    @Test func `a choice joins what is taken, in order, and marks what stands behind a gap`() {
        let frames = (0..<3).map { number -> RelayedFrame in
            let header = Self.header(UInt16(number))
            return RelayedFrame(header, header.encoded + [UInt8(number)])
        }
        var choice = FrameChoice()
        #expect(choice.isEmpty)
        choice.take(0, afterGap: false)
        choice.take(2, afterGap: true)
        #expect(!choice.isEmpty)
        let joined = choice.joined(frames)
        #expect(joined.count == frames[0].frame.count + frames[2].frame.count)
        var other = FrameChoice()
        other.take(0, afterGap: false)
        other.take(2, afterGap: false)
        #expect(other != choice)
        #expect(frames[2].afterGap.count == frames[2].frame.count)
    }

    @Test func `a number that was freed is not the next one given`() {
        var numbers = TrackNumbers()
        let first = [numbers.take(), numbers.take()]
        #expect(first == [1, 2])
        let (wasTaken, next, again) = (numbers.free(1), numbers.take(), numbers.free(1))
        #expect(wasTaken)
        #expect(next == 3)
        #expect(!again)
    }

    @Test func `numbers wrap, pass over those in use, and are never 0`() {
        var numbers = TrackNumbers()
        let kept = numbers.take()
        for _ in 0..<65_534 {
            let number = numbers.take()
            _ = numbers.free(number)
        }
        let next = numbers.take()
        #expect(next == 2)
        #expect(kept == 1)
    }

    @Test func `as many tracks as there may be`() {
        let centre = MediaCentre()
        #expect(centre.takeTrack(upTo: 1))
        #expect(!centre.takeTrack(upTo: 1))
        centre.freeTrack()
        #expect(centre.takeTrack(upTo: 1))
    }
}

struct RecordingFileTests {
    @Test func `a head and an end are read as they were written`() throws {
        let head = RecordingHead(
            kind: .rehearsal,
            slot: SlotID(place: 1),
            begunAt: Timestamp(milliseconds: 1_790_000_000_000)
        )
        let read = try #require(RecordingHead(head.bytes))
        #expect(read.kind == .rehearsal)
        #expect(read.slot?.description == "1")
        #expect(read.begunAt == head.begunAt)
        var figures = RecordingFigures()
        (figures.frames, figures.firstTime, figures.lastTime) = (3, 1_000, 2_000)
        let end = RecordingEndNote(at: head.begunAt, figures: figures)
        let found = try #require(RecordingEndNote(end.bytes))
        #expect((found.frames, found.firstTime, found.lastTime) == (3, 1_000, 2_000))
    }

    /// What a broken disk could give.
    @Test(arguments: [
        "", "{}", "[]", #"{"kind":"x","begunAt":1}"#, #"{"kind":"live"}"#,
        #"{"kind":"live","begunAt":-1}"#,
    ])
    func `what is no head is none`(text: String) {
        #expect(RecordingHead(Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        #"{"at":1,"firstTime":-5,"lastTime":9223372036854775807}"#, #"{"at":1,"firstTime":"x"}"#,
    ])
    func `times that cannot be are left out of an end`(text: String) throws {
        let end = try #require(RecordingEndNote(Array(text.utf8)))
        #expect(end.firstTime == nil && end.lastTime == nil)
    }
}
