// Proves that responses are framed as RFC 9112 §6 asks and that the client role reads them back.
import HTTP
import HTTPTypes
import Testing

struct ResponseTests {
    static let date = HTTPDate(secondsSinceEpoch: 784_111_777).description

    private static func text(
        _ response: Response,
        to method: HTTPRequest.Method = .get,
        minorVersion: Int = 1,
        outcome: ConnectionOutcome = .keepAlive
    ) -> String {
        let bytes = ResponseSerializer.bytes(
            of: response,
            to: method,
            minorVersion: minorVersion,
            outcome: outcome,
            date: date
        )
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a response has date, length, fields and body`() {
        let response = Response(type: .plainText, body: Array("hello".utf8))
        #expect(
            Self.text(response) == """
                HTTP/1.1 200 OK\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                Content-Length: 5\r
                Content-Type: text/plain; charset=utf-8\r
                X-Content-Type-Options: nosniff\r
                \r
                hello
                """
        )
    }

    /// Status, method, and whether length and body go out.
    static let framings: [(code: Int, method: HTTPRequest.Method, length: Bool, body: Bool)] = [
        (200, .get, true, true), (200, .head, true, false), (404, .post, true, true),
        (204, .delete, false, false), (304, .get, false, false), (101, .get, false, false),
        (304, .head, false, false),
    ]

    @Test(arguments: framings)
    func `status and method decide about length and body`(
        code: Int,
        method: HTTPRequest.Method,
        length: Bool,
        body: Bool
    ) {
        let response = Response(status: .init(code: code), body: Array("xyz".utf8))
        let text = Self.text(response, to: method)
        #expect(text.contains("Content-Length: 3\r\n") == length)
        #expect(text.hasSuffix("\r\n\r\nxyz") == body)
        #expect(text.hasSuffix("\r\n\r\n") == !body)
    }

    static let outcomes: [(outcome: ConnectionOutcome, minor: Int, line: String?)] = [
        (.keepAlive, 1, nil), (.keepAlive, 0, "Connection: keep-alive\r\n"),
        (.close, 1, "Connection: close\r\n"), (.close, 0, "Connection: close\r\n"),
    ]

    @Test(arguments: outcomes)
    func `the peer is told what becomes of the connection`(
        outcome: ConnectionOutcome,
        minor: Int,
        line: String?
    ) {
        let text = Self.text(Response(), minorVersion: minor, outcome: outcome)
        #expect(text.contains("Connection") == (line != nil))
        if let line { #expect(text.contains(line)) }
    }

    @Test func `a switch of protocols says what was agreed, and the route's own fields`() {
        let bytes = ResponseSerializer.switchingProtocols(
            [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", "x")],
            [.server: "luyan", .contentLength: "7", .connection: "close"],
            date: "Sun, 06 Nov 1994 08:49:37 GMT"
        )
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "HTTP/1.1 101 Switching Protocols\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n"
                + "Server: luyan\r\n\r\n"
        )
    }

    @Test func `framing fields of a route are replaced`() {
        var response = Response(body: [0x61])
        response.fields[.contentLength] = "777"
        response.fields[.connection] = "upgrade"
        response.fields[.transferEncoding] = "chunked"
        response.fields[.date] = "never"
        let text = Self.text(response)
        #expect(!text.contains("777") && !text.contains("chunked") && !text.contains("never"))
        #expect(text.contains("Content-Length: 1\r\n"))
    }

    @Test func `a line break in a value does not reach the wire`() {
        var response = Response()
        response.fields[.location] = "/a\r\nSet-Cookie: x=y"
        #expect(!Self.text(response).contains("\r\nSet-Cookie"))
    }

