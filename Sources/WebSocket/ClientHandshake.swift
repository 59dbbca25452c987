import OpenSSL

/// An opening handshake as a client makes it and reads its answer (RFC 6455 §4.1).
public struct ClientHandshake: Equatable, Sendable {
    /// The value of `Sec-WebSocket-Key`.
    public let key: String
    /// The subprotocols offered, the one liked best first.
    public let subprotocols: [String]
    /// What is offered of permessage-deflate; `nil` offers nothing.
    public let deflate: DeflatePolicy?

    /// What the server agreed to.
    public struct Agreement: Hashable, Sendable {
        public let subprotocol: String?
        /// `nil`: messages are not compressed.
        public let deflate: DeflateParameters?
    }

    /// Starts with a nonce of 16 random bytes, fresh for each connection.
    public init(nonce: [UInt8], subprotocols: [String] = [], deflate: DeflatePolicy? = nil) {
        key = Base64.encode(nonce)
        self.subprotocols = subprotocols
        self.deflate = deflate
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
        if let deflate {
            fields.append((name: "Sec-WebSocket-Extensions", value: deflate.offer))
        }
        return fields
    }

    /// Checks the server's answer (§4.1, the numbered list at its end).
    public func check(
        status: Int,
        values: (_ name: String) -> [String]
    ) throws(HandshakeError) -> Agreement {
        guard status == 101 else { throw .refused(status: status) }
        guard values("Upgrade").map({ $0.lowercased() }) == ["websocket"],
            TokenList.contains("upgrade", in: values("Connection"))
        else { throw .notUpgrade }
        guard values("Sec-WebSocket-Accept") == [ServerHandshake.accept(for: key)] else {
            throw .badAccept
        }
        return Agreement(
            subprotocol: try subprotocol(values("Sec-WebSocket-Protocol")),
            deflate: try deflate(values("Sec-WebSocket-Extensions"))
        )
    }

    private func subprotocol(_ chosen: [String]) throws(HandshakeError) -> String? {
        guard let subprotocol = chosen.first else { return nil }
        guard chosen.count == 1, subprotocols.contains(subprotocol) else { throw .badSubprotocol }
        return subprotocol
    }

    /// RFC 7692 §5.1: an answer that does not fit the offer fails the connection.
    private func deflate(_ values: [String]) throws(HandshakeError) -> DeflateParameters? {
        let answers: [ExtensionOffer]
        do throws(HandshakeError) {
            answers = try ExtensionOffer.list(values)
        } catch {
            throw .badExtension
        }
        guard let answer = answers.first else { return nil }
        guard answers.count == 1, let agreed = deflate?.accept(answer) else {
            throw .badExtension
        }
        return agreed
    }
}
