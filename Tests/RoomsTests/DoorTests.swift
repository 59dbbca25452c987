// Proves how people come before a door, through it and out again, and that a room keeps a moderator.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct DoorTests {
    static let guest = Person.stranger
    static let other = MemberID.sample(1)

    /// A room of that door, open, with everybody of the sample in it but the stranger.
    static func room(
        _ door: Door,
        form: [String] = [],
        terms: String? = nil,
        limits: RoomLimits = .init()
    ) -> Rehearsal {
        let plain = RoomPlan.sample()
        let frame = RoomFrame(
            language: "zh-CN",
            startsAt: plain.frame.startsAt,
            slots: plain.frame.slots,
            door: door
        )
        let texts = RoomTexts(title: "闭门", slots: plain.texts.slots, form: form, terms: terms)
        var rehearsal = Rehearsal(RoomPlan(frame: frame, texts: texts), limits: limits)
        if let digest = door.terms { rehearsal.give(.sign(terms: digest, name: "主持人")) }
        rehearsal.give(.openRoom)
        return rehearsal
    }

    static let registration = room(
        Door(admission: .registration, questions: 2),
        form: ["单位？", "为什么来？"]
    )

    /// The sample's room with the stranger waiting before it.
    static var waiting: Rehearsal {
        var rehearsal = room(Door(hasWaitingArea: true))
        rehearsal.give(.knock(guest.id), by: .server, card: guest.card)
        return rehearsal
    }

    @Test
    func `who waits is let in, once, and then speaks`() {
        var rehearsal = Self.waiting
        #expect(rehearsal.room.outside[Self.guest.id]?.name == .waiting)
        #expect(rehearsal.give(.knock(Self.guest.id), by: .server) == .success([]))
        let early = rehearsal.answer(to: .say("hi"), by: Self.guest.actor)
        #expect(early == .failure(.outside(.waiting)))
        rehearsal.give(.letIn(Self.guest.id, card: Self.guest.card))
        #expect(rehearsal.room.members[Self.guest.id]?.roles == [.audience])
        #expect(rehearsal.room.outside.isEmpty)
        #expect((try? rehearsal.give(.say("hi"), by: Self.guest.actor).get())?.count == 1)
        #expect(
            rehearsal.give(.letIn(Self.guest.id, card: Self.guest.card))
                == .failure(.noSuchMember(Self.guest.id))
        )
    }

    @Test
    func `all are let in by the order of their coming, as many as one command takes`() {
        var limits = RoomLimits()
        limits.letInAtOnce = 2
        var rehearsal = Self.room(Door(hasWaitingArea: true), limits: limits)
        for byte in [9, 3, 5] as [UInt8] { rehearsal.give(.knock(.sample(byte)), by: .server) }
        #expect(rehearsal.room.queue == [.sample(9), .sample(3), .sample(5)])
        rehearsal.give(.letInAll(cards: [:]))
        #expect(rehearsal.room.queue == [.sample(5)])
        rehearsal.give(.letInAll(cards: [:]))
        #expect(rehearsal.give(.letInAll(cards: [:])) == .success([]))
    }

    static let answers: [(answers: [String], refusal: Rejection?)] = [
        (["某大学", " 学习 "], nil),
        (["某大学"], .wrongAnswers(expected: 2)),
        (["某大学", "x", "y"], .wrongAnswers(expected: 2)),
        (["某大学", " "], .textEmpty),
        (["某大学", String(repeating: "长", count: 501)], .textTooLong(length: 501, limit: 500)),
        (["某大学", "\u{7}"], .textHasControlCharacters),
    ]

    @Test(arguments: answers)
    func `an application answers each question`(answers: [String], refusal: Rejection?) {
        var rehearsal = Self.registration
        let command = Command.apply(answers: answers)
        let decision = rehearsal.give(command, by: Self.guest.actor, card: Self.guest.card)
        guard let refusal else {
            let texts = Texts.application(Self.guest.card, answers: ["某大学", "学习"])
            let event = Event.memberApplied(Self.guest.id)
            #expect(decision == .success([Draft(event, texts, isBehindDoor: true)]))
            #expect(rehearsal.room.queue == [Self.guest.id])
            return
        }
        #expect(decision == .failure(refusal))
    }

    @Test
    func `an application is answered once, and sent again keeps its place`() {
        var rehearsal = Self.registration
        let first = Command.apply(answers: ["甲", "乙"])
        rehearsal.give(first, by: Self.guest.actor, card: Self.guest.card)
        rehearsal.give(first, by: .member(Self.other))
        rehearsal.give(.apply(answers: ["丙", "丁"]), by: Self.guest.actor)
        #expect(rehearsal.room.queue == [Self.guest.id, Self.other])
        rehearsal.give(.decline(Self.guest.id, reason: "名额已满"))
        #expect(rehearsal.room.outside[Self.guest.id] == .declined)
        let again = rehearsal.answer(to: first, by: Self.guest.actor)
        #expect(again == .failure(.outside(.declined)))
        let twice = rehearsal.give(.decline(Self.guest.id, reason: nil))
        #expect(twice == .failure(.noSuchMember(Self.guest.id)))
        // Staff may think again.
        rehearsal.give(.letIn(Self.guest.id, card: Self.guest.card))
        #expect(rehearsal.room.members[Self.guest.id] != nil)
        let inside = rehearsal.answer(to: first, by: Self.guest.actor)
        #expect(inside == .failure(.alreadyIn))
    }

    @Test(arguments: Standing.allCases)
    func `an application comes from whom the door asks for`(standing: Standing) {
        let door = Door(admission: .registration, least: .verified, questions: 1)
        let rehearsal = Self.room(door, form: ["单位？"])
        let speaker = Speaker(Self.guest.actor, card: Self.guest.card, standing: standing)
        let command = Command.apply(answers: ["甲"])
        let decision = rehearsal.room.decide(command, by: speaker, at: rehearsal.now)
        let isTaken = standing >= .verified
        #expect(((try? decision.get()) != nil) == isTaken)
        if !isTaken { #expect(decision == .failure(.standingTooLow(least: .verified))) }
    }

    @Test
    func `a room without a form takes no applications`() {
        let apply = Command.apply(answers: [])
        let decision = Self.waiting.answer(to: apply, by: Self.guest.actor)
        #expect(decision == .failure(.noForm))
        #expect(Self.waiting.answer(to: apply, by: .visitor) == .failure(.notAdmitted))
    }

    @Test
    func `a ban holds until it is lifted, and then there is the queue`() {
        var rehearsal = Self.waiting
        rehearsal.give([
            .letIn(Self.guest.id, card: Self.guest.card), .ban(Self.guest.id, reason: "x"),
        ])
        #expect(rehearsal.room.members[Self.guest.id] == nil)
        let banned = Decision.failure(.outside(.banned))
        #expect(rehearsal.answer(to: .knock(Self.guest.id), by: .server) == banned)
        let admit = Command.admit(Self.guest.id, roles: [.moderator], slots: [])
        #expect(rehearsal.answer(to: admit, by: .server) == banned)
        #expect(rehearsal.answer(to: .letIn(Self.guest.id, card: Self.guest.card)) == banned)
        #expect(rehearsal.answer(to: .say("hi"), by: Self.guest.actor) == banned)
        #expect(rehearsal.give(.ban(Self.guest.id, reason: nil)) == .success([]))
        rehearsal.give(.unban(Self.guest.id))
        #expect(rehearsal.give(.unban(Self.guest.id)) == .failure(.notBanned(Self.guest.id)))
        rehearsal.give(.knock(Self.guest.id), by: .server)
        #expect(rehearsal.room.outside[Self.guest.id]?.name == .waiting)
    }

    @Test
    func `who was removed waits again, whatever link it has`() {
        var rehearsal = Rehearsal.at(.live)
        let presenter = Person.presenter.id
        rehearsal.give(.remove(presenter, reason: "请勿喧哗"))
        let admit = Command.admit(presenter, roles: [.presenter], slots: [.first])
        #expect(rehearsal.answer(to: admit, by: .server) == .failure(.outside(.removed)))
        rehearsal.give(.knock(presenter), by: .server)
        #expect(rehearsal.room.queue == [presenter])
    }

    static let lastModerator: [Command] = [
        .remove(Person.moderator.id, reason: nil), .ban(Person.moderator.id, reason: nil),
        .setRoles(Person.moderator.id, roles: [.audience, .presenter], slots: []),
    ]

    @Test(arguments: lastModerator)
    func `the last moderator stays, by whomever`(command: Command) {
        var rehearsal = Rehearsal.at(.live)
        #expect(rehearsal.answer(to: command) == .failure(.lastModerator))
        rehearsal.give(.setRoles(Person.audience.id, roles: [.moderator], slots: []))
        let decision = rehearsal.answer(to: command, by: Person.audience.actor)
        #expect((try? decision.get())?.count == 1)
    }

    static let roles:
        [(roles: Set<Role>, slots: [SlotID], result: Result<Set<SlotID>, Rejection>)] =
            [
                ([.judge], [], .success([])), ([.judge], [.first], .success([])),
                ([.presenter], [.second], .success([.second])), ([], [], .failure(.noRoles)),
                ([.presenter], [.unknown], .failure(.noSuchSlot(.unknown))),
            ]

    @Test(arguments: roles)
    func `roles are set whole`(
        roles: Set<Role>,
        slots: [SlotID],
        result: Result<Set<SlotID>, Rejection>
    ) {
        var rehearsal = Rehearsal.at(.live)
        let who = Person.otherAudience.id
        let decision = rehearsal.give(.setRoles(who, roles: roles, slots: slots))
        switch result {
        case .success(let slots):
            #expect(rehearsal.room.members[who]?.roles == roles)
            #expect(rehearsal.room.members[who]?.slots == slots)
            #expect(
                rehearsal.give(.setRoles(who, roles: roles, slots: Array(slots))) == .success([])
            )
        case .failure(let refusal): #expect(decision == .failure(refusal))
        }
    }

    static let forms: [(admission: Admission, questions: Int, form: [String], fault: PlanFault?)] =
        [
            (.registration, 1, ["单位？"], nil), (.open, 0, [], nil),
            (.registration, 0, [], .formQuestions(limit: 10)),
            (.open, 1, ["单位？"], .formQuestions(limit: 10)),
            (.registration, 2, ["单位？"], .formQuestions(limit: 10)),
            (.registration, 11, Array(repeating: "x", count: 11), .formQuestions(limit: 10)),
            (.registration, 1, [" "], .formText(limit: 200)),
        ]

    @Test(arguments: forms)
    func `a form stands where people register`(
        admission: Admission,
        questions: Int,
        form: [String],
        fault: PlanFault?
    ) {
        let plain = RoomPlan.sample()
        let frame = RoomFrame(
            language: "zh-CN",
            startsAt: plain.frame.startsAt,
            slots: plain.frame.slots,
            door: Door(admission: admission, questions: questions)
        )
        let texts = RoomTexts(title: "t", slots: plain.texts.slots, form: form)
        let plan = RoomPlan(frame: frame, texts: texts)
        let decision = Room().decide(.create(plan), by: .server, at: .start)
        if let fault {
            #expect(decision == .failure(.badPlan(fault)))
        } else {
            #expect((try? decision.get())?.count == 1)
        }
    }

    static let doors: [(door: Door, isClosed: Bool)] = [
        (.open, false), (Door(hasWaitingArea: true), true), (Door(admission: .code), true),
        (Door(admission: .invitation), true), (Door(least: .registered), true),
    ]

    @Test(arguments: doors)
    func `behind a closed door only members are told what happens`(door: Door, isClosed: Bool) {
        var rehearsal = Self.room(door)
        let audience: Audience = isClosed ? .members : .everyone
        let said = try? rehearsal.give(.say("hi"), by: Person.audience.actor).get()
        #expect(said?.first?.parts.map(\.audience) == [.server, audience, audience])
        let started = try? rehearsal.give(.startRoom).get()
        #expect(started?.first?.parts.map(\.audience) == [.server, .everyone])
        let told = try? rehearsal.give(.announce("十点")).get()
        #expect(told?.first?.parts.map(\.audience) == [.server, .everyone, .everyone])
        let skipped = try? rehearsal.give(.skipSlot(.first, reason: "缺席")).get()
        #expect(skipped?.first?.parts.map(\.audience) == [.server, audience, .staff])
    }
}
