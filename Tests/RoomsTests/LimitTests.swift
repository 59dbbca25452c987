// Proves each limit of a room at both sides of its border, and what is still taken beyond it.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct LimitTests {
    private static func limits(_ change: (inout RoomLimits) -> Void) -> RoomLimits {
        var limits = RoomLimits()
        change(&limits)
        return limits
    }

    @Test
    func `a room holds so many members, whose roles still grow`() {
        var rehearsal = Rehearsal(limits: Self.limits { $0.members = 8 })
        #expect(rehearsal.room.members.count == 7)
        let last = Command.admit(.sample(8), roles: [.audience], slots: [])
        #expect((try? rehearsal.give(last, by: .server).get())?.count == 1)
        let tooMany = Command.admit(.sample(9), roles: [.audience], slots: [])
        #expect(rehearsal.give(tooMany, by: .server) == .failure(.roomFull(limit: 8)))
        let change = Command.admit(.sample(8), roles: [.presenter], slots: [.first])
        #expect((try? rehearsal.give(change, by: .server).get())?.count == 1)
    }

    @Test
    func `a room takes so many questions, removed ones counted`() {
        var rehearsal = Rehearsal.at(.live, limits: Self.limits { $0.questions = 2 })
        let ask = Command.ask("why?", about: nil)
        rehearsal.give([ask, ask])
        #expect(rehearsal.room.questions.count == 2)
        #expect(rehearsal.answer(to: ask) == .failure(.tooManyQuestions(limit: 2)))
        rehearsal.give(.redact(rehearsal.room.sequence, .spam))
        #expect(rehearsal.answer(to: ask) == .failure(.tooManyQuestions(limit: 2)))
    }

    /// A live room with a slot on stage whose log takes one more event, and the number it ends at.
    private static func almostFull() -> (Rehearsal, Int) {
        let events = Int(Rehearsal.live(.pitch).room.sequence) + 1
        return (.live(.pitch, limits: limits { $0.events = events }), events)
    }

    @Test
    func `the last event of a log is taken, and then none that is not needed`() {
        var (rehearsal, limit) = Self.almostFull()
        #expect((try? rehearsal.give(.say("hi")).get())?.count == 1)
        let question = rehearsal.room.sequence
        let refused: [Command] = [
            .say("hi"), .ask("why?", about: nil), .markReady(.second),
            .skipSlot(.second, reason: nil),
            .startQuestions, .finishSlot, .pauseClock, .pauseRoom,
            .extendClock(milliseconds: 1_000, reason: nil), .placeSlides(.first, []),
        ]
        for command in refused {
            #expect(rehearsal.answer(to: command) == .failure(.roomFull(limit: limit)))
        }
        let admit = Command.admit(.sample(1), roles: [.audience], slots: [])
        #expect(rehearsal.answer(to: admit, by: .server) == .failure(.roomFull(limit: limit)))
        #expect((try? rehearsal.give(.redact(question, .spam)).get())?.count == 1)
    }

    @Test
    func `a full room is timed, ended, closed`() {
        var (rehearsal, _) = Self.almostFull()
        rehearsal.give(.say("hi"))
        #expect((try? rehearsal.give(.keepTime, by: .server, after: 60_000).get())?.count == 1)
        #expect((try? rehearsal.give(.makeUp(milliseconds: 1), by: .server).get())?.count == 1)
        rehearsal.give([.endRoom, .confirmEnd, .closeRoom])
        #expect(rehearsal.room.lifecycle == .closed)
    }

    @Test
    func `a full room is cancelled, and is refused what its state or speaker forbids first`() {
        var (rehearsal, _) = Self.almostFull()
        rehearsal.give(.say("hi"))
        let stranger = Person.stranger.actor
        #expect(rehearsal.answer(to: .pauseClock, by: stranger) == .failure(.notAdmitted))
        #expect(rehearsal.answer(to: .resumeClock) == .failure(.clockNotStopped))
        rehearsal.give(.cancelRoom(reason: nil))
        #expect(rehearsal.room.lifecycle == .cancelled)
    }
}
