// Proves that one address has so many connections and no more, over all shards, and that others are
// not touched by it.
import HTTP
import TLSTestSupport
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct AddressLimitTests {
    @Test func `an address has so many connections, over all shards`() async throws {
        try await Station.run(shards: 3, { $0.connectionsPerAddress = 5 }) { station in
            var told = station.told.makeAsyncIterator()
            var peers: [RawPeer] = []
            for _ in 0..<5 {
                let peer = try RawPeer(port: station.port)
                try await peer.upgrade()
                peers.append(peer)
            }
            // The system spreads them by their ports: some of these go to each shard.
            for _ in 0..<8 {
                let late = try RawPeer(port: station.port)
                let text = String(decoding: try await late.receiveAll(), as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 503") && text.contains("too_many_connections"))
                #expect(text.contains("Retry-After: 5"))
            }
            #expect(station.group.turnedAway(because: .crowded) == 8)
            #expect(station.group.turnedAway(because: .full) == 0)
            let other = try RawPeer(port: station.port, host: 2)
            try await other.upgrade()
            try await peers[0].say(.close)
            #expect(await told.nextReason() == .peer(nil))
            let next = try RawPeer(port: station.port)
            try await next.upgrade()
        }
    }

    @Test func `without a limit nothing is counted`() async throws {
        try await Station.run({ $0.connectionsPerAddress = 0 }) { station in
            var peers: [RawPeer] = []
            for _ in 0..<20 {
                let peer = try RawPeer(port: station.port)
                try await peer.upgrade()
                peers.append(peer)
            }
            #expect(station.group.turnedAway(because: .crowded) == 0)
        }
    }

    @Test func `under TLS one too many is closed without a word`() async throws {
        let papers = try Papers()
        try await Station.run(tls: try papers.server(), { $0.connectionsPerAddress = 1 }) {
            station in
            // It takes its place with its accept, before any handshake.
            let first = try RawPeer(port: station.port)
            let second = try RawPeer(port: station.port)
            #expect(try await second.receiveAll() == [])
            #expect(station.group.turnedAway(because: .crowded) == 1)
            try await first.send([])
        }
    }

    /// A full group says so to whoever's address has room, and forgets the address again.
    @Test func `whom the group has no room for is not counted`() async throws {
        try await Station.run({
            $0.connections = 1
            $0.connectionsPerAddress = 2
        }) { station in
            var told = station.told.makeAsyncIterator()
            let first = try RawPeer(port: station.port)
            try await first.upgrade()
            for _ in 0..<4 {
                let late = try RawPeer(port: station.port)
                let text = String(decoding: try await late.receiveAll(), as: UTF8.self)
                #expect(text.contains("The server has as many"))
            }
            #expect(station.group.turnedAway(because: .full) == 4)
            try await first.say(.close)
            #expect(await told.nextReason() == .peer(nil))
            let next = try RawPeer(port: station.port)
            try await next.upgrade()
        }
    }
}
