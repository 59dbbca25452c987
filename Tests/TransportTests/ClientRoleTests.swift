// Proves the outbound side of a shard: WebSockets and requests to others, and each way they fail.
import Glibc
import HTTP
import HTTPTypes
import TLS
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct ClientRoleTests {
    /// A group that only connects.
    struct Caller {
        let group: ShardGroup
        let told: AsyncStream<Told>

        init(_ change: (inout TransportLimits) -> Void = { _ in }) async throws {
            var limits = TransportLimits()
            change(&limits)
            let (told, tell) = AsyncStream.makeStream(of: Told.self)
            self.told = told
            group = try await ShardGroup(count: 1, limits: limits) { _ in Probe(tell) }
        }

        func connect(
            _ path: String,
            _ port: Int,
            host: String = "localhost",
            tls: TLSContext? = nil,
            from localHost: String? = nil
        ) async throws -> ConnectionID {
            try await group.shards[0].connect(
                to: OutboundTarget(
                    host: host,
                    port: port,
                    path: path,
                    subprotocols: ["v1"],
                    tls: tls,
                    localHost: localHost
                )
            )
        }
    }

    @Test func `messages go both ways, in any number and size`() async throws {
        try await Station.run { station in
            let caller = try await Caller()
            var told = caller.told.makeAsyncIterator()
            let id = try await caller.connect("/ws/v1", station.port)
            #expect(await told.nextOpened() == id)
            let said = (0..<200).map { Array("echo".utf8) + [UInt8](repeating: 1, count: $0 * 37) }
            caller.group.shards[0].post { shard in
                for message in said { shard.send(.binary, message, to: id) }
            }
            for message in said { #expect(await told.nextMessage() == message) }
            caller.group.shards[0].post { $0.close(id, with: .normal) }
            #expect(await told.nextReason() == .local(.normal))
            await caller.group.stop()
        }
    }

    @Test func `it comes from the address that it was told to come from`() async throws {
        try await Station.run({ $0.connectionsPerAddress = 1 }) { station in
            let caller = try await Caller { $0.rest = .milliseconds(1) }
            var told = caller.told.makeAsyncIterator()
            for host in ["127.0.0.2", "127.0.0.3"] {
                let id = try await caller.connect(
                    "/ws/v1",
                    station.port,
                    host: "127.0.0.1",
                    from: host
                )
                #expect(await told.nextOpened() == id)
            }
            _ = try await caller.connect(
                "/ws/v1",
                station.port,
                host: "127.0.0.1",
                from: "127.0.0.2"
            )
            #expect(await told.nextReason() == .handshakeRefused(status: 503))
            await #expect(throws: TransportError.unknownHost("nowhere.invalid")) {
                try await caller.connect("/ws/v1", station.port, from: "nowhere.invalid")
            }
            await caller.group.stop()
        }
    }

    @Test func `the server's close is answered, and its end awaited`() async throws {
        try await Station.run { station in
            let caller = try await Caller()
            var told = caller.told.makeAsyncIterator()
            var served = station.told.makeAsyncIterator()
            _ = try await caller.connect("/ws", station.port)
            let here = try #require(await served.nextOpened())
            await station.on { $0.close(here, with: .serviceRestart) }
            #expect(await told.nextReason() == .peer(.serviceRestart))
            #expect(await served.nextReason() == .local(.serviceRestart))
            await caller.group.stop()
        }
    }

    @Test func `each way to fail is told`() async throws {
        try await Station.run { station in
            let caller = try await Caller()
            var told = caller.told.makeAsyncIterator()
            _ = try await caller.connect("/refuse", station.port)
            #expect(await told.nextReason() == .handshakeRefused(status: 403))
            _ = try await caller.connect("/ws/unoffered", station.port)
            #expect(await told.nextReason() == .handshakeRefused(status: 400))
            await caller.group.stop()
            let hasty = try await Caller { $0.connectTime = .milliseconds(200) }
            var heard = hasty.told.makeAsyncIterator()
            _ = try await hasty.connect("/later", station.port)
            #expect(await heard.nextReason() == .timedOut(.connect))
            await hasty.group.stop()
        }
        let gone = try await Station()
        await gone.group.stop()
        let caller = try await Caller()
        var told = caller.told.makeAsyncIterator()
        _ = try await caller.connect("/ws", gone.port)
        #expect(await told.nextReason() == .lost(errno: ECONNREFUSED))
        await #expect(throws: TransportError.badPort(70_000)) {
            _ = try await caller.connect("/ws", 70_000)
        }
        await caller.group.stop()
        await #expect(throws: TransportError.stopped) {
            _ = try await caller.connect("/ws", gone.port)
        }
    }

    @Test func `requests are answered once`() async throws {
        try await Station.run { station in
            let caller = try await Caller()
            #expect(
                try await ask(.post, "/x", [0x68, 0x69], caller, station.port) == [0x68, 0x69]
            )
            #expect(try await ask(.get, "/big", [], caller, station.port) == nil)
            #expect(try await ask(.get, "/x", [], caller, station.port) == [])
            let streamed = try await ask(.get, "/stream/25000", [], caller, station.port)
            #expect(streamed == Pattern.bytes(0..<25_000))
            #expect(try await ask(.get, "/broken/25000/stream", [], caller, station.port) == nil)
            await caller.group.stop()
        }
    }

    /// The body of the answer, `nil` for any failure.
    private func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: [UInt8],
        _ caller: Caller,
        _ port: Int
    ) async throws -> [UInt8]? {
        let target = OutboundTarget(host: "127.0.0.1", port: port, path: path)
        return await withCheckedContinuation { continuation in
            caller.group.shards[0].post { shard in
                do throws(TransportError) {
                    try shard.request(method, of: target, body: body) { reply, _ in
                        continuation.resume(returning: try? reply.get().body)
                    }
                } catch {
                    Issue.record(error)
                    continuation.resume(returning: nil)
                }
            }
        }
    }

    @Test func `four hundred connections are held at once`() async throws {
        try await Station.run { station in
            let caller = try await Caller { $0.connections = 3_000 }
            var told = caller.told.makeAsyncIterator()
            let port = station.port
            caller.group.shards[0].post { shard in
                for _ in 0..<400 {
                    _ = try? shard.connect(
                        to: OutboundTarget(host: "127.0.0.1", port: port, path: "/ws")
                    )
                }
            }
            var ids: [ConnectionID] = []
            for _ in 0..<400 { ids.append(try #require(await told.nextOpened())) }
            let all = ids
            caller.group.shards[0].post { shard in
                for id in all { shard.send(.text, Array("echo".utf8), to: id) }
            }
            for _ in 0..<400 { #expect(await told.nextMessage() == Array("echo".utf8)) }
            await caller.group.stop()
        }
    }
}
