// Proves what happens on a WebSocket over a real socket, from the upgrade to each kind of end.
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct WebSocketServingTests {
    @Test func `frames right behind the handshake are heard`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            let frame = FrameWriter.frame(.text, Array("echo 1".utf8), key: 5)
            try await peer.send(Array(RawPeer.handshake.utf8) + frame + frame.prefix(3))
            _ = try await peer.receiveHead()
            #expect(try await peer.receiveFrame().payload == Array("echo 1".utf8))
            try await peer.send(Array(frame.dropFirst(3)))
            #expect(try await peer.receiveFrame().payload == Array("echo 1".utf8))
        }
    }

    @Test(arguments: [0, 125, 126, 65_535, 65_536, 1 << 20])
    func `messages of each form of length come back`(count: Int) async throws {
        try await Station.run({
            $0.message = 2 << 20; $0.frame = 2 << 20
        }) { station in
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let message = Array("echo".utf8) + [UInt8](repeating: 9, count: count)
            try await peer.say(.binary, message)
            let frame = try await peer.receiveFrame()
            #expect(frame.first == 0x82)
            #expect(frame.payload == message)
        }
    }

    @Test func `a thousand messages in one write come back in order`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let said = (0..<1_000).map { Array("echo \($0)".utf8) }
            try await peer.send(said.flatMap { FrameWriter.frame(.text, $0, key: 77) })
            for message in said { #expect(try await peer.receiveFrame().payload == message) }
        }
    }

    @Test func `a ping is answered between the fragments of a message`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let bytes =
                FrameWriter.frame(.text, Array("ec".utf8), key: 1, isFinal: false)
                + FrameWriter.frame(.ping, [1, 2], key: 2)
                + FrameWriter.frame(.continuation, Array("ho".utf8), key: 3)
            for byte in bytes { try await peer.send([byte]) }
            let pong = try await peer.receiveFrame()
            #expect(pong.first == 0x8A && pong.payload == [1, 2])
            #expect(try await peer.receiveFrame().payload == Array("echo".utf8))
        }
    }

    @Test func `the peer's close is answered with its code, and ends the stream`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            try await peer.say(.close, [0x0F, 0xA1] + Array("bye".utf8))
            #expect(try await peer.receiveAll() == [0x88, 2, 0x0F, 0xA1])
            #expect(await told.nextReason() == .peer(CloseCode(rawValue: 4001)))
        }
    }

    @Test func `our close waits for the peer's, and takes no message meanwhile`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let connection = try #require(await told.nextOpened())
            let isSent = await station.on { shard in
                shard.close(connection, with: CloseCode(rawValue: 4501), reason: "signed out")
                return shard.send(.text, [0x61], to: connection)
            }
            #expect(!isSent)
            #expect(closeCode(try await peer.receiveFrame()) == 4501)
            try await peer.say("echo")
            try await peer.say(.close, [0x11, 0x95])
            #expect(try await peer.receiveAll() == [])
            #expect(await told.next() == .closed(connection, .local(CloseCode(rawValue: 4501))))
        }
    }

    static let violations: [(bytes: [UInt8], code: UInt16, reason: ProtocolViolation)] = [
        ([0xC1, 0x80, 0, 0, 0, 0], 1002, .reservedBits(4)),
        ([0x81, 0x01, 0x61], 1002, .notMasked),
        (FrameWriter.frame(.text, [0xFF], key: 3), 1007, .notUTF8),
        (
            [0x82, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 1, 1, 2, 3, 4], 1009,
            .frameTooLong(bytes: 1 << 20 | 1, limit: 1 << 20)
        ),
    ]

    @Test(arguments: violations)
    func `a violation is told and ends the stream without a reset`(
        bytes: [UInt8],
        code: UInt16,
        reason: ProtocolViolation
    ) async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            try await peer.send(bytes + [UInt8](repeating: 0, count: 500_000))
            #expect(closeCode(try await peer.receiveFrame()) == code)
            #expect(try await peer.receiveAll() == [])
            try await peer.endSending()
            #expect(await told.nextReason() == .violation(reason))
        }
    }

    @Test func `a stream that ends without a close frame is lost`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            try await peer.endSending()
            #expect(await told.nextReason() == .lost(errno: 0))
        }
    }

    static let refusals: [(from: String, to: String, status: String, code: Int)] = [
        ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", "426 Upgrade Required", 426),
        ("Upgrade: websocket", "Upgrade: h2c", "426 Upgrade Required", 426),
        ("dGhlIHNhbXBsZSBub25jZQ==", "short", "400 Bad Request", 400),
        ("GET /ws", "GET /ws/unasked", "400 Bad Request", 400),
    ]

    @Test(arguments: refusals)
    func `what is no handshake is refused in words, and its application told`(
        from: String,
        to: String,
        status: String,
        code: Int
    ) async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.send(RawPeer.handshake.replacing(from, with: to))
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 \(status)\r\n"))
            #expect(text.contains("Upgrade: websocket") == (code == 426))
            try await peer.endSending()
            #expect(await told.nextReason() == .handshakeRefused(status: code))
        }
    }

    @Test func `the subprotocol that was chosen is said`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            let offer = "Host: a\r\nSec-WebSocket-Protocol: v2, v1"
            try await peer.send(
                RawPeer.handshake.replacing("Host: a", with: offer)
                    .replacing("GET /ws", with: "GET /ws/v1")
            )
            #expect(try await peer.receiveHead().contains("Sec-WebSocket-Protocol: v1\r\n"))
        }
    }
}
