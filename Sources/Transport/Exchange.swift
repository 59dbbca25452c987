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
        /// The application is to say what becomes of it.
        case deciding(RequestHead)
        /// Its body is coming.
        case body(RequestHead, since: Int, received: Int)
        /// Its body is coming and goes on into a sink.
        case upload(Upload)
        /// The application is to answer.
        case answering(RequestHead)
        /// Its answer is fetched as the peer takes it.
        case sending(Download)
        /// No further request is read.
        case ended
    }

    /// Why a request that came is not served yet, though the one before it is answered.
    enum Pause {
        /// Others come first: many were served at once.
        case turn
        /// The peer has not taken the answers before it.
        case backlog
    }

    var phase: Phase
    var pause: Pause?
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

    /// What comes from the peer has to wait: for the application, for a sink, or until the present
    /// answer is out.
    var isBusy: Bool {
        guard pause == nil else { return true }
        switch phase {
        case .deciding, .answering, .sending: return true
        case .upload(let upload): return upload.pausedAt != nil || upload.isWhole
        case .resting, .head, .body, .ended: return false
        }
    }
}

/// A body on its way into a sink.
final class Upload {
    let head: RequestHead
    let sink: any BodySink
    /// When it began, later by the time in which the sink, not the peer, was slow; milliseconds.
    var since: Int
    /// Bytes that came, framing included.
    var received = 0
    /// Bytes that the sink was given and did not take yet.
    var pending = 0
    /// Since when nothing is read, because too much is pending.
    var pausedAt: Int?
    /// The peer has sent it all.
    var isWhole = false

    init(head: RequestHead, sink: any BodySink, at now: Int) {
        self.head = head
        self.sink = sink
        since = now
    }
}

/// An answer whose content is fetched piece by piece, the next one when little is left to send.
final class Download {
    /// What to do for the next piece.
    enum Step {
        case say([UInt8])
        case read(any ByteSource, Range<Int>)
        case ask(any ByteStream)
        case finish
    }

    private enum Rest {
        /// The next one last.
        case parts([Content.Part])
        case stream(any ByteStream)
        case none
    }

    private var rest: Rest
    /// A piece is being fetched.
    var isFetching = false
    /// Each piece is framed as a chunk.
    let isChunked: Bool
    /// Another request may follow.
    let keeps: Bool

    init(_ content: Content, isChunked: Bool, keeps: Bool) {
        switch content {
        case .bytes(let bytes): rest = .parts([.bytes(bytes)])
        case .parts(let parts): rest = .parts(parts.reversed())
        case .stream(let stream): rest = .stream(stream)
        }
        self.isChunked = isChunked
        self.keeps = keeps
    }

    /// The stream has given all.
    func end() { rest = .none }

    /// The next piece, at most `limit` bytes of a source.
    func next(limit: Int) -> Step {
        switch rest {
        case .none: return .finish
        case .stream(let stream): return .ask(stream)
        case .parts(var parts):
            rest = .none
            defer { if !parts.isEmpty { rest = .parts(parts) } }
            switch parts.popLast() {
            case nil: return .finish
            case .bytes(let bytes): return .say(bytes)
            case .slice(let source, let range):
                let piece = range.prefix(limit)
                if piece.endIndex < range.endIndex {
                    parts.append(.slice(of: source, piece.endIndex..<range.endIndex))
                }
                return .read(source, piece)
            }
        }
    }
}
