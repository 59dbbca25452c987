// Proves that chunked bodies are read as RFC 9112 §7.1 means them, and that what is ambiguous,
// malformed or oversized in them is refused, the same for every cut.
import Foundation
import HTTP
import HTTPTypes
import TestSupport
import Testing

struct ChunkedBodyTests {
    static let head = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    static let limits = RequestLimits(fieldBytes: 60, fieldCount: 2, chunkExtensionBytes: 12)

    private static func read(_ body: String, bodyLimit: Int = 1_000) -> Outcome {
        let bytes = Array((head + body).utf8)
        let whole = parse([bytes], limits: limits, bodyLimit: bodyLimit)
        #expect(parse(bytes.map { [$0] }, limits: limits, bodyLimit: bodyLimit) == whole)
        return whole
    }

    static let bodies: [(chunks: String, body: String)] = [
        ("0\r\n\r\n", ""),
        ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("2\r\nhe\r\n3\r\nllo\r\n000\r\n\r\n", "hello"),
        ("000000000000005\r\nhello\r\n0\r\n\r\n", "hello"),
        ("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789"),
        ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
        ("1;a\r\nx\r\n0;b\r\n\r\n", "x"),
        ("1;a=b;c=d\r\nx\r\n0\r\n\r\n", "x"),
        ("1 ; a = b\r\nx\r\n0\r\n\r\n", "x"),
        ("1;a=\"b\\\";\"\r\nx\r\n0\r\n\r\n", "x"),
        ("1\r\nx\r\n0\r\nA: b\r\n\r\n", "x"),
        ("1\r\nx\r\n0\r\nA: b\r\nB: c\r\n\r\n", "x"),
        // What would change the framing or the route were it believed.
        ("1\r\nx\r\n0\r\nContent-Length: 9\r\nHost: evil\r\n\r\n", "x"),
    ]

    @Test(arguments: bodies)
    func `chunks are joined, extensions and trailers forgotten`(chunks: String, body: String) {
        let outcome = Self.read(chunks + request("Host: b"))
        #expect(outcome.fault == nil)
        let requests = outcome.events.compactMap { event -> Request? in
            if case .request(let request) = event { return request }
            return nil
        }
        #expect(requests.map { String(decoding: $0.body, as: UTF8.self) } == [body, ""])
        #expect(requests.map(\.head.authority) == ["a", "b"])
        #expect(requests.first?.fields.map(\.name) == [.transferEncoding])
        #expect(requests.map(\.head.framing) == [.chunked, .none])
    }

    static let refused: [(chunks: String, fault: ChunkFault)] = [
        ("\r\n", .malformedSize), ("x\r\n", .malformedSize), ("-1\r\n", .malformedSize),
        ("+1\r\nx", .malformedSize), ("0x1\r\nx", .malformedSize), (" 1\r\nx", .malformedSize),
        ("1 \r\nx", .malformedSize), ("1\t\r\nx", .malformedSize), ("1 2\r\nx", .malformedSize),
        ("1\r;a\r\nx", .malformedSize), ("\u{B}1\r\nx", .malformedSize),
        ("1\0\r\nx", .malformedSize), (";a\r\n", .malformedSize),
        ("0000000000000001\r\nx", .malformedSize), ("FFFFFFFFFFFFFFFFF\r\n", .malformedSize),
        ("7FFFFFFFFFFFFFFF\r\n", .malformedSize),
        ("1;\r\nx", .malformedExtension), ("1;=\r\nx", .malformedExtension),
        ("1;a=\r\nx", .malformedExtension), ("1;a b\r\nx", .malformedExtension),
        ("1;a=\"b\r\nx", .malformedExtension), ("1;a=\"\0\"\r\nx", .malformedExtension),
        ("1;a\rb\r\nx", .malformedExtension), ("1;a \r\nx", .malformedExtension),
        ("1;a\nx", .bareLineFeed), ("1\nx\r\n0\r\n\r\n", .bareLineFeed),
        ("1;a=bcdefghijk\r\nx\r\n0\r\n\r\n", .extensionsTooLarge(limit: 12)),
        ("1;a=b\r\nx\r\n1;a=b\r\nx\r\n1;a=bc\r\n", .extensionsTooLarge(limit: 12)),
        ("1;\(String(repeating: "a", count: 90))", .extensionsTooLarge(limit: 12)),
        ("1\r\nxy", .missingLineEnd), ("1\r\nx\n0\r\n\r\n", .missingLineEnd),
        ("1\r\nx\rx", .missingLineEnd), ("1\r\nx0\r\n\r\n", .missingLineEnd),
        ("0\r\n a: b\r\n\r\n", .malformedTrailer(.folded)),
        ("0\r\nA: b\r\n c\r\n\r\n", .malformedTrailer(.folded)),
        ("0\r\nGET / HTTP/1.1\r\n", .malformedTrailer(.missingColon)),
        ("0\r\nA : b\r\n\r\n", .malformedTrailer(.blankBeforeColon)),
        ("0\r\nA: b\rc\r\n\r\n", .malformedTrailer(.malformedValue)),
        ("0\r\nA: b\n\r\n", .bareLineFeed), ("0\r\n\n", .bareLineFeed),
        ("0\r\nA: b\r\nB: c\r\nC: d\r\n\r\n", .tooManyTrailers(limit: 2)),
        ("0\r\nA: \(String(repeating: "a", count: 60))\r\n", .trailersTooLarge(limit: 60)),
    ]

