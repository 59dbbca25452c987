// Proves which command leads a room from which state to which, and both borders of its two windows.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct LifecycleTests {
    /// Each command, the states it is taken in and where it leads; everywhere else it is refused.
    static let moves: [(command: Command, moves: [Lifecycle.Name: Lifecycle.Name])] = [
        (.openRoom, [.scheduled: .open]),
        (.startRoom, [.open: .live]),
        (.pauseRoom, [.live: .paused]),
        (.resumeRoom, [.paused: .live]),
        (.endRoom, [.live: .live, .paused: .paused]),
        (.reopenRoom, [.followUp: .paused]),
        (.closeRoom, [.followUp: .closed]),
        (
            .cancelRoom(reason: "改期"),
            [
                .scheduled: .cancelled, .open: .cancelled, .live: .cancelled,
                .paused: .cancelled, .followUp: .cancelled,
            ]
        ),
    ]

    @Test(arguments: moves, Lifecycle.Name.allCases.filter { $0 != .unborn })
    func `a command moves the room on, or is refused with the states it needs`(
        row: (command: Command, moves: [Lifecycle.Name: Lifecycle.Name]),
        state: Lifecycle.Name
    ) {
        var rehearsal = Rehearsal.at(state)
        let before = rehearsal.room
        #expect(before.lifecycle.name == state)
        let decision = rehearsal.give(row.command)
        if let next = row.moves[state] {
            #expect((try? decision.get())?.isEmpty == false)
            #expect(rehearsal.room.lifecycle.name == next)
        } else {
            let allowed = Lifecycle.Name.allCases.filter { row.moves.keys.contains($0) }
            #expect(decision == .failure(.wrongState(state, allowed: allowed)))
            #expect(rehearsal.room == before)
        }
    }

    @Test
    func `a room that is not there yet has no moderator`() {
        for row in Self.moves {
            #expect(Rehearsal.at(.unborn).answer(to: row.command) == .failure(.notAdmitted))
        }
    }

    @Test(
        arguments: [(0, true), (59_999, true), (60_000, true), (60_001, false)] as [(UInt64, Bool)]
    )
    func `the end is confirmed within a minute`(elapsed: UInt64, isTaken: Bool) {
        for state in [Lifecycle.Name.live, .paused] {
            var rehearsal = Rehearsal.at(state)
            #expect(rehearsal.answer(to: .confirmEnd) == .failure(.endNotRequested))
            rehearsal.give(.endRoom)
            #expect(rehearsal.room.endRequestedUntil == .start(60_000))
            let decision = rehearsal.give(.confirmEnd, after: elapsed)
            let until = Timestamp.start(Int64(elapsed) + 600_000)
            let ended = Draft(.roomEnded(reopenUntil: until))
            #expect(decision == (isTaken ? .success([ended]) : .failure(.endNotRequested)))
            #expect(rehearsal.room.lifecycle.name == (isTaken ? .followUp : state))
        }
    }

    @Test
    func `asking again gives another minute, and an end used up asks for a new one`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.endRoom)
        rehearsal.give(.endRoom, after: 60_001)
        rehearsal.give(.confirmEnd, after: 60_000)
        #expect(rehearsal.room.lifecycle.name == .followUp)
        #expect(rehearsal.room.endRequestedUntil == nil)
        rehearsal.give([.reopenRoom, .resumeRoom])
        #expect(rehearsal.answer(to: .confirmEnd) == .failure(.endNotRequested))
    }

    @Test(arguments: [Lifecycle.Name.scheduled, .open, .followUp, .closed, .cancelled])
    func `only a live or paused room can end`(state: Lifecycle.Name) {
        let refusal = Rejection.wrongState(state, allowed: [.live, .paused])
        #expect(Rehearsal.at(state).answer(to: .confirmEnd) == .failure(refusal))
    }

    @Test(
        arguments: [(0, true), (599_999, true), (600_000, true), (600_001, false)]
            as [(UInt64, Bool)]
    )
    func `an ended room is reopened within ten minutes`(elapsed: UInt64, isTaken: Bool) {
        var rehearsal = Rehearsal.at(.followUp)
        let until = Timestamp.start(600_000)
        #expect(rehearsal.room.reopenUntil == until)
        let decision = rehearsal.give(.reopenRoom, after: elapsed)
        #expect(
            decision
                == (isTaken
                    ? .success([Draft(.roomReopened)]) : .failure(.reopenOver(since: until)))
        )
        #expect(rehearsal.room.lifecycle.name == (isTaken ? .paused : .followUp))
        #expect(rehearsal.room.reopenUntil == (isTaken ? nil : until))
    }

    @Test
    func `a room is made once`() {
        let again = Rehearsal.at(.scheduled).answer(to: .create(.sample()), by: .server)
        #expect(again == .failure(.badPlan(.alreadyCreated)))
    }

    @Test
    func `a cancellation's reason is told to staff alone`() throws {
        let decision = Rehearsal.at(.open).answer(to: .cancelRoom(reason: " 改期 "))
        let draft = try #require(try decision.get().first)
        #expect(draft == Draft(.roomCancelled, .reason("改期")))
        #expect(draft.parts.map(\.audience) == [.server, .everyone, .staff])
    }
}
