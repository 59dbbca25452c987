// Proves over a real socket that what could hide a second request in the first is answered once, with
// the connection's end, and that nothing behind it is served (RFC 9112 §11.2).
import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct SmugglingTests {
    struct Attack: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        let status: Int
        var testDescription: String { name }

        init(_ name: String, _ status: Int, _ lines: [String], body: String = "") {
            self.name = name
            self.status = status
            text =
                (["POST /x HTTP/1.1", "Host: a"] + lines).map { $0 + "\r\n" }.joined() + "\r\n"
                + body
        }

        init(_ name: String, _ status: Int, raw: String) {
            (self.name, self.status, text) = (name, status, raw)
        }
    }

    private static let chunked = "Transfer-Encoding: chunked"
    private static let smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func chunks(_ name: String, _ status: Int, _ body: String) -> Attack {
        Attack(name, status, [chunked], body: body)
    }

    static let attacks: [Attack] = [
        Attack("CL.TE", 400, ["Content-Length: 6", chunked], body: smuggled),
        Attack("TE.CL", 400, [chunked, "Content-Length: 4"], body: smuggled),
        Attack("CL.0 with TE", 400, ["Content-Length: 0", chunked], body: smuggled),
        Attack(
            "TE in HTTP/1.0",
            400,
            raw: "POST /x HTTP/1.0\r\nHost: a\r\n\(chunked)\r\n\r\n\(smuggled)"
        ),
        Attack("TE.TE twice", 400, [chunked, chunked], body: smuggled),
        Attack("TE.TE identity", 400, [chunked, "Transfer-Encoding: identity"], body: smuggled),
        Attack("chunked, chunked", 400, ["Transfer-Encoding: chunked, chunked"], body: smuggled),
        Attack("chunked not last", 400, ["Transfer-Encoding: chunked, gzip"], body: smuggled),
        Attack("gzip, chunked", 501, ["Transfer-Encoding: gzip, chunked"], body: smuggled),
        Attack("xchunked", 501, ["Transfer-Encoding: xchunked"], body: smuggled),
        Attack("identity", 501, ["Transfer-Encoding: identity"], body: smuggled),
        Attack("blank before colon", 400, ["Transfer-Encoding : chunked"], body: smuggled),
        Attack("tab before colon", 400, ["Transfer-Encoding\t: chunked"], body: smuggled),
        Attack("VT before value", 400, ["Transfer-Encoding:\u{B}chunked"], body: smuggled),
        Attack("FF before value", 400, ["Transfer-Encoding: \u{C}chunked"], body: smuggled),
        Attack("quoted", 400, ["Transfer-Encoding: \"chunked\""], body: smuggled),
        Attack("parameter", 400, ["Transfer-Encoding: chunked;a=b"], body: smuggled),
        Attack("empty coding", 400, ["Transfer-Encoding:"], body: smuggled),
        Attack("folded TE", 400, ["Transfer-Encoding:", " chunked"], body: smuggled),
        Attack("folded CL", 400, ["Content-Length:", "\t5"], body: "hello"),
        Attack("blank before name", 400, [" \(chunked)"], body: smuggled),
        Attack("hidden behind CR", 400, ["X: y\r\(chunked)"], body: smuggled),
        Attack("hidden behind LF", 400, ["X: y\n\(chunked)"], body: smuggled),
        Attack("NUL in value", 400, ["Transfer-Encoding: chunked\0"], body: smuggled),
        Attack("NUL in name", 400, ["Transfer\0-Encoding: chunked"], body: smuggled),
        Attack("two lengths", 400, ["Content-Length: 5", "Content-Length: 6"], body: "hello!"),
        Attack(
            "two equal lengths",
            400,
            ["Content-Length: 5", "content-length: 5"],
            body: "hello"
        ),
        Attack("5, 5", 400, ["Content-Length: 5, 5"], body: "hello"),
        Attack("5,", 400, ["Content-Length: 5,"], body: "hello"),
        Attack("+5", 400, ["Content-Length: +5"], body: "hello"),
        Attack("-5", 400, ["Content-Length: -5"], body: "hello"),
        Attack("0x5", 400, ["Content-Length: 0x5"], body: "hello"),
        Attack("5 5", 400, ["Content-Length: 5 5"], body: "hello"),
        Attack("5;", 400, ["Content-Length: 5;"], body: "hello"),
        Attack("empty length", 400, ["Content-Length:"], body: "hello"),
        Attack("length overflow", 400, ["Content-Length: 18446744073709551621"], body: "hello"),
        Attack("two hosts", 400, ["Host: a"], body: smuggled),
        Attack("two hosts, in case", 400, ["HOST: b"], body: smuggled),
        Attack(
            "bare LF ends the head",
            400,
            raw: "POST /x HTTP/1.1\r\nHost: a\r\n\nGET / HTTP/1.1\r\n\r\n"
        ),
        Attack("bare CR in the target", 400, raw: "GET /\rx HTTP/1.1\r\nHost: a\r\n\r\n"),
        Attack("two empty lines before", 400, raw: "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Attack(
            "oversize line",
            414,
            raw: "GET /\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\n\r\n"
        ),
        Attack("oversize field", 431, ["X: \(String(repeating: "a", count: 17_000))"]),
        Attack("many fields", 431, (0..<101).map { "X-\($0): y" }),
        Attack("unknown method", 501, raw: "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Attack("HTTP/2 preface", 505, raw: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        chunks("size overflow", 400, "FFFFFFFFFFFFFFFFF\r\nhello"),
        chunks("size wraps to 5", 400, "10000000000000005\r\nhello\r\n\(smuggled)"),
        chunks("size beyond the limit", 413, "FFFFFFFFFFFFFFF\r\nhello"),
        chunks("0x size", 400, "0x5\r\nhello\r\n\(smuggled)"),
        chunks("+ size", 400, "+5\r\nhello\r\n\(smuggled)"),
        chunks("- size", 400, "-5\r\nhello\r\n\(smuggled)"),
        chunks("no size", 400, "\r\nhello\r\n\(smuggled)"),
        chunks("blank before size", 400, " 5\r\nhello\r\n\(smuggled)"),
        chunks("blank behind size", 400, "5 \r\nhello\r\n\(smuggled)"),
        chunks("LF ends an extension", 400, "5;a\nhello\r\n\(smuggled)"),
        chunks("CR in an extension", 400, "5;a\rb\r\nhello\r\n\(smuggled)"),
        chunks("LF in a quoted extension", 400, "5;a=\"\n\"\r\nhello\r\n\(smuggled)"),
        chunks(
            "long extensions",
            413,
            "5;\(String(repeating: "a", count: 5_000))\r\nhello\r\n\(smuggled)"
        ),
        chunks("no CR LF behind a chunk", 400, "5\r\nhello\(smuggled)"),
        chunks("LF alone behind a chunk", 400, "5\r\nhello\n\(smuggled)"),
        chunks("longer than its size", 400, "5\r\nhello!\r\n\(smuggled)"),
        chunks("LF ends the last chunk", 400, "0\n\r\n"),
        chunks("LF ends the trailers", 400, "0\r\nA: b\r\n\n"),
        chunks("folded trailer", 400, "0\r\nA: b\r\n c\r\n\r\n"),
        chunks("a request as trailer", 400, "0\r\nGET /smuggled HTTP/1.1\r\n\r\n"),
        chunks("large trailers", 431, "0\r\nA: \(String(repeating: "a", count: 17_000))\r\n\r\n"),
        chunks("many trailers", 431, "0\r\n\((0..<101).map { "X-\($0): y\r\n" }.joined())\r\n"),
    ]

    @Test func `an attack has one answer and nothing behind it is served`() async throws {
        try await Station.run { station in
            for attack in Self.attacks {
                let peer = try RawPeer(port: station.port)
                try await peer.send(attack.text + HTTPServingTests.get("/behind"))
                try await peer.endSending()
                let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 \(attack.status) "), "\(attack.name): \(text)")
                #expect(text.contains("\r\nConnection: close\r\n"), "\(attack.name)")
                let answers = text.components(separatedBy: "HTTP/1.1 ").count - 1
                #expect(answers == 1, "\(attack.name): \(text)")
            }
            // The application heard of none of them.
            let last = try RawPeer(port: station.port)
            try await last.send(HTTPServingTests.get("/last"))
            _ = try await last.receiveHead()
            var told = station.told.makeAsyncIterator()
            guard case .request("last", _) = await told.next() else {
                Issue.record("something was served")
                return
            }
        }
    }

    /// What looks alike and is right; `/behind` is served after it.
    static let harmless: [Attack] = [
        Attack("leading zeros", 200, ["Content-Length: 0005"], body: "hello"),
        Attack(
            "chunked in capitals",
            200,
            ["TRANSFER-ENCODING:CHUNKED"],
            body: "5\r\nhello\r\n0\r\n\r\n"
        ),
        chunks("extensions", 200, "5;a=b;c=\"\\\"\"\r\nhello\r\n0;d\r\n\r\n"),
        chunks(
            "framing as trailers",
            200,
            "5\r\nhello\r\n0\r\nContent-Length: 99\r\nHost: b\r\n\(chunked)\r\n\r\n"
        ),
    ]

    @Test(arguments: harmless)
    func `what is right is served, and what follows it`(request: Attack) async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send(request.text + HTTPServingTests.post("/behind", "bye"))
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200 "))
            #expect(try await peer.receive(5) == Array("hello".utf8))
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200 "))
            #expect(try await peer.receive(3) == Array("bye".utf8))
        }
    }
}
