// Proves that frames which bring nothing are bounded in number, and that who asks and asks is served
// no faster than it takes the answers.
import Foundation
import Testing
import Transport
import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct FloodTests {
    /// Of the rate's both sides: all within one read, so that no time passes for another.
    static let floods: [(opcode: Opcode, count: Int, isBorne: Bool)] = [
        (.ping, 20, true), (.ping, 21, false), (.pong, 20, true), (.pong, 21, false),
    ]

    @Test(arguments: floods)
    func `control frames have a rate`(opcode: Opcode, count: Int, isBorne: Bool) async throws {
        let rate = FrameRate(perSecond: 1, burst: 20)
        try await Station.run({ $0.controlFrames = rate }) { station in
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let flood = FrameWriter.frame(opcode, [0x61], key: 1)
            try await peer.send((0..<count).flatMap { _ in flood })
            if isBorne {
                try await peer.say("echo")
                var frame = try await peer.receiveFrame()
                while frame.first == 0x8A { frame = try await peer.receiveFrame() }
                #expect(frame.payload == Array("echo".utf8))
                return
            }
            var frame = try await peer.receiveFrame()
            while frame.first == 0x8A { frame = try await peer.receiveFrame() }
            #expect(closeCode(frame) == 1008)
        }
    }

    @Test func `its reason is told`() async throws {
        let rate = FrameRate(perSecond: 1, burst: 3)
        try await Station.run({ $0.controlFrames = rate }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            for _ in 0..<9 { try await peer.say(.ping) }
            _ = try await peer.receiveAll()
            try await peer.endSending()
            #expect(await told.nextReason() == .flooding(rate))
        }
    }

    @Test func `who only goes on sending after its end is dropped`() async throws {
        try await Station.run({ $0.closeTime = .seconds(60) }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            let id = try #require(await told.nextOpened())
            await station.on { $0.close(id, with: .goingAway) }
            #expect(closeCode(try await peer.receiveFrame()) == 1001)
            let flood = FrameWriter.frame(.binary, [UInt8](repeating: 1, count: 60_000), key: 1)
            // Twice the limit, or as much as is taken before the end.
            for _ in 0..<40 { do { try await peer.send(flood) } catch { break } }
            #expect(await told.nextReason() == .local(.goingAway))
        }
    }

    @Test func `a message in too many fragments is told 1008`() async throws {
        try await Station.run({ $0.fragments = 4 }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.upgrade()
            var bytes = FrameWriter.frame(.binary, [1], key: 1, isFinal: false)
            for _ in 0..<4 { bytes += FrameWriter.frame(.continuation, [], key: 1, isFinal: false) }
            try await peer.send(bytes)
            #expect(closeCode(try await peer.receiveFrame()) == 1008)
            try await peer.endSending()
            #expect(await told.nextReason() == .violation(.tooManyFragments(limit: 4)))
        }
    }

    /// Answers of one who asks and asks and takes none: not all are made ready.
    @Test func `requests wait behind answers that are not taken`() async throws {
        try await Station.run({ $0.downloadAhead = 10_000 }) { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port, receiveBuffer: 4_096)
            let body = String(repeating: "b", count: 4_000)
            let request = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n\(body)"
            // Far more than the system's buffers and the reading ahead take.
            let flood = Array(repeating: Array(request.utf8), count: 4_000).flatMap { $0 }
            let sent = try await peer.offer(flood)
            #expect(sent < flood.count)
            let asking = try #require(await told.nextRequest())
            let waiting = await station.on { $0.queued(for: asking) }
            #expect(waiting <= 10_000 + 8_000)
        }
    }

    @Test func `many requests at once are all answered, in order`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            let requests = (0..<200).map { number in
                let body = "\(1_000 + number)"
                return "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n\(body)"
            }
            try await peer.send(requests.joined())
            for number in 0..<200 {
                _ = try await peer.receiveHead()
                #expect(try await peer.receive(4) == Array("\(1_000 + number)".utf8))
            }
            // And whoever ends its side behind them is answered too.
            try await peer.send(requests.joined())
            try await peer.endSending()
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.components(separatedBy: "HTTP/1.1 200").count == 201)
        }
    }
}
