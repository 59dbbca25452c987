// Proves that a bucket gives its burst, refills at its rate, tells the wait truly and never overflows.
import Ledger
import OpenSSL
import TestSupport
import Testing

@testable import Server

struct TokenBucketTests {
    static let start = ContinuousClock.now

    @Test func `the burst is there at once, then one after each interval`() {
        var bucket = TokenBucket(burst: 3, perSecond: 10, at: Self.start)
        for _ in 1...3 { #expect(bucket.take(at: Self.start) == nil) }
        #expect(bucket.take(at: Self.start) == 101)
        #expect(bucket.take(at: Self.start + .milliseconds(99)) != nil)
        #expect(bucket.take(at: Self.start + .milliseconds(101)) == nil)
        #expect(bucket.take(at: Self.start + .milliseconds(101)) != nil)
    }

    @Test func `whoever waits as long as told gets one`() {
        for seed in Seeds.first(50) {
            var random = SplitMix64(seed: seed)
            let rate = Double.random(in: 0.1...1_000, using: &random)
            var bucket = TokenBucket(
                burst: .random(in: 1...20, using: &random),
                perSecond: rate,
                at: Self.start
            )
            var now = Self.start
            for _ in 0..<200 {
                guard let wait = bucket.take(at: now) else { continue }
                #expect(wait > 0)
                now += .milliseconds(wait)
                #expect(bucket.take(at: now) == nil, "SEED=\(seed)")
            }
        }
    }

    @Test func `in the long run it gives its burst and its rate, no more`() {
        var bucket = TokenBucket(burst: 5, perSecond: 20, at: Self.start)
        var taken = 0
        for millisecond in 0...10_000
        where bucket.take(at: Self.start + .milliseconds(millisecond)) == nil {
            taken += 1
        }
        #expect((204...205).contains(taken))
    }

    @Test func `what costs more takes more, at most the burst`() {
        var bucket = TokenBucket(burst: 10, perSecond: 10, at: Self.start)
        #expect(bucket.take(6, at: Self.start) == nil)
        #expect(bucket.take(6, at: Self.start) == 201)
        #expect(bucket.take(4, at: Self.start) == nil)
        #expect(bucket.take(100, at: Self.start + .seconds(1)) == nil)
        #expect(bucket.take(at: Self.start + .seconds(1)) != nil)
    }

    @Test func `a pause fills it to its burst and no further`() {
        var bucket = TokenBucket(burst: 2, perSecond: 1, at: Self.start)
        #expect(bucket.isFull(at: Self.start))
        #expect(bucket.take(at: Self.start) == nil)
        #expect(!bucket.isFull(at: Self.start + .milliseconds(999)))
        #expect(bucket.isFull(at: Self.start + .milliseconds(1_000)))
        let later = Self.start + .seconds(86_400)
        #expect(bucket.take(at: later) == nil)
        #expect(bucket.take(at: later) == nil)
        #expect(bucket.take(at: later) != nil)
    }

    @Test func `a clock that steps back neither gives nor takes`() {
        var bucket = TokenBucket(burst: 1, perSecond: 1, at: Self.start)
        #expect(bucket.take(at: Self.start + .seconds(5)) == nil)
        #expect(bucket.take(at: Self.start) == 1_001)
        #expect(bucket.take(at: Self.start + .milliseconds(5_999)) != nil)
        #expect(bucket.take(at: Self.start + .milliseconds(6_001)) == nil)
    }

    @Test func `one address's guests are not another's`() {
        let limits = AddressLimits(perMinute: 2)
        #expect(limits.take("a") == nil)
        #expect(limits.take("a") == nil)
        #expect((limits.take("a") ?? 0) > 20_000)
        #expect(limits.take("b") == nil)
        #expect(limits.take(nil) == nil)
    }
}

struct TokenTests {
    @Test func `a token is 64 lower-case hex digits, and new ones differ`() throws {
        let tokens = try (0..<10).map { _ in try Token().text }
        #expect(Set(tokens).count == 10)
        for text in tokens { #expect(Token(text)?.text == text) }
    }

    @Test(arguments: [
        "", "ab", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
        String(repeating: "a", count: 63), String(repeating: "a", count: 65),
    ])
    func `anything else is none`(text: String) {
        #expect(Token(text) == nil)
    }

    @Test func `the store knows its digest alone`() throws {
        let token = try Token()
        #expect(token.digest == SHA256.hash(Array(token.text.utf8)))
    }
}

struct ServerClockTests {
    @Test(arguments: [(5, 9), (9, 5), (7, 7)])
    func `it starts at the later of wall time and what is known, and goes on`(
        earliest: UInt64,
        wall: UInt64
    ) {
        let hour: UInt64 = 3_600_000
        let clock = ServerClock(
            notBefore: Timestamp(milliseconds: earliest * hour),
            wall: Timestamp(milliseconds: wall * hour)
        )
        let first = clock.now()
        #expect(first.milliseconds >= max(earliest, wall) * hour)
        #expect(first.milliseconds < max(earliest, wall) * hour + hour)
        #expect(clock.now() >= first)
    }
}
