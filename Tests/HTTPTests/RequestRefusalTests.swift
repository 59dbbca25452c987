// Proves that every malformed head is refused with its own typed error and status.
import HTTP
import HTTPTypes
import Testing

struct RequestRefusalTests {
    static let host = "Host: a"

    static let firstLines: [(line: String, error: RequestError, status: Int)] = [
        ("GET / HTTP/1.1 ", .malformedRequestLine, 400),
        (" GET / HTTP/1.1", .malformedRequestLine, 400),
        ("GET  / HTTP/1.1", .malformedRequestLine, 400),
        ("GET /  HTTP/1.1", .malformedRequestLine, 400),
        ("GET\t/ HTTP/1.1", .malformedRequestLine, 400),
        ("GET /", .malformedRequestLine, 400),
        ("GET", .malformedRequestLine, 400),
        ("G(T / HTTP/1.1", .malformedRequestLine, 400),
        ("GET / http/1.1", .malformedRequestLine, 400),
        ("GET / HTTP/1", .malformedRequestLine, 400),
        ("GET / HTTP/11.1", .malformedRequestLine, 400),
        ("GET / HTTP/1.x", .malformedRequestLine, 400),
        ("GET / HTTP/1,1", .malformedRequestLine, 400),
        ("GET / HTTP/2.0", .unsupportedVersion("HTTP/2.0"), 505),
        ("GET / HTTP/0.9", .unsupportedVersion("HTTP/0.9"), 505),
        ("get / HTTP/1.1", .unknownMethod("get"), 501),
        ("BREW / HTTP/1.1", .unknownMethod("BREW"), 501),
        ("TRACE / HTTP/1.1", .unknownMethod("TRACE"), 501),
        ("CONNECT a:1 HTTP/1.1", .unknownMethod("CONNECT"), 501),
        ("GET * HTTP/1.1", .malformedTarget(.unknownForm), 400),
        ("GET a HTTP/1.1", .malformedTarget(.unknownForm), 400),
        ("GET https://a/ HTTP/1.1", .malformedTarget(.unknownForm), 400),
        ("GET http:// HTTP/1.1", .malformedTarget(.unknownForm), 400),
        ("GET http:///x HTTP/1.1", .malformedHost, 400),
        ("GET http://u@h/x HTTP/1.1", .malformedHost, 400),
        ("GET /#x HTTP/1.1", .malformedTarget(.forbiddenByte(0x23)), 400),
        ("GET /\"x HTTP/1.1", .malformedTarget(.forbiddenByte(0x22)), 400),
        ("GET /é HTTP/1.1", .malformedTarget(.forbiddenByte(0xC3)), 400),
        ("GET /\u{7F} HTTP/1.1", .malformedTarget(.forbiddenByte(0x7F)), 400),
        ("GET /\0 HTTP/1.1", .malformedTarget(.forbiddenByte(0)), 400),
        ("GET /\r HTTP/1.1", .malformedTarget(.forbiddenByte(0x0D)), 400),
        ("GET /% HTTP/1.1", .malformedTarget(.malformedEscape), 400),
        ("GET /%4 HTTP/1.1", .malformedTarget(.malformedEscape), 400),
        ("GET /%4g HTTP/1.1", .malformedTarget(.malformedEscape), 400),
        ("GET /%ff HTTP/1.1", .malformedTarget(.notUTF8), 400),
        ("GET /%c0%ae HTTP/1.1", .malformedTarget(.notUTF8), 400),
        ("GET /%00 HTTP/1.1", .malformedTarget(.forbiddenSegment), 400),
        ("GET /a/../b HTTP/1.1", .malformedTarget(.forbiddenSegment), 400),
        ("GET /a/%2E%2e/b HTTP/1.1", .malformedTarget(.forbiddenSegment), 400),
        ("GET /. HTTP/1.1", .malformedTarget(.forbiddenSegment), 400),
        ("GET /a%2fb HTTP/1.1", .malformedTarget(.forbiddenSegment), 400),
        ("GET /a%5Cb HTTP/1.1", .malformedTarget(.forbiddenSegment), 400),
        ("GET /a%0Ab HTTP/1.1", .malformedTarget(.forbiddenSegment), 400),
        ("GET /a?x=%00 HTTP/1.1", .malformedTarget(.forbiddenQuery), 400),
        ("GET /a?x=%zz HTTP/1.1", .malformedTarget(.malformedEscape), 400),
    ]

    @Test(arguments: firstLines)
    func `a bad first line has one answer`(line: String, error: RequestError, status: Int) {
        let outcome = parse(request(Self.host, first: line))
        #expect(outcome.fault == error)
        #expect(outcome.events.isEmpty)
        #expect(error.status.code == status)
    }

