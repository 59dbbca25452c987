import Synchronization

/// Jobs that others post to a shard: one wakeup for all that gather until it comes.
final class Mailbox: Sendable {
    typealias Job = @Sendable (isolated Shard) -> Void

    private struct State {
        var jobs: [Job] = []
        var isCalled = false
    }

    private let state = Mutex(State())

    /// - Returns: whether the shard has to be called.
    func put(_ job: @escaping Job) -> Bool {
        state.withLock { state in
            state.jobs.append(job)
            defer { state.isCalled = true }
            return !state.isCalled
        }
    }

    /// Whether jobs wait.
    var hasMail: Bool { state.withLock { $0.isCalled } }

    /// Gives away all jobs, in the order of their posting.
    func take() -> [Job] {
        state.withLock { state in
            let jobs = state.jobs
            state = State()
            return jobs
        }
    }
}
