import CLinux
import Glibc
import Synchronization

/// Wakes a shard that waits for its sockets, when others have a job for it.
final class Bell: Sendable {
    /// Stands in the shard's epoll set.
    let descriptor: Int32
    private let isListening = Atomic(false)

    /// - Throws: `TransportError.system` when the process has no descriptor left.
    init() throws(TransportError) {
        descriptor = clinux_bell_create()
        guard descriptor >= 0 else { throw .system(call: "eventfd", errno: errno) }
    }

    deinit { close(descriptor) }

    /// From here on `ring` is heard; what came before has to be looked for.
    func listen() { isListening.store(true, ordering: .sequentiallyConsistent) }

    /// The shard goes back to its queue, which runs what waits.
    func stopListening() { isListening.store(false, ordering: .relaxed) }

    /// Wakes the shard if it waits for its sockets; costs next to nothing where it does not.
    func ring() {
        if isListening.load(ordering: .sequentiallyConsistent) { clinux_bell_ring(descriptor) }
    }

    func silence() { clinux_bell_silence(descriptor) }
}
