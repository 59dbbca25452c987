// Proves the order of slots by hand and by draw: who may, in which phase, and what follows.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct DrawTests {
    static let third = SlotID(place: 3)

    /// A room of three slots, the third without a presenter.
    static func room(_ limits: RoomLimits = RoomLimits()) -> Rehearsal {
        Rehearsal(.sample(slots: 3), limits: limits)
    }

    static let started = after(.startDraw(seed: .sample(1)), in: room())
    static let id = started.room.sequence
    static let firstIn = after(
        .commitDraw(id, .first, DrawBytes.sample(2).commitment),
        in: started,
        by: .presenter
    )
    static let closed = after(.closeDraw(id), in: firstIn)
    static let revealed = after(.revealDraw(id, .first, .sample(2)), in: closed, by: .presenter)
    static let finished = after(.finishDraw(id, in: .sample), in: revealed)

    static func after(
        _ command: Command,
        in rehearsal: Rehearsal,
        by person: Person = .moderator
    ) -> Rehearsal {
        var rehearsal = rehearsal
        rehearsal.give(command, by: person.actor)
        return rehearsal
    }

    static func order(_ rehearsal: Rehearsal) -> [SlotID] {
        rehearsal.room.roadshow.slots.map(\.frame.id)
    }

    static let called = after(
        .callSlot(.first),
        in: after(.startRoom, in: after(.openRoom, in: room()))
    )

    static let refusals: [(Command, Person, Rehearsal, Rejection)] = [
        (.orderSlots([.first]), .moderator, room(), .badOrder),
        (.orderSlots([.first, .first, .second]), .moderator, room(), .badOrder),
        (.orderSlots([.first, .second, .unknown]), .moderator, room(), .badOrder),
        (.orderSlots([third, .second, .first]), .moderator, called, .orderFixed),
        (.orderSlots([third, .second, .first]), .moderator, started, .drawRunning(id)),
        (
            .orderSlots([third, .second, .first]), .presenter, room(),
            .notPermitted(needs: [.moderator])
        ),
        (.startDraw(seed: .sample(1)), .moderator, called, .orderFixed),
        (.startDraw(seed: .sample(1)), .moderator, started, .drawRunning(id)),
        (.startDraw(seed: nil), .moderator, room(), .noSuchDraw(0)),
        (
            .startDraw(seed: .sample(1)), .moderator, Rehearsal(.sample(slots: 1)),
            .tooFewSlots(least: 2)
        ),
        (.skipSlot(.first, reason: nil), .moderator, started, .drawRunning(id)),
        (.commitDraw(id + 1, .first, .sample(2)), .presenter, started, .noSuchDraw(id + 1)),
        (.commitDraw(id, .unknown, .sample(2)), .presenter, started, .notInDraw(.unknown)),
        (
            .commitDraw(id, .second, .sample(2)), .presenter, started,
            .notPermitted(needs: [.presenter])
        ),
        (
            .commitDraw(id, .first, .sample(2)), .moderator, started,
            .notPermitted(needs: [.presenter])
        ),
        (.commitDraw(id, .first, .sample(3)), .presenter, firstIn, .alreadyCommitted(.first)),
        (
            .commitDraw(id, .second, .sample(3)), .otherPresenter, closed,
            .drawPhase(id, .revealing, needs: .committing)
        ),
        (
            .revealDraw(id, .first, .sample(2)), .presenter, firstIn,
            .drawPhase(id, .committing, needs: .revealing)
        ),
        (.revealDraw(id, .first, .sample(3)), .presenter, closed, .wrongContribution(.first)),
        (
            .revealDraw(id, .second, .sample(3)), .otherPresenter, closed,
            .wrongContribution(.second)
        ),
        (
            .finishDraw(id, in: .sample), .moderator, firstIn,
            .drawPhase(id, .committing, needs: .revealing)
        ),
        (.finishDraw(id, in: nil), .moderator, closed, .noSuchDraw(id)),
        (.cancelDraw(id), .moderator, finished, .noSuchDraw(id)),
        (
            .finishDraw(id, in: .sample), .moderator, finished,
            .drawPhase(id, .finished, needs: .revealing)
        ),
    ]

    @Test(arguments: refusals)
    func `what does not fit is refused`(
        command: Command,
        person: Person,
        rehearsal: Rehearsal,
        rejection: Rejection
    ) {
        #expect(rehearsal.answer(to: command, by: person.actor) == .failure(rejection))
    }

    @Test
    func `the order by hand is one event, and none where nothing changes`() {
        let order = [Self.third, .first, .second]
        var rehearsal = Self.after(.orderSlots(order), in: Self.room())
        #expect(Self.order(rehearsal) == order)
        #expect(rehearsal.give(.orderSlots(order)) == .success([]))
    }

    @Test
    func `seed and contributions give the order, and an absent one none`() throws {
        let draw = try #require(Self.finished.room.roadshow.draw)
        let expected = OrderDraw(
            room: .sample,
            draw: Self.id,
            list: ["1", "2", "3"],
            seed: .sample(1),
            contributions: [.sample(2), nil, nil]
        ).order.compactMap { SlotID($0) }
        #expect(draw.state == .finished(order: expected))
        #expect(draw.revealedSeed == .sample(1))
        #expect(Self.order(Self.finished) == expected)
    }

    @Test
    func `nobody is told the seed before the end`() throws {
        let draft = try #require(Self.started.drafts.last)
        let parts = draft.parts
        #expect(parts.map(\.projection) == [.record, .notice])
        #expect(Self.closed.room.roadshow.draw?.revealedSeed == nil)
    }

    @Test
    func `the last commitment closes the list`() {
        var rehearsal = Rehearsal(.sample(slots: 2))
        rehearsal.give(.startDraw(seed: .sample(1)))
        let draw = rehearsal.room.sequence
        rehearsal.give(.commitDraw(draw, .first, .sample(5)), by: Person.presenter.actor)
        #expect(rehearsal.room.roadshow.draw?.phase == .committing)
        rehearsal.give(.commitDraw(draw, .second, .sample(5)), by: Person.otherPresenter.actor)
        #expect(rehearsal.room.roadshow.draw?.phase == .revealing)
    }

    @Test
    func `skipped slots keep their places`() {
        var rehearsal = Rehearsal(.sample(slots: 4))
        rehearsal.give(.skipSlot(.second, reason: nil))
        rehearsal.give(.startDraw(seed: .sample(1)))
        let draw = rehearsal.room.sequence
        rehearsal.give([.closeDraw(draw), .finishDraw(draw, in: .sample)])
        let order = Self.order(rehearsal)
        #expect(order[1] == .second)
        #expect(Set(order).count == 4)
    }

    @Test(arguments: [Lifecycle.Name.scheduled, .live])
    func `a draw that cannot end has failed`(state: Lifecycle.Name) {
        var rehearsal = Self.firstIn
        if state == .live {
            rehearsal.give([.openRoom, .startRoom, .endRoom, .confirmEnd])
        } else {
            rehearsal.give(.cancelRoom(reason: nil))
        }
        #expect(rehearsal.room.roadshow.draw?.state == .failed(.room))
        #expect(Self.order(rehearsal) == Self.order(Self.room()))
    }

    @Test
    func `a draw whose seed is lost has failed, and one may be drawn again`() {
        var room = Room()
        for recorded in Self.closed.log {
            var event = recorded.event
            if case .drawStarted(let frame) = event {
                event = .drawStarted(
                    DrawFrame(slots: frame.slots, commitment: frame.commitment, seed: nil)
                )
            }
            room.apply(
                Recorded(
                    sequence: recorded.sequence,
                    at: recorded.at,
                    by: recorded.by,
                    event: event
                )
            )
        }
        let moderator = Speaker(Person.moderator.actor)
        let decision = room.decide(
            .finishDraw(Self.id, in: .sample),
            by: moderator,
            at: Self.closed.now
        )
        #expect(decision == .success([Draft(.drawFailed(Self.id, .seed))]))
        let again = Self.after(
            .startDraw(seed: .sample(4)),
            in: Self.after(.cancelDraw(Self.id), in: Self.closed)
        )
        #expect(again.room.roadshow.draw?.number == 2)
    }

    @Test
    func `draws have a limit`() {
        var limits = RoomLimits()
        limits.draws = 1
        var rehearsal = Self.after(.startDraw(seed: .sample(1)), in: Self.room(limits))
        rehearsal.give(.cancelDraw(rehearsal.room.sequence))
        #expect(
            rehearsal.answer(to: .startDraw(seed: .sample(1)))
                == .failure(.tooManyDraws(limit: 1))
        )
    }
}
