public import Ledger
public import OpenSSL

/// What a sweep took away.
public struct Sweep: Hashable, Sendable {
    /// Files that nothing referred to.
    public var files = 0
    /// Uploads that never became files.
    public var uploads = 0
    /// Files that could not be looked up or taken away, and why the last one could not.
    public var failures = 0
    public var cause: StorageError?
}

extension Store {
    /// Takes files away that are older than a moment and that neither a room's record, nor a person's
    /// picture, nor `placed` refers to, and uploads that nobody finished. What is being recorded stays.
    /// Ends early where its task is cancelled.
    public func removeOrphans(
        before moment: Timestamp,
        but placed: Set<Digest>
    ) async throws(StorageError) -> Sweep {
        let seconds = Int64(clamping: moment.milliseconds / 1_000)
        var sweep = Sweep()
        sweep.uploads = try await blobs.removeUnfinished(before: seconds)
        let people = people
        for byte in UInt8.min...UInt8.max {
            for file in try blobs.files(under: byte, before: seconds) where !placed.contains(file) {
                if Task.isCancelled { return sweep }
                do throws(StorageError) {
                    let isGone = try await blobs.remove(file, durably: false) {
                        (digest) throws(StorageError) in try people.refers(to: digest)
                    }
                    if isGone { sweep.files += 1 }
                } catch {
                    sweep.failures += 1
                    sweep.cause = error
                }
            }
        }
        return sweep
    }

    /// Takes one file away at once, if nothing refers to it any more; durable on return.
    public func removeUnlessNeeded(_ file: Digest) async throws(StorageError) {
        let people = people
        _ = try await blobs.remove(file, durably: true) { (digest) throws(StorageError) in
            try people.refers(to: digest)
        }
    }
}
