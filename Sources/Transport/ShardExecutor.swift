import Dispatch

/// Runs one shard on one serial queue, so that what the queue runs is on the shard.
final class ShardExecutor: SerialExecutor {
    let queue: DispatchQueue
    let bell: Bell

    init(label: String, bell: Bell) {
        self.bell = bell
        queue = DispatchQueue(label: label, qos: .userInitiated)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
        bell.ring()
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
