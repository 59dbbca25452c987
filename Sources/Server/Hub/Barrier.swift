internal import Synchronization
internal import Transport

/// Runs a job on one shard when every shard has come by.
final class Barrier: Sendable {
    private let waiting: Atomic<Int>
    private let home: Shard
    private let job: @Sendable (isolated Shard) -> Void

    init(count: Int, home: Shard, then job: @escaping @Sendable (isolated Shard) -> Void) {
        waiting = Atomic(count)
        self.home = home
        self.job = job
    }

    func arrive() {
        let left = waiting.subtract(1, ordering: .acquiringAndReleasing).newValue
        if left == 0 { home.post(job) }
    }
}
