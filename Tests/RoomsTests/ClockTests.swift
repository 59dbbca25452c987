// Proves the clock: pause, resume, extension, deadlines at their borders, room pauses and restarts.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

/// The pitch has 60 s, overtime 10 s, questions 30 s; the pitch begins at `start`.
struct ClockTests {
    static let overtime = Draft(.overtimeStarted(.first, endsAt: .start(70_000)))
    static let questions = Draft(.questionsStarted(.first, endsAt: .start(100_000)))

    /// What is due so many milliseconds after the pitch began.
    static let due: [(elapsed: UInt64, drafts: [Draft])] = [
        (0, []), (59_999, []),
        (60_000, [overtime]), (60_001, [overtime]), (69_999, [overtime]),
        (70_000, [overtime, questions]), (1_000_000, [overtime, questions]),
    ]

    @Test(arguments: due)
    func `each phase begins where the one before ended`(elapsed: UInt64, drafts: [Draft]) {
        var rehearsal = Rehearsal.live(.pitch)
        #expect(rehearsal.room.roadshow.nextDeadline == .start(60_000))
        #expect(rehearsal.give(.keepTime, by: .server, after: elapsed) == .success(drafts))
        #expect(rehearsal.answer(to: .keepTime, by: .server) == .success([]))
    }

    @Test(
        arguments: [(9_999, []), (10_000, [questions]), (10_001, [questions])]
            as [(UInt64, [Draft])]
    )
    func `questions follow overtime`(elapsed: UInt64, drafts: [Draft]) {
        var rehearsal = Rehearsal.live(.overtime)
        #expect(rehearsal.room.roadshow.nextDeadline == .start(70_000))
        #expect(rehearsal.give(.keepTime, by: .server, after: elapsed) == .success(drafts))
    }

    @Test
    func `questions stay at 0 until the moderator ends them`() {
        var rehearsal = Rehearsal.live(.questions)
        #expect(rehearsal.room.roadshow.nextDeadline == nil)
        #expect(rehearsal.give(.keepTime, by: .server, after: 1_000_000) == .success([]))
        #expect(rehearsal.room.roadshow.clock?.remaining(at: rehearsal.now) == 0)
        #expect(rehearsal.give(.finishSlot) == .success([Draft(.slotFinished(.first))]))
    }

    @Test
    func `without grace the pitch goes over to questions at once`() {
        var rehearsal = Rehearsal(.sample(grace: 0))
        rehearsal.give([.openRoom, .startRoom, .callSlot(.first), .startPitch])
        let drafts = [
            Draft(.overtimeStarted(.first, endsAt: .start(60_000))),
            Draft(.questionsStarted(.first, endsAt: .start(90_000))),
        ]
        #expect(rehearsal.answer(to: .keepTime, by: .server, after: 59_999) == .success([]))
        #expect(rehearsal.answer(to: .keepTime, by: .server, after: 60_000) == .success(drafts))
    }

