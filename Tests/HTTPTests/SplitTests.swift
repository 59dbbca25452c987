// Proves that where a stream is cut changes nothing: every vector, every cut, every pair of cuts.
import HTTP
import HTTPTypes
import Testing

struct SplitTests {
    static let streams: [String] = [
        request("Host: a"),
        request("Host: a", "Content-Length: 3", first: "POST /x HTTP/1.1", body: "abc")
            + request("Host: b", "Connection: close"),
        "\r\n" + request("Host: a", "Upgrade: websocket", body: "rest"),
        request("Host: a", "Content-Length: 1", "Content-Length: 1"),
        request("Host: a", " folded"),
        "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\rb\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"\\\"\"\r\nabc\r\n"
            + "00a ; y\r\n0123456789\r\n0\r\nT: u\r\n\r\n" + request("Host: b"),
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\nabc",
    ]

    @Test(arguments: streams)
    func `a stream cut anywhere gives the same events`(stream: String) {
        let bytes = Array(stream.utf8)
        let whole = parse([bytes])
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                let outcome = parse(pieces.map(Array.init))
                #expect(outcome == whole, "cut at \(first) and \(second)")
            }
        }
        #expect(parse(bytes.map { [$0] }) == whole)
    }

    static let responses: [String] = [
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nframes",
        "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
    ]

    @Test(arguments: responses)
    func `a response cut anywhere is the same response`(stream: String) {
        let bytes = Array(stream.utf8)
        let methods: [HTTPRequest.Method] = [.get, .get]
        let whole = parseResponses([bytes], to: methods)
        for cut in 0...bytes.count {
            let pieces = [Array(bytes[..<cut]), Array(bytes[cut...])]
            #expect(parseResponses(pieces, to: methods) == whole, "cut at \(cut)")
        }
    }
}
