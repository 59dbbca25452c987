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
}
