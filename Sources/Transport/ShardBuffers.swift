import CLinux
import Glibc

/// The memory that all connections of a shard use in turn.
final class ShardBuffers {
    /// Room before the receive buffer for the beginning of a frame that came before.
    static let headroom = 256
    /// What the records of one read are opened into, with what TLS had kept of them.
    static let receiveCapacity = 256 * 1024
    static let corkCapacity = 256 * 1024
    static let scratchCapacity = 64 * 1024
    static let eventCapacity = 1_024
    /// Records of TLS, which come out as fewer bytes than they are.
    static let recordCapacity = 64 * 1024

    private let memory: UnsafeMutableRawPointer
    let receive: UnsafeMutableRawPointer
    /// Gathers the answers of one read, for one write.
    let cork: UnsafeMutableRawPointer
    /// Gathers small entries of a queue, for one write.
    let scratch: UnsafeMutableRawBufferPointer
    let events: UnsafeMutablePointer<epoll_event>
    /// Pages that no TLS touches cost nothing.
    let records: UnsafeMutableRawPointer

    init() {
        let size = Self.receiveCapacity + Self.corkCapacity + Self.scratchCapacity
        memory = .allocate(byteCount: 4_096 + size, alignment: 4_096)
        receive = memory + 4_096
        cork = receive + Self.receiveCapacity
        scratch = UnsafeMutableRawBufferPointer(
            start: cork + Self.corkCapacity,
            count: Self.scratchCapacity
        )
        records = .allocate(byteCount: Self.recordCapacity, alignment: 4_096)
        events = .allocate(capacity: Self.eventCapacity)
        events.initialize(repeating: epoll_event(), count: Self.eventCapacity)
    }

    deinit {
        memory.deallocate()
        records.deallocate()
        events.deallocate()
    }
}

/// Masking keys of the client role: unpredictable (RFC 6455 §5.3), fetched many at a time.
struct MaskingKeys {
    private var pool = [UInt32](repeating: 0, count: 256)
    private var used = 256

    /// - Throws: `TransportError.system` when the operating system has no randomness.
    mutating func refillIfEmpty() throws(TransportError) {
        guard used == pool.count else { return }
        let result = pool.withUnsafeMutableBytes { clinux_random($0.baseAddress, $0.count) }
        guard result == 0 else { throw .system(call: "getrandom", errno: errno) }
        used = 0
    }

    /// A fresh key. The system that gave randomness once at `connect` gives it for ever.
    mutating func next() -> UInt32 {
        if used == pool.count {
            _ = pool.withUnsafeMutableBytes { clinux_random($0.baseAddress, $0.count) }
            used = 0
        }
        defer { used += 1 }
        return pool[used]
    }
}
