// Proves that admissions give and never take, when they are taken, and who is told of them.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct AdmissionTests {
    static let somebody = MemberID.sample(1)

    @Test
    func `a first admission holds the card`() {
        var rehearsal = Rehearsal.at(.open)
        let card = NameCard(name: "李四", organisation: "研究所", kind: "expert")
        let command = Command.admit(Self.somebody, roles: [.presenter], slots: [.second, .first])
        let decision = rehearsal.give(command, by: .server, card: card)
        let event = Event.memberAdmitted(
            Self.somebody,
            roles: [.presenter],
            slots: [.first, .second]
        )
        #expect(decision == .success([Draft(event, .card(card))]))
        let member = rehearsal.room.members[Self.somebody]
        #expect(member?.roles == [.presenter])
        #expect(member?.slots == [.first, .second])
    }

    /// What somebody is who was admitted as audience with the first slot, and admitted again.
    static let again: [(roles: Set<Role>, slots: [SlotID], result: Set<Role>?)] = [
        ([.audience], [], nil),
        ([.audience], [.first], nil),
        ([], [], nil),
        ([.presenter], [], [.audience, .presenter]),
        ([.moderator, .audience], [.first], [.moderator, .audience]),
        ([], [.second], [.audience]),
    ]

    @Test(arguments: again)
    func `roles only grow, and nothing new is no event`(
        roles: Set<Role>,
        slots: [SlotID],
        result: Set<Role>?
    ) {
        var rehearsal = Rehearsal.at(.open)
        let first = Command.admit(Self.somebody, roles: [.audience], slots: [.first])
        rehearsal.give(first, by: .server)
        let again = Command.admit(Self.somebody, roles: roles, slots: slots)
        let decision = rehearsal.give(again, by: .server)
        let allSlots = Set(slots + [.first]).sorted()
        let event = result.map { Event.rolesChanged(Self.somebody, roles: $0, slots: allSlots) }
        #expect(decision == .success(event.map { [Draft($0, .card(.blank))] } ?? []))
        #expect(rehearsal.room.members[Self.somebody]?.roles == result ?? [.audience])
    }

    @Test(arguments: Lifecycle.Name.allCases)
    func `people are admitted until the room is closed or cancelled`(state: Lifecycle.Name) {
        let decision = Rehearsal.at(state)
            .answer(to: .admit(Self.somebody, roles: [.audience], slots: []), by: .server)
        let isTaken = ![.unborn, .closed, .archived, .cancelled].contains(state)
        #expect(((try? decision.get()) != nil) == isTaken)
    }

    @Test
    func `a slot that the room has not is refused`() {
        let command = Command.admit(Self.somebody, roles: [.presenter], slots: [.first, .unknown])
        let decision = Rehearsal.at(.open).answer(to: command, by: .server)
        #expect(decision == .failure(.noSuchSlot(.unknown)))
    }

    @Test
    func `an admission is told to staff and to that person alone`() {
        let card = Texts.card(.blank)
        let event = Event.memberAdmitted(Self.somebody, roles: [.audience], slots: [])
        let audiences: [Audience] = [
            .server, .staff, .staff, .member(Self.somebody), .member(Self.somebody),
        ]
        #expect(Draft(event, card).parts.map(\.audience) == audiences)
        let projections: [Projection] = [.record, .body, .texts, .body, .texts]
        #expect(Draft(event, card).parts.map(\.projection) == projections)
        for draft in Rehearsal.at(.closed).drafts {
            let isAdmission = draft.event.audiences.contains(.staff)
            #expect(draft.event.audiences.contains(.everyone) != isAdmission)
        }
    }

    static let classes: [(roles: Set<Role>, audience: Audience, sees: Bool)] = [
        ([], .everyone, true), ([], .members, false), ([], .staff, false),
        ([], .role("audience"), false), ([], .server, false),
        ([.audience], .everyone, true), ([.audience], .members, true),
        ([.audience], .staff, false), ([.audience], .role("audience"), true),
        ([.audience], .role("presenter"), false), ([.audience], .member(somebody), false),
        ([.presenter], .members, true), ([.presenter], .staff, false),
        ([.presenter], .role("presenter"), true), ([.presenter], .server, false),
        ([.moderator], .staff, true), ([.moderator], .role("presenter"), false),
        ([.moderator], .server, false), ([.moderator], .member(somebody), false),
    ]

    @Test(arguments: classes)
    func `a class of readers sees what is for its roles`(
        roles: Set<Role>,
        audience: Audience,
        sees: Bool
    ) {
        #expect(ReaderClass(roles: roles).sees(audience) == sees)
    }

    @Test
    func `who has another role reads as that role, whether audience or not`() {
        #expect(ReaderClass(roles: [.audience, .moderator]) == ReaderClass(roles: [.moderator]))
        #expect(ReaderClass(roles: [.audience]) != .visitor)
        let room = Rehearsal.at(.open).room
        #expect(room.readerClass(of: nil) == .visitor)
        #expect(room.readerClass(of: Person.stranger.id) == .visitor)
        #expect(room.readerClass(of: Person.moderator.id) == ReaderClass(roles: [.moderator]))
    }
}
