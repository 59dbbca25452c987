// Proves how requests are served over a real socket: in order, with limits, and to the end.
import Foundation
import HTTP
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPServingTests {
    static func get(_ path: String, _ more: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: a\r\n\(more)\r\n"
    }

    static func post(_ path: String, _ body: String, announce: Int? = nil) -> String {
        "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(announce ?? body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `requests on one connection are answered in order`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            let last = Self.get("/c", "Connection: close\r\n")
            try await peer.send(Self.post("/a", "one") + Self.post("/b", "two") + last)
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            let answers = text.components(separatedBy: "HTTP/1.1 200 OK").dropFirst()
            #expect(answers.count == 3)
            #expect(answers.map { $0.hasSuffix("\r\n\r\none") } == [true, false, false])
            #expect(answers.map { $0.hasSuffix("\r\n\r\ntwo") } == [false, true, false])
            #expect(answers.last?.contains("Connection: close") == true)
        }
    }

    @Test func `an answer that comes later holds back the next request, not the shard`()
        async throws
    {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let slow = try RawPeer(port: station.port)
            try await slow.send(Self.get("/later") + Self.post("/next", "2"))
            let connection = try #require(await told.nextRequest())
            let other = try RawPeer(port: station.port)
            try await other.send(Self.get("/x", "Connection: close\r\n"))
            #expect(try await other.receiveHead().hasPrefix("HTTP/1.1 200"))
            #expect(await told.next().map(path) == "x")
            #expect(await station.on { $0.respond(to: connection, with: Response(body: [0x31])) })
            #expect(await told.next().map(path) == "next")
            #expect(try await slow.receiveHead().contains("Content-Length: 1"))
            #expect(try await slow.receive(1) == [0x31])
            _ = try await slow.receiveHead()
            #expect(try await slow.receive(1) == [0x32])
            // A second answer to one request goes nowhere.
            #expect(await station.on { $0.respond(to: connection, with: Response()) } == false)
        }
    }

    private func path(_ told: Told) -> String? {
        guard case .request(let path, _) = told else { return nil }
        return path
    }

    @Test func `what is read behind an unanswered request is bounded`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.send(Self.get("/later"))
            let connection = try #require(await told.nextRequest())
            // 24 MB of requests: what the kernel does not buffer is not taken.
            let one = Array(Self.get("/r", "X: \(String(repeating: "x", count: 8_000))\r\n").utf8)
            var flood: [UInt8] = []
            while flood.count < 24_000_000 { flood.append(contentsOf: one) }
            let taken = try await peer.offer(flood)
            #expect(taken < 16_000_000)
            await station.on { _ = $0.respond(to: connection, with: Response()) }
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200"))
            for _ in 0..<3 { #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200")) }
        }
    }

    @Test func `HEAD has the fields and no body`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send("HEAD /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.contains("Content-Length: 20000000"))
            #expect(text.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `a big body flows whole to a slow reader, and others are served meanwhile`()
        async throws
    {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let slow = try RawPeer(port: station.port, receiveBuffer: 8_192)
            try await slow.send(Self.get("/big", "Connection: close\r\n"))
            let connection = try #require(await told.nextRequest())
            let other = try RawPeer(port: station.port)
            try await other.send(Self.post("/x", "hi"))
            #expect(try await other.receiveHead().hasPrefix("HTTP/1.1 200"))
            #expect(await station.on { $0.queued(for: connection) } > 1_000_000)
            _ = try await slow.receiveHead()
            #expect(try await slow.receiveAll() == Probe.bigBody)
        }
    }

    @Test func `a body over its limit is refused in words, though it is still coming`()
        async throws
    {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            // Ten bytes are allowed: both sides of the border, then far beyond.
            try await peer.send(Self.post("/small", "0123456789"))
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200"))
            #expect(try await peer.receive(10) == Array("0123456789".utf8))
            try await peer.send(Self.post("/small", "01234567890"))
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 413"))
            let second = try RawPeer(port: station.port)
            try await second.send(Self.post("/small", "", announce: 9_000_000))
            try await second.send([UInt8](repeating: 0, count: 9_000_000))
            try await second.endSending()
            let text = String(decoding: try await second.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func `a refusal by the plan keeps a connection without a body, and ends one with it`()
        async throws
    {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send(Self.get("/refuse") + Self.post("/x", "ok"))
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 403"))
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200"))
            #expect(try await peer.receive(2) == Array("ok".utf8))
            try await peer.send(Self.post("/refuse", "body"))
            let head = try await peer.receiveHead()
            #expect(head.hasPrefix("HTTP/1.1 403") && head.contains("Connection: close"))
            #expect(try await peer.receiveAll() == [])
        }
    }

    @Test func `what is no request is answered 400 and closed`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send("nonsense\r\n\r\n")
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test func `a peer that waits for 100 Continue gets it`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            let head = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
            try await peer.send(head + "Expect: 100-continue\r\n\r\n")
            #expect(try await peer.receiveHead() == "HTTP/1.1 100 Continue\r\n\r\n")
            try await peer.send("ok")
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a peer that ended its side still gets its answer`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.send(Self.get("/later"))
            try await peer.endSending()
            let connection = try #require(await told.nextRequest())
            await station.on { _ = $0.respond(to: connection, with: Response(body: [0x61])) }
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasSuffix("\r\n\r\na"))
        }
    }

    @Test func `the application hears of a peer that is gone before its answer`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            var peer: RawPeer? = try RawPeer(port: station.port)
            try await peer?.send(Self.get("/later"))
            let connection = try #require(await told.nextRequest())
            peer = nil
            // Its end of stream is known at once, that it takes nothing only when we write.
            await station.on { shard in
                _ = shard.respond(to: connection, with: Response(body: Probe.bigBody))
            }
            while await station.on({ $0.connectionCount }) > 0 { await Task.yield() }
        }
    }
}
