// Proves how a publisher's clock becomes the server's time, and how much a publisher may send.
import Media
import TestSupport
import Testing

struct PublisherClockTests {
    typealias Step = (media: Int, received: Int, time: Int)

    /// Times in microseconds; the publisher's clock begins where it will.
    static let courses: [(name: String, steps: [Step])] = [
        (
            "the least delay is the line's own",
            [
                (0, 1_000_000, 1_000_000), (20_000, 1_060_000, 1_020_060),
                (40_000, 1_070_000, 1_040_070), (80_000, 1_080_000, 1_080_000),
            ]
        ),
        (
            "a slow clock is followed by a millisecond a second",
            [(0, 10_000_000, 10_000_000), (10_000_000, 20_020_000, 20_010_020)]
        ),
        (
            "a fast clock is followed at once",
            [(0, 10_000_000, 10_000_000), (10_020_000, 20_000_000, 20_000_000)]
        ),
        (
            "a jump forwards begins anew",
            [(0, 10_000_000, 10_000_000), (9_000_000, 10_020_000, 10_020_000)]
        ),
        (
            "back by a second, tracks are out of step; by more, the clock begins anew",
            [
                (5_000_000, 10_000_000, 10_000_000), (4_000_000, 10_000_000, 9_000_000),
                (3_999_999, 10_000_000, 10_000_000), (4_019_999, 10_020_000, 10_020_000),
            ]
        ),
        (
            "what waited for a stalled line keeps its time",
            [
                (0, 10_000_000, 10_000_000), (20_000, 13_000_000, 10_020_000),
                (1_500_000, 13_010_000, 11_500_010), (3_000_000, 13_020_000, 13_000_020),
            ]
        ),
        (
            "a clock that stood still begins anew after 2 s",
            [
                (0, 10_000_000, 10_000_000), (20_000, 14_000_000, 10_020_000),
                (2_019_999, 15_999_999, 12_019_999), (2_020_000, 16_000_000, 16_000_000),
                (2_040_000, 16_020_000, 16_020_000),
            ]
        ),
        (
            "a delay of 2 s more is no jump yet",
            [
                (0, 10_000_000, 10_000_000), (20_000, 12_020_000, 10_022_020),
                (40_000, 12_042_021, 10_042_020),
            ]
        ),
        (
            "nothing is older than 5 s",
            [
                (0, 10_000_000, 10_000_000), (20_000, 15_020_000, 10_020_000),
                (40_000, 15_040_001, 10_040_001), (40_000, 15_140_000, 10_140_000),
            ]
        ),
    ]

    @Test(arguments: courses)
    func `a media time has one server time`(name: String, steps: [Step]) {
        var clock = PublisherClock()
        for (index, step) in steps.enumerated() {
            let time = clock.serverTime(of: step.media, received: step.received)
            #expect(time == step.time, "\(name), step \(index)")
        }
    }

    @Test(arguments: Seeds.first(50))
    func `no time is late, or older than 5 s, or before the one before it`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var clock = PublisherClock()
        var (track, last) = (TrackTime(), Int.min)
        var (media, received) = (0, 1_790_000_000_000_000)
        for _ in 0..<2_000 {
            let time = clock.serverTime(of: media, received: received)
            #expect(time <= received && time >= received - 5_000_000, "seed \(seed)")
            let next = track.next(time)
            #expect(next >= last && next <= received, "seed \(seed)")
            last = next
            let step = UInt8.random(in: 0...99, using: &random)
            if step == 0 {
                media = Int.random(in: 0...MediaFrameHeader.latestTime, using: &random)
            } else {
                media = min(media + 20_000, MediaFrameHeader.latestTime)
            }
            received += step == 1 ? 4_000_000 : Int.random(in: 0...40_000, using: &random)
        }
    }

    @Test
    func `a track's time stays where it is rather than go back`() {
        var track = TrackTime()
        let times = [5, 3, 5, 6, -1, 7].map { track.next($0) }
        #expect(times == [5, 5, 5, 6, 6, 7])
    }

    @Test
    func `an allowance is what was saved up in its window`() {
        var bytes = Allowance(perSecond: 1_000, windowMilliseconds: 2_000)
        let steps: [(amount: Int, now: Int, isTaken: Bool)] = [
            (2_001, 0, false), (2_000, 0, true), (1, 0, false), (1, 1, true), (1, 1, false),
            (10, 11, true), (0, 11, true), (-1, 50, false), (40, 51, true), (2_001, 9_999, false),
            (2_000, 9_999, true), (1, 5_000, false), (1, 9_999, false), (1, 10_000, true),
        ]
        for (index, step) in steps.enumerated() {
            let isTaken = bytes.take(step.amount, at: step.now)
            #expect(isTaken == step.isTaken, "step \(index)")
        }
    }

    @Test
    func `no fraction of an allowance is lost`() {
        var frames = Allowance(perSecond: 3, windowMilliseconds: 1_000)
        for _ in 0..<3 { #expect(frames.take(1, at: 0) == true) }
        var taken = 0
        for now in 1...10_000 where frames.take(1, at: now) { taken += 1 }
        #expect(taken == 30)
    }

    @Test
    func `a publisher's allowances are those of the protocol`() {
        var bytes = Allowance.byteRate()
        #expect(bytes.take(2_000_000, at: 0) == true)
        #expect(bytes.take(1, at: 0) == false)
        for (kind, rate) in [(TrackKind.voice, 110), (.screen, 120)] {
            var frames = Allowance.frameRate(of: kind)
            for _ in 0..<rate * 2 { #expect(frames.take(1, at: 0) == true) }
            #expect(frames.take(1, at: 0) == false)
        }
        var extreme = Allowance(perSecond: .max, windowMilliseconds: .max)
        #expect(extreme.take(1 << 40, at: .min / 2) == true)
        #expect(extreme.take(.max, at: .max / 2) == false)
    }
}
