// Proves the life of a question: asked, voted for once by each, marked, and gone when its text is.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct QuestionTests {
    static let asked: Rehearsal = {
        var rehearsal = Rehearsal.at(.live)
        let card = Person.audience.card
        rehearsal.give(.ask("why?", about: .first), by: Person.audience.actor, card: card)
        return rehearsal
    }()
    static let id = asked.room.sequence

    @Test
    func `a question shows its author and slot`() {
        let question = Self.asked.room.questions[Self.id]
        #expect(question?.by == Person.audience.id)
        #expect(question?.slot == .first)
        #expect(question?.state == .open)
        #expect(question?.voters == [])
        #expect(
            Self.asked.drafts.last
                == Draft(
                    .questionAsked(about: .first),
                    .asked(by: Byline("audience", Affiliation("实验室")), text: "why?")
                )
        )
    }

    @Test
    func `a question about no slot of the room is refused`() {
        let decision = Self.asked.answer(to: .ask("why?", about: .unknown))
        #expect(decision == .failure(.noSuchSlot(.unknown)))
    }

    @Test
    func `each member votes once, the author too`() {
        var rehearsal = Self.asked
        let voters: [Person] = [.audience, .moderator, .presenter]
        for (count, voter) in voters.enumerated() {
            let event = Event.questionVoted(Self.id, votes: count + 1)
            #expect(
                rehearsal.give(.vote(for: Self.id), by: voter.actor) == .success([Draft(event)])
            )
            #expect(
                rehearsal.answer(to: .vote(for: Self.id), by: voter.actor)
                    == .failure(.alreadyVoted(Self.id))
            )
        }
        #expect(rehearsal.room.questions[Self.id]?.voters == Set(voters.map(\.id)))
    }

    @Test(arguments: [0, id - 1, id + 1, .max])
    func `what is no question can neither be voted for nor marked`(number: UInt64) {
        let refusal = Decision.failure(.noSuchQuestion(number))
        #expect(Self.asked.answer(to: .vote(for: number)) == refusal)
        #expect(Self.asked.answer(to: .mark(number, .answered)) == refusal)
    }

    @Test(arguments: QuestionState.allCases, QuestionState.allCases)
    func `any mark follows any other, and the same is no event`(
        before: QuestionState,
        after: QuestionState
    ) {
        var rehearsal = Self.asked
        rehearsal.give(.mark(Self.id, before))
        let expected = before == after ? [] : [Draft(.questionMarked(Self.id, after))]
        #expect(rehearsal.give(.mark(Self.id, after)) == .success(expected))
        #expect(rehearsal.room.questions[Self.id]?.state == after)
    }

    @Test(arguments: Lifecycle.Name.allCases.filter { $0 != .unborn })
    func `questions are marked until the room closes`(state: Lifecycle.Name) {
        let allowed: [Lifecycle.Name] = [.open, .live, .paused, .followUp]
        let expected: Rejection =
            allowed.contains(state) ? .noSuchQuestion(1) : .wrongState(state, allowed: allowed)
        let decision = Rehearsal.at(state).answer(to: .mark(1, .answered))
        #expect(decision == .failure(expected))
    }

    @Test
    func `a question whose text was removed takes no vote and no mark`() {
        var rehearsal = Self.asked
        rehearsal.give(.redact(Self.id, .mistake), by: Person.audience.actor)
        let refusal = Decision.failure(.noSuchQuestion(Self.id))
        #expect(rehearsal.answer(to: .vote(for: Self.id)) == refusal)
        #expect(rehearsal.answer(to: .mark(Self.id, .answered)) == refusal)
    }

    // Merging

    /// Three questions, each with one voter of its own, the first and third with a common one too.
    private static let three: (rehearsal: Rehearsal, ids: [UInt64]) = {
        var rehearsal = Rehearsal.at(.live)
        var ids: [UInt64] = []
        for text in ["一", "二", "三"] {
            rehearsal.give(.ask(text, about: nil), by: Person.audience.actor)
            ids.append(rehearsal.room.sequence)
        }
        for (place, voter) in [Person.moderator, .presenter, .judge].enumerated() {
            rehearsal.give(.vote(for: ids[place]), by: voter.actor)
        }
        rehearsal.give(.vote(for: ids[2]), by: Person.moderator.actor)
        return (rehearsal, ids)
    }()

    private func merged(
        _ id: UInt64,
        into target: UInt64?,
        _ counts: (UInt64, Int)...
    ) -> Decision {
        let counts = counts.map { QuestionVotes($0.0, $0.1) }
        return .success([Draft(.questionMerged(id, into: target, counts: counts))])
    }

    @Test func `whoever voted for both counts once, and what is taken apart has its own again`() {
        var (rehearsal, ids) = Self.three
        #expect(
            rehearsal.give(.mergeQuestion(ids[2], into: ids[0]))
                == merged(ids[2], into: ids[0], (ids[2], 2), (ids[0], 2))
        )
        #expect(
            rehearsal.answer(to: .vote(for: ids[0]), by: Person.judge.actor)
                == .failure(.alreadyVoted(ids[0]))
        )
        #expect(
            rehearsal.give(.vote(for: ids[0]), by: Person.presenter.actor)
                == .success([Draft(.questionVoted(ids[0], votes: 3))])
        )
        #expect(
            rehearsal.give(.mergeQuestion(ids[2], into: nil))
                == merged(ids[2], into: nil, (ids[2], 2), (ids[0], 2))
        )
        #expect(rehearsal.room.questions[ids[2]]?.mergedInto == nil)
        #expect(rehearsal.answer(to: .mergeQuestion(ids[2], into: nil)) == .success([]))
    }

    @Test func `what was merged into a question goes along when it is merged itself`() {
        var (rehearsal, ids) = Self.three
        rehearsal.give(.mergeQuestion(ids[1], into: ids[2]))
        #expect(
            rehearsal.give(.mergeQuestion(ids[2], into: ids[0]))
                == merged(ids[2], into: ids[0], (ids[2], 2), (ids[0], 3))
        )
        #expect(rehearsal.room.questions[ids[1]]?.mergedInto == ids[0])
        #expect(
            rehearsal.answer(to: .mergeQuestion(ids[1], into: nil))
                == merged(ids[1], into: nil, (ids[1], 1), (ids[0], 2))
        )
    }

    @Test func `a merged question is neither voted for nor marked, answered or merged into`() {
        var (rehearsal, ids) = Self.three
        rehearsal.give(.mergeQuestion(ids[2], into: ids[0]))
        let commands: [Command] = [
            .vote(for: ids[2]), .mark(ids[2], .answered), .answerQuestion(ids[2], "so"),
            .mergeQuestion(ids[1], into: ids[2]),
        ]
        for command in commands {
            #expect(rehearsal.answer(to: command) == .failure(.questionMerged(ids[2])))
        }
        let elsewhere = Command.mergeQuestion(ids[2], into: ids[1])
        #expect(rehearsal.answer(to: elsewhere) == .failure(.questionMerged(ids[2])))
        #expect(rehearsal.answer(to: .mergeQuestion(ids[2], into: ids[0])) == .success([]))
        let itself = Command.mergeQuestion(ids[0], into: ids[0])
        #expect(rehearsal.answer(to: itself) == .failure(.noSuchQuestion(ids[0])))
    }

    // Written answers

    @Test func `an answer marks the question, and another takes its place, so often`() {
        var limits = RoomLimits()
        limits.answers = 2
        var rehearsal = Rehearsal.at(.live, limits: limits)
        rehearsal.give(.ask("why?", about: .first), by: Person.audience.actor)
        let id = rehearsal.room.sequence
        let card = Person.presenter.card
        let texts = Texts.said(by: card.byline, text: "so")
        for _ in 0..<2 {
            let decision = rehearsal.give(
                .answerQuestion(id, " so "),
                by: Person.presenter.actor,
                card: card
            )
            #expect(decision == .success([Draft(.questionAnswered(id), texts)]))
        }
        #expect(rehearsal.room.questions[id]?.state == .answered)
        #expect(
            rehearsal.answer(to: .answerQuestion(id, "so"), by: Person.presenter.actor)
                == .failure(.tooManyAnswers(limit: 2))
        )
    }

    @Test func `a presenter answers what is about its slot alone`() {
        var rehearsal = Rehearsal.at(.live)
        for slot in [nil, SlotID.second] {
            rehearsal.give(.ask("why?", about: slot), by: Person.audience.actor)
            let command = Command.answerQuestion(rehearsal.room.sequence, "so")
            #expect(
                rehearsal.answer(to: command, by: Person.presenter.actor)
                    == .failure(.notPermitted(needs: [.moderator]))
            )
        }
    }

    // Anonymous ones

    @Test func `an anonymous question is asked where the room allows it`() {
        var rehearsal = Rehearsal.at(.live)
        let ask = Command.ask("why?", about: .first, anonymously: true)
        #expect(rehearsal.answer(to: ask, by: Person.audience.actor) == .failure(.namedOnly))
        rehearsal.give(.allowAnonymous(true))
        #expect(rehearsal.answer(to: .allowAnonymous(true)) == .success([]))
        let card = Person.audience.card
        rehearsal.give(ask, by: Person.audience.actor, card: card)
        let draft = Draft(
            .questionAsked(about: .first, hiding: Person.audience.id),
            .asked(by: card.byline, text: "why?")
        )
        #expect(rehearsal.drafts.last == draft)
        #expect(rehearsal.room.questions[rehearsal.room.sequence]?.isAnonymous == true)
        // Its author removes it: staff's words and everybody's.
        let remove = Command.redact(rehearsal.room.sequence, .mistake)
        let removal = Event.contentRedacted(rehearsal.room.sequence, parts: [2, 4], .mistake)
        let decision = rehearsal.answer(to: remove, by: Person.audience.actor)
        // Whoever removed it would be known for its author.
        #expect(decision == .success([Draft(removal, hidesActor: true)]))
        #expect(
            Draft(removal, hidesActor: true).parts.map(\.projection) == [.record, .body, .unsigned]
        )
        let moderators = rehearsal.answer(to: remove, by: Person.moderator.actor)
        #expect(moderators == .success([Draft(removal)]))
    }

    @Test(arguments: [false, true])
    func `staff alone is told whose an anonymous question is`(isBehindDoor: Bool) {
        let author = Person.audience.id
        let draft = Draft(
            .questionAsked(about: nil, hiding: author),
            .asked(by: Byline("a"), text: "why?"),
            isBehindDoor: isBehindDoor
        )
        let others: Audience = isBehindDoor ? .members : .everyone
        let wanted: [(Audience, Projection)] = [
            (.server, .record), (.staff, .body), (.staff, .texts), (others, .notice),
            (others, .words), (.member(author), .body),
        ]
        #expect(draft.parts.map(\.audience) == wanted.map(\.0))
        #expect(draft.parts.map(\.projection) == wanted.map(\.1))
    }
}
