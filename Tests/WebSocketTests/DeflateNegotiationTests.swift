// Proves which offers of permessage-deflate a server takes and how it answers them, and which answers
// a client believes (RFC 7692 §5.1, §7.1).
import Testing
import WebSocket

struct DeflateNegotiationTests {
    /// Bears everything: contexts of both ends, windows of 15 bits.
    static let generous = policy {
        $0.keepsOwnContext = true; $0.keepsPeerContext = true
    }
    static let stateless = policy { _ in }
    static let narrow = policy {
        $0 = generous
        $0.ownWindowBits = 12
        $0.peerWindowBits = 10
    }

    static func policy(_ change: (inout DeflatePolicy) -> Void) -> DeflatePolicy {
        var policy = DeflatePolicy()
        change(&policy)
        return policy
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let policy: DeflatePolicy
        let offers: [String]
        let answer: String?
        var testDescription: String { offers.joined(separator: " | ") }

        init(_ policy: DeflatePolicy, _ offers: String..., answer: String?) {
            (self.policy, self.offers, self.answer) = (policy, offers, answer)
        }
    }

    static let none = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"

    static let rows: [Row] = [
        Row(generous, "permessage-deflate", answer: "permessage-deflate"),
        Row(stateless, "permessage-deflate", answer: none),
        Row(stateless, "permessage-deflate; client_max_window_bits", answer: none),
        Row(generous, "x-other", answer: nil),
        Row(generous, "x-other, permessage-deflate", answer: "permessage-deflate"),
        Row(generous, "x-other;a=1;b", "permessage-deflate", answer: "permessage-deflate"),
        Row(generous, "PERMESSAGE-DEFLATE", answer: nil),
        Row(
            generous,
            "permessage-deflate; server_no_context_takeover",
            answer: "permessage-deflate; server_no_context_takeover"
        ),
        Row(
            generous,
            "permessage-deflate; client_no_context_takeover",
            answer: "permessage-deflate; client_no_context_takeover"
        ),
        Row(
            generous,
            "permessage-deflate; server_max_window_bits=9",
            answer: "permessage-deflate; server_max_window_bits=9"
        ),
        Row(
            generous,
            "permessage-deflate; server_max_window_bits=8",
            answer: "permessage-deflate; server_max_window_bits=8"
        ),
        Row(
            generous,
            "permessage-deflate; server_max_window_bits=15",
            answer: "permessage-deflate"
        ),
        Row(
            generous,
            "permessage-deflate; client_max_window_bits=9",
            answer: "permessage-deflate; client_max_window_bits=9"
        ),
        Row(
            narrow,
            "permessage-deflate",
            answer: "permessage-deflate; server_max_window_bits=12"
        ),
        Row(
            narrow,
            "permessage-deflate; client_max_window_bits",
            answer: "permessage-deflate; server_max_window_bits=12; client_max_window_bits=10"
        ),
        Row(
            narrow,
            "permessage-deflate; server_max_window_bits=10; client_max_window_bits=9",
            answer: "permessage-deflate; server_max_window_bits=10; client_max_window_bits=9"
        ),
        Row(
            generous,
            #"permessage-deflate; server_max_window_bits="10""#,
            answer: "permessage-deflate; server_max_window_bits=10"
        ),
        // One that means nothing is passed over, and the next is taken.
        Row(
            generous,
            "permessage-deflate; server_max_window_bits=7, permessage-deflate",
            answer: "permessage-deflate"
        ),
        Row(generous, "permessage-deflate; server_max_window_bits=16", answer: nil),
        Row(generous, "permessage-deflate; server_max_window_bits=09", answer: nil),
        Row(generous, "permessage-deflate; server_max_window_bits=+9", answer: nil),
        Row(generous, "permessage-deflate; server_max_window_bits", answer: nil),
        Row(generous, "permessage-deflate; client_max_window_bits=7", answer: nil),
        Row(generous, "permessage-deflate; client_max_window_bits=16", answer: nil),
        Row(generous, "permessage-deflate; server_no_context_takeover=1", answer: nil),
        Row(generous, "permessage-deflate; client_no_context_takeover=true", answer: nil),
        Row(generous, "permessage-deflate; unknown", answer: nil),
        Row(
            generous,
            "permessage-deflate; client_max_window_bits; client_max_window_bits=9",
            answer: nil
        ),
    ]

    @Test(arguments: rows)
    func `an offer has one answer`(row: Row) throws {
        let handshake = try Self.request(row.offers)
        #expect(row.policy.answer(handshake.extensions)?.text == row.answer)
    }

