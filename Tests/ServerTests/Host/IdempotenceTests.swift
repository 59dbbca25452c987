// Proves that a command sent again gets its first answer, and that its id serves no other command.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct IdempotenceTests {
    @Test func `the same command gets the first answer`() throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settle()
        let first = hall.answer("a")
        hall.clock.turn(byMilliseconds: 10)
        hall.give(.say("二"), by: .audience, id: "b")
        hall.settle()
        let known = hall.log.events.count
        hall.give(.say("一"), by: .audience, id: "a")
        #expect(hall.log.held.isEmpty)
        #expect(hall.log.events.count == known)
        #expect(hall[Hall.desk].answers.filter { $0["re"]?.text == "a" } == [first, first])
    }

    @Test func `sent again while it is under way, both wait and get one answer`() throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience, id: "a")
        hall.give(.say("一"), by: .audience, id: "a")
        #expect(hall.answer("a") == nil)
        #expect(hall.log.held.count == 1)
        hall.settleAll()
        let answers = hall[Hall.desk].answers.filter { $0["re"]?.text == "a" }
        #expect(answers.count == 2)
        #expect(answers.first == answers.last)
    }

    @Test func `sent again behind later commands, it still waits for all of them`() throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience, id: "a")
        hall.give(.say("二"), by: .audience, id: "b")
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settle()
        #expect(hall[Hall.desk].answers.suffix(1).map { $0["re"]?.text } == ["a"])
        hall.settle()
        #expect(hall[Hall.desk].answers.suffix(3).map { $0["re"]?.text } == ["a", "b", "a"])
    }

    @Test(arguments: [false, true])
    func `the same id with another payload is refused`(isDurable: Bool) throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience, id: "a", payload: "one")
        if isDurable { hall.settle() }
        hall.give(.say("二"), by: .audience, id: "a", payload: "two")
        hall.settleAll()
        let answers = hall[Hall.desk].answers.filter { $0["re"]?.text == "a" }
        #expect(answers.first?["ok"] != nil)
        #expect(answers.last?["error"]?["code"]?.text == "command.id_reused")
        #expect(hall.log.held.isEmpty)
    }

    @Test func `the first answer and the refusal of another payload survive a restart`() throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience, id: "a", payload: "one")
        hall.settle()
        let first = hall.answer("a")
        try hall.restart()
        hall.clock.turn(byMilliseconds: 60_000)
        hall.give(.say("一"), by: .audience, id: "a", payload: "one")
        #expect(hall.answer("a") == first)
        hall.give(.say("一"), by: .audience, id: "a", payload: "two")
        #expect(hall.answer("a")?["error"]?["code"]?.text == "command.id_reused")
        #expect(hall.log.held.isEmpty)
    }

    @Test func `a command of several events is answered with its first, also after a restart`()
        throws
    {
        let hall = try Hall.live()
        hall.give(.callSlot(.first), by: .moderator)
        hall.give(.startPitch, by: .moderator)
        hall.settleAll()
        let known = Int64(hall.log.events.count)
        hall.give(.pauseRoom, by: .moderator, id: "p")
        hall.settleAll()
        #expect(hall.log.events.count == Int(known) + 2)
        #expect(hall.answer("p")?["ok"]?["seq"]?.integer == known + 1)
        let first = hall.answer("p")
        try hall.restart()
        hall.give(.pauseRoom, by: .moderator, id: "p")
        #expect(hall.answer("p") == first)
    }

    @Test func `a refusal is not kept and may be decided anew`() throws {
        let hall = try Hall.live()
        hall.give(.startPitch, by: .moderator, id: "s")
        #expect(hall.answer("s")?["error"]?["code"]?.text == "slot.none_on_stage")
        hall.give(.callSlot(.first), by: .moderator)
        hall.give(.startPitch, by: .moderator, id: "s")
        hall.settleAll()
        #expect(hall.answer("s")?["ok"] != nil)
    }

    @Test func `two people may use the same id`() throws {
        let hall = try Hall.live()
        let known = Int64(hall.log.events.count)
        hall.give(.say("一"), by: .audience, id: "a", payload: "one")
        hall.give(.say("二"), by: .otherAudience, id: "a", payload: "two")
        hall.settleAll()
        let answers = hall[Hall.desk].answers.filter { $0["re"]?.text == "a" }
        #expect(answers.map { $0["ok"]?["seq"]?.integer } == [known + 1, known + 2])
    }

    @Test func `a guest keeps its answers through a role of its own`() throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settleAll()
        let first = hall.answer("a")
        hall.serve(.admit(Person.audience.id, roles: [.presenter], slots: [.first]))
        hall.settleAll()
        hall.give(.say("一"), by: .audience, id: "a")
        #expect(hall.answer("a") == first)
    }
}
