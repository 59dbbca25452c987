public import HTTP

/// Where the body of a request goes piece by piece, such as a file. What was not finished by its
/// owner is to be undone when the sink is released: so it is when a peer is gone, breaks the
/// protocol or a limit.
public protocol BodySink: AnyObject, Sendable {
    /// Takes the next piece and calls `reply` once, from any thread: with `nil` when it is done, or
    /// with the refusal that answers the request. Called in the order of the pieces, from the shard:
    /// it must not wait. More than one piece may be under way; the peer is not read while
    /// `TransportLimits.uploadAhead` bytes are.
    func take(_ piece: [UInt8], then reply: @escaping @Sendable (Response?) -> Void)
}
