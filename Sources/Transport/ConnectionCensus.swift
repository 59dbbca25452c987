import Synchronization

/// How many connections the shards of a group hold together.
final class ConnectionCensus: Sendable {
    /// `TransportLimits.connections`.
    let limit: Int
    private let count = Atomic(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// - Returns: whether there was room for one more, which is then counted.
    func enter() -> Bool {
        var now = count.load(ordering: .relaxed)
        while now < limit {
            let (isExchanged, seen) = count.weakCompareExchange(
                expected: now,
                desired: now + 1,
                ordering: .relaxed
            )
            if isExchanged { return true }
            now = seen
        }
        return false
    }

    func leave() {
        count.subtract(1, ordering: .relaxed)
    }
}
