// Proves that content which is fetched costs bounded memory however slow its reader is, arrives whole
// in every framing, and that a broken source is never taken for a whole answer.
import HTTP
import HTTPTypes
import Synchronization
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct DownloadTests {
    static let limits = TransportLimits()
    /// What may wait for one reader: what is below the mark, a piece, and a head.
    static let bound = limits.downloadAhead + limits.downloadPiece + 1_024

    private func parse(_ bytes: [UInt8], _ methods: [HTTPRequest.Method]) throws -> [Response] {
        var parser = ResponseParser(bodyLimit: 1 << 26)
        for method in methods { parser.expect(responseTo: method) }
        var offset = 0
        var responses: [Response] = []
        while let response = try parser.next(in: bytes.span, from: &offset) {
            responses.append(response)
        }
        if let last = try parser.finish() { responses.append(last) }
        return responses
    }

    @Test(arguments: ["file", "stream"])
    func `a slow reader's answer is fetched as it is taken`(kind: String) async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port, receiveBuffer: 8_192)
            let size = 20_000_000
            try await peer.send(HTTPServingTests.get("/\(kind)/\(size)", "Connection: close\r\n"))
            let connection = try #require(await told.nextRequest())
            // What the socket does not take begins to wait.
            while await station.on({ $0.queued(for: connection) }) == 0 { await Task.yield() }
            let other = try RawPeer(port: station.port)
            for _ in 0..<50 {
                try await other.send(HTTPServingTests.get("/x"))
                #expect(try await other.receiveHead().hasPrefix("HTTP/1.1 200"))
                #expect(await station.on { $0.queued(for: connection) } <= Self.bound)
            }
            // The kernel buffers some megabytes, which are read; the rest is not.
            let read = await station.on { shard in
                (shard.application as? Probe)?.pattern?.read.load(ordering: .relaxed) ?? .max
            }
            #expect(read < size / 2)
            var bytes: [UInt8] = []
            while true {
                let piece = try await peer.receive(500_000)
                bytes += piece
                #expect(await station.on { $0.queued(for: connection) } <= Self.bound)
                if piece.count < 500_000 { break }
            }
            let response = try #require(try parse(bytes, [.get]).first)
            let expected = Pattern.bytes(0..<size)
            #expect(response.body == (kind == "file" ? [0x3C] + expected + [0x3E] : expected))
        }
    }

    @Test func `the connection goes on after each kind of answer`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            let paths = ["/stream/25000", "/file/300000", "/stream/0", "/file/0"]
            let requests = paths.flatMap { path in
                [
                    "HEAD \(path) HTTP/1.1\r\nHost: a\r\n\r\n", HTTPServingTests.get(path),
                    HTTPServingTests.post("/x", path),
                ]
            }
            try await peer.send(requests.joined())
            try await peer.endSending()
            let methods = paths.flatMap { _ in [HTTPRequest.Method.head, .get, .post] }
            let responses = try parse(try await peer.receiveAll(), methods)
            try #require(responses.count == 12)
            for (number, path) in paths.enumerated() {
                let (head, get, post) = (
                    responses[number * 3], responses[number * 3 + 1], responses[number * 3 + 2]
                )
                // RFC 9110 §9.3.2: the same fields.
                #expect(
                    head.fields.filter { $0.name != .date }
                        == get.fields.filter { $0.name != .date }
                )
                #expect(head.body.isEmpty)
                #expect((get.fields[.transferEncoding] == "chunked") == path.hasPrefix("/stream"))
                #expect((get.fields[.contentLength] == nil) == path.hasPrefix("/stream"))
                #expect(post.body == Array(path.utf8))
            }
            #expect(responses[1].body == Pattern.bytes(0..<25_000))
            #expect(responses[4].body == [0x3C] + Pattern.bytes(0..<300_000) + [0x3E])
            #expect(responses[7].body.isEmpty)
            #expect(responses[10].body == [0x3C, 0x3E])
        }
    }

    @Test func `HTTP 1.0 gets a stream that ends with the connection`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send("GET /stream/25000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let head = try await peer.receiveHead()
            #expect(head.contains("Connection: close") && !head.contains("Transfer-Encoding"))
            #expect(try await peer.receiveAll() == Pattern.bytes(0..<25_000))
        }
    }

    @Test(arguments: ["/broken/400000", "/broken/400000/stream"], ["1.0", "1.1"])
    func `a source that breaks breaks the connection`(path: String, version: String) async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send("GET \(path) HTTP/\(version)\r\nHost: a\r\n\r\n")
            do {
                let bytes = try await peer.receiveAll()
                // Whoever reads in time sees less than was announced, and no last chunk.
                #expect(version == "1.1")
                #expect(throws: ResponseError.truncated) { try parse(bytes, [.get]) }
            } catch let failure as RawPeer.Failure {
                #expect(failure.call == "recv")
            }
            while await station.on({ $0.connectionCount }) > 0 { await Task.yield() }
        }
    }

    @Test func `a reader that takes nothing is dropped in its time`() async throws {
        try await Station.run({ $0.sendStallTime = .milliseconds(300) }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port, receiveBuffer: 4_096)
            try await peer.send(HTTPServingTests.get("/file/20000000"))
            _ = try #require(await told.nextRequest())
            while await station.on({ $0.connectionCount }) > 0 { await Task.yield() }
            #expect(await station.on { $0.connectionCount } == 0)
            _ = peer
        }
    }

    @Test func `a drain lets an answer that is being fetched end`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port, receiveBuffer: 8_192)
            try await peer.send(HTTPServingTests.get("/file/3000000"))
            _ = try #require(await told.nextRequest())
            async let drained: Void = station.group.drain(within: .seconds(20))
            let bytes = try await peer.receiveAll()
            await drained
            #expect(try parse(bytes, [.get]).first?.body.count == 3_000_002)
        }
    }
}
