// Proves which opening handshakes are taken, what answers them, and what a client believes
// (RFC 6455 §4).
import Testing
import WebSocket

struct HandshakeTests {
    typealias Fields = [String: [String]]

    static let good: Fields = [
        "Upgrade": ["websocket"], "Connection": ["Upgrade"], "Sec-WebSocket-Version": ["13"],
        "Sec-WebSocket-Key": ["dGhlIHNhbXBsZSBub25jZQ=="],
    ]

    @Test func `the example of the RFC is answered as it says`() throws {
        let handshake = try ServerHandshake(method: "GET", isHTTP11: true) {
            Self.good[$0] ?? []
        }
        #expect(handshake.accept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(handshake.subprotocols == [])
        let answer = try handshake.answer(subprotocol: nil)
        #expect(answer.map(\.name) == ["Upgrade", "Connection", "Sec-WebSocket-Accept"])
    }

    static let requests: [(name: String, values: [String], error: HandshakeError?)] = [
        ("Upgrade", ["WebSocket"], nil), ("Upgrade", ["h2c, websocket"], nil),
        ("Upgrade", [], .notUpgrade), ("Upgrade", ["h2c"], .notUpgrade),
        ("Connection", ["keep-alive, Upgrade"], nil),
        ("Connection", ["keep-alive", "upgrade"], nil), ("Connection", [], .notUpgrade),
        ("Connection", ["keep-alive"], .notUpgrade), ("Sec-WebSocket-Version", [], .badVersion),
        ("Sec-WebSocket-Version", ["12"], .badVersion),
        ("Sec-WebSocket-Version", ["13", "13"], .badVersion),
        ("Sec-WebSocket-Key", [], .badKey),
        ("Sec-WebSocket-Key", ["dGhlIHNhbXBsZSBub25jZQ"], .badKey),
        ("Sec-WebSocket-Key", ["dGhlIHNhbXBsZSBub25j"], .badKey),
        (
            "Sec-WebSocket-Key",
            ["dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ=="], .badKey
        ),
        ("Sec-WebSocket-Protocol", ["a, b", "c"], nil),
        ("Sec-WebSocket-Protocol", ["a b"], .badList),
    ]

    @Test(arguments: requests)
    func `a request is a handshake or not`(
        name: String,
        values: [String],
        error: HandshakeError?
    ) {
        var fields = Self.good
        fields[name] = values
        #expect(
            refusal {
                _ = try ServerHandshake(method: "GET", isHTTP11: true) { fields[$0] ?? [] }
            } == error
        )
    }

    static let lines: [(method: String, isHTTP11: Bool, error: HandshakeError?)] = [
        ("GET", true, nil), ("POST", true, .notGet), ("GET", false, .notGet),
    ]

    @Test(arguments: lines)
    func `only GET of HTTP 1.1 opens`(method: String, isHTTP11: Bool, error: HandshakeError?) {
        #expect(
            refusal {
                _ = try ServerHandshake(method: method, isHTTP11: isHTTP11) {
                    Self.good[$0] ?? []
                }
            } == error
        )
    }

    static let statuses: [(error: HandshakeError, status: Int)] = [
        (.notGet, 400), (.notUpgrade, 426), (.badVersion, 426), (.badKey, 400), (.badList, 400),
    ]

    @Test(arguments: statuses)
    func `a refusal has a status, and 426 says what to upgrade to`(
        error: HandshakeError,
        status: Int
    ) {
        #expect(error.status == status)
        let names = error.fields.map(\.name)
        #expect(names.contains("Upgrade") == (status == 426))
        #expect(names.contains("Sec-WebSocket-Version") == (status == 426))
    }

    @Test func `only an offered subprotocol is answered`() throws {
        var fields = Self.good
        fields["Sec-WebSocket-Protocol"] = ["luyan.v2, luyan.v1"]
        let handshake = try ServerHandshake(method: "GET", isHTTP11: true) { fields[$0] ?? [] }
        #expect(handshake.subprotocols == ["luyan.v2", "luyan.v1"])
        let answer = try handshake.answer(subprotocol: "luyan.v1")
        #expect(answer.last?.name == "Sec-WebSocket-Protocol")
        #expect(answer.last?.value == "luyan.v1")
        #expect(refusal { _ = try handshake.answer(subprotocol: "luyan.v3") } == .badSubprotocol)
    }

    static let nonce = [UInt8](0..<16)

    /// Changes of a good answer to a client that offered `a` and `b`.
    static let answers: [(name: String, values: [String], error: HandshakeError?)] = [
        ("Upgrade", ["websocket"], nil), ("Upgrade", ["WebSocket"], nil),
        ("Upgrade", [], .notUpgrade), ("Upgrade", ["websocket, h2c"], .notUpgrade),
        ("Connection", [], .notUpgrade), ("Sec-WebSocket-Accept", [], .badAccept),
        ("Sec-WebSocket-Accept", ["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="], .badAccept),
        ("Sec-WebSocket-Protocol", [], nil), ("Sec-WebSocket-Protocol", ["b"], nil),
        ("Sec-WebSocket-Protocol", ["c"], .badSubprotocol),
        ("Sec-WebSocket-Protocol", ["a", "b"], .badSubprotocol),
        ("Sec-WebSocket-Extensions", ["permessage-deflate"], .badExtension),
    ]

    @Test(arguments: answers)
    func `a client believes an answer or not`(
        name: String,
        values: [String],
        error: HandshakeError?
    ) throws {
        let client = ClientHandshake(nonce: Self.nonce, subprotocols: ["a", "b"])
        var request: Fields = [:]
        for field in client.fields { request[field.name, default: []].append(field.value) }
        let server = try ServerHandshake(method: "GET", isHTTP11: true) { request[$0] ?? [] }
        var answer: Fields = [:]
        for field in try server.answer(subprotocol: "a") { answer[field.name] = [field.value] }
        #expect(try client.check(status: 101) { answer[$0] ?? [] }.subprotocol == "a")
        answer[name] = values
        #expect(refusal { _ = try client.check(status: 101) { answer[$0] ?? [] } } == error)
    }

    @Test func `another status is a refusal`() {
        let client = ClientHandshake(nonce: Self.nonce)
        #expect(refusal { _ = try client.check(status: 403) { _ in [] } } == .refused(status: 403))
    }

    private func refusal(_ body: () throws -> Void) -> HandshakeError? {
        do {
            try body()
            return nil
        } catch {
            return error as? HandshakeError
        }
    }
}
