// Proves whose word on a client's address is taken, and that nobody else can claim one.
import HTTP
import HTTPTypes
import Testing

@testable import Server
@testable import Transport

struct ClientAddressTests {
    /// Proxies, the connection's address, the fields, and the client.
    static let rows: [(proxies: String, peer: String, fields: [String], client: String)] = [
        ("", "1.1.1.1", ["9.9.9.9"], "1.1.1.1"),
        ("10.0.0.0/8", "1.1.1.1", ["9.9.9.9"], "1.1.1.1"),
        ("10.0.0.0/8", "10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.0/8", "10.0.0.1", ["9.9.9.9"], "9.9.9.9"),
        ("10.0.0.0/8", "10.0.0.1", ["6.6.6.6, 9.9.9.9"], "9.9.9.9"),
        ("10.0.0.0/8", "10.0.0.1", ["6.6.6.6", "9.9.9.9"], "9.9.9.9"),
        ("10.0.0.0/8", "10.0.0.1", ["9.9.9.9, 10.0.0.2"], "9.9.9.9"),
        ("10.0.0.0/8", "10.0.0.1", ["6.6.6.6, 9.9.9.9, 10.0.0.2,10.0.0.3"], "9.9.9.9"),
        ("10.0.0.0/8", "10.0.0.1", ["10.0.0.7"], "10.0.0.7"),
        ("10.0.0.0/8", "10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.0/8", "10.0.0.1", ["9.9.9.9, <script>"], "10.0.0.1"),
        ("10.0.0.0/8", "10.0.0.1", ["<script>, 9.9.9.9"], "9.9.9.9"),
        ("10.0.0.0/8", "10.0.0.1", ["9.9.9.9:4711"], "9.9.9.9"),
        ("10.0.0.0/8, ::1", "::1", ["[2001:db8::7]:443"], "2001:db8::7"),
        ("10.0.0.0/8, ::1", "::1", ["2001:db8::7"], "2001:db8::7"),
    ]

    @Test(arguments: rows)
    func `the client is the last that no proxy of ours is`(
        proxies: String,
        peer: String,
        fields: [String],
        client: String
    ) throws {
        let name = try #require(HTTPField.Name("X-Forwarded-For"))
        var all = HTTPFields()
        for field in fields { all.append(HTTPField(name: name, value: field)) }
        let request = HTTPRequest(
            method: .get,
            scheme: "http",
            authority: "luyan.example",
            path: "/",
            headerFields: all
        )
        let head = RequestHead(request: request, target: try RequestTarget("/"))
        #expect(try #require(TrustedProxies(proxies)).client(of: head, peer: peer) == client)
        #expect(TrustedProxies.none.client(of: head, peer: nil) == nil)
    }

    @Test(arguments: ["here", "10.0.0.0/8, ", "10.0.0.0/8;::1", "10.0.0.0/64"])
    func `a list with anything else is none`(text: String) {
        #expect(TrustedProxies(text) == nil)
    }
}