    static let fieldLines: [(lines: [String], error: RequestError, status: Int)] = [
        ([], .missingHost, 400),
        ([host, host], .repeatedHost, 400),
        (["Host:"], .malformedHost, 400),
        (["Host: a b"], .malformedHost, 400),
        (["Host: a/b"], .malformedHost, 400),
        (["Host: u@a"], .malformedHost, 400),
        (["Host: a:x"], .malformedHost, 400),
        (["Host: a:123456"], .malformedHost, 400),
        (["Host: :80"], .malformedHost, 400),
        (["Host: [::1"], .malformedHost, 400),
        (["Host: []"], .malformedHost, 400),
        (["Host: a]"], .malformedHost, 400),
        ([host, " folded"], .malformedField(.folded), 400),
        ([host, "A: b", "\tfolded"], .malformedField(.folded), 400),
        ([" Host: a"], .malformedField(.folded), 400),
        ([host, "no colon"], .malformedField(.missingColon), 400),
        ([host, "A : b"], .malformedField(.blankBeforeColon), 400),
        ([host, "A\t: b"], .malformedField(.blankBeforeColon), 400),
        ([host, ": b"], .malformedField(.malformedName), 400),
        ([host, "A(: b"], .malformedField(.malformedName), 400),
        ([host, "Ä: b"], .malformedField(.malformedName), 400),
        ([host, "A b: c"], .malformedField(.malformedName), 400),
        ([host, ":method: c"], .malformedField(.malformedName), 400),
        ([host, "A: b\rc"], .malformedField(.malformedValue), 400),
        ([host, "A: b\r"], .malformedField(.malformedValue), 400),
        ([host, "A: \0"], .malformedField(.malformedValue), 400),
        ([host, "A: \u{1B}"], .malformedField(.malformedValue), 400),
        ([host, "A: \u{7F}"], .malformedField(.malformedValue), 400),
        ([host, "Content-Length: 1", "Content-Length: 1"], .repeatedContentLength, 400),
        ([host, "Content-Length: 1", "content-length: 2"], .repeatedContentLength, 400),
        ([host, "Content-Length: 1, 1"], .repeatedContentLength, 400),
        ([host, "Content-Length:"], .malformedContentLength, 400),
        ([host, "Content-Length: +1"], .malformedContentLength, 400),
        ([host, "Content-Length: -1"], .malformedContentLength, 400),
        ([host, "Content-Length: 0x1"], .malformedContentLength, 400),
        ([host, "Content-Length: 1 1"], .malformedContentLength, 400),
        ([host, "Content-Length: ١"], .malformedContentLength, 400),
        ([host, "Content-Length: 1000000000000000000"], .malformedContentLength, 400),
        ([host, "Content-Length: 1001"], .bodyTooLarge(bytes: 1_001, limit: 1_000), 413),
        (
            [host, "Content-Length: 999999999999999999"],
            .bodyTooLarge(bytes: 999_999_999_999_999_999, limit: 1_000), 413
        ),
        (
            [host, "Transfer-Encoding: chunked", "Content-Length: 3"],
            .transferEncodingWithContentLength, 400
        ),
        (
            [host, "Content-Length: 3", "transfer-encoding: identity"],
            .transferEncodingWithContentLength, 400
        ),
        ([host, "Expect: tea"], .unknownExpectation("tea"), 417),
        ([host, "Expect: 100-continue, tea"], .unknownExpectation("100-continue, tea"), 417),
    ]

    @Test(arguments: fieldLines)
    func `a bad field section has one answer`(
        lines: [String],
        error: RequestError,
        status: Int
    ) {
        let text = (["POST / HTTP/1.1"] + lines).map { $0 + "\r\n" }.joined() + "\r\n"
        #expect(parse(text).fault == error)
        #expect(error.status.code == status)
    }

    @Test(arguments: [
        "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\n", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
    func `a line feed alone ends no line`(text: String) {
        #expect(parse(text).fault == .bareLineFeed)
    }

    @Test(arguments: ["a", "a:0", "a:65535", "luyan.test:8080", "127.0.0.1", "[::1]", "[::1]:80"])
    func `a host with or without a port is taken`(host: String) {
        #expect(parse(request("Host: \(host)")).fault == nil)
    }

    @Test func `a fault is repeated and nothing more is read`() {
        var parser = RequestParser()
        let bytes = Array("bad\r\n".utf8)
        let good = Array(request("Host: a").utf8)
        var offset = 0
        #expect(throws: RequestError.malformedRequestLine) {
            try parser.next(in: bytes.span, from: &offset)
        }
        offset = 0
        #expect(throws: RequestError.malformedRequestLine) {
            try parser.next(in: good.span, from: &offset)
        }
        #expect(offset == 0)
        #expect(!parser.isBetweenRequests)
    }

    @Test func `every refusal is a problem document with its status and a code`() {
        for error in Self.firstLines.map(\.error) + Self.fieldLines.map(\.error) + [
            .tooSlow(limitMilliseconds: 10_000), .fieldsTooLarge(limit: 1), .bareLineFeed,
        ] {
            let response = error.problem.response
            #expect(response.status == error.status)
            #expect(error.code.hasPrefix("request."))
            #expect(response.fields[.contentType] == "application/problem+json")
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(text.contains("\"code\":\"\(error.code)\""))
            #expect(text.contains("\"status\":\(error.status.code),"))
        }
    }
}
