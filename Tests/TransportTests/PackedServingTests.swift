// Proves that permessage-deflate is agreed on over a real connection, serves single and shared
// messages, leaves short ones alone, and that whoever has none is served as before.
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct PackedServingTests {
    static let long = Array(String(repeating: "echo 路演 ", count: 200).utf8)
    static let offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"

    static func limits(_ change: (inout DeflatePolicy) -> Void = { _ in }) -> (
        inout TransportLimits
    ) -> Void {
        var policy = DeflatePolicy()
        change(&policy)
        return { [policy] in $0.deflate = policy }
    }

    @Test func `a long message goes packed to who agreed, plain to who did not`() async throws {
        try await Station.run(Self.limits()) { station in
            var told = station.told.makeAsyncIterator()
            let packed = try RawPeer(port: station.port)
            let head = try await packed.upgrade(fields: Self.offer)
            #expect(
                head.contains(
                    "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; "
                        + "client_no_context_takeover\r\n"
                )
            )
            let first = try #require(await told.nextOpened())
            let plain = try RawPeer(port: station.port)
            #expect(!(try await plain.upgrade()).contains("Extensions"))
            let second = try #require(await told.nextOpened())
            await station.on { shard in
                shard.broadcast(shard.share(.text, Self.long), to: [first, second])
                shard.send(.text, Self.long, to: first)
                shard.send(.text, [0x61], to: first)
            }
            #expect(try await plain.receiveFrame().payload == Self.long)
            for _ in 0..<2 {
                let frame = try await packed.receiveFrame()
                #expect(frame.first == 0xC1)
                #expect(frame.payload.count < 200)
                #expect(try Self.unpack(frame.payload) == Self.long)
            }
            #expect(try await packed.receiveFrame() == (0x81, [0x61]))
        }
    }

    @Test func `nobody with compression, nothing is packed`() async throws {
        try await Station.run(Self.limits()) { station in
            #expect(await station.on { $0.share(.text, Self.long).isPacked } == false)
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            _ = try await peer.upgrade(fields: Self.offer)
            _ = await told.nextOpened()
            #expect(await station.on { $0.share(.text, Self.long).isPacked })
            #expect(await station.on { $0.share(.text, [0x61]).isPacked } == false)
            try await peer.say(.close, [0x03, 0xE8])
            _ = await told.nextReason()
            #expect(await station.on { $0.share(.text, Self.long).isPacked } == false)
        }
    }

    @Test func `a peer with a small window gets no reference beyond it`() async throws {
        try await Station.run(Self.limits()) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            let narrow =
                "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n"
            _ = try await peer.upgrade(fields: narrow)
            let id = try #require(await told.nextOpened())
            await station.on { shard in
                shard.broadcast(shard.share(.text, Self.long), to: [id])
                shard.send(.text, Self.long, to: id)
            }
            // The shared one was packed with a window of 32 KiB.
            #expect(try await peer.receiveFrame() == (0x81, Self.long))
            let own = try await peer.receiveFrame()
            #expect(own.first == 0xC1)
            #expect(try Self.unpack(own.payload, windowBits: 9) == Self.long)
        }
    }

    @Test func `a peer with a window of 8 bits gets no message that is longer packed`() async throws
    {
        let change = Self.limits {
            $0.keepsOwnContext = true
            $0.threshold = 100
        }
        try await Station.run(change) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            let least = "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8\r\n"
            _ = try await peer.upgrade(fields: least)
            let id = try #require(await told.nextOpened())
            let short = Array(Self.long.prefix(256))
            await station.on { shard in
                for message in [short, Array(Self.long.prefix(257)), short] {
                    shard.send(.binary, message, to: id)
                }
            }
            let first = try await peer.receiveFrame()
            #expect(first.first == 0xC2)
            #expect(try Self.unpack(first.payload) == short)
            #expect(try await peer.receiveFrame() == (0x82, Array(Self.long.prefix(257))))
            // Nothing before it is needed.
            #expect(try await peer.receiveFrame() == first)
        }
    }

    @Test func `with context the second message is smaller, and shared ones go plain`() async throws
    {
        try await Station.run(Self.limits { $0.keepsOwnContext = true }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            _ = try await peer.upgrade(fields: Self.offer)
            let id = try #require(await told.nextOpened())
            await station.on { shard in
                shard.send(.text, Self.long, to: id)
                shard.broadcast(shard.share(.text, Self.long), to: [id])
                shard.send(.text, Self.long, to: id, droppable: true)
                shard.send(.text, Self.long, to: id)
            }
            let first = try await peer.receiveFrame()
            #expect(first.first == 0xC1)
            for _ in 0..<2 {
                let frame = try await peer.receiveFrame()
                #expect(frame == (0x81, Self.long))
            }
            let last = try await peer.receiveFrame()
            #expect(last.first == 0xC1)
            #expect(last.payload.count < first.payload.count)
            let reader = try MessageInflaterForTests(keepsContext: true)
            #expect(try reader.message(first.payload) == Self.long)
            #expect(try reader.message(last.payload) == Self.long)
        }
    }

    @Test func `a bomb is closed with 1009, nonsense with 1007`() async throws {
        try await Station.run(Self.limits()) { station in
            var told = station.told.makeAsyncIterator()
            for (bytes, code) in [(Self.bomb, 1009), ([0x06], 1007)] as [([UInt8], UInt16)] {
                let peer = try RawPeer(port: station.port)
                _ = try await peer.upgrade(fields: Self.offer)
                _ = await told.nextOpened()
                try await peer.send(
                    FrameWriter.frame(.binary, bytes, key: 0x0102_0304, isPacked: true)
                )
                #expect(closeCode(try await peer.receiveFrame()) == code)
                guard case .violation = await told.nextReason() else {
                    Issue.record("another reason")
                    return
                }
            }
        }
    }

    /// A megabyte of zeros, packed.
    static var bomb: [UInt8] {
        var packed: [UInt8] = []
        let deflater = try? MessageDeflater(keepsContext: false, windowBits: 15, level: 9)
        deflater?.pack([UInt8](repeating: 0, count: 1 << 20).span.bytes, into: &packed)
        return packed
    }

    static func unpack(_ payload: [UInt8], windowBits: Int = 15) throws -> [UInt8] {
        try MessageInflaterForTests(keepsContext: false, windowBits: windowBits).message(payload)
    }
}

/// Reads packed payloads as a client would, through a reader of frames.
final class MessageInflaterForTests {
    private var reader: FrameReader

    init(keepsContext: Bool, windowBits: Int = 15) throws {
        let inflater = try MessageInflater(
            keepsContext: keepsContext,
            windowBits: windowBits,
            policy: DeflatePolicy()
        )
        reader = FrameReader(
            role: .client,
            frameLimit: 1 << 20,
            messageLimit: 1 << 20,
            inflater: inflater
        )
    }

    func message(_ payload: [UInt8]) throws -> [UInt8] {
        var bytes = FrameWriter.frame(.binary, payload, isPacked: true)
        return try bytes.withUnsafeMutableBytes { buffer in
            var rest = buffer
            guard case .assembled(_, let message) = try reader.next(&rest) else { return [] }
            return message
        }
    }
}