    /// What is left when the clock is paused so long after the pitch began.
    @Test(
        arguments: [(0, 60_000), (1, 59_999), (59_999, 1), (60_000, 0), (60_001, 0)]
            as [(UInt64, UInt64)]
    )
    func `a paused clock keeps what is left, however long`(elapsed: UInt64, left: UInt64) {
        var rehearsal = Rehearsal.live(.pitch)
        let paused = Event.clockPaused(.first, remaining: left, withRoom: false)
        #expect(rehearsal.give(.pauseClock, after: elapsed) == .success([Draft(paused)]))
        #expect(rehearsal.room.roadshow.nextDeadline == nil)
        #expect(rehearsal.give(.keepTime, by: .server, after: 500_000) == .success([]))
        let end = Timestamp.start(Int64(elapsed + 500_000 + left))
        #expect(
            rehearsal.give(.resumeClock) == .success([Draft(.clockResumed(.first, endsAt: end))])
        )
        #expect(rehearsal.room.roadshow.nextDeadline == end)
    }

    @Test
    func `a clock is stopped once and started once`() {
        var rehearsal = Rehearsal.live(.pitch)
        #expect(rehearsal.answer(to: .resumeClock) == .failure(.clockNotStopped))
        rehearsal.give(.pauseClock)
        #expect(rehearsal.answer(to: .pauseClock) == .failure(.clockNotRunning))
    }

    static let clockCommands: [Command] = [
        .pauseClock, .resumeClock, .extendClock(milliseconds: 1_000, reason: nil),
    ]

    @Test(arguments: clockCommands)
    func `without a running slot there is no clock to change`(command: Command) {
        for state in [SlotState.waiting, .ready, .skipped] {
            let decision = Rehearsal.live(state).answer(to: command)
            #expect(decision == .failure(.nothingOnStage))
        }
        #expect(Rehearsal.live(.done).answer(to: command) == .failure(.clockNotRunning))
        var called = Rehearsal.at(.live)
        called.give(.callSlot(.first))
        #expect(called.answer(to: command) == .failure(.clockNotRunning))
    }

    @Test(
        arguments: [
            (0, false), (999, false), (1_000, true), (3_600_000, true), (3_600_001, false),
            (.max, false),
        ] as [(UInt64, Bool)]
    )
    func `an extension is a second to an hour`(extra: UInt64, isTaken: Bool) {
        let decision = Rehearsal.live(.pitch)
            .answer(to: .extendClock(milliseconds: extra, reason: nil))
        let refusal = Decision.failure(.extensionOutOfRange(limit: 3_600_000))
        #expect((decision == refusal) == !isTaken)
        #expect(((try? decision.get()) != nil) == isTaken)
    }

    @Test
    func `a running clock ends later, a stopped one keeps more`() {
        var rehearsal = Rehearsal.live(.pitch)
        let more = Command.extendClock(milliseconds: 5_000, reason: "追问")
        let running = Event.clockExtended(
            .first,
            by: 5_000,
            total: 65_000,
            reading: .running(endsAt: .start(65_000))
        )
        #expect(rehearsal.give(more, after: 10) == .success([Draft(running, .reason("追问"))]))
        rehearsal.give(.pauseRoom)
        let stopped = Event.clockExtended(
            .first,
            by: 5_000,
            total: 70_000,
            reading: .stopped(remaining: 69_990, withRoom: true)
        )
        #expect(rehearsal.give(more) == .success([Draft(stopped, .reason("追问"))]))
        rehearsal.give(.resumeRoom)
        #expect(rehearsal.room.roadshow.nextDeadline == .start(70_000))
    }

    /// Questions began at 0 and have 30 s; the extension comes so much later.
    @Test(
        arguments: [(29_999, 35_000), (30_000, 35_000), (30_001, 35_001), (90_000, 95_000)]
            as [(UInt64, Int64)]
    )
    func `more time for questions that are over counts from now`(elapsed: UInt64, end: Int64) {
        var rehearsal = Rehearsal.live(.questions)
        rehearsal.give(.extendClock(milliseconds: 5_000, reason: nil), after: elapsed)
        #expect(rehearsal.room.roadshow.clock?.reading == .running(endsAt: .start(end)))
    }

    @Test(arguments: [SlotState.pitch, .overtime, .questions])
    func `a clock that ran stops and goes on with the room`(state: SlotState) throws {
        var rehearsal = Rehearsal.live(state)
        let clock = try #require(rehearsal.room.roadshow.clock)
        let left = clock.remaining(at: rehearsal.now) - 1_000
        let stopped = Event.clockPaused(.first, remaining: left, withRoom: true)
        #expect(
            rehearsal.give(.pauseRoom, after: 1_000)
                == .success([Draft(.roomPaused), Draft(stopped)])
        )
        let refusal = Decision.failure(.wrongState(.paused, allowed: [.live]))
        #expect(rehearsal.answer(to: .pauseClock) == refusal)
        #expect(
            rehearsal.answer(to: .resumeClock) == refusal
        )
        #expect(rehearsal.give(.keepTime, by: .server, after: 100_000) == .success([]))
        let end = rehearsal.now.advanced(byMilliseconds: Int64(left))
        #expect(
            rehearsal.give(.resumeRoom)
                == .success([Draft(.roomResumed), Draft(.clockResumed(.first, endsAt: end))])
        )
        #expect(rehearsal.room.roadshow.clock?.phase == clock.phase)
    }

    @Test
    func `a clock stopped by hand stays stopped when the room goes on`() {
        var rehearsal = Rehearsal.live(.pitch)
        rehearsal.give(.pauseClock)
        let before = rehearsal.room.roadshow.clock
        #expect(rehearsal.give(.pauseRoom) == .success([Draft(.roomPaused)]))
        #expect(rehearsal.give(.resumeRoom) == .success([Draft(.roomResumed)]))
        #expect(rehearsal.room.roadshow.clock == before)
    }

    @Test
    func `the clock stops with the room's end and goes on after a reopening`() {
        var rehearsal = Rehearsal.live(.pitch)
        rehearsal.give(.endRoom)
        let stopped = Draft(.clockPaused(.first, remaining: 59_000, withRoom: true))
        let ended = Draft(.roomEnded(reopenUntil: .start(601_000)))
        #expect(rehearsal.give(.confirmEnd, after: 1_000) == .success([stopped, ended]))
        rehearsal.give([.reopenRoom, .resumeRoom])
        #expect(rehearsal.room.roadshow.nextDeadline == .start(60_000))
    }

    @Test
    func `a cancelled room's clock is stopped`() {
        var rehearsal = Rehearsal.live(.pitch)
        let stopped = Draft(.clockPaused(.first, remaining: 60_000, withRoom: true))
        #expect(
            rehearsal.give(.cancelRoom(reason: nil)) == .success([stopped, Draft(.roomCancelled)])
        )
        #expect(rehearsal.room.roadshow.nextDeadline == nil)
    }

    @Test(arguments: [SlotState.pitch, .overtime, .questions])
    func `time while the server was away counts against nobody`(state: SlotState) throws {
        var rehearsal = Rehearsal.live(state)
        let left = try #require(rehearsal.room.roadshow.clock?.remaining(at: rehearsal.now))
        let end = rehearsal.now.advanced(byMilliseconds: Int64(left) + 5_000)
        let shifted = Draft(.clockShifted(.first, by: 5_000, endsAt: end))
        let decision = rehearsal.give(.makeUp(milliseconds: 5_000), by: .server, after: 5_000)
        #expect(decision == .success([shifted]))
        #expect(rehearsal.room.roadshow.clock?.remaining(at: rehearsal.now) == left)
    }

    @Test
    func `nothing is made up where no clock ran or no time passed`() {
        let none = Decision.success([])
        let running = Rehearsal.live(.pitch)
        #expect(running.answer(to: .makeUp(milliseconds: 0), by: .server) == none)
        var paused = running
        paused.give(.pauseClock)
        let waiting = Rehearsal.at(.live)
        for rehearsal in [paused, waiting, .live(.done)] {
            #expect(rehearsal.answer(to: .makeUp(milliseconds: 5_000), by: .server) == none)
        }
        let far = running.answer(to: .makeUp(milliseconds: .max), by: .server)
        #expect((try? far.get())?.count == 1)
    }
}
