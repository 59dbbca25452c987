public import HTTP
public import HTTPTypes
public import WebSocket

/// What a shard's connections are for. One instance a shard, made there, never leaving it;
/// every call is synchronous on the shard.
public protocol Application: AnyObject {
    /// Decides when a request's head is in, before its body is read.
    func plan(
        _ head: RequestHead,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) -> RequestPlan

    /// A whole request came. It is answered with `shard.respond(to:with:)`, at once or later;
    /// the next one of that connection is served after the answer.
    func receive(_ request: Request, from connection: ConnectionID, on shard: isolated Shard)

    /// A request came whose body went into the sink of its plan; the sink took all of it. It is
    /// answered as any other.
    func receive(
        _ head: RequestHead,
        takenBy sink: any BodySink,
        from connection: ConnectionID,
        on shard: isolated Shard
    )

    /// A WebSocket is open: of a peer after `.upgrade`, or one that `shard.connect` asked for.
    func opened(_ connection: ConnectionID, on shard: isolated Shard)

    /// A whole WebSocket message came; text is valid UTF-8. `bytes` are borrowed for the call.
    func receive(
        _ kind: MessageKind,
        _ bytes: RawSpan,
        from connection: ConnectionID,
        on shard: isolated Shard
    )

    /// A connection that was `opened` or that had an unanswered request is gone, or an outbound
    /// one could not be made. Called once, never from within another call to the shard.
    func closed(
        _ connection: ConnectionID,
        because reason: CloseReason,
        on shard: isolated Shard
    )

    /// All that one wakeup brought was delivered: the moment to merge and publish.
    func finishWakeup(on shard: isolated Shard)
}

extension Application {
    public func receive(
        _ head: RequestHead,
        takenBy sink: any BodySink,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {}
    public func opened(_ connection: ConnectionID, on shard: isolated Shard) {}
    public func receive(
        _ kind: MessageKind,
        _ bytes: RawSpan,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {}
    public func closed(
        _ connection: ConnectionID,
        because reason: CloseReason,
        on shard: isolated Shard
    ) {}
    public func finishWakeup(on shard: isolated Shard) {}
}

/// What becomes of a request whose head is in.
public enum RequestPlan: Sendable {
    /// Read the body, at most so many bytes (a longer one is answered 413), then `receive` it.
    case read(bodyLimit: Int)
    /// Give the body, at most so many bytes, to a sink as it comes.
    case stream(to: any BodySink, bodyLimit: Int)
    /// Wait for `shard.proceed(_:with:)`, which is called later, not within `plan`. No byte of the
    /// body is read and no `100 Continue` sent before.
    case later
    /// Answer without reading the body.
    case refuse(Response)
    /// Become a WebSocket. A request that is no valid opening handshake (RFC 6455 §4.2.1) is
    /// answered 400 or 426. `subprotocol` must be one the client offered; `fields` go into the 101;
    /// `isPacked` whether compression is agreed to, where the limits have it.
    case upgrade(subprotocol: String?, fields: HTTPFields, isPacked: Bool = true)
}
