// Proves that TLS changes nothing of what is served, also to slow readers and in any sizes, and that
// whoever does not speak it is told or let go.
import Dispatch
import HTTP
import HTTPTypes
import TLS
import TLSTestSupport
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct SecureServingTests {
    typealias Caller = ClientRoleTests.Caller

    @Test(arguments: [false, true])
    func `messages go both ways, in any number and size`(isPacked: Bool) async throws {
        let papers = try Papers()
        let change = { (limits: inout TransportLimits) in
            guard isPacked else { return }
            limits.deflate = DeflatePolicy()
            limits.deflate?.keepsOwnContext = true
            limits.deflate?.keepsPeerContext = true
        }
        try await Station.run(tls: try papers.server(), change) { station in
            let caller = try await Caller(change)
            var told = caller.told.makeAsyncIterator()
            let id = try await caller.connect(
                "/ws/v1",
                station.port,
                tls: try papers.client()
            )
            #expect(await told.nextOpened() == id)
            let said = (0..<200).map { number in
                Array("echo".utf8)
                    + (0..<number * 137).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) }
            }
            caller.group.shards[0].post { shard in
                for message in said { shard.send(.binary, message, to: id) }
            }
            for message in said { #expect(await told.nextMessage() == message) }
            caller.group.shards[0].post { $0.close(id, with: .normal) }
            #expect(await told.nextReason() == .local(.normal))
            await caller.group.stop()
        }
    }

    @Test func `a long body goes whole both ways`() async throws {
        let papers = try Papers()
        let body = (0..<8_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try await Station.run(tls: try papers.server()) { station in
            let caller = try await Caller()
            let target = OutboundTarget(
                host: "127.0.0.1",
                port: station.port,
                path: "/x",
                tls: try papers.client()
            )
            let reply: Result<Response, RequestFailure> = try await withCheckedThrowingContinuation
            {
                continuation in
                caller.group.shards[0].post { shard in
                    do {
                        try shard.request(.post, of: target, body: body) { reply, _ in
                            continuation.resume(returning: reply)
                        }
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
            #expect(try reply.get().body == body)
            await caller.group.stop()
        }
    }

    @Test func `a slow reader is told 1013 in bounded memory`() async throws {
        let papers = try Papers()
        let limit = 256 * 1024
        try await Station.run(tls: try papers.server(), { $0.outbound = limit }) { station in
            var told = station.told.makeAsyncIterator()
            // The reader's shard is held up, so that it takes nothing.
            let caller = try await Caller()
            var heard = caller.told.makeAsyncIterator()
            _ = try await caller.connect("/ws/v1", station.port, tls: try papers.client())
            _ = await heard.nextOpened()
            let id = try #require(await told.nextOpened())
            let message = [UInt8](repeating: 0x7A, count: 50_000)
            let release = Gate()
            caller.group.shards[0].post { _ in release.wait() }
            var isOpen = true
            while isOpen {
                let queued = await station.on { shard in
                    shard.broadcast(SharedFrame(.binary, message), to: [id])
                    return shard.queued(for: id)
                }
                // What is sealed and did not fit the socket comes on top: four records.
                #expect(queued <= limit + message.count + 70_000)
                isOpen = await station.on { $0.send(.text, [0x61], to: id) }
            }
            release.open()
            #expect(await heard.nextReason() == .peer(.tryAgainLater))
            guard case .tooSlow = await told.nextReason() else {
                Issue.record("another reason")
                return
            }
            await caller.group.stop()
        }
    }

    @Test func `HTTP without TLS is told where it is`() async throws {
        try await Station.run(tls: try Papers().server()) { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 400"))
            #expect(text.contains("https"))
        }
    }

    @Test func `who says nothing, or nonsense, is let go`() async throws {
        let limits = { (limits: inout TransportLimits) in
            limits.handshakeTime = .milliseconds(100)
        }
        try await Station.run(tls: try Papers().server(), limits) { station in
            let silent = try RawPeer(port: station.port)
            #expect(try await silent.receiveAll() == [])
            let half = try RawPeer(port: station.port)
            try await half.send([0x16, 0x03, 0x01, 0x02])
            #expect(try await half.receiveAll() == [])
            let mad = try RawPeer(port: station.port)
            try await mad.send([UInt8](repeating: 0x16, count: 500))
            // An alert at most, and the end.
            #expect(try await mad.receiveAll().count <= 7)
            #expect(await station.on { $0.connectionCount } == 0)
        }
    }

    @Test func `a client refuses who is not whom it asked for`() async throws {
        let papers = try Papers(hosts: ["other.example"])
        try await Station.run(tls: try papers.server()) { station in
            let caller = try await Caller()
            var told = caller.told.makeAsyncIterator()
            _ = try await caller.connect("/ws/v1", station.port, tls: try papers.client())
            guard case .insecure(.handshake) = await told.nextReason() else {
                Issue.record("another reason")
                return
            }
            await caller.group.stop()
        }
    }
}

/// Holds a queue up until it is opened.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func wait() { semaphore.wait() }
    func open() { semaphore.signal() }
}
