/// So many at once, and so many a second after that.
struct TokenBucket {
    private let burst: Double
    private let perSecond: Double
    private var tokens: Double
    private var last: ContinuousClock.Instant

    init(burst: Int, perSecond: Double, at now: ContinuousClock.Instant) {
        self.burst = Double(burst)
        self.perSecond = perSecond
        tokens = Double(burst)
        last = now
    }

    /// Takes one.
    /// - Returns: `nil` when one was there, else the milliseconds until there is one.
    mutating func take(at now: ContinuousClock.Instant) -> Int64? {
        let elapsed = max(0, last.duration(to: now) / .seconds(1))
        last = max(last, now)
        tokens = min(burst, tokens + elapsed * perSecond)
        if tokens >= 1 {
            tokens -= 1
            return nil
        }
        return Int64((1 - tokens) / perSecond * 1_000) + 1
    }

    /// Whether it is as full as it gets, so that forgetting it changes nothing.
    func isFull(at now: ContinuousClock.Instant) -> Bool {
        tokens + max(0, last.duration(to: now) / .seconds(1)) * perSecond >= burst
    }
}
