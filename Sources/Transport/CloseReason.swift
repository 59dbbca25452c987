public import TLS
public import WebSocket

/// Why a connection ended.
public enum CloseReason: Hashable, Sendable {
    /// The peer's close frame; `nil` when it named no code (RFC 6455 §7.1.5).
    case peer(CloseCode?)
    /// We asked for it, with this code.
    case local(CloseCode)
    /// The peer broke the protocol.
    case violation(ProtocolViolation)
    /// TLS failed, in the handshake or later.
    case insecure(TLSFailure)
    /// The transport ended without a close frame: end of stream, reset or another error of the
    /// operating system (`errno`, 0 at the end of stream).
    case lost(errno: Int32)
    /// A time limit passed.
    case timedOut(TimeLimit)
    /// The outbound queue reached its limit, in bytes; a WebSocket was told 1013.
    case tooSlow(queued: Int)
    /// Pings or pongs came faster than `TransportLimits.controlFrames`; it was told 1008.
    case flooding(FrameRate)
    /// The server is going down; a WebSocket was told 1012.
    case draining
    /// An outbound connection was refused by the peer's answer to the handshake.
    case handshakeRefused(status: Int?)

    /// The limits of `TransportLimits` that are times.
    public enum TimeLimit: Hashable, Sendable {
        case connect, handshake, head, body, keepAlive, pong, sendStall, closeHandshake
    }
}
