// Proves what a shard promises beside its sockets: the mailbox's and the timers' order, ids that
// lead nowhere once their connection is gone.
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct ShardTests {
    @Test func `jobs run in the order of posting`() async throws {
        try await Station.run { station in
            let (numbers, tell) = AsyncStream.makeStream(of: Int.self)
            for number in 0..<1_000 { station.shard.post { _ in tell.yield(number) } }
            var iterator = numbers.makeAsyncIterator()
            for number in 0..<1_000 { #expect(await iterator.next() == number) }
        }
    }

    @Test func `timers fire in the order of their time, none early, none that was cancelled`()
        async throws
    {
        try await Station.run { station in
            let (fired, tell) = AsyncStream.makeStream(of: Int.self)
            let start = ContinuousClock.now
            station.shard.post { shard in
                for milliseconds in [50, 10, 30, 20, 10] {
                    shard.schedule(after: .milliseconds(milliseconds)) { _ in
                        #expect(ContinuousClock.now - start >= .milliseconds(milliseconds))
                        tell.yield(milliseconds)
                    }
                }
                let never = shard.schedule(after: .milliseconds(15)) { _ in tell.yield(15) }
                shard.cancel(never)
                shard.schedule(after: .milliseconds(5)) { shard in
                    shard.schedule(after: .milliseconds(60)) { _ in tell.yield(65) }
                    tell.yield(5)
                }
            }
            var iterator = fired.makeAsyncIterator()
            for expected in [5, 10, 10, 20, 30, 50, 65] {
                #expect(await iterator.next() == expected)
            }
        }
    }

    @Test func `an id leads nowhere once its connection is gone, though its place is used again`()
        async throws
    {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let first = try RawPeer(port: station.port)
            try await first.upgrade()
            let old = try #require(await told.nextOpened())
            #expect(await station.on { $0.address(of: old) } == "127.0.0.1")
            await station.on { $0.drop(old) }
            #expect(await told.nextReason() == .local(.goingAway))
            let second = try RawPeer(port: station.port)
            try await second.upgrade()
            let new = try #require(await told.nextOpened())
            #expect(new.index == old.index && new != old)
            let isSent = await station.on { shard in
                shard.close(old, with: .goingAway)
                shard.drop(old)
                return shard.send(.text, [0x61], to: old) || shard.address(of: old) != nil
            }
            #expect(!isSent)
            try await second.say("echo")
            #expect(try await second.receiveFrame().payload == Array("echo".utf8))
        }
    }

    @Test func `frames joined are the frames one by one`() async throws {
        let frames = [SharedFrame.text([0x61]), SharedFrame(.binary, []), .text([0x62, 0x63])]
        #expect(SharedFrame(joining: frames).count == frames.reduce(0) { $0 + $1.count })
        #expect(SharedFrame(joining: []).count == 0)
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let id = try #require(await told.nextOpened())
            await station.on { shard in
                var batch = FrameBatch()
                batch.append(.text, [UInt8]("z".utf8).span.bytes)
                shard.broadcast(SharedFrame(joining: frames + [batch.take()]), to: [id])
                #expect(batch.isEmpty)
            }
            #expect(try await peer.receive(11) == [129, 1, 97, 130, 0, 129, 2, 98, 99, 129, 1])
            #expect(try await peer.receive(1) == [122])
        }
    }

    @Test func `what is said from outside a wakeup is written too`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let id = try #require(await told.nextOpened())
            #expect(await station.shard.send(.text, [0x61], to: id))
            #expect(try await peer.receiveFrame().payload == [0x61])
        }
    }
}
