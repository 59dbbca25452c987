// Proves hands, the floor, staff's hold on microphones, the stage's layout, and who may publish what.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct FloorTests {
    static let viewer = Person.audience

    @Test
    func `hands are a queue in the order in which they were raised`() {
        var rehearsal = Rehearsal.at(.live)
        for person in [Person.otherAudience, .audience, .presenter] {
            let raised = rehearsal.give(.raiseHand, by: person.actor, card: person.card)
            let texts = Texts.raised(by: person.card.byline)
            #expect(raised == .success([Draft(.handRaised, texts)]))
        }
        #expect(rehearsal.give(.raiseHand, by: Self.viewer.actor) == .success([]))
        let queue = [Person.otherAudience, .audience, .presenter].map(\.id)
        #expect(rehearsal.room.floor.hands == queue)
        rehearsal.give(.lowerHand(nil), by: Person.otherAudience.actor)
        #expect(rehearsal.room.floor.hands == Array(queue.dropFirst()))
        #expect(rehearsal.give(.lowerHand(nil), by: Person.otherAudience.actor) == .success([]))
    }

    @Test
    func `one lowers one's own hand, and staff anybody's`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.raiseHand, by: Self.viewer.actor)
        let other = rehearsal.answer(to: .lowerHand(Self.viewer.id), by: Person.presenter.actor)
        #expect(other == .failure(.notPermitted(needs: [.moderator])))
        let own = rehearsal.answer(to: .lowerHand(Self.viewer.id), by: Self.viewer.actor)
        #expect(own == .success([Draft(.handLowered(Self.viewer.id))]))
        #expect(rehearsal.answer(to: .lowerHand(Self.viewer.id)) == own)
    }

    @Test
    func `as many hands as the room holds, and one more is refused`() {
        var limits = RoomLimits()
        limits.hands = 1
        var rehearsal = Rehearsal.at(.live, limits: limits)
        rehearsal.give(.raiseHand, by: Self.viewer.actor)
        let one = rehearsal.give(.raiseHand, by: Person.otherAudience.actor)
        #expect(one == .failure(.roomFull(limit: 1)))
    }

    @Test
    func `who is muted or in a stopped room raises no hand`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.mute(Self.viewer.id))
        #expect(rehearsal.give(.raiseHand, by: Self.viewer.actor) == .failure(.muted))
        rehearsal.give([.unmute(Self.viewer.id), .stopOutput])
        #expect(rehearsal.give(.raiseHand, by: Self.viewer.actor) == .failure(.outputStopped))
    }

    @Test
    func `the floor takes the hand down, and is given once`() {
        var rehearsal = Rehearsal.at(.live)
        let member = Self.viewer.id
        rehearsal.give(.raiseHand, by: Self.viewer.actor)
        let given = rehearsal.give(.giveFloor(member))
        #expect(given == .success([Draft(.handLowered(member)), Draft(.floorGiven(member))]))
        #expect(rehearsal.give(.giveFloor(member)) == .success([]))
        #expect(rehearsal.give(.takeFloor(member)) == .success([Draft(.floorTaken(member))]))
        #expect(rehearsal.give(.takeFloor(member)) == .success([]))
        // A presenter has it by its role.
        #expect(rehearsal.give(.giveFloor(Person.presenter.id)) == .success([]))
        let unknown = Person.stranger.id
        #expect(rehearsal.give(.giveFloor(unknown)) == .failure(.noSuchMember(unknown)))
    }

    @Test
    func `a limit of those who have the floor`() {
        var limits = RoomLimits()
        limits.floorHolders = 1
        var rehearsal = Rehearsal.at(.live, limits: limits)
        rehearsal.give(.giveFloor(Self.viewer.id))
        let one = rehearsal.give(.giveFloor(Person.otherAudience.id))
        #expect(one == .failure(.roomFull(limit: 1)))
    }

    @Test
    func `whoever is sent out has neither hand nor floor, and everybody is told`() throws {
        for command in [
            Command.remove(Self.viewer.id, reason: nil), .ban(Self.viewer.id, reason: nil),
        ] {
            var rehearsal = Rehearsal.at(.live)
            let member = Self.viewer.id
            rehearsal.give([
                .giveFloor(member), .muteMicrophone(member),
                .arrangeStage(.camera, pinned: member),
            ])
            rehearsal.give(.raiseHand, by: Self.viewer.actor)
            rehearsal.give(.consent(true), by: Self.viewer.actor)
            let events = try rehearsal.give(command).get().map(\.event)
            #expect(
                events.dropFirst() == [
                    .handLowered(member), .floorTaken(member), .microphoneUnmuted(member),
                    .stageArranged(.camera, pinned: nil), .recordingConsented(member, false),
                ]
            )
            rehearsal.give(.arrangeStage(.slides, pinned: nil))
            #expect(rehearsal.room.floor == Room().floor)
            #expect(rehearsal.room.recording.consents.isEmpty)
        }
    }

    @Test
    func `the end of the room takes the floor from everybody`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.raiseHand, by: Self.viewer.actor)
        rehearsal.give([.giveFloor(Person.otherAudience.id), .arrangeStage(.gallery, pinned: nil)])
        rehearsal.give([.endRoom, .confirmEnd])
        #expect(rehearsal.room.floor == Room().floor)
    }

    @Test
    func `microphones are muted and let go once each`() {
        var rehearsal = Rehearsal.at(.live)
        let member = Person.presenter.id
        #expect(rehearsal.give(.unmuteMicrophone(member)) == .success([]))
        #expect(
            rehearsal.give(.muteMicrophone(member)) == .success([Draft(.microphoneMuted(member))])
        )
        #expect(rehearsal.give(.muteMicrophone(member)) == .success([]))
        #expect(rehearsal.room.floor.muted == [member])
        rehearsal.give(.unmuteMicrophone(member))
        #expect(rehearsal.room.floor.muted.isEmpty)
        let unknown = Person.stranger.id
        #expect(rehearsal.give(.muteMicrophone(unknown)) == .failure(.noSuchMember(unknown)))
    }

    @Test(arguments: StageLayout.allCases)
    func `the stage is arranged for everybody`(layout: StageLayout) {
        var rehearsal = Rehearsal.at(.live)
        let member = Person.presenter.id
        let command = Command.arrangeStage(layout, pinned: member)
        #expect(
            rehearsal.give(command) == .success([Draft(.stageArranged(layout, pinned: member))])
        )
        #expect(rehearsal.give(command) == .success([]))
        #expect(rehearsal.room.floor.pinned == member)
        let unknown = Command.arrangeStage(layout, pinned: Person.stranger.id)
        #expect(rehearsal.give(unknown) == .failure(.noSuchMember(Person.stranger.id)))
    }

    /// What keeps each from sending voice, in a live room.
    static let voices: [(roles: Set<Role>, refusal: Rejection?)] = [
        ([.moderator], nil), ([.presenter], nil), ([.judge], nil), ([.expert], nil),
        ([.audience], .noFloor), ([.investor], .noFloor), ([.captioner], .noFloor),
        ([.auditor], .noFloor), ([.bidder], .noFloor), ([.asker], .noFloor),
        ([.audience, .judge], nil),
    ]

    @Test(arguments: voices)
    func `roles and the floor let one speak`(roles: Set<Role>, refusal: Rejection?) {
        var rehearsal = Rehearsal.at(.live)
        let member = Person.audience.id
        rehearsal.give(.setRoles(member, roles: roles, slots: []))
        #expect(rehearsal.room.refusalToPublish(by: member) == refusal)
        rehearsal.give(.giveFloor(member))
        #expect(rehearsal.room.refusalToPublish(by: member) == nil)
        let mayInterpret = !roles.isDisjoint(with: [.moderator, .captioner])
        let refused = Rejection.notPermitted(needs: [.moderator, .captioner])
        let interpreting = rehearsal.room.refusalToInterpret(by: member)
        #expect(interpreting == (mayInterpret ? nil : refused))
    }

    @Test(arguments: Lifecycle.Name.allCases)
    func `nobody publishes before the doors open or after the end`(state: Lifecycle.Name) {
        let room = Rehearsal.at(state).room
        guard state != .unborn else { return }
        let allowed: [Lifecycle.Name] = [.open, .live, .paused]
        let refusal = room.refusalToPublish(by: Person.moderator.id)
        #expect(refusal == (allowed.contains(state) ? nil : .wrongState(state, allowed: allowed)))
    }

    @Test
    func `a stopped room hears its moderators alone`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.stopOutput)
        let room = rehearsal.room
        #expect(room.refusalToPublish(by: Person.moderator.id) == nil)
        #expect(room.refusalToPublish(by: Person.presenter.id) == .outputStopped)
        #expect(room.refusalToPublish(by: nil) == .notAdmitted)
        #expect(room.refusalToPublish(by: Person.stranger.id) == .notAdmitted)
    }

    @Test
    func `a slot is rehearsed by its presenter`() {
        let room = Rehearsal.at(.scheduled).room
        #expect(room.refusalToRehearse(.first, by: Person.presenter.id) == nil)
        let other = Rejection.notPermitted(needs: [.presenter])
        #expect(room.refusalToRehearse(.second, by: Person.presenter.id) == other)
        #expect(room.refusalToRehearse(.first, by: Person.moderator.id) == other)
        let unknown = room.refusalToRehearse(.unknown, by: Person.presenter.id)
        #expect(unknown == .noSuchSlot(.unknown))
        #expect(room.refusalToRehearse(.first, by: nil) == .notAdmitted)
        let over = Rehearsal.at(.closed).room.refusalToRehearse(.first, by: Person.presenter.id)
        #expect(over == .wrongState(.closed, allowed: [.scheduled, .open, .live, .paused]))
    }
}