    @Test func `what the server writes the client reads`() {
        var first = Response(status: .created, type: .json, body: Array("{}".utf8))
        first.fields[.location] = "/x"
        let stream = [first, Response(status: .noContent), Response(body: [1, 2, 3])]
        let methods: [HTTPRequest.Method] = [.post, .delete, .head]
        let bytes = zip(stream, methods).flatMap { response, method in
            ResponseSerializer.bytes(
                of: response,
                to: method,
                outcome: .keepAlive,
                date: Self.date
            )
        }
        let outcome = parseResponses([bytes], to: methods)
        #expect(outcome.fault == nil)
        #expect(outcome.responses.map(\.status.code) == [201, 204, 200])
        #expect(outcome.responses.map(\.body) == [Array("{}".utf8), [], []])
        #expect(outcome.responses.first?.fields[.location] == "/x")
        #expect(outcome.responses.last?.fields[.contentLength] == "3")
    }

    @Test func `a response without length ends with the connection`() {
        let bytes = Array("HTTP/1.0 200 OK\r\n\r\nall of it".utf8)
        let outcome = parseResponses([bytes])
        #expect(outcome.responses.map(\.body) == [Array("all of it".utf8)])
    }

    @Test func `bytes after 101 are left to the new protocol`() {
        let bytes = Array("HTTP/1.1 101 Switching Protocols\r\n\r\nabc".utf8)
        let outcome = parseResponses([bytes])
        #expect(outcome.responses.map(\.status.code) == [101])
        #expect(outcome.leftOver == 3)
    }

    private static let chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test func `a chunked response is read to its last chunk, trailers forgotten`() {
        let text =
            Self.chunkedHead + "3;a=b\r\nabc\r\n5\r\ndefgh\r\n0\r\nContent-Length: 9\r\n\r\n"
            + "HTTP/1.1 204 No Content\r\n\r\n"
        let parser = ResponseParser(headLimit: 100, bodyLimit: 8)
        let outcome = parseResponses([Array(text.utf8)], to: [.get, .get], parser: parser)
        #expect(outcome.fault == nil)
        #expect(outcome.responses.map(\.body) == [Array("abcdefgh".utf8), []])
        #expect(outcome.responses.first?.fields[.contentLength] == nil)
    }

    static let faults: [(text: String, fault: ResponseError)] = [
        ("HTTP/2 200 OK\r\n", .malformedStatusLine),
        ("HTTP/1.1 20 OK\r\n", .malformedStatusLine),
        ("HTTP/1.1 2000 OK\r\n", .malformedStatusLine),
        ("HTTP/1.1 099 OK\r\n", .malformedStatusLine),
        ("HTTP/1.1  200 OK\r\n", .malformedStatusLine),
        ("HTTP/1.1 200 a\u{1}\r\n", .malformedStatusLine),
        ("\r\n", .malformedStatusLine),
        ("HTTP/1.1 200 OK\n", .bareLineFeed),
        ("HTTP/1.1 200 OK\r\nA : b\r\n", .malformedField(.blankBeforeColon)),
        ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", .malformedContentLength),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
            .malformedContentLength
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", .unsupportedTransferEncoding),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
            .unsupportedTransferEncoding
        ),
        (chunkedHead + "9\r\n", .bodyTooLarge(bytes: 9, limit: 8)),
        (chunkedHead + "5\r\nhello\r\n4\r\n", .bodyTooLarge(bytes: 9, limit: 8)),
        (chunkedHead + "x\r\n", .malformedChunk(.malformedSize)),
        (chunkedHead + "1\r\nab", .malformedChunk(.missingLineEnd)),
        (chunkedHead + "5\r\nhello\r\n0\r\n", .truncated),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", .bodyTooLarge(bytes: 9, limit: 8)),
        ("HTTP/1.1 200 OK\r\n\r\n123456789", .bodyTooLarge(bytes: 9, limit: 8)),
        (String(repeating: "H", count: 102), .headTooLarge(limit: 100)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n1234567", .truncated),
        ("HTTP/1.1 200 OK\r\nA: b\r\n", .truncated),
        ("HTT", .truncated),
    ]

    @Test(arguments: faults)
    func `a bad response has one fault`(text: String, fault: ResponseError) {
        let parser = ResponseParser(headLimit: 100, bodyLimit: 8)
        #expect(parseResponses([Array(text.utf8)], parser: parser).fault == fault)
    }
}
