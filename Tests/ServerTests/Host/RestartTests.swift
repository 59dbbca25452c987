// Proves that a room read from its log is the room that was, and that downtime counts against nobody.
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct RestartTests {
    @Test func `a room read from its log equals the one that wrote it`() throws {
        let hall = try Hall.live()
        hall.give(.placeSlides(.first, [.sample, .sample]), by: .presenter)
        hall.give(.callSlot(.first), by: .moderator)
        hall.give(.startPitch, by: .moderator)
        for place in 0..<150 { hall.give(.say("\(place)"), by: .audience) }
        hall.give(.ask("一?", about: .first), by: .otherAudience)
        hall.settleAll()
        let question = UInt64(hall.log.events.count)
        hall.give(.vote(for: question), by: .audience)
        hall.give(.redact(question - 1, .spam), by: .moderator)
        hall.give(.skipSlot(.second, reason: "缺席"), by: .moderator)
        hall.settleAll()
        #expect(hall.host.difference(from: try hall.reloaded()) == nil)
        hall.eraseAll()
        #expect(hall.host.difference(from: try hall.reloaded()) == nil)
    }

    @Test func `whoever followed before resumes after, and the chain goes on`() throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience)
        hall.settleAll()
        let viewers = [hall.seat(nil), hall.seat(.audience), hall.seat(.moderator)]
        hall.give(.say("二"), by: .audience)
        hall.settleAll()
        hall.give(.say("lost"), by: .audience)
        try hall.restart()
        for viewer in viewers {
            hall.resume(viewer)
            #expect(hall[viewer].answers.last?["ok"]?["events"]?.items == [])
        }
        hall.give(.say("三"), by: .audience)
        hall.settleAll()
        for viewer in viewers {
            #expect(hall[viewer].events.count == 2)
            #expect(hall.fault(of: viewer) == nil)
        }
    }

    @Test func `a command under way when the server stopped is decided anew`() throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience, id: "a")
        let known = hall.log.events.count
        try hall.restart()
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settle()
        #expect(hall.answer("a")?["ok"]?["seq"]?.integer == Int64(known) + 1)
    }

    @Test func `a command that the crash left durable and unanswered gets its first answer`() throws
    {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience, id: "a")
        _ = hall.log.settle(.kept)
        let known = hall.log.events.count
        try hall.restart()
        hall.clock.turn(byMilliseconds: 9_000)
        hall.give(.say("一"), by: .audience, id: "a")
        #expect(hall.log.held.isEmpty)
        #expect(hall.answer("a")?["ok"]?["seq"]?.integer == Int64(known))
        #expect(hall.answer("a")?["ok"]?["at"]?.integer == Int64(Timestamp.start.milliseconds))
    }

    @Test func `a running clock makes up for the time away`() throws {
        let hall = try Hall.live()
        hall.give(.callSlot(.first), by: .moderator)
        hall.give(.startPitch, by: .moderator)
        hall.settleAll()
        hall.clock.turn(byMilliseconds: 100_000)
        try hall.restart()
        hall.serve(.makeUp(milliseconds: 100_000))
        // The deadline passed while the server was away: the shift was decided first.
        hall.serve(.keepTime)
        hall.settleAll()
        let clock = hall[hall.seat(nil)].answers.last?["ok"]?["snapshot"]?["clock"]
        #expect(clock?["phase"]?.text == "pitch")
        #expect(clock?["endsAt"]?.integer == Int64(Timestamp.start(160_000).milliseconds))
        hall.clock.turn(byMilliseconds: 60_000)
        hall.serve(.keepTime)
        hall.settleAll()
        let after = hall[hall.seat(nil)].answers.last?["ok"]?["snapshot"]?["clock"]
        #expect(after?["phase"]?.text == "overtime")
    }

    @Test func `a clock that stands, or no clock, makes up for nothing`() throws {
        let hall = try Hall.live()
        let known = hall.log.events.count
        hall.serve(.makeUp(milliseconds: 5_000))
        #expect(hall.log.held.isEmpty)
        hall.give(.callSlot(.first), by: .moderator)
        hall.settleAll()
        hall.serve(.makeUp(milliseconds: 5_000))
        hall.serve(.makeUp(milliseconds: 0))
        #expect(hall.log.held.isEmpty)
        #expect(hall.log.events.count == known + 1)
    }

    @Test func `a log with an event missing, changed or unknown is refused with its place`() throws
    {
        let hall = try Hall.live()
        let events = hall.log.events
        let fresh = try Hall().host
        try fresh.load(events[0])
        #expect(throws: RoomHost.LoadError.chainBroken(at: 3)) { try fresh.load(events[2]) }
        let other = events[1].replacingFirstPart(
            with: #"{"type":"room.opened","by":null,"data":{}}"#
        )
        #expect(throws: RoomHost.LoadError.chainBroken(at: 2)) { try fresh.load(other) }
        try fresh.load(events[1])
        #expect(throws: RoomHost.LoadError.chainBroken(at: 2)) { try fresh.load(events[1]) }

        let room = try #require(Hall.room)
        var head = ChainHead.start(room: room, genesis: Hall.genesis)
        let salt = [UInt8](repeating: 0, count: 32)
        let strange = head.seal(
            [(.server, Array(#"{"type":"room.danced","by":null,"data":{}}"#.utf8))],
            at: .start,
            command: nil,
            salts: { salt }
        )
        #expect(throws: RoomHost.LoadError.unreadable(at: 1)) { try Hall().host.load(strange) }
    }

    @Test func `another genesis or room is another chain`() throws {
        let hall = try Hall.live()
        let other = RoomHost(
            id: try #require(Hall.room),
            genesis: Array(#"{"v":2}"#.utf8),
            epoch: 1,
            limits: RoomLimits(),
            checkpoints: CheckpointMaker(server: "test", key: hall.key),
            now: { .start },
            salts: { [] }
        )
        #expect(throws: RoomHost.LoadError.chainBroken(at: 1)) {
            try other.load(hall.log.events[0])
        }
    }
}

extension SealedEvent {
    /// The same event with other bytes in its first part, as whoever edits the log would make it.
    fileprivate func replacingFirstPart(with text: String) -> SealedEvent {
        let first = Part(
            audience: .server,
            salt: [UInt8](repeating: 0, count: Part.saltByteCount),
            bytes: Array(text.utf8)
        )
        let parts = [KeptPart.whole(first)] + self.parts.dropFirst()
        return SealedEvent(header: header, parts: parts, hash: hash, command: command)
    }
}
