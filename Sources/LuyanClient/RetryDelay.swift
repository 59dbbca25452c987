/// How long to wait before connecting again: doubled at each failure, spread at random, so that the
/// clients of a server that came back do not all come at once.
public struct RetryDelay: Equatable, Sendable {
    /// Milliseconds before the first attempt, at most.
    public var first: UInt64
    /// Milliseconds before any attempt, at most.
    public var most: UInt64
    private var failures: UInt64 = 0

    public init(first: UInt64 = 250, most: UInt64 = 15_000) {
        self.first = first
        self.most = most
    }

    /// The wait before the next attempt: half to all of the doubled time.
    public mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let doubled = first.multipliedReportingOverflow(by: 1 << min(failures, 20))
        let bound = doubled.overflow ? most : min(doubled.partialValue, most)
        failures += 1
        return .milliseconds(
            UInt64.random(in: bound / 2...max(bound, bound / 2), using: &generator)
        )
    }

    /// A connection stands: the next failure is the first again.
    public mutating func reset() {
        failures = 0
    }
}
