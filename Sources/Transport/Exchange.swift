import HTTP
import WebSocket

/// The HTTP side of a connection: requests are served in order, one at a time. Released when the
/// connection becomes a WebSocket.
final class Exchange {
    /// Where the present request stands; times in milliseconds.
    enum Phase {
        /// No byte of a next request came since then.
        case resting(since: Int)
        /// A head is coming since then.
        case head(since: Int)
        /// Its body is coming.
        case body(RequestHead, since: Int, received: Int)
        /// The application is to answer.
        case answering(RequestHead)
        /// No further request is read.
        case ended
    }

    var phase: Phase
    var parser: RequestParser
    /// Bytes that came behind the request that is being answered.
    var readAhead: [UInt8] = []
    /// What the connection agreed on, when it becomes a WebSocket.
    var deflate: DeflateParameters?
    /// The peer ended its side: what it asked is still answered.
    var hasEnded = false
    /// The shard is inside `serve` for it; an answer need not resume it.
    var isServing = false

    init(limits: TransportLimits, at now: Int) {
        phase = .head(since: now)
        parser = RequestParser(limits: limits.head)
    }

    var isAnswering: Bool {
        if case .answering = phase { return true }
        return false
    }
}
