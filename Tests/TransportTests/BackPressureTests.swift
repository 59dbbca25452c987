// Proves that a slow reader costs bounded memory and nobody else: droppable frames go first, then
// it is told 1013.
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct BackPressureTests {
    static let limit = 256 * 1024

    @Test func `a slow reader is told 1013, others hear all`() async throws {
        try await Station.run({ $0.outbound = Self.limit }) { station in
            var told = station.told.makeAsyncIterator()
            let slow = try RawPeer(port: station.port, receiveBuffer: 4_096)
            try await slow.upgrade()
            let slowID = try #require(await told.nextOpened())
            let quick = try RawPeer(port: station.port)
            try await quick.upgrade()
            let quickID = try #require(await told.nextOpened())
            let message = [UInt8](repeating: 0x7A, count: 50_000)
            var rounds = 0
            while true {
                let queued = await station.on { shard in
                    shard.broadcast(SharedFrame(.binary, message), to: [slowID, quickID])
                    return shard.queued(for: slowID)
                }
                #expect(queued <= Self.limit + message.count)
                #expect(try await quick.receiveFrame().payload == message)
                rounds += 1
                let isOpen = await station.on { $0.send(.text, [], to: quickID) }
                #expect(isOpen)
                _ = try await quick.receiveFrame()
                if !(await station.on { $0.send(.text, [0x61], to: slowID) }) { break }
            }
            var frame = try await slow.receiveFrame()
            var heard = 0
            while frame.first != 0x88 {
                if frame.first == 0x82 { heard += 1 }
                frame = try await slow.receiveFrame()
            }
            #expect(closeCode(frame) == 1013)
            #expect(heard < rounds)
            try await slow.say(.close, [0x03, 0xF5])
            guard case .tooSlow(let queued) = await told.nextReason() else {
                Issue.record("another reason")
                return
            }
            #expect(queued <= Self.limit + message.count)
        }
    }

    @Test func `droppable frames are left out first`() async throws {
        try await Station.run({ $0.outbound = Self.limit }) { station in
            var told = station.told.makeAsyncIterator()
            let slow = try RawPeer(port: station.port, receiveBuffer: 4_096)
            try await slow.upgrade()
            let id = try #require(await told.nextOpened())
            let signal = SharedFrame(.binary, [UInt8](repeating: 1, count: 60_000))
            // Fill what the kernel buffers, and more than the limit on top of it.
            for _ in 0..<400 {
                await station.on { $0.broadcast(signal, to: [id], droppable: true) }
            }
            let queued = await station.on { $0.queued(for: id) }
            #expect(queued > 0 && queued <= Self.limit)
            // An event finds room: the signals make it.
            let isSent = await station.on { shard in
                shard.send(.text, [UInt8](repeating: 0x65, count: 200_000), to: id)
            }
            #expect(isSent)
            var frame = try await slow.receiveFrame()
            while frame.first == 0x82 { frame = try await slow.receiveFrame() }
            #expect(frame.first == 0x81 && frame.payload.count == 200_000)
        }
    }

    @Test func `one message longer than the limit goes out to a peer that reads`() async throws {
        try await Station.run({ $0.outbound = Self.limit }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let id = try #require(await told.nextOpened())
            let message = [UInt8](repeating: 7, count: 3_000_000)
            #expect(await station.on { $0.send(.binary, message, to: id) })
            #expect(try await peer.receiveFrame().payload == message)
            #expect(await station.on { $0.queued(for: id) } == 0)
        }
    }

    @Test func `many messages of one wakeup to a peer that reads are no overflow`() async throws {
        try await Station.run({ $0.outbound = Self.limit }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let id = try #require(await told.nextOpened())
            // Three times the limit in all, which the kernel's buffers take.
            await station.on { shard in
                for number in 0..<100 {
                    shard.send(.binary, [UInt8](repeating: UInt8(number), count: 8_000), to: id)
                }
            }
            for number in 0..<100 {
                let frame = try await peer.receiveFrame()
                #expect(frame.payload == [UInt8](repeating: UInt8(number), count: 8_000))
            }
        }
    }
}
