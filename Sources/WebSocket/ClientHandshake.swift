import OpenSSL

/// An opening handshake as a client makes it and reads its answer (RFC 6455 §4.1).
public struct ClientHandshake: Equatable, Sendable {
    /// The value of `Sec-WebSocket-Key`.
    public let key: String
    /// The subprotocols offered, the one liked best first.
    public let subprotocols: [String]

    /// Starts with a nonce of 16 random bytes, fresh for each connection.
    public init(nonce: [UInt8], subprotocols: [String] = []) {
        key = Base64.encode(nonce)
        self.subprotocols = subprotocols
    }

    /// The fields of the request, beside `Host`.
    public var fields: [(name: String, value: String)] {
        var fields = [
            (name: "Upgrade", value: "websocket"), (name: "Connection", value: "Upgrade"),
            (name: "Sec-WebSocket-Version", value: "13"),
            (name: "Sec-WebSocket-Key", value: key),
        ]
        if !subprotocols.isEmpty {
            let offer = subprotocols.joined(separator: ", ")
            fields.append((name: "Sec-WebSocket-Protocol", value: offer))
        }
        return fields
    }

    /// Checks the server's answer (§4.1, the numbered list at its end).
    /// - Returns: the subprotocol the server chose.
    public func check(
        status: Int,
        values: (_ name: String) -> [String]
    ) throws(HandshakeError) -> String? {
        guard status == 101 else { throw .refused(status: status) }
        guard values("Upgrade").map({ $0.lowercased() }) == ["websocket"],
            TokenList.contains("upgrade", in: values("Connection"))
        else { throw .notUpgrade }
        guard values("Sec-WebSocket-Accept") == [ServerHandshake.accept(for: key)] else {
            throw .badAccept
        }
        guard TokenList.elements(values("Sec-WebSocket-Extensions")).isEmpty else {
            throw .badExtension
        }
        let chosen = values("Sec-WebSocket-Protocol")
        guard let subprotocol = chosen.first else { return nil }
        guard chosen.count == 1, subprotocols.contains(subprotocol) else { throw .badSubprotocol }
        return subprotocol
    }
}
