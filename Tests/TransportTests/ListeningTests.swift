// Proves how a group listens, what it answers when it is full, and how it ends.
import Glibc
import HTTP
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct ListeningTests {
    @Test func `a port is taken once, by all shards of one group`() async throws {
        try await Station.run(shards: 3) { station in
            let other = try await ShardGroup(count: 2) { _ in EchoApplication(mode: .echo) }
            await #expect(throws: TransportError.portTaken(host: "127.0.0.1", port: station.port)) {
                try await other.listen(host: "127.0.0.1", port: station.port)
            }
            await other.stop()
            for _ in 0..<20 {
                let peer = try RawPeer(port: station.port)
                try await peer.upgrade()
                try await peer.say("echo")
                #expect(try await peer.receiveFrame().payload == Array("echo".utf8))
            }
        }
    }

    @Test func `a port that was left is free at once`() async throws {
        // A test beside this one may take the port in between: not three times in a row.
        for _ in 1...3 {
            let first = try await Station()
            let peer = try RawPeer(port: first.port)
            try await peer.upgrade()
            await first.group.stop()
            let second = try await ShardGroup(count: 1) { _ in EchoApplication(mode: .echo) }
            let port = try? await second.listen(host: "127.0.0.1", port: first.port)
            await second.stop()
            if port == first.port { return }
        }
        Issue.record("the port stayed taken")
    }

    static let hosts: [(host: String, port: Int, error: TransportError?)] = [
        ("127.0.0.1", 0, nil), ("localhost", 0, nil), ("0.0.0.0", 0, nil),
        ("127.0.0.1", -1, .badPort(-1)), ("127.0.0.1", 65_536, .badPort(65_536)),
        ("no such host", 0, .unknownHost("no such host")),
        ("192.0.2.1", 0, .unknownHost("192.0.2.1")),
    ]

    @Test(arguments: hosts)
    func `a host is listened on or named in the error`(
        host: String,
        port: Int,
        error: TransportError?
    ) async throws {
        let group = try await ShardGroup(count: 2) { _ in EchoApplication(mode: .echo) }
        var seen: TransportError?
        do throws(TransportError) {
            #expect(try await group.listen(host: host, port: port) > 0)
        } catch {
            seen = error
        }
        #expect(seen == error)
        await group.stop()
    }

    @Test func `a full shard answers 503 and takes the next when one has left`() async throws {
        try await Station.run({ $0.connections = 1 }) { station in
            var told = station.told.makeAsyncIterator()
            let first = try RawPeer(port: station.port)
            try await first.upgrade()
            let second = try RawPeer(port: station.port)
            let text = String(decoding: try await second.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 503") && text.contains("Retry-After: 5"))
            try await first.say(.close)
            #expect(await told.nextReason() == .peer(nil))
            let third = try RawPeer(port: station.port)
            try await third.upgrade()
        }
    }

    @Test func `the limit of connections holds for all shards together`() async throws {
        try await Station.run(shards: 2, { $0.connections = 5 }) { station in
            var told = station.told.makeAsyncIterator()
            var peers: [RawPeer] = []
            for _ in 0..<5 {
                let peer = try RawPeer(port: station.port)
                try await peer.upgrade()
                peers.append(peer)
            }
            // The kernel spreads them by their ports: some of these go to either shard.
            for _ in 0..<8 {
                let late = try RawPeer(port: station.port)
                let text = String(decoding: try await late.receiveAll(), as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 503") && text.contains("too_many_connections"))
            }
            try await peers[0].say(.close)
            #expect(await told.nextReason() == .peer(nil))
            let next = try RawPeer(port: station.port)
            try await next.upgrade()
        }
    }

    @Test func `draining tells 1012, finishes requests, and accepts nobody`() async throws {
        let station = try await Station()
        var told = station.told.makeAsyncIterator()
        let socket = try RawPeer(port: station.port)
        try await socket.upgrade()
        _ = await told.nextOpened()
        let asking = try RawPeer(port: station.port)
        try await asking.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
        let request = try #require(await told.nextRequest())
        let resting = try RawPeer(port: station.port)
        try await resting.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await resting.receiveHead().hasPrefix("HTTP/1.1 200"))
        async let drained: Void = station.group.drain(within: .seconds(20))
        #expect(closeCode(try await socket.receiveFrame()) == 1012)
        try await socket.say(.close, [0x03, 0xF4])
        #expect(await told.nextReason() == .draining)
        #expect(try await resting.receiveAll() == [])
        #expect(throws: RawPeer.Failure.self) { try RawPeer(port: station.port) }
        await station.on { _ = $0.respond(to: request, with: Response(body: [0x61])) }
        let text = String(decoding: try await asking.receiveAll(), as: UTF8.self)
        #expect(text.contains("Connection: close") && text.hasSuffix("\r\n\r\na"))
        try await asking.endSending()
        await drained
    }

    @Test func `draining ends in its time, whatever peers do`() async throws {
        let station = try await Station { $0.closeTime = .seconds(50) }
        var told = station.told.makeAsyncIterator()
        let peer = try RawPeer(port: station.port)
        try await peer.upgrade()
        _ = await told.nextOpened()
        await station.group.drain(within: .milliseconds(100))
        #expect(await told.nextReason() == .draining)
        #expect(closeCode(try await peer.receiveFrame()) == 1012)
    }

    @Test func `a process without descriptors accepts again when it has some`() async throws {
        await #expect(processExitsWith: .success) {
            let station = try await Station { $0.acceptPause = .milliseconds(20) }
            let peers = try (0..<4).map { _ in try RawPeer(port: station.port) }
            for peer in peers { try await peer.upgrade() }
            // From here on the process may open two descriptors more: one peer and its socket.
            var limit = rlimit()
            let next = Glibc.dup(0)
            Glibc.close(next)
            limit.rlim_cur = rlim_t(next + 1)
            limit.rlim_max = 4_096
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            // The kernel completes the connection; the shard has no descriptor for it.
            let late = try RawPeer(port: station.port)
            try await late.send(RawPeer.handshake)
            try await peers[0].say("echo")
            let served = try await peers[0].receiveFrame().payload == Array("echo".utf8)
            limit.rlim_cur = 4_096
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let head = try await late.receiveHead()
            exit(served && head.hasPrefix("HTTP/1.1 101") ? 0 : 1)
        }
    }
}
