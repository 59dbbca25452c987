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

    /// Takes so many, at most a burst.
    /// - Returns: `nil` when they were there, else the milliseconds until they are.
    mutating func take(_ cost: Double = 1, at now: ContinuousClock.Instant) -> Int64? {
        let elapsed = max(0, last.duration(to: now) / .seconds(1))
        last = max(last, now)
        tokens = min(burst, tokens + elapsed * perSecond)
        let cost = min(cost, burst)
        if tokens >= cost {
            tokens -= cost
            return nil
        }
        return Int64((cost - tokens) / perSecond * 1_000) + 1
    }

    /// Whether it is as full as it gets, so that forgetting it changes nothing.
    func isFull(at now: ContinuousClock.Instant) -> Bool {
        tokens + max(0, last.duration(to: now) / .seconds(1)) * perSecond >= burst
    }
}
