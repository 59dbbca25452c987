// Proves what follows where time is up and where nobody comes, by each of the room's rules.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

/// The pitch has 60 s and begins at `start`; presenters are waited for 20 s.
struct StageRulesTests {
    static func room(_ atZero: StageRules.AtZero, _ noShow: StageRules.NoShow = .last) -> Rehearsal
    {
        let rules = StageRules(atZero: atZero, noShow: noShow, awaitedMilliseconds: 20_000)
        var rehearsal = Rehearsal(.sample(rules: rules))
        rehearsal.give([.openRoom, .startRoom, .callSlot(.first)])
        return rehearsal
    }

    /// A room whose called slot was waited for as long as is due.
    static let missed: Rehearsal = {
        var rehearsal = room(.moveOn)
        rehearsal.give(.keepTime, by: .server, after: 20_000)
        return rehearsal
    }()

    static let states: [(elapsed: UInt64, state: SlotState, silent: Bool)] = [
        (59_999, .pitch, false), (60_000, .overtime, true), (1_000_000, .overtime, true),
    ]

    @Test(arguments: [StageRules.AtZero.warn, .cut], states)
    func `time that is up stays up until the moderator goes on`(
        rule: StageRules.AtZero,
        then: (elapsed: UInt64, state: SlotState, silent: Bool)
    ) {
        var rehearsal = Self.room(rule)
        rehearsal.give(.startPitch)
        rehearsal.give(.keepTime, by: .server, after: then.elapsed)
        #expect(rehearsal.room.roadshow.stage?.state == then.state)
        let isDue = then.state == .pitch
        #expect((rehearsal.room.roadshow.nextDeadline != nil) == isDue)
        let silenced = rehearsal.room.silenced.contains(Person.presenter.id)
        #expect(silenced == (rule == .cut && then.silent))
        #expect(!rehearsal.room.silenced.contains(Person.otherPresenter.id))
        rehearsal.give(.startQuestions)
        #expect(rehearsal.room.silenced.isEmpty)
    }

    @Test(arguments: [StageRules.AtZero.warn, .cut])
    func `more time after the end is time of the pitch, and ends again`(rule: StageRules.AtZero) {
        var rehearsal = Self.room(rule)
        rehearsal.give(.startPitch)
        rehearsal.give(.keepTime, by: .server, after: 65_000)
        rehearsal.give(.extendClock(milliseconds: 5_000, reason: nil))
        #expect(rehearsal.room.roadshow.stage?.state == .pitch)
        #expect(rehearsal.room.roadshow.nextDeadline == .start(70_000))
        #expect(rehearsal.room.silenced.isEmpty)
        rehearsal.give(.keepTime, by: .server, after: 5_000)
        #expect(rehearsal.room.roadshow.stage?.state == .overtime)
        #expect(rehearsal.room.silenced.isEmpty == (rule == .warn))
    }

    @Test
    func `what staff muted stays muted when a cut ends`() {
        var rehearsal = Self.room(.cut)
        rehearsal.give([.muteMicrophone(Person.presenter.id), .startPitch])
        rehearsal.give(.keepTime, by: .server, after: 60_000)
        rehearsal.give(.startQuestions)
        #expect(rehearsal.room.silenced == [Person.presenter.id])
    }

    @Test(arguments: [(19_999, false), (20_000, true), (20_001, true)] as [(UInt64, Bool)])
    func `a slot is missed when its presenters were waited for`(elapsed: UInt64, isTaken: Bool) {
        let decision = Self.room(.moveOn).answer(to: .noShow, after: elapsed)
        let missed = Draft(.slotMissed(.first, isForfeited: false))
        let refusal = Rejection.stillAwaited(.first, until: .start(20_000))
        #expect(decision == (isTaken ? .success([missed]) : .failure(refusal)))
    }

    @Test
    func `who is missing comes last once and is out the second time`() {
        var rehearsal = Self.room(.moveOn)
        rehearsal.give(.noShow, after: 20_000)
        #expect(rehearsal.room.roadshow.slots.map(\.frame.id.description) == ["2", "3", "1"])
        #expect(rehearsal.room.roadshow.slots.last?.state == .waiting)
        #expect(rehearsal.room.roadshow.stage == nil)
        rehearsal.give(.callSlot(.first))
        #expect(rehearsal.room.awaitedUntil == .start(40_000))
        let out = Draft(.slotMissed(.first, isForfeited: true))
        #expect(rehearsal.give(.noShow, after: 20_000) == .success([out]))
        #expect(rehearsal.room.roadshow.slots.last?.state == .skipped)
        #expect(rehearsal.room.roadshow.slots.last?.absences == 2)
    }

    @Test
    func `where the rule says so who is missing is out at once`() {
        let decision = Self.room(.moveOn, .forfeit).answer(to: .noShow, after: 20_000)
        #expect(decision == .success([Draft(.slotMissed(.first, isForfeited: true))]))
    }

    @Test(arguments: [SlotState.pitch, .overtime, .questions, .done])
    func `who began did not miss it`(state: SlotState) {
        let rehearsal = Rehearsal.live(state)
        let decision = rehearsal.answer(to: .noShow, after: 1_000_000)
        #expect(decision == .failure(.slotState(.first, state, allowed: [.ready])))
        #expect(rehearsal.room.awaitedUntil == nil)
    }

    @Test
    func `nobody is missing where nobody was called`() {
        let decision = Rehearsal.live(.ready).answer(to: .noShow, after: 1_000_000)
        #expect(decision == .failure(.nothingOnStage))
    }
}
