import HTTP
import WebSocket

/// What the shard knows of one connection. Plain data in the slab; an open, silent WebSocket
/// owns nothing outside it.
struct Connection {
    /// Where the connection stands.
    enum Stage {
        /// The place is not in use, or its connection waits to be buried.
        case free
        /// Outbound, until the handshake's or request's answer is in.
        case outbound(Outbound)
        /// The TLS handshake of a peer that came, since then; milliseconds.
        case securing(since: Int)
        /// Requests and responses.
        case http(Exchange)
        /// A WebSocket, both ways.
        case open
        /// Our close frame is said or queued; the peer's has not come.
        case closing
        /// Nothing more is taken; ends when the queue is empty.
        case finishing
        /// Our side is shut; what comes is thrown away until the peer ends its side, so that
        /// no reset overtakes our last words.
        case lingering
    }

    var stage = Stage.free
    var descriptor: Int32 = -1
    var generation: UInt32 = 0
    /// The events epoll watches for.
    var interest: UInt32 = 0
    /// The application was told of it and is to be told of its end.
    var isKnown = false
    /// A request of it was answered.
    var isSeasoned = false
    /// How much one read takes, by the length of the frames that came in the last one.
    var reach = Reach.usual
    /// Client role: frames go out masked.
    var isClient = false
    /// Stands in the shard's list of queues to flush.
    var isDirty = false
    /// Not read for now: what came before is still being answered.
    var isPaused = false
    /// Shut the write side and linger when the queue is empty, rather than close.
    var lingers = false
    var reader = FrameReader(role: .server, frameLimit: 0, messageLimit: 0)
    /// The beginning of a frame that did not come whole.
    var leftover: [UInt8] = []
    /// Its TLS, where it has any.
    var secure: SecureLayer?
    /// How messages are compressed, where that was agreed on.
    var packing: Packing?
    /// What the socket did not take yet.
    var outbox: Outbox?
    /// Why it ends, once that is known.
    var reason: CloseReason?
    /// When something was last heard; this and the next ones in milliseconds.
    var heard = 0
    /// When a ping went out that nothing has followed; 0 when none is under way.
    var pinged = 0
    /// When its end began.
    var ended = 0
    /// When the earliest timer for it fires; `Int.max` when none is set.
    var alarm = Int.max
    /// When its next control frame is due, by `FrameRate`.
    var controlDue = 0
    /// Bytes that a WebSocket has sent since our close frame.
    var ignored = 0
    /// What it is counted by, where that is done.
    var address: PeerAddress?

    var isFree: Bool { descriptor < 0 }

    /// Something waits until the socket takes more.
    var isWaiting: Bool { outbox != nil || secure?.hasPending ?? false }

    var isOpen: Bool {
        if case .open = stage { return true }
        return false
    }
}

/// The connections of one shard, at places that never move. Pages that were never used cost
/// nothing: the operating system gives them at the first touch.
final class ConnectionSlab {
    let base: UnsafeMutablePointer<Connection>
    /// Any one shard may come to hold all that the group may.
    private let capacity: Int
    private let census: ConnectionCensus
    /// Places in use.
    private(set) var count = 0
    /// Places below this were used once.
    private(set) var highest = 0
    private var unused: [UInt32] = []

    init(census: ConnectionCensus) {
        self.census = census
        capacity = census.limit
        base = .allocate(capacity: max(1, capacity))
    }

    deinit {
        base.deinitialize(count: highest)
        base.deallocate()
    }

    /// - Returns: a place that is free, `nil` when the group has as many connections as it may.
    func take() -> Int? {
        guard census.enter() else { return nil }
        if let index = unused.popLast() {
            count += 1
            return Int(index)
        }
        precondition(highest < capacity, "a shard holds no more than its group")
        (base + highest).initialize(to: Connection())
        highest += 1
        count += 1
        return highest - 1
    }

    /// Empties a place; ids of its connection lead nowhere from here on.
    func giveBack(_ index: Int) {
        var empty = Connection()
        // The greatest one stands for listeners in epoll's tokens.
        let next = base[index].generation &+ 1
        empty.generation = next == Shard.listenerMark ? 0 : next
        base[index] = empty
        unused.append(UInt32(truncatingIfNeeded: index))
        count -= 1
        census.leave()
    }
}

/// How much one read of a connection takes: a peer that sends many small frames at once keeps the
/// others waiting for a fraction of a millisecond, and whoever sends long ones is read in great pieces.
enum Reach {
    case short
    case usual
    case long

    /// By the mean length of the frames of a read, headers included.
    init(bytes: Int, frames: Int) {
        if bytes >= frames &* Self.longFrame {
            self = .long
        } else if bytes >= Self.short.bytes, bytes < frames &* Self.shortFrame {
            self = .short
        } else {
            self = .usual
        }
    }

    var bytes: Int {
        switch self {
        case .short: 4 * 1_024
        case .usual: 64 * 1_024
        case .long: 256 * 1_024
        }
    }

    private static let shortFrame = 32
    private static let longFrame = 1_024
}
