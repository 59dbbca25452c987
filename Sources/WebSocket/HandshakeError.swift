/// Why an opening handshake is refused (RFC 6455 §4.1, §4.2).
public enum HandshakeError: Error, Hashable, Sendable {
    /// The request is no GET of HTTP/1.1 (§4.2.1).
    case notGet
    /// `Upgrade` does not name `websocket`, or `Connection` not `Upgrade`.
    case notUpgrade
    /// `Sec-WebSocket-Version` is missing, repeated or not 13.
    case badVersion
    /// `Sec-WebSocket-Key` is missing, repeated or not 16 bytes in base64.
    case badKey
    /// A list of subprotocols or extensions cannot be read.
    case badList
    /// The server would speak a subprotocol that was not offered, or names several.
    case badSubprotocol
    /// The server answered another status than 101.
    case refused(status: Int)
    /// The server's `Sec-WebSocket-Accept` does not fit our key.
    case badAccept
    /// The server wants an extension that was not offered, or in another way (§4.1, RFC 7692 §5.1).
    case badExtension

    /// The status that answers such a request: 426 where another protocol version or an upgrade
    /// is asked for (RFC 9110 §15.5.22), else 400.
    public var status: Int {
        switch self {
        case .notUpgrade, .badVersion: 426
        default: 400
        }
    }

    /// Fields that go with the answer (RFC 6455 §4.4, RFC 9110 §15.5.22).
    public var fields: [(name: String, value: String)] {
        switch self {
        case .notUpgrade, .badVersion:
            [
                ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                ("Sec-WebSocket-Version", "13"),
            ]
        default: []
        }
    }
}
