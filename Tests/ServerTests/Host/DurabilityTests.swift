// Proves that nobody is told of an event before it is durable, nor of a refusal before its grounds are.
import Ledger
import Rooms
import RoomsTestSupport
import Synchronization
import Testing
import Wire

@testable import Server
@testable import Transport

struct DurabilityTests {
    @Test func `an answer and an event wait for the log`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.audience)
        let id = hall.give(.say("你好"), by: .audience)
        #expect(hall.answer(id) == nil)
        #expect(hall[viewer].events.isEmpty)
        hall.settle()
        let answer = try #require(hall.answer(id)?["ok"])
        #expect(answer["seq"]?.integer == Int64(hall.log.events.count))
        #expect(answer["at"]?.integer == Int64(hall.clock.now.milliseconds))
        #expect(hall[viewer].events.map { $0["seq"] } == [answer["seq"]])
        #expect(hall.faults == [])
    }

    @Test func `the event comes before its answer on the same connection`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.audience)
        let id = hall.give(.say("你好"), by: .audience, on: viewer)
        hall.settle()
        let last = hall[viewer].inbox.suffix(2)
        #expect(last.first?["seq"] != nil)
        #expect(last.last?["re"]?.text == id)
    }

    @Test func `a refusal waits for the events it was decided on`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.audience)
        let pause = hall.give(.pauseRoom, by: .moderator)
        let refused = hall.give(.callSlot(.first), by: .moderator)
        #expect(hall.answer(refused) == nil)
        hall.settle()
        #expect(hall.answer(refused)?["error"]?["code"]?.text == "room.wrong_state")
        #expect(hall[Hall.desk].answers.suffix(2).map { $0["re"]?.text } == [pause, refused])
        #expect(hall[viewer].events.count == 1)
    }

    @Test func `a refusal on durable grounds is told at once`() throws {
        let hall = try Hall.live()
        let refused = hall.give(.openRoom, by: .moderator)
        #expect(hall.answer(refused)?["error"]?["code"]?.text == "room.wrong_state")
        #expect(hall.log.held.isEmpty)
    }

    @Test func `a command that changes nothing waits for what it found`() throws {
        let hall = try Hall.live()
        hall.give(.placeSlides(.first, [.sample, .sample]), by: .moderator)
        let shown = hall.give(.showSlide(.first, page: 2), by: .moderator)
        let again = hall.give(.showSlide(.first, page: 2), by: .moderator)
        hall.settle()
        #expect(hall.answer(again) == nil)
        hall.settle()
        #expect(hall.answer(again)?["ok"]?["seq"] == hall.answer(shown)?["ok"]?["seq"])
    }

    @Test func `commands of one turn are appended together, those of later turns after them`()
        throws
    {
        let hall = try Hall.live()
        let known = UInt64(hall.log.events.count)
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        for place in 1...3 { hall.give(.say("\(place)"), by: speaker, turning: false) }
        #expect(hall.log.held.isEmpty)
        hall.turn()
        hall.give(.say("4"), by: speaker)
        #expect(hall.log.held.map(\.request.expecting) == [known, known + 3])
        #expect(hall.log.held.map(\.request.events.count) == [3, 1])
    }

    @Test func `answers come in the order of the commands`() throws {
        let hall = try Hall.live()
        var ids: [String] = []
        for place in 1...20 {
            // Every third is refused, and waits with the others.
            let command = place.isMultiple(of: 3) ? Command.openRoom : .say("\(place)")
            ids.append(hall.give(command, by: .moderator))
        }
        hall.settleAll()
        #expect(hall[Hall.desk].answers.suffix(20).compactMap { $0["re"]?.text } == ids)
    }

    @Test func `a part of the server is answered when its event is durable`() throws {
        let hall = try Hall.live()
        let answered = Mutex<[Answer]>([])
        hall.host.take(
            .admit(.sample(9), roles: [.audience], slots: []),
            mark: nil,
            by: .server,
            received: hall.clock.now,
            replyTo: .call { result in
                answered.withLock { $0 += [result].compactMap { try? $0.get() } }
            }
        )
        hall.turn()
        #expect(answered.withLock(\.self).isEmpty)
        hall.settle()
        #expect(answered.withLock(\.self).map(\.sequence) == [UInt64(hall.log.events.count)])
    }

    @Test func `whoever joins gets in when its admission is durable`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.stranger)
        #expect(hall[viewer].inbox.isEmpty)
        hall.settle()
        let ok = try #require(hall[viewer].inbox.first?["ok"])
        #expect(ok["you"]?["member"]?.text == "\(Person.stranger.id)")
        #expect(ok["you"]?["roles"]?.items == [.string("audience")])
        #expect(hall.host.here == 1)
    }

    @Test func `whoever joins while events are under way gets them after its snapshot`() throws {
        let hall = try Hall.live()
        let known = Int64(hall.log.events.count)
        hall.give(.say("一"), by: .audience)
        let viewer = hall.seat(.otherAudience)
        #expect(hall[viewer].inbox.first?["ok"]?["snapshot"]?["seq"]?.integer == known)
        hall.settle()
        #expect(hall[viewer].events.map { $0["seq"]?.integer } == [known + 1])
        #expect(hall[viewer].faults == [])
    }

    @Test func `a join of one turn with an event under way has it in the snapshot, once`() throws {
        let hall = try Hall.live()
        hall.serve(.admit(Person.stranger.id, roles: [.audience], slots: []))
        let viewer = hall.seat(.stranger)
        hall.give(.say("一"), by: .audience)
        hall.settleAll()
        #expect(hall[viewer].answers.count == 1)
        #expect(hall[viewer].events.map { $0["seq"]?.integer } == [Int64(hall.log.events.count)])
        #expect(hall[viewer].faults == [])
    }

    @Test func `who joins between two appends that the log answers together misses neither`() throws
    {
        let hall = try Hall.live()
        let viewer = hall.seat(.stranger)
        hall.give(.say("一"), by: .audience)
        let late = hall.connect(Person.stranger.id)
        hall.join(late)
        hall.give(.say("二"), by: .audience)
        while !hall.log.held.isEmpty { hall.settle(turning: false) }
        hall.turn()
        let last = Int64(hall.log.events.count)
        #expect(hall[viewer].events.map { $0["seq"]?.integer } == [last - 1, last])
        #expect(hall[late].events.map { $0["seq"]?.integer } == [last])
        #expect([viewer, late].allSatisfy { hall.fault(of: $0) == nil })
    }

    @Test func `too much under way is asked to wait`() throws {
        let hall = try Hall.live()
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        for _ in 0..<RoomHost.pendingLimit { hall.give(.say("一"), by: speaker, turning: false) }
        let late = hall.give(.say("二"), by: speaker, turning: false)
        hall.turn()
        #expect(hall.answer(late)?["error"]?["code"]?.text == "rate_limited")
        #expect(hall.answer(late)?["error"]?["data"]?["retryMs"]?.integer == 200)
        hall.settle()
        let again = hall.give(.say("二"), by: speaker, id: late)
        hall.settle()
        #expect(hall.answer(again)?["ok"] != nil)
    }

    @Test func `a room's times never decrease`() throws {
        let hall = try Hall.live()
        hall.clock.turn(byMilliseconds: 5_000)
        hall.give(.say("late"), by: .audience)
        hall.host.take(
            .say("early"),
            mark: nil,
            by: Speaker(Person.audience.actor, card: Person.audience.card),
            received: .start,
            replyTo: .nobody
        )
        hall.turn()
        hall.settleAll()
        #expect(hall.log.events.suffix(2).map(\.header.time) == [.start(5_000), .start(5_000)])
    }
}

extension SlideFile {
    static let sample = SlideFile(
        file: String(repeating: "ab", count: 32),
        type: "image/png",
        width: 1_600,
        height: 900
    )
}
