// Proves what of a recording is shown and heard in its export, and how frames are put in order.
import Media
import Testing

/// A programme that expectations can ask.
final class Show {
    private var programme: Programme

    init(codec: TrackCodec?) { programme = Programme(codec: codec) }

    func describe(_ track: UInt16, _ source: Programme.Source) {
        programme.describe(track, source)
    }

    func place(of header: MediaFrameHeader) -> Programme.Place? { programme.place(of: header) }
}

/// The same of an order of frames.
final class Order<Frame> {
    private var order: FrameOrder<Frame>

    init(window: Int) { order = FrameOrder(window: window) }

    func take(_ frame: Frame, at time: Int) -> [Frame] { order.take(frame, at: time) }

    func finish() -> [Frame] { order.finish() }
}

struct ProgrammeTests {
    /// Ann's voice 1 and camera 2, Ben's 3 and 4, a screen 5, an interpretation 6.
    static func programme() -> Show {
        let programme = Show(codec: .vp8)
        programme.describe(1, .init(kind: .voice, codec: .opus, speaker: "ann"))
        programme.describe(2, .init(kind: .camera, codec: .vp8, speaker: "ann"))
        programme.describe(3, .init(kind: .voice, codec: .opus, speaker: "ben"))
        programme.describe(4, .init(kind: .camera, codec: .vp8, speaker: "ben"))
        programme.describe(5, .init(kind: .screen, codec: .vp8, speaker: "ben"))
        programme.describe(
            6,
            .init(kind: .interpretation, codec: .opus, speaker: "cy", language: "en")
        )
        return programme
    }

    static func sound(_ track: UInt16, at time: Int, level: UInt8 = 30) -> MediaFrameHeader {
        MediaFrameHeader(
            flags: .key,
            track: track,
            sequence: 0,
            time: time,
            level: level,
            duration: 20_000
        )
    }

    static func picture(_ track: UInt16, at time: Int, isKey: Bool = true) -> MediaFrameHeader {
        MediaFrameHeader(flags: isKey ? .key : [], track: track, sequence: 0, time: time)
    }

    @Test func `the first camera is shown from its first key frame`() {
        let programme = Self.programme()
        #expect(programme.place(of: Self.picture(2, at: 0, isKey: false)) == nil)
        #expect(programme.place(of: Self.picture(2, at: 1)) == .picture)
        #expect(programme.place(of: Self.picture(2, at: 2, isKey: false)) == .picture)
    }

    @Test func `a screen takes the place of a camera, at a key frame`() {
        let programme = Self.programme()
        #expect(programme.place(of: Self.picture(2, at: 0)) == .picture)
        #expect(programme.place(of: Self.picture(5, at: 1, isKey: false)) == nil)
        #expect(programme.place(of: Self.picture(2, at: 2, isKey: false)) == .picture)
        #expect(programme.place(of: Self.picture(5, at: 3)) == .picture)
        #expect(programme.place(of: Self.picture(2, at: 4)) == nil)
    }

    /// When a track was last seen at 0, another camera's key frame so much later takes its place.
    @Test(arguments: [
        (UInt16(5), 10_000_000, false), (5, 10_000_001, true), (4, 1_000_000, false),
        (4, 1_000_001, true),
    ])
    func `what stands still gives its place away`(track: UInt16, after: Int, isShown: Bool) {
        let programme = Self.programme()
        #expect(programme.place(of: Self.picture(track, at: 0)) == .picture)
        let place = programme.place(of: Self.picture(2, at: after))
        #expect(place == (isShown ? .picture : nil))
    }

    @Test func `the camera of whoever speaks takes the place of another`() {
        let programme = Self.programme()
        #expect(programme.place(of: Self.picture(2, at: 0)) == .picture)
        #expect(programme.place(of: Self.picture(4, at: 10)) == nil)
        #expect(programme.place(of: Self.sound(3, at: 20)) == .sound)
        #expect(programme.place(of: Self.picture(4, at: 30)) == .picture)
        #expect(programme.place(of: Self.picture(2, at: 40)) == nil)
    }

