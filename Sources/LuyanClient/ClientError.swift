public import TLS
public import Transport

/// Why something a client wanted did not happen.
public enum ClientError: Error, Equatable, Sendable {
    /// No `http:`, `https:`, `ws:` or `wss:` address with a host and a port.
    case badAddress(String)
    /// The server said no, and why.
    case refused(Refusal)
    /// The authorities to be trusted cannot be used.
    case authorities(TLSConfigurationError)
    /// No connection could be begun.
    case transport(TransportError)
    /// The connection ended and is not made anew.
    case ended(CloseReason)
    /// So many commands wait for their answers; no more are taken.
    case tooManyPending(limit: Int)
    /// A command with this id waits for its answer.
    case idInUse(String)
    /// The task that asked was cancelled; what it asked for may have happened.
    case cancelled
    /// The server's answer is not what the protocol says.
    case malformedAnswer(String)
}
