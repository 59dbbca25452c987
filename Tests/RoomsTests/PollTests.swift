// Proves polls: who opens, votes, closes and cancels, what a ballot is, and that tallies add up.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing

struct PollTests {
    static func plan(
        _ kind: PollKind,
        options: [String] = [],
        question: String = "哪个项目？",
        slot: SlotID? = nil,
        registered: Bool = false,
        changeable: Bool = true
    ) -> PollPlan {
        PollPlan(
            kind: kind,
            texts: PollTexts(question: question, options: options),
            slot: slot,
            isForRegistered: registered,
            isChangeable: changeable
        )
    }

    /// A live room with that poll open, and the poll's id.
    static func open(
        _ plan: PollPlan,
        limits: RoomLimits = RoomLimits()
    ) -> (rehearsal: Rehearsal, id: UInt64) {
        var rehearsal = Rehearsal.at(.live, limits: limits)
        rehearsal.give(.openPoll(plan))
        return (rehearsal, rehearsal.room.sequence)
    }

    static func names(_ count: Int) -> [String] { (0..<count).map { "option \($0)" } }

    static let long = String(repeating: "字", count: 101)

    /// What a poll is opened from, and how many options it then has, or why it is not.
    static let plans: [(plan: PollPlan, answer: Result<Int, Rejection>)] = [
        (plan(.single, options: names(2)), .success(2)),
        (plan(.single, options: names(1)), .failure(.badPollOptions(2...10))),
        (plan(.multiple, options: names(10)), .success(10)),
        (plan(.multiple, options: names(11)), .failure(.badPollOptions(2...10))),
        (plan(.multiple, options: ["a", " a "]), .failure(.badPollOptions(2...10))),
        (plan(.rating), .success(5)), (plan(.yesNo), .success(2)),
        (plan(.rating, options: ["1"]), .failure(.badPollOptions(0...0))),
        (plan(.yesNo, options: names(2)), .failure(.badPollOptions(0...0))),
        (plan(.yesNo, question: String(repeating: "字", count: 200)), .success(2)),
        (
            plan(.yesNo, question: String(repeating: "字", count: 201)),
            .failure(.textTooLong(length: 201, limit: 200))
        ),
        (plan(.yesNo, question: " \n"), .failure(.textEmpty)),
        (plan(.yesNo, question: "a\u{7}"), .failure(.textHasControlCharacters)),
        (plan(.single, options: ["a", String(long.dropLast())]), .success(2)),
        (plan(.single, options: ["a", long]), .failure(.textTooLong(length: 101, limit: 100))),
        (plan(.single, options: ["a", ""]), .failure(.textEmpty)),
        (plan(.yesNo, slot: .first), .success(2)),
        (plan(.yesNo, slot: .unknown), .failure(.noSuchSlot(.unknown))),
    ]

    @Test(arguments: plans)
    func `a poll has a question, and options within their limits`(
        plan: PollPlan,
        answer: Result<Int, Rejection>
    ) {
        let decision = Rehearsal.at(.live).answer(to: .openPoll(plan))
        switch answer {
        case .failure(let rejection): #expect(decision == .failure(rejection))
        case .success(let options):
            let frame = PollFrame(kind: plan.frame.kind, options: options, slot: plan.frame.slot)
            #expect(decision == .success([Draft(.pollOpened(frame), .poll(plan.texts))]))
        }
    }

    static let ballots: [(kind: PollKind, choices: [Int], isTaken: Bool)] = [
        (.single, [1], true), (.single, [3], true), (.single, [0], false), (.single, [4], false),
        (.single, [], false), (.single, [1, 2], false), (.single, [-1], false),
        (.single, [.max], false), (.multiple, [1, 2, 3], true), (.multiple, [3, 1], true),
        (.multiple, [1, 1], false), (.multiple, [1, 4], false), (.multiple, [], false),
        (.rating, [1], true), (.rating, [5], true), (.rating, [6], false), (.rating, [0], false),
        (.rating, [4, 5], false), (.yesNo, [1], true), (.yesNo, [2], true), (.yesNo, [3], false),
        (.yesNo, [1, 2], false),
    ]

    @Test(arguments: ballots)
    func `a ballot has options of the poll, as many as its kind takes`(
        kind: PollKind,
        choices: [Int],
        isTaken: Bool
    ) throws {
        let options = kind.fixedOptions == nil ? Self.names(3) : []
        let (rehearsal, id) = Self.open(Self.plan(kind, options: options))
        let decision = rehearsal.answer(to: .votePoll(id, choices), by: Person.audience.actor)
        let count = kind.fixedOptions ?? 3
        guard isTaken else {
            let most = kind == .multiple ? count : 1
            #expect(decision == .failure(.badBallot(options: count, most: most)))
            return
        }
        let ballot = try #require(Ballot(choices, of: count))
        #expect(ballot.choices == choices.sorted())
        #expect(decision == .success([Draft(.pollVoted(id, by: Person.audience.id, ballot))]))
    }

    @Test
    func `one poll is open at a time`() {
        var (rehearsal, id) = Self.open(Self.plan(.yesNo))
        let another = Command.openPoll(Self.plan(.rating))
        #expect(rehearsal.answer(to: another) == .failure(.pollRunning(id)))
        rehearsal.give(.closePoll(id))
        #expect((try? rehearsal.answer(to: another).get()) != nil)
        #expect(rehearsal.answer(to: .closePoll(id)) == .failure(.pollNotOpen(id)))
    }

    @Test
    func `a room holds so many polls, cancelled ones too`() {
        var limits = RoomLimits()
        limits.polls = 1
        var (rehearsal, id) = Self.open(Self.plan(.yesNo), limits: limits)
        rehearsal.give(.cancelPoll(id))
        let one = rehearsal.answer(to: .openPoll(Self.plan(.yesNo)))
        #expect(one == .failure(.tooManyPolls(limit: 1)))
    }