    @Test func `pictures of another codec have no place`() {
        let programme = Self.programme()
        programme.describe(7, .init(kind: .camera, codec: .h264, speaker: "dan"))
        #expect(programme.place(of: Self.picture(7, at: 0)) == nil)
        let none = Show(codec: nil)
        none.describe(2, .init(kind: .camera, codec: .vp8, speaker: "ann"))
        #expect(none.place(of: Self.picture(2, at: 0)) == nil)
    }

    /// Ann speaks at level 30; Ben at so much, and is heard after at most ten frames, or never.
    @Test(arguments: [(UInt8(25), false), (24, false), (23, true), (10, true)])
    func `a voice that is louder by more than 6 dB takes the place`(level: UInt8, isHeard: Bool) {
        let programme = Self.programme()
        var heard = 0
        for turn in 0..<60 {
            _ = programme.place(of: Self.sound(1, at: turn * 20_000))
            if programme.place(of: Self.sound(3, at: turn * 20_000 + 5_001, level: level)) != nil {
                heard += 1
            }
        }
        #expect((heard > 0) == isHeard)
    }

    /// Ann was last heard at 0; Ben, quieter, so much later.
    @Test(arguments: [(200_000, false), (200_001, true)])
    func `a voice that fell silent gives its place away`(after: Int, isHeard: Bool) {
        let programme = Self.programme()
        #expect(programme.place(of: Self.sound(1, at: 0)) == .sound)
        let place = programme.place(of: Self.sound(3, at: after, level: 60))
        #expect(place == (isHeard ? .sound : nil))
    }

    /// A frame ends at 20 ms; the next one begins at so much.
    @Test(arguments: [(20_000, true), (15_000, true), (14_999, false)])
    func `sound has one frame at a time`(at: Int, isTaken: Bool) {
        let programme = Self.programme()
        #expect(programme.place(of: Self.sound(1, at: 0)) == .sound)
        #expect((programme.place(of: Self.sound(1, at: at)) != nil) == isTaken)
    }

    @Test func `interpretations have places of their own`() {
        let programme = Self.programme()
        #expect(programme.place(of: Self.sound(1, at: 0)) == .sound)
        #expect(programme.place(of: Self.sound(6, at: 0)) == .interpretation("en"))
        #expect(programme.place(of: Self.sound(6, at: 10_000)) == nil)
        #expect(programme.place(of: Self.sound(9, at: 0)) == nil)
    }

    @Test func `frames come in the order of their times, those a window late too`() {
        let order = Order<String>(window: 100)
        #expect(order.take("c", at: 300).isEmpty)
        #expect(order.take("a", at: 100) == ["a"])
        #expect(order.take("d", at: 350).isEmpty)
        #expect(order.take("b", at: 260).isEmpty)
        #expect(order.take("e", at: 400) == ["b", "c"])
        #expect(order.finish() == ["d", "e"])
        #expect(order.finish().isEmpty)
    }

    @Test func `what came at the same time stays in the order of its coming`() {
        let order = Order<Int>(window: 0)
        _ = order.take(1, at: 5)
        #expect(order.take(2, at: 5) == [2])
        let later = Order<Int>(window: 10)
        for number in 1...3 { #expect(later.take(number, at: 7).isEmpty) }
        #expect(later.finish() == [1, 2, 3])
    }
}

struct QueuePressureTests {
    static let low = QueuePressure.low

    /// Looks at a queue as (milliseconds, bytes), and what presses at the last of them.
    static let looks: [(looks: [(Int, Int)], pressure: Int)] = [
        ([(0, 0)], 0), ([(0, low)], low), ([(0, low + 1)], 0),
        // A key frame fills it for a moment.
        ([(0, 0), (10, 200_000)], 0), ([(0, 0), (499, 200_000)], 0),
        ([(0, 0), (500, 200_000)], 200_000),
        // It emptied meanwhile.
        ([(0, 0), (400, low), (899, 200_000)], 0), ([(0, 0), (400, low), (900, 9_000)], 9_000),
        ([(0, 0), (10, (1 << 20) - 1)], 0), ([(0, 0), (10, 1 << 20)], 1 << 20),
    ]

    @Test(arguments: looks)
    func `a queue presses when it did not empty for half a second`(
        looks: [(Int, Int)],
        pressure: Int
    ) {
        var queue = QueuePressure()
        var found = 0
        for (now, queued) in looks { found = queue.pressure(of: queued, at: now) }
        #expect(found == pressure)
    }
}