    static func request(_ extensions: [String]) throws(HandshakeError) -> ServerHandshake {
        try ServerHandshake(method: "GET", isHTTP11: true) { name in
            name == "Sec-WebSocket-Extensions" ? extensions : HandshakeTests.good[name] ?? []
        }
    }

    @Test(arguments: [
        "permessage-deflate;", "permessage-deflate; =9", ";", "a b", #"a; b=""#, #"a; b="c"#,
        #"a; b="c d""#, "a; b=", "a;; b", #"a; b="c\"#, "a, b c", "路",
    ])
    func `what is no list refuses the handshake`(text: String) {
        #expect(throws: HandshakeError.badList) { try Self.request([text]) }
    }

    @Test(arguments: [
        ("", []), (" , ,", []), ("a", ["a"]), ("a,b ,\tc", ["a", "b", "c"]),
        ("a , , b", ["a", "b"]),
    ])
    func `empty elements of a list are passed over`(text: String, names: [String]) throws {
        #expect(try Self.request([text]).extensions.map(\.name) == names)
    }

    @Test func `a quoted value stands without quotes and backslashes`() throws {
        let offer = try Self.request([#"a; b="c\d"; e = f"#]).extensions.first
        #expect(offer?.parameters.map(\.name) == ["b", "e"])
        #expect(offer?.parameters.map(\.value) == ["cd", "f"])
    }

    // MARK: The client

    static let offers: [(policy: DeflatePolicy, offer: String)] = [
        (generous, "permessage-deflate; client_max_window_bits"),
        (stateless, none + "; client_max_window_bits"),
        (narrow, "permessage-deflate; server_max_window_bits=10; client_max_window_bits=12"),
    ]

    @Test(arguments: offers)
    func `a client offers what its policy says, and a server can take it`(
        policy: DeflatePolicy,
        offer: String
    ) throws {
        #expect(policy.offer == offer)
        for server in [Self.generous, Self.stateless, Self.narrow] {
            let answer = server.answer(try Self.request([offer]).extensions)
            let agreed = try Self.agreement(policy, [try #require(answer).text])
            #expect(agreed?.serverMaxWindowBits == answer?.serverMaxWindowBits)
            #expect(agreed?.serverNoContextTakeover == answer?.serverNoContextTakeover)
        }
    }

    static func agreement(
        _ policy: DeflatePolicy?,
        _ answers: [String]
    ) throws -> DeflateParameters? {
        let client = ClientHandshake(nonce: HandshakeTests.nonce, deflate: policy)
        var request: [String: [String]] = [:]
        for field in client.fields { request[field.name, default: []].append(field.value) }
        let server = try ServerHandshake(method: "GET", isHTTP11: true) { request[$0] ?? [] }
        var answer: [String: [String]] = [:]
        for field in try server.answer(subprotocol: nil) { answer[field.name] = [field.value] }
        answer["Sec-WebSocket-Extensions"] = answers
        return try client.check(status: 101) { answer[$0] ?? [] }.deflate
    }

    static let refused: [(policy: DeflatePolicy?, answers: [String])] = [
        (nil, ["permessage-deflate"]),
        (generous, ["x-other"]),
        (generous, ["permessage-deflate, permessage-deflate"]),
        (generous, ["permessage-deflate; unknown"]),
        (generous, ["permessage-deflate; client_max_window_bits"]),
        (generous, ["permessage-deflate; server_max_window_bits=16"]),
        (generous, ["permessage-deflate;"]),
        (stateless, ["permessage-deflate"]),
        (narrow, ["permessage-deflate; server_max_window_bits=11"]),
        (narrow, ["permessage-deflate"]),
    ]

    @Test(arguments: refused)
    func `an answer that does not fit the offer fails the connection`(
        policy: DeflatePolicy?,
        answers: [String]
    ) {
        #expect(throws: HandshakeError.badExtension) { try Self.agreement(policy, answers) }
    }

    @Test func `no answer is no compression`() throws {
        #expect(try Self.agreement(Self.generous, []) == nil)
    }

    @Test func `a client keeps to its own policy where the server asks for less`() throws {
        let agreed = try Self.agreement(
            Self.stateless,
            ["permessage-deflate; server_no_context_takeover"]
        )
        #expect(agreed?.keepsContext(of: .client) == false)
        let narrow = try Self.agreement(
            Self.narrow,
            ["permessage-deflate; server_max_window_bits=10"]
        )
        #expect(narrow?.windowBits(of: .client) == 12)
        #expect(narrow?.windowBits(of: .server) == 10)
    }
}
