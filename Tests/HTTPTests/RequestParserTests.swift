// Proves that well-formed requests are read as RFC 9112 means them.
import HTTP
import HTTPTypes
import Testing

struct RequestParserTests {
    @Test func `a head comes first and the request after the decision`() throws {
        let text = request("Host: luyan.test", "X-Note:  two words \t")
        var parser = RequestParser()
        var offset = 0
        let bytes = Array(text.utf8)
        guard case .head(let head) = try parser.next(in: bytes.span, from: &offset) else {
            Issue.record("no head")
            return
        }
        #expect(head.method == .get)
        #expect(head.authority == "luyan.test")
        #expect(head.fields.map(\.name.rawName) == ["X-Note"])
        #expect(head.fields.map(\.value) == ["two words"])
        #expect(try parser.next(in: bytes.span, from: &offset) == nil)
        #expect(!parser.isBetweenRequests)
        try parser.readBody(upTo: 0)
        #expect(try parser.next(in: bytes.span, from: &offset) == .request(Request(head: head)))
        #expect(parser.isBetweenRequests)
        #expect(offset == bytes.count)
    }

    @Test func `a body is as long as Content-Length says and the next request follows it`() {
        let first = request(
            "Host: a",
            "Content-Length: 5",
            first: "POST /x HTTP/1.1",
            body: "hello"
        )
        let outcome = parse(first + request("Host: b"))
        #expect(outcome.fault == nil)
        let requests = outcome.events.compactMap { event -> Request? in
            if case .request(let request) = event { return request }
            return nil
        }
        #expect(requests.map { String(decoding: $0.body, as: UTF8.self) } == ["hello", ""])
        #expect(requests.map(\.head.authority) == ["a", "b"])
        #expect(requests.map(\.path) == [["x"], []])
    }

    @Test func `bytes after an upgrade are left to the next protocol`() {
        let outcome = parse(request("Host: a", "Upgrade: websocket", body: "\u{81}abc"))
        #expect(outcome.events.count == 1)
        #expect(outcome.leftOver == 5)
        #expect(outcome.fault == nil)
    }

    @Test func `one empty line before a request is forgiven`() {
        #expect(parse("\r\n" + request("Host: a")).fault == nil)
        #expect(parse("\r\n\r\n" + request("Host: a")).fault == .malformedRequestLine)
        let two = request("Host: a") + "\r\n" + request("Host: a")
        #expect(parse(two).events.count == 4)
    }

    /// Version and Connection decide whether the connection may go on (§9.3).
    static let connections: [(version: String, connection: String?, keeps: Bool)] = [
        ("1.1", nil, true),
        ("1.1", "close", false),
        ("1.1", "Close", false),
        ("1.1", "keep-alive, close", false),
        ("1.1", "keep-alive", true),
        ("1.1", "closed", true),
        ("1.9", nil, true),
        ("1.0", nil, false),
        ("1.0", "keep-alive", true),
        ("1.0", "Keep-Alive , x", true),
        ("1.0", "keep-alive, close", false),
    ]

    @Test(arguments: connections)
    func `keep-alive follows version and Connection`(
        version: String,
        connection: String?,
        keeps: Bool
    ) {
        let lines = ["Host: a"] + (connection.map { ["Connection: \($0)"] } ?? [])
        let text = "GET / HTTP/\(version)\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
        guard case .head(let head) = parse(text).events.first else {
            Issue.record("no head")
            return
        }
        #expect(head.keepsAlive == keeps)
        #expect(head.minorVersion == (version == "1.0" ? 0 : 1))
    }

    @Test func `HTTP 1.0 may come without Host`() {
        let outcome = parse(request(first: "GET / HTTP/1.0"))
        #expect(outcome.fault == nil)
        guard case .head(let head) = outcome.events.first else { return }
        #expect(head.authority == nil)
    }

    @Test func `an absolute target goes before Host`() {
        let text = request("Host: other", first: "GET HTTP://luyan.test:80/a?b=c HTTP/1.1")
        guard case .head(let head) = parse(text).events.first else {
            Issue.record("no head")
            return
        }
        #expect(head.authority == "luyan.test:80")
        #expect(head.path == ["a"])
        #expect(head.query["b"] == "c")
    }

    @Test func `100-continue is reported to HTTP 1.1 only`() {
        for (version, expects) in [("1.1", true), ("1.0", false)] {
            let text = request(
                "Host: a",
                "Expect: 100-Continue",
                "Content-Length: 1",
                first: "POST / HTTP/\(version)",
                body: "x"
            )
            guard case .head(let head) = parse(text).events.first else {
                Issue.record("no head")
                return
            }
            #expect(head.expectsContinue == expects)
        }
    }

    @Test func `a field of other bytes than ASCII arrives as UTF-8`() {
        guard case .head(let head) = parse(request("Host: a", "X-Name: 路演")).events.first else {
            Issue.record("no head")
            return
        }
        #expect(head.fields.map(\.value) == ["路演"])
    }

    @Test func `an ended parser takes nothing more`() throws {
        var parser = RequestParser()
        parser.end()
        var offset = 0
        let bytes = Array(request("Host: a").utf8)
        #expect(try parser.next(in: bytes.span, from: &offset) == nil)
        #expect(offset == 0)
    }
}
