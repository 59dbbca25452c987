// Proves that no peer holds a connection by saying nothing, or too little: each time limit ends
// what it bounds, in the words of its protocol.
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct TimeLimitTests {
    static let short = Duration.milliseconds(100)

    @Test func `a silent connection is closed without a word`() async throws {
        try await Station.run({ $0.headTime = Self.short }) { station in
            let peer = try RawPeer(port: station.port)
            #expect(try await peer.receiveAll() == [])
        }
    }

    @Test func `a head that comes byte by byte is answered 408`() async throws {
        try await Station.run({ $0.headTime = Self.short }) { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send("GET / HT")
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 408"))
        }
    }

    @Test func `a body that stops is answered 408`() async throws {
        try await Station.run({ $0.bodyTime = Self.short }) { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 408"))
        }
    }

    @Test func `a body earns time by what comes`() async throws {
        // 50 bytes at 1 byte a second earn 50 s, far beyond the 100 ms of the start.
        try await Station.run({
            $0.bodyTime = Self.short
            $0.bodyRate = 1
        }) { station in
            var told = station.told.makeAsyncIterator()
            let slow = try RawPeer(port: station.port)
            let body = String(repeating: "b", count: 50)
            try await slow.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 51\r\n\r\n\(body)")
            // Another one, that earns nothing, times out meanwhile.
            let silent = try RawPeer(port: station.port)
            try await silent.send("POST /q HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
            #expect(try await silent.receiveHead().hasPrefix("HTTP/1.1 408"))
            try await slow.send("d")
            #expect(try await slow.receiveHead().hasPrefix("HTTP/1.1 200"))
            #expect(await told.nextRequest() != nil)
        }
    }

    @Test func `a connection that rests is closed`() async throws {
        try await Station.run({ $0.keepAliveTime = Self.short }) { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a silent WebSocket is pinged, and lives by its pong`() async throws {
        try await Station.run({ $0.pingAfter = Self.short }) { station in
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            for _ in 0..<3 {
                let frame = try await peer.receiveFrame()
                #expect(frame.first == 0x89)
                try await peer.say(.pong, frame.payload)
            }
            try await peer.say("echo")
            // On a busy machine the next ping may come before it.
            var frame = try await peer.receiveFrame()
            while frame.first == 0x89 { frame = try await peer.receiveFrame() }
            #expect(frame.payload == Array("echo".utf8))
        }
    }

    @Test func `a half-open WebSocket is dropped after its ping`() async throws {
        try await Station.run({
            $0.pingAfter = Self.short
            $0.pongTime = Self.short
        }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            #expect(await told.nextReason() == .timedOut(.pong))
            #expect(try await peer.receiveAll() == [0x89, 0])
        }
    }

    @Test func `a peer that does not close back is dropped`() async throws {
        try await Station.run({ $0.closeTime = Self.short }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let connection = try #require(await told.nextOpened())
            await station.on { $0.close(connection, with: .goingAway) }
            #expect(closeCode(try await peer.receiveFrame()) == 1001)
            #expect(await told.nextReason() == .local(.goingAway))
            #expect(try await peer.receiveAll() == [])
        }
    }

    @Test func `a peer that takes nothing is dropped`() async throws {
        try await Station.run({ $0.sendStallTime = Self.short }) { station in
            let peer = try RawPeer(port: station.port, receiveBuffer: 4_096)
            try await peer.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
            var told = station.told.makeAsyncIterator()
            #expect(await told.nextRequest() != nil)
            while await station.on({ $0.connectionCount }) > 0 { await Task.yield() }
        }
    }

    @Test func `a peer that goes on sending may come to read its answer, though not for ever`()
        async throws
    {
        try await Station.run({
            $0.closeTime = .seconds(3)
            $0.lingerTime = .seconds(5)
        }) { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send(HTTPServingTests.post("/small", "", announce: 9_000_000))
            let clock = ContinuousClock()
            let start = clock.now
            // Ends with a reset when the server has had enough.
            await #expect(throws: RawPeer.Failure.self) {
                while true {
                    try await peer.send([1])
                    await withCheckedContinuation { continuation in
                        station.shard.post { shard in
                            shard.schedule(after: .milliseconds(200)) { _ in continuation.resume() }
                        }
                    }
                }
            }
            #expect(clock.now - start > .seconds(4))
            #expect(clock.now - start < .seconds(30))
        }
    }
}
