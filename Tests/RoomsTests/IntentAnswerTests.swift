// Proves what comes back to an intent: answers, contacts by consent of both, feedback, own notes,
// follow-ups; and who alone is told of each.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct IntentAnswerTests {
    static let author = Person.audience
    static let presenter = Person.presenter
    static let key = IntentKey(.first, author.id)
    static let contact = ContactKey(.first, author: author.id, presenter: presenter.id)

    /// What was asked for, what a presenter says to it, and what becomes of that.
    static let answers: [(offer: IntentOffer, answer: IntentAnswer, refusal: Rejection?)] = [
        (IntentOffer(.investor, .follow), .seen, nil),
        (IntentOffer(.investor, .follow), .materialsSent, .notAsked(.materials)),
        (IntentOffer(.investor, .materials), .materialsSent, nil),
        (IntentOffer(.investor, .materials), .meetingAccepted, .notAsked(.meet)),
        (IntentOffer(.investor, .signed), .meetingDeclined, nil),
        (IntentOffer(.enterprise, .materials), .meetingAccepted, .notAsked(.exchange)),
        (IntentOffer(.enterprise, .exchange), .meetingAccepted, nil),
    ]

    @Test(arguments: answers)
    func `a presenter answers what was asked for`(
        offer: IntentOffer,
        answer: IntentAnswer,
        refusal: Rejection?
    ) {
        var rehearsal = Self.asked(offer)
        let command = Command.answerIntent(Self.key, answer, note: " ")
        let decision = Self.give(command, by: Self.presenter, in: &rehearsal)
        guard let refusal else {
            let circle = IntentCircle(presenters: [Self.presenter.id], isShared: false)
            let texts = Texts.remark(by: Self.presenter.card.byline, text: nil)
            let answered = Event.intentAnswered(Self.key, answer, circle)
            #expect(decision == .success([Draft(answered, texts)]))
            // Said again without a word it is nothing new.
            #expect(Self.give(command, by: Self.presenter, in: &rehearsal) == .success([]))
            return
        }
        #expect(decision == .failure(refusal))
    }

    static let others: [(person: Person, refusal: Rejection)] = [
        (.moderator, .notPermitted(needs: [.presenter])),
        (.otherPresenter, .notPermitted(needs: [.presenter])),
        (.audience, .notPermitted(needs: [.presenter])),
        (.judge, .notPermitted(needs: [.presenter])),
    ]

    @Test(arguments: others)
    func `nobody answers but the slot's presenters`(person: Person, refusal: Rejection) {
        var rehearsal = Self.asked(IntentOffer(.investor, .meet))
        let command = Command.answerIntent(Self.key, .seen, note: nil)
        #expect(Self.give(command, by: person, in: &rehearsal) == .failure(refusal))
    }

    @Test
    func `what is said anew was not seen; other answers stand, and none after a withdrawal`() {
        var rehearsal = Self.asked(IntentOffer(.investor, .materials))
        for answer in [IntentAnswer.seen, .materialsSent] {
            Self.give(.answerIntent(Self.key, answer, note: nil), by: .presenter, in: &rehearsal)
        }
        Self.give(.giveIntent(.first, IntentOffer(.investor, .meet)), by: .audience, in: &rehearsal)
        #expect(rehearsal.room.intents.all[Self.key]?.answers.keys.map(\.self) == [.materials])
        Self.give(.withdrawIntent(.first, note: nil), by: .audience, in: &rehearsal)
        let late = Command.answerIntent(Self.key, .seen, note: nil)
        #expect(Self.give(late, by: .presenter, in: &rehearsal) == .failure(.noSuchIntent))
    }

    @Test(arguments: [true, false])
    func `contacts are told to each other once both agree`(authorFirst: Bool) throws {
        var rehearsal = Self.asked(IntentOffer(.investor, .follow))
        let people = authorFirst ? [Self.author, Self.presenter] : [Self.presenter, Self.author]
        let (first, second) = (people[0], people[1])
        let offer = Command.offerContact(.first, with: second.id, text: "甲", theirs: nil)
        let offered = try Self.give(offer, by: first, in: &rehearsal).get()
        #expect(offered.map(\.event) == [.contactOffered(Self.contact, by: first.id)])
        // The other learns that it was offered, and not what.
        let parts = try #require(offered.first).parts
        #expect(parts.filter { $0.projection == .texts }.map(\.audience) == [.member(first.id)])
        let told = Self.people(parts.map(\.audience))
        #expect(told == [Self.author.id, Self.presenter.id])
        let words = HeldWords(by: first.card.byline, text: "甲")
        let answer = Command.offerContact(.first, with: first.id, text: "乙", theirs: words)
        let both = try Self.give(answer, by: second, in: &rehearsal).get()
        #expect(
            both.map(\.event) == [
                .contactTold(Self.contact, of: first.id), .contactTold(Self.contact, of: second.id),
            ]
        )
        for draft in both {
            let audiences = draft.parts.filter { $0.projection == .texts }.map(\.audience)
            #expect(Self.people(audiences) == [Self.author.id, Self.presenter.id])
        }
    }

    @Test
    func `whose contact was told removes it, and the other does not`() throws {
        var rehearsal = Self.exchanged()
        let first = rehearsal.room.sequence - 1
        let decision = rehearsal.answer(to: .redact(first, .private), by: Person.presenter.actor)
        #expect(decision == .failure(.notPermitted(needs: [.moderator])))
        let staff = rehearsal.answer(to: .redact(first, .private), by: Person.moderator.actor)
        #expect(staff == .failure(.noSuchText(first)))
        let own = Self.give(.redact(first, .private), by: .audience, in: &rehearsal)
        #expect(
            (try? own.get())?.map(\.event) == [.contentRedacted(first, parts: [2, 4], .private)]
        )
    }

    @Test
    func `a contact is for an intent that stands, with a presenter of its slot`() {
        var rehearsal = Self.asked(IntentOffer(.investor, .follow))
        func answer(_ person: Person, _ other: Person, _ slot: SlotID = .first) -> Rejection? {
            let command = Command.offerContact(slot, with: other.id, text: "甲", theirs: nil)
            return IntentTests.refusal(of: rehearsal.answer(to: command, by: person.actor))
        }
        #expect(answer(.audience, .otherPresenter) == .noSuchMember(Person.otherPresenter.id))
        #expect(answer(.audience, .moderator) == .noSuchMember(Person.moderator.id))
        #expect(answer(.otherAudience, .presenter) == .noSuchIntent)
        #expect(answer(.presenter, .otherAudience) == .noSuchIntent)
        #expect(answer(.otherPresenter, .audience) == .noSuchIntent)
        #expect(answer(.audience, .presenter, .unknown) == .noSuchSlot(.unknown))
        #expect(answer(.presenter, .audience) == nil)
        let none = Command.withdrawContact(.first, with: Person.presenter.id)
        let refused = rehearsal.answer(to: none, by: Self.author.actor)
        #expect(refused == .failure(.noSuchContact))
        rehearsal = Self.exchanged()
        Self.give(none, by: .audience, in: &rehearsal)
        #expect(
            rehearsal.room.intents.contacts[Self.contact]?.told[Self.author.id]?.isWithdrawn == true
        )
        #expect(Self.give(none, by: .audience, in: &rehearsal) == .failure(.noSuchContact))
    }

    @Test
    func `feedback is for the slot's presenters, and says something`() throws {
        var rehearsal = Rehearsal.at(.live)
        let codes: [FeedbackCode] = [.other, .tooEarly, .other]
        let command = Command.giveFeedback(.first, codes, text: nil)
        for (person, conflict) in [(Person.judge, IntentConflict.judge), (.presenter, .presenter)] {
            let refused = Self.give(command, by: person, in: &rehearsal)
            #expect(refused == .failure(.intentConflict(conflict)))
        }
        let given = try Self.give(command, by: .otherPresenter, in: &rehearsal).get()
        let draft = try #require(given.first)
        let people = Self.people(draft.parts.map(\.audience))
        #expect(people == [Person.otherPresenter.id, Self.presenter.id])
        guard case .feedbackGiven(_, let kept, _) = draft.event else {
            Issue.record("no feedback")
            return
        }
        #expect(kept == [.tooEarly, .other])
        let empty = Command.giveFeedback(.first, [], text: " ")
        #expect(Self.give(empty, by: .audience, in: &rehearsal) == .failure(.textEmpty))
    }

    @Test
    func `a note is for its writer alone, and what it replaces is erased`() throws {
        var rehearsal = Rehearsal.at(.live)
        Self.give(.keepNote(.first, "一"), by: .audience, in: &rehearsal)
        let first = rehearsal.room.sequence
        let drafts = try Self.give(.keepNote(.first, nil), by: .audience, in: &rehearsal).get()
        #expect(
            drafts.map(\.event) == [
                .contentRedacted(first, parts: [2], .private), .noteKept(Self.key),
            ]
        )
        for draft in drafts {
            #expect(Self.people(draft.parts.map(\.audience)) == [Self.author.id])
            #expect(!draft.parts.contains { [.everyone, .staff, .members].contains($0.audience) })
        }
    }

    @Test
    func `so many notes, feedback and contacts as the room holds`() {
        var limits = RoomLimits()
        limits.intents = 1
        limits.contacts = 0
        var rehearsal = Rehearsal.at(.live, limits: limits)
        let offer = IntentOffer(.investor, .follow)
        Self.give(.giveIntent(.first, offer), by: .audience, in: &rehearsal)
        let contact = Command.offerContact(
            .first,
            with: Self.presenter.id,
            text: "甲",
            theirs: nil
        )
        #expect(Self.give(contact, by: .audience, in: &rehearsal) == .failure(.roomFull(limit: 0)))
        for slot in [SlotID.first, .second] {
            let full = Decision.failure(.roomFull(limit: 1))
            for command in [
                Command.keepNote(slot, "一"), .giveFeedback(slot, [.tooEarly], text: nil),
            ] {
                let decision = Self.give(command, by: .audience, in: &rehearsal)
                #expect((decision == full) == (slot == .second))
            }
        }
    }

    @Test
    func `both parties say what became of it, 30 and 90 days after the end`() throws {
        var rehearsal = Self.asked(IntentOffer(.investor, .meet))
        let said = Command.followUp(Self.key, FollowUp(.author, .inTalks), note: nil)
        let early = Self.give(said, by: .audience, in: &rehearsal)
        #expect(
            IntentTests.refusal(of: early)
                == .wrongState(.live, allowed: [.followUp, .closed, .archived])
        )
        rehearsal.give([.endRoom, .confirmEnd])
        let ended = try #require(rehearsal.room.intents.endedAt)
        func due(_ party: IntentParty, after days: UInt64) -> UInt64? {
            let now = ended.advanced(byMilliseconds: Int64(days) * 86_400_000)
            return rehearsal.room.intents.all[Self.key]?.due(for: party, since: ended, at: now)
        }
        #expect([0, 29, 30, 89, 90].map { due(.author, after: $0) } == [nil, nil, 30, 30, 90])
        let day31: UInt64 = 31 * 86_400_000
        let moved = rehearsal.give(
            said,
            by: Self.author.actor,
            card: Self.author.card,
            after: day31
        )
        #expect(IntentTests.refusal(of: moved) == nil)
        #expect([40, 90].map { due(.author, after: $0) } == [nil, 90])
        #expect([40, 90].map { due(.presenter, after: $0) } == [30, 90])
        // Each speaks for its own side.
        let others: [(Person, IntentParty, Rejection)] = [
            (.otherAudience, .author, .noSuchIntent), (.presenter, .author, .noSuchIntent),
            (.audience, .presenter, .notPermitted(needs: [.presenter])),
            (.otherPresenter, .presenter, .notPermitted(needs: [.presenter])),
            (.moderator, .presenter, .notPermitted(needs: [.presenter])),
        ]
        for (person, party, refusal) in others {
            let command = Command.followUp(Self.key, FollowUp(party, .ended), note: nil)
            #expect(Self.give(command, by: person, in: &rehearsal) == .failure(refusal))
        }
    }

    // How the tables are driven

    static func people(_ audiences: [Audience]) -> Set<MemberID> {
        Set(audiences.compactMap { if case .member(let id) = $0 { id } else { nil } })
    }

    /// A live room where that stands for the first slot.
    static func asked(_ offer: IntentOffer) -> Rehearsal {
        var rehearsal = Rehearsal.at(.live)
        give(.giveIntent(.first, offer), by: author, in: &rehearsal)
        return rehearsal
    }

    /// Where both were told; the last two events hold the contacts, the author's first.
    static func exchanged() -> Rehearsal {
        var rehearsal = asked(IntentOffer(.investor, .follow))
        let offer = Command.offerContact(.first, with: presenter.id, text: "甲", theirs: nil)
        give(offer, by: author, in: &rehearsal)
        let words = HeldWords(by: author.card.byline, text: "甲")
        let answer = Command.offerContact(.first, with: author.id, text: "乙", theirs: words)
        give(answer, by: presenter, in: &rehearsal)
        return rehearsal
    }

    @discardableResult
    static func give(
        _ command: Command,
        by person: Person,
        in rehearsal: inout Rehearsal
    ) -> Decision {
        rehearsal.give(command, by: person.actor, card: person.card)
    }
}