    @Test(arguments: refused)
    func `what is no chunked body has one answer`(chunks: String, fault: ChunkFault) {
        let outcome = Self.read(chunks)
        #expect(outcome.fault == .malformedChunk(fault))
        #expect(outcome.events.count == 1)
    }

    @Test func `limits are inclusive and hold while the body grows`() {
        let five = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        #expect(Self.read(five, bodyLimit: 5).fault == nil)
        #expect(Self.read(five, bodyLimit: 4).fault == .bodyTooLarge(bytes: 5, limit: 4))
        // Refused when it is announced, not when it has come.
        let outcome = Self.read("FFFFFFFFFFFFFFF\r\n")
        #expect(outcome.fault == .bodyTooLarge(bytes: 0xFFF_FFFF_FFFF_FFFF, limit: 1_000))
        let second = Self.read("1\r\nx\r\nFFFFFFFFFFFFFFF\r\n", bodyLimit: 1)
        #expect(second.fault == .bodyTooLarge(bytes: 0x1000_0000_0000_0000, limit: 1))
        let extensions = "1;a=b\r\nx\r\n1;a=b\r\nx\r\n1;abc\r\nx\r\n0\r\n\r\n"
        #expect(Self.read(extensions).fault == nil)
        let trailer = "0\r\nA: \(String(repeating: "a", count: 57))\r\n\r\n"
        #expect(Self.read(trailer).fault == nil)
    }

    static let codings: [(lines: [String], version: String, error: RequestError?)] = [
        (["chunked"], "1.1", nil), (["Chunked"], "1.1", nil), (["  CHUNKED\t"], "1.1", nil),
        (["xchunked"], "1.1", .unsupportedTransferEncoding("xchunked")),
        (["gzip"], "1.1", .unsupportedTransferEncoding("gzip")),
        (["identity"], "1.1", .unsupportedTransferEncoding("identity")),
        (["gzip, chunked"], "1.1", .unsupportedTransferEncoding("gzip")),
        (["gzip", "chunked"], "1.1", .unsupportedTransferEncoding("gzip")),
        (["chunked, chunked"], "1.1", .malformedTransferEncoding),
        (["chunked", "chunked"], "1.1", .malformedTransferEncoding),
        (["chunked, gzip"], "1.1", .malformedTransferEncoding),
        (["chunked", "identity"], "1.1", .malformedTransferEncoding),
        ([""], "1.1", .malformedTransferEncoding),
        ([",chunked"], "1.1", .malformedTransferEncoding),
        (["chunked;q=1"], "1.1", .malformedTransferEncoding),
        (["\"chunked\""], "1.1", .malformedTransferEncoding),
        (["chunked chunked"], "1.1", .malformedTransferEncoding),
        (["\u{B}chunked"], "1.1", .malformedField(.malformedValue)),
        (["chunked\u{A0}"], "1.1", .malformedTransferEncoding),
        (["chunked"], "1.0", .transferEncodingInOldVersion),
    ]

    @Test(arguments: codings)
    func `one spelling frames a body`(lines: [String], version: String, error: RequestError?) {
        let fields = lines.map { "Transfer-Encoding: \($0)\r\n" }.joined()
        let text = "POST / HTTP/\(version)\r\nHost: a\r\n\(fields)\r\n0\r\n\r\n"
        #expect(parse(text).fault == error)
        #expect(error.map { [400, 501].contains($0.status.code) } ?? true)
    }

    @Test func `a body survives chunking at random places, whole and in pieces`() throws {
        let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? 7_1
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let count = Int.random(in: 0...2_000, using: &random)
            let body = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            var stream = Array(Self.head.utf8)
            var rest = body[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...min(300, rest.count), using: &random)
                stream += ChunkedWriter.begin(size) + rest.prefix(size) + ChunkedWriter.end
                rest = rest.dropFirst(size)
            }
            stream += ChunkedWriter.last
            let behind = stream.count
            stream += Array(request("Host: b").utf8)
            #expect(parse([stream], bodyLimit: count).events.count == 4, "seed \(seed)")
            var parser = RequestParser()
            var got: [UInt8] = []
            var place = 0
            var isWhole = false
            while !isWhole {
                let next = min(stream.count, place + Int.random(in: 1...90, using: &random))
                let piece = Array(stream[place..<next])
                var offset = 0
                while !isWhole, let event = try parser.next(in: piece.span, from: &offset) {
                    switch event {
                    case .head: try parser.streamBody(upTo: count)
                    case .piece(let bytes): got += bytes
                    case .end: isWhole = true
                    case .request: Issue.record("seed \(seed): whole, though streamed")
                    }
                }
                place = isWhole ? place + offset : next
            }
            #expect(got == body, "seed \(seed)")
            #expect(place == behind)
            #expect(parser.isBetweenRequests)
        }
    }
}
