import CLinux
import Dispatch
import Glibc
import HTTP
import OpenSSL
import TLS
import WebSocket

/// One core's share of the connections. All its state is touched on one serial queue only, in
/// wakeups: the sockets' events, the mailbox's jobs or the timers that are due, after each of
/// which what was said is written.
public actor Shard {
    /// Its place in its group, from 0.
    public nonisolated let number: UInt16
    public nonisolated let limits: TransportLimits
    nonisolated let executor: ShardExecutor
    /// Where files are read that are sent.
    nonisolated let disk: DispatchQueue
    nonisolated let mailbox = Mailbox()
    nonisolated let bell: Bell
    nonisolated let clock = ShardClock()
    nonisolated let census: PackingCensus
    nonisolated let addresses: AddressCensus
    nonisolated let turnedAway: TurnAwayCounts

    /// Made when the shard starts.
    public internal(set) var application: (any Application)?

    let slab: ConnectionSlab
    let buffers = ShardBuffers()
    let epoll: Int32
    var listeners: [Listener] = []
    var source: (any DispatchSourceRead)?
    var timerSource: (any DispatchSourceTimer)?

    /// Milliseconds of the shard's clock, as of this wakeup.
    var time = 1
    /// When the sockets were last served.
    var served = 0
    /// A wakeup is under way, or one was asked for: what is said will be written.
    var isAwake = false
    /// The events that were fetched and not yet taken, as places in their buffer.
    var batch = 0..<0
    /// The connection whose answers are gathered, -1 when none.
    var corked = -1
    var corkCount = 0
    /// Connections whose queues are to be written at the end of the wakeup.
    var dirty: [UInt32] = []
    /// Connections that ended in this wakeup.
    var dead: [UInt32] = []
    /// Connections whose requests go on at the end of the wakeup.
    var resumable: [ConnectionID] = []

    var timers = TimerQueue()
    var jobs: [TimerID: (isolated Shard) -> Void] = [:]
    var timerCount: UInt64 = 0
    /// When the Dispatch timer is set to; `Int.max` when it is not.
    var timerTime = Int.max

    /// Made with the first connection that has TLS.
    var pipe: TLSPipe?
    var packers = SharedPackers()
    var keys = MaskingKeys()
    var date = DateText()
    var isDraining = false
    var isStopped = false
    var emptied: [CheckedContinuation<Void, Never>] = []

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// - Throws: `TransportError.system` when the process has no descriptor left.
    init(
        number: UInt16,
        limits: TransportLimits,
        census: PackingCensus,
        connections: ConnectionCensus,
        addresses: AddressCensus,
        turnedAway: TurnAwayCounts
    ) throws(TransportError) {
        self.number = number
        self.limits = limits
        self.census = census
        self.addresses = addresses
        self.turnedAway = turnedAway
        bell = try Bell()
        executor = ShardExecutor(label: "shard.\(number)", bell: bell)
        disk = DispatchQueue(label: "shard.\(number).disk")
        slab = ConnectionSlab(census: connections)
        epoll = clinux_epoll_create()
        guard epoll >= 0 else { throw .system(call: "epoll_create1", errno: errno) }
        clinux_epoll_control(
            epoll,
            EPOLL_CTL_ADD,
            bell.descriptor,
            EPOLLIN.rawValue,
            Self.bellToken
        )
    }

    /// Makes the application and begins to watch.
    func start(_ makeApplication: (isolated Shard) -> any Application) {
        application = makeApplication(self)
        let source = DispatchSource.makeReadSource(
            fileDescriptor: epoll,
            queue: executor.queue
        )
        let timer = DispatchSource.makeTimerSource(queue: executor.queue)
        Self.connect(source, timer, to: self)
        self.source = source
        timerSource = timer
        source.activate()
        timer.activate()
    }

    private nonisolated static func connect(
        _ source: any DispatchSourceRead,
        _ timer: any DispatchSourceTimer,
        to shard: Shard
    ) {
        source.setEventHandler { shard.assumeIsolated { $0.takeEvents() } }
        let epoll = shard.epoll
        source.setCancelHandler { Glibc.close(epoll) }
        timer.setEventHandler { shard.assumeIsolated { $0.takeTimers() } }
    }

    /// Runs a job on the shard, in the order of posting; callable from anywhere. Jobs gather and
    /// share a wakeup, at whose end the application's `finishWakeup` is called.
    public nonisolated func post(_ job: @escaping @Sendable (isolated Shard) -> Void) {
        guard mailbox.put(job) else { return }
        executor.queue.async { self.assumeIsolated { $0.takeMail() } }
        bell.ring()
    }

    /// The time of this wakeup.
    public var now: ContinuousClock.Instant { clock.instant(at: time) }

    /// Connections of all kinds.
    public var connectionCount: Int { slab.count }

    /// The numeric address of a peer, `nil` when the connection is gone.
    public func address(of connection: ConnectionID) -> String? {
        guard let index = index(of: connection) else { return nil }
        return SocketAddress(of: slab.base[index].descriptor, isPeer: true)?.host
    }

    /// Bytes that wait for a peer, 0 when the connection is gone.
    public func queued(for connection: ConnectionID) -> Int {
        guard let index = index(of: connection) else { return 0 }
        let connection = slab.base + index
        return (connection.pointee.outbox?.count ?? 0) + (connection.pointee.secure?.count ?? 0)
            + (corked == index ? corkCount : 0)
    }

    /// The kernel holds at most so many bytes of a peer that it has not sent yet; the rest waits in
    /// the queue, where `queued(for:)` counts it (TCP_NOTSENT_LOWAT of tcp(7)).
    public func limitUnsent(of connection: ConnectionID, to bytes: Int32) {
        guard let index = index(of: connection) else { return }
        var bytes = bytes
        setsockopt(
            slab.base[index].descriptor,
            Int32(IPPROTO_TCP),
            TCP_NOTSENT_LOWAT,
            &bytes,
            socklen_t(MemoryLayout<Int32>.size)
        )
    }

    /// The place of a connection that is not gone.
    func index(of connection: ConnectionID) -> Int? {
        let index = Int(connection.index)
        guard connection.shard == number, index < slab.highest,
            slab.base[index].generation == connection.generation, !slab.base[index].isFree
        else { return nil }
        return index
    }

    func id(at index: Int) -> ConnectionID {
        ConnectionID(
            shard: number,
            index: UInt32(truncatingIfNeeded: index),
            generation: slab.base[index].generation
        )
    }
}

/// The shard's clock: milliseconds from 1, which grow even while the machine sleeps.
struct ShardClock {
    private let origin = ContinuousClock.now

    /// Milliseconds since the clock began, and 1.
    var milliseconds: Int {
        let (seconds, attoseconds) = origin.duration(to: .now).components
        return Int(seconds) &* 1_000 &+ Int(attoseconds / 1_000_000_000_000_000) &+ 1
    }

    func instant(at milliseconds: Int) -> ContinuousClock.Instant {
        origin.advanced(by: .milliseconds(milliseconds - 1))
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, between 0 and a century.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 3_155_760_000 else { return 3_155_760_000_000 }
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let rest = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int(seconds) * 1_000 + Int(rest)
    }
}
