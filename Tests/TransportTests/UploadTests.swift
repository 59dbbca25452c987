// Proves that bodies go to their sinks as fast as these take them, in bounded memory, with the same
// limits as other bodies, and that what does not end well is given up.
import Foundation
import HTTP
import HTTPTypes
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct UploadTests {
    static func chunked(_ path: String, _ chunks: [String], _ more: String = "") -> String {
        let body = chunks.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined()
        return
            "POST \(path) HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\(more)\r\n\(body)0\r\n\r\n"
    }

    @Test(arguments: ["/x", "/store"])
    func `chunked bodies among other requests keep their places`(path: String) async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send(
                Self.chunked(path, ["one, ", "two"]) + HTTPServingTests.post(path, "three")
                    + Self.chunked(path, []) + HTTPServingTests.post(path, "")
                    + Self.chunked(path, ["four"], "Connection: close\r\n")
            )
            for body in ["one, two", "three", "", "", "four"] {
                let head = try await peer.receiveHead()
                #expect(head.hasPrefix("HTTP/1.1 200"))
                #expect(head.contains("Content-Length: \(body.utf8.count)\r\n"))
                #expect(try await peer.receive(body.utf8.count) == Array(body.utf8))
            }
            #expect(try await peer.receiveAll() == [])
        }
    }

    private func post(_ path: String, _ count: Int) -> [UInt8] {
        Array("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n".utf8)
    }

    @Test func `a peer is read as fast as the sink takes`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            let body = Pattern.bytes(0..<24_000_000)
            try await peer.send(post("/hold", body.count))
            let taken = try await peer.offer(body)
            #expect(taken < 16_000_000)
            let basket = try #require(
                await station.on { shard in (shard.application as? Probe)?.held }
            )
            let limits = TransportLimits()
            #expect(basket.bytes.count >= limits.uploadAhead)
            #expect(basket.bytes.count <= limits.uploadAhead + limits.readAhead)
            #expect(basket.largest <= limits.readAhead)
            basket.letGo()
            try await peer.send(Array(body[taken...]))
            let head = try await peer.receiveHead()
            #expect(head.contains("Content-Length: 24000000\r\n"))
            #expect(try await peer.receive(body.count) == body)
        }
    }

    @Test func `a sink's refusal is the answer and the end`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.send(post("/full", 9_000_000) + [UInt8](repeating: 1, count: 9_000_000))
            try await peer.send(HTTPServingTests.get("/never"))
            try await peer.endSending()
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 507") && text.contains("Connection: close"))
            #expect(text.components(separatedBy: "HTTP/1.1").count == 2)
            #expect(await told.next() == .released)
        }
    }

    @Test func `a body beyond its limit is refused as it grows, and its sink given up`()
        async throws
    {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            try await peer.send(post("/store", 1 << 25 + 1))
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 413"))
            #expect(await told.next() == .released)
            let second = try RawPeer(port: station.port)
            let head = "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            try await second.send(head + "6\r\nabcdef\r\n5\r\nabcde\r\n0\r\n\r\n")
            let answer = try await second.receiveHead()
            #expect(answer.hasPrefix("HTTP/1.1 413") && answer.contains("Connection: close"))
        }
    }

    @Test func `a sink is given up with its peer`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            var peer: RawPeer? = try RawPeer(port: station.port)
            try await peer?.send(post("/store", 100) + [1, 2, 3])
            while await station.on({ ($0.application as? Probe)?.held?.bytes.count }) != 3 {
                await Task.yield()
            }
            peer = nil
            #expect(await told.next() == .released)
        }
    }

    @Test func `a body that comes too slowly is given up, one whose sink is slow is not`()
        async throws
    {
        try await Station.run({
            $0.bodyTime = .seconds(1)
            $0.bodyRate = 1 << 30
        }) { station in
            var told = station.told.makeAsyncIterator()
            let slow = try RawPeer(port: station.port)
            let size = TransportLimits().uploadAhead
            try await slow.send(post("/hold", size) + [UInt8](repeating: 1, count: size))
            while await station.on({ ($0.application as? Probe)?.held?.bytes.count }) != size {
                await Task.yield()
            }
            let basket = await station.on { ($0.application as? Probe)?.held }
            let silent = try RawPeer(port: station.port)
            try await silent.send(post("/store", 100) + [1, 2, 3])
            #expect(try await silent.receiveHead().hasPrefix("HTTP/1.1 408"))
            #expect(await told.next() == .released)
            basket?.letGo()
            #expect(try await slow.receiveHead().hasPrefix("HTTP/1.1 200"))
        }
    }

    // MARK: 100 Continue

    private static let waiting =
        "POST /decide HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"

    private func decided(_ station: Station, _ plan: RequestPlan) async {
        while !(await station.on { $0.decide(plan) }) { await Task.yield() }
    }

    @Test func `a peer that waits is invited when the plan is there, not before`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send(Self.waiting)
            await decided(station, .read(bodyLimit: 10))
            #expect(try await peer.receiveHead() == "HTTP/1.1 100 Continue\r\n\r\n")
            try await peer.send("2\r\nok\r\n0\r\n\r\n")
            try await peer.endSending()
            while !(await station.on { $0.answerDecided() }) { await Task.yield() }
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a final answer goes out instead of an invitation`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send(Self.waiting)
            await decided(station, .refuse(Response(status: .forbidden)))
            let text = String(decoding: try await peer.receiveAll(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 403") && text.contains("Connection: close"))
            let large = try RawPeer(port: station.port)
            try await large.send(
                "POST /small HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n"
            )
            #expect(try await large.receiveHead().hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func `a peer that has begun its body needs no invitation`() async throws {
        try await Station.run { station in
            let peer = try RawPeer(port: station.port)
            try await peer.send(Self.waiting + "2\r\nok\r\n0\r\n\r\n")
            await decided(station, .read(bodyLimit: 10))
            while !(await station.on { $0.answerDecided() }) { await Task.yield() }
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 200"))
            let empty = try RawPeer(port: station.port)
            try await empty.send(
                "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n"
            )
            #expect(try await empty.receiveHead().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a WebSocket may be decided on later`() async throws {
        try await Station.run { station in
            var told = station.told.makeAsyncIterator()
            let peer = try RawPeer(port: station.port)
            let handshake = RawPeer.handshake.replacing("GET /ws", with: "GET /decide")
            try await peer.send(handshake)
            try await peer.say("echo early")
            await decided(station, .upgrade(subprotocol: nil, fields: [:]))
            #expect(try await peer.receiveHead().hasPrefix("HTTP/1.1 101"))
            #expect(await told.nextOpened() != nil)
            #expect(try await peer.receiveFrame().payload == Array("echo early".utf8))
            try await peer.say("echo late")
            #expect(try await peer.receiveFrame().payload == Array("echo late".utf8))
        }
    }
}

extension Shard {
    /// Decides on what waits for it; `false` while nothing does.
    fileprivate func decide(_ plan: RequestPlan) -> Bool {
        guard let probe = application as? Probe, let connection = probe.undecided else {
            return false
        }
        probe.undecided = nil
        return proceed(connection, with: plan)
    }

    /// Answers the request that was decided on, once it is there.
    fileprivate func answerDecided() -> Bool {
        guard let probe = application as? Probe, let connection = probe.unanswered else {
            return false
        }
        return respond(to: connection, with: Response())
    }
}
