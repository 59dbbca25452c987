// Proves which command moves a slot from which state to which, and how slots follow on the stage.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct SlotTests {
    struct Row: Sendable {
        let command: Command
        /// Where the first slot goes from each state; from every other the command is refused.
        let moves: [SlotState: SlotState]
        /// The states in which the refusal names the slot's state; else nothing is on stage.
        var needsStage = false
    }

    static let all = Set(SlotState.allCases)

    static let rows: [Row] = [
        Row(command: .markReady(.first), moves: [.waiting: .ready]),
        Row(command: .callSlot(.first), moves: [.waiting: .ready, .ready: .ready]),
        Row(
            command: .skipSlot(.first, reason: nil),
            moves: [
                .waiting: .skipped, .ready: .skipped, .pitch: .skipped, .overtime: .skipped,
                .questions: .skipped,
            ]
        ),
        Row(command: .recallSlot(.first), moves: [.done: .waiting, .skipped: .waiting]),
        Row(
            command: .restartSlot(.first, reason: "断线"),
            moves: [.pitch: .ready, .overtime: .ready, .questions: .ready]
        ),
        Row(command: .startPitch, moves: [:], needsStage: true),
        Row(
            command: .startQuestions,
            moves: [.pitch: .questions, .overtime: .questions],
            needsStage: true
        ),
        Row(
            command: .finishSlot,
            moves: [.pitch: .done, .overtime: .done, .questions: .done],
            needsStage: true
        ),
    ]

    @Test(arguments: rows, SlotState.allCases)
    func `a command moves the slot on, or is refused`(row: Row, state: SlotState) {
        var rehearsal = Rehearsal.live(state)
        let before = rehearsal.room
        #expect(before.roadshow.slots[0].state == state)
        let decision = rehearsal.give(row.command)
        if let next = row.moves[state] {
            #expect((try? decision.get())?.count == 1)
            #expect(rehearsal.room.roadshow.slots[0].state == next)
            return
        }
        #expect(rehearsal.room == before)
        switch decision {
        case .failure(.nothingOnStage): #expect(row.needsStage && before.roadshow.stage == nil)
        case .failure(.slotState(let slot, let found, let allowed)):
            #expect(slot == .first)
            #expect(found == state)
            #expect(!allowed.contains(state))
            #expect(Set(row.moves.keys).isSubset(of: allowed))
        default: Issue.record("\(decision)")
        }
    }

    @Test
    func `a slot is called, pitched, questioned and finished`() {
        var rehearsal = Rehearsal.at(.live)
        #expect(
            rehearsal.give(.callSlot(.first))
                == .success([Draft(.slotCalled(.first, remaining: 60_000))])
        )
        #expect(rehearsal.room.roadshow.stage?.frame.id == .first)
        #expect(
            rehearsal.give(.startPitch, after: 5)
                == .success([Draft(.pitchStarted(.first, endsAt: .start(60_005)))])
        )
        #expect(
            rehearsal.give(.startQuestions, after: 10)
                == .success([Draft(.questionsStarted(.first, endsAt: .start(30_015)))])
        )
        #expect(rehearsal.give(.finishSlot) == .success([Draft(.slotFinished(.first))]))
        #expect(rehearsal.room.roadshow.clock == nil)
    }

    @Test(arguments: [SlotState.pitch, .overtime, .questions])
    func `who is on stage is not pushed off it`(state: SlotState) {
        let decision = Rehearsal.live(state).answer(to: .callSlot(.second))
        #expect(decision == .failure(.slotOnStage(.first)))
    }

    @Test(arguments: [SlotState.waiting, .ready, .done, .skipped])
    func `where no clock can run the next is called`(state: SlotState) {
        var rehearsal = Rehearsal.live(state)
        rehearsal.give(.callSlot(.second))
        #expect(rehearsal.room.roadshow.stage?.frame.id == .second)
        #expect(rehearsal.room.roadshow.slots[0].state == state)
    }

    @Test
    func `a slot that was called and not begun makes way, and keeps its readiness`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give([.callSlot(.first), .callSlot(.second), .startPitch])
        #expect(rehearsal.room.roadshow.slots.map(\.state) == [.ready, .pitch, .waiting])
    }

    @Test(arguments: [Command.skipSlot(.first, reason: nil), .restartSlot(.first, reason: "x")])
    func `leaving the pitch stops its clock`(command: Command) {
        var rehearsal = Rehearsal.live(.pitch)
        rehearsal.give(command)
        #expect(rehearsal.room.roadshow.nextDeadline == nil)
        #expect(rehearsal.give(.keepTime, by: .server, after: 1_000_000) == .success([]))
    }

    @Test
    func `skipping another slot leaves the stage alone`() {
        var rehearsal = Rehearsal.live(.pitch)
        let before = rehearsal.room.roadshow.clock
        rehearsal.give([.skipSlot(.second, reason: nil), .recallSlot(.second)])
        #expect(rehearsal.room.roadshow.stage?.frame.id == .first)
        #expect(rehearsal.room.roadshow.clock == before)
    }

    @Test
    func `an unknown slot is named in every refusal`() {
        let rehearsal = Rehearsal.at(.live)
        let commands: [Command] = [
            .markReady(.unknown), .callSlot(.unknown), .skipSlot(.unknown, reason: nil),
            .recallSlot(.unknown), .restartSlot(.unknown, reason: "x"),
            .placeSlides(.unknown, []), .showSlide(.unknown, page: 1),
        ]
        for command in commands {
            #expect(rehearsal.answer(to: command) == .failure(.noSuchSlot(.unknown)))
        }
    }

    /// In which states of the room each command is taken; the slot fits.
    static let states: [(command: Command, slot: SlotState, allowed: [Lifecycle.Name])] = [
        (.markReady(.second), .pitch, [.scheduled, .open, .live, .paused]),
        (.placeSlides(.second, []), .pitch, [.scheduled, .open, .live, .paused]),
        (.showSlide(.second, page: 1), .pitch, [.open, .live, .paused]),
        (.callSlot(.second), .done, [.live]),
        (.skipSlot(.second, reason: nil), .pitch, [.scheduled, .open, .live, .paused]),
        (.recallSlot(.first), .done, [.scheduled, .open, .live, .paused]),
        (.restartSlot(.first, reason: "x"), .pitch, [.live]),
        (.startQuestions, .pitch, [.live]),
        (.finishSlot, .questions, [.live, .paused, .followUp]),
    ]

    @Test(arguments: states, [Lifecycle.Name.live, .paused, .followUp, .closed])
    func `the room's state allows it or not`(
        row: (command: Command, slot: SlotState, allowed: [Lifecycle.Name]),
        state: Lifecycle.Name
    ) {
        var rehearsal = Rehearsal.live(row.slot)
        switch state {
        case .paused: rehearsal.give(.pauseRoom)
        case .followUp: rehearsal.give([.endRoom, .confirmEnd])
        case .closed: rehearsal.give([.endRoom, .confirmEnd, .closeRoom])
        default: break
        }
        let decision = rehearsal.answer(to: row.command)
        if row.allowed.contains(state) {
            #expect((try? decision.get()) != nil)
        } else {
            #expect(decision == .failure(.wrongState(state, allowed: row.allowed)))
        }
    }

    @Test(arguments: [Lifecycle.Name.scheduled, .open])
    func `before the start slots are prepared and none is called`(state: Lifecycle.Name) {
        var rehearsal = Rehearsal.at(state)
        rehearsal.give([.markReady(.first), .skipSlot(.second, reason: "缺席")])
        #expect(rehearsal.room.roadshow.slots.map(\.state) == [.ready, .skipped, .waiting])
        for command in [Command.callSlot(.first), .startPitch, .startQuestions] {
            #expect(
                rehearsal.answer(to: command) == .failure(.wrongState(state, allowed: [.live]))
            )
        }
    }
}
