public import HTTP
public import WebSocket

/// What a shard bears; every field has a default. Sizes in bytes.
public struct TransportLimits: Sendable {
    /// Connections of all shards together; one more is answered 503 and closed.
    public var connections = 20_000
    /// Connections of one address (of IPv6, of one network of 64 bits) with all shards together; one
    /// more is answered 503 and closed. 0: not counted, as behind a proxy, whose address all have.
    public var connectionsPerAddress = 0
    /// Addresses whose connections are many clients' and therefore not counted by address: proxies.
    /// A WebSocket that came by one is counted when its client is known (`Shard.count`).
    public var proxies: [AddressRange] = []
    /// A request's head; a longer one is answered 414 or 431.
    public var head = RequestLimits()
    /// Bytes read ahead behind a request that is still being answered.
    public var readAhead = 64 * 1024
    /// Bytes of a body that its sink was given and has not taken; beyond it the peer is not read.
    public var uploadAhead = 256 * 1024
    /// What waits for a peer of HTTP before the next piece of its answer is fetched.
    public var downloadAhead = 64 * 1024
    /// The longest piece that is read of a file at once.
    public var downloadPiece = 128 * 1024
    /// A WebSocket frame's payload; a longer one is closed with 1009.
    public var frame = 1 << 20
    /// A WebSocket message over all its fragments; a longer one is closed with 1009.
    public var message = 1 << 20
    /// Fragments of one WebSocket message; one more is closed with 1008.
    public var fragments = 16_384
    /// Bytes that a WebSocket may send after our close frame: enough for what was under way. Beyond
    /// it, it is dropped.
    public var ignored = 1 << 20
    /// Pings and pongs of one WebSocket; beyond it, it is closed with 1008.
    public var controlFrames = FrameRate(perSecond: 100, burst: 200)
    /// What waits for one WebSocket peer; beyond it droppable messages go, then 1013.
    public var outbound = 1 << 20

    /// How WebSocket messages are compressed where the peer agrees (RFC 7692); `nil` never.
    public var deflate: DeflatePolicy?

    /// Under load, a pause before the sockets are looked at again. For load tools: thousands of peers
    /// on this machine that slept until each single message would cost the server a wakeup each,
    /// which peers on machines of their own do not. At most 10 ms.
    public var rest = Duration.zero

    /// An outbound connection, to the end of the handshake.
    public var connectTime = Duration.seconds(10)
    /// The TLS handshake of a connection that came.
    public var handshakeTime = Duration.seconds(10)
    /// A request's head, from its first byte (of a new connection: from its accept).
    public var headTime = Duration.seconds(10)
    /// A request's body: this, and a second for each `bodyRate` bytes that came.
    public var bodyTime = Duration.seconds(20)
    /// Bytes a second below which a body is too slow.
    public var bodyRate = 4 * 1024
    /// Between two requests of one connection.
    public var keepAliveTime = Duration.seconds(60)
    /// A WebSocket that was silent so long is pinged.
    public var pingAfter = Duration.seconds(25)
    /// After a ping, a WebSocket that stays silent so long is dropped.
    public var pongTime = Duration.seconds(20)
    /// A peer that takes nothing of what waits for it for so long is dropped.
    public var sendStallTime = Duration.seconds(20)
    /// From our close frame to the peer's; then the connection is dropped.
    public var closeTime = Duration.seconds(5)
    /// A peer of HTTP that goes on sending after our last answer is listened to so long, that it may
    /// come to read it; one that falls silent for `closeTime` is not.
    public var lingerTime = Duration.seconds(30)
    /// How long no connection is accepted after the process ran out of descriptors.
    public var acceptPause = Duration.milliseconds(100)

    public init() {}
}

/// How many frames may come: so many a second on the long run, and so many at once. Both at least 1.
public struct FrameRate: Hashable, Sendable {
    public var perSecond: Int
    public var burst: Int

    public init(perSecond: Int, burst: Int) {
        self.perSecond = max(1, perSecond)
        self.burst = max(1, burst)
    }

    /// Counts one frame (a generic cell rate: one number is all that is kept).
    /// - Parameters:
    ///   - due: when the next frame would come at the even rate, in microseconds; 0 at first.
    ///   - now: milliseconds.
    /// - Returns: whether it may come.
    func take(_ due: inout Int, at now: Int) -> Bool {
        let (now, pace) = (now * 1_000, max(1, 1_000_000 / perSecond))
        due = max(due, now) + pace
        return due - now <= pace * burst
    }
}
