import OpenSSL

/// A client's opening handshake as a server reads it (RFC 6455 §4.2).
public struct ServerHandshake: Equatable, Sendable {
    /// The value of `Sec-WebSocket-Accept` (§4.2.2).
    public let accept: String
    /// The subprotocols the client would speak, the one it likes best first.
    public let subprotocols: [String]
    /// The elements of `Sec-WebSocket-Extensions`, the one liked best first (§9.1).
    public let extensions: [ExtensionOffer]

    /// Reads a request whose own rules (`Host`) HTTP has checked before; `values` gives the values
    /// of all field lines of a name.
    /// - Throws: the first rule of §4.2.1 that the request breaks.
    public init(
        method: String,
        isHTTP11: Bool,
        values: (_ name: String) -> [String]
    ) throws(HandshakeError) {
        guard method == "GET", isHTTP11 else { throw .notGet }
        guard TokenList.contains("websocket", in: values("Upgrade")),
            TokenList.contains("upgrade", in: values("Connection"))
        else { throw .notUpgrade }
        guard values("Sec-WebSocket-Version") == ["13"] else { throw .badVersion }
        let keys = values("Sec-WebSocket-Key")
        guard keys.count == 1, let key = keys.first, Base64.decode(key)?.count == 16 else {
            throw .badKey
        }
        let subprotocols = TokenList.elements(values("Sec-WebSocket-Protocol"))
        guard subprotocols.allSatisfy(TokenList.isToken) else { throw .badList }
        accept = Self.accept(for: key)
        self.subprotocols = subprotocols
        extensions = try ExtensionOffer.list(values("Sec-WebSocket-Extensions"))
    }

    /// The fields of the 101 (§4.2.2); `deflate` is what the policy made of the offers.
    /// - Throws: `badSubprotocol` unless the client offered it.
    public func answer(
        subprotocol: String?,
        deflate: DeflateParameters? = nil
    ) throws(HandshakeError) -> [(name: String, value: String)] {
        var fields = [
            (name: "Upgrade", value: "websocket"), (name: "Connection", value: "Upgrade"),
            (name: "Sec-WebSocket-Accept", value: accept),
        ]
        if let subprotocol {
            guard subprotocols.contains(subprotocol) else { throw .badSubprotocol }
            fields.append((name: "Sec-WebSocket-Protocol", value: subprotocol))
        }
        if let deflate {
            fields.append((name: "Sec-WebSocket-Extensions", value: deflate.text))
        }
        return fields
    }

    /// What proves that the server read the key (§1.3).
    static func accept(for key: String) -> String {
        let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        return Base64.encode(SHA1.hash(Array((key + identifier).utf8)))
    }
}