    @Test
    func `a vote may be changed while the poll says so, and the same again is none`() {
        for isChangeable in [true, false] {
            var (rehearsal, id) = Self.open(Self.plan(.rating, changeable: isChangeable))
            let voter = Person.audience.actor
            rehearsal.give(.votePoll(id, [4]), by: voter)
            #expect(rehearsal.give(.votePoll(id, [4]), by: voter) == .success([]))
            let changed = rehearsal.give(.votePoll(id, [5]), by: voter)
            #expect((changed == .failure(.ballotFixed(id))) == !isChangeable)
            let counts = isChangeable ? [0, 0, 0, 0, 1] : [0, 0, 0, 1, 0]
            #expect(rehearsal.room.polls[id]?.counts == counts)
            #expect(rehearsal.room.polls[id]?.voters == 1)
        }
    }

    @Test
    func `a vote is changed so often, and no more`() {
        var limits = RoomLimits()
        limits.ballotChanges = 2
        var (rehearsal, id) = Self.open(Self.plan(.rating), limits: limits)
        for choice in 1...3 {
            let decision = rehearsal.give(.votePoll(id, [choice]), by: Person.audience.actor)
            #expect((try? decision.get()) != nil)
        }
        let more = rehearsal.answer(to: .votePoll(id, [4]), by: Person.audience.actor)
        #expect(more == .failure(.ballotFixed(id)))
    }

    @Test(arguments: Standing.allCases)
    func `a poll for registered members takes no vote of a guest`(standing: Standing) {
        let (rehearsal, id) = Self.open(Self.plan(.yesNo, registered: true))
        let speaker = Speaker(Person.audience.actor, standing: standing)
        let decision = rehearsal.room.decide(.votePoll(id, [1]), by: speaker, at: rehearsal.now)
        #expect((decision == .failure(.registeredOnly)) == (standing == .guest))
    }

    @Test
    func `nobody votes in what is closed, cancelled or none`() {
        var (rehearsal, id) = Self.open(Self.plan(.yesNo))
        let none = rehearsal.answer(to: .votePoll(id + 1, [1]))
        #expect(none == .failure(.noSuchPoll(id + 1)))
        rehearsal.give(.votePoll(id, [1]), by: Person.audience.actor)
        let closed = rehearsal.give(.closePoll(id))
        #expect(closed == .success([Draft(.pollClosed(id, counts: [1, 0], voters: 1))]))
        #expect(rehearsal.answer(to: .votePoll(id, [2])) == .failure(.pollNotOpen(id)))
        #expect(rehearsal.give(.cancelPoll(id)) == .success([Draft(.pollCancelled(id))]))
        #expect(rehearsal.room.polls[id]?.counts == [0, 0])
        #expect(rehearsal.room.polls[id]?.ballot(of: Person.audience.id) == nil)
        #expect(rehearsal.give(.cancelPoll(id)) == .success([]))
        #expect(rehearsal.answer(to: .closePoll(id)) == .failure(.pollNotOpen(id)))
        #expect(rehearsal.answer(to: .votePoll(id, [2])) == .failure(.pollNotOpen(id)))
    }

    @Test
    func `an open poll closes with the live part`() throws {
        for end in [Command.confirmEnd, .cancelRoom(reason: nil)] {
            var (rehearsal, id) = Self.open(Self.plan(.yesNo))
            rehearsal.give(.endRoom)
            let drafts = try rehearsal.give(end).get()
            #expect(drafts.contains(Draft(.pollClosed(id, counts: [0, 0], voters: 0))))
            #expect(rehearsal.room.openPoll == nil)
        }
    }

    @Test
    func `who voted what is told to the voter alone`() throws {
        let ballot = try #require(Ballot([2], of: 2))
        let draft = Draft(.pollVoted(9, by: Person.audience.id, ballot), isBehindDoor: true)
        let voter = Audience.member(Person.audience.id)
        #expect(draft.parts.map(\.audience) == [.server, voter])
        #expect(draft.parts.map(\.projection) == [.record, .body])
    }

    /// Random votes against a model that keeps each voter's last choices in a list.
    @Test(arguments: Seeds.first(60))
    func `tallies are the last ballots counted one by one`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let kind = try #require(PollKind.allCases.randomElement(using: &random))
        let options = kind.fixedOptions ?? Int.random(in: 2...10, using: &random)
        let given = kind.fixedOptions == nil ? Self.names(options) : []
        var (rehearsal, id) = Self.open(Self.plan(kind, options: given))
        let voters = Person.allCases.filter { $0 != .stranger }
        var last: [(who: Person, choices: [Int])] = []
        for _ in 0..<60 {
            let voter = voters[Int.random(in: voters.indices, using: &random)]
            let count = Int.random(in: 0...3, using: &random)
            let choices = (0..<count).map { _ in Int.random(in: 0...options, using: &random) }
            let decision = rehearsal.give(.votePoll(id, choices), by: voter.actor)
            guard (try? decision.get()) != nil else { continue }
            last.removeAll { $0.who == voter }
            last.append((voter, choices))
        }
        let poll = try #require(rehearsal.room.polls[id])
        let naive = (1...options).map { option in
            last.count { $0.choices.contains(option) }
        }
        #expect(poll.counts == naive, "SEED=\(seed)")
        #expect(poll.voters == last.count, "SEED=\(seed)")
        if kind != .multiple { #expect(poll.counts.reduce(0, +) == poll.voters, "SEED=\(seed)") }
        var replayed = Room()
        for recorded in rehearsal.log { replayed.apply(recorded) }
        #expect(replayed == rehearsal.room, "SEED=\(seed)")
    }
}
