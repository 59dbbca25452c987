// Proves who may judge what and when, that marks stay hidden, and when scores are told.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct JudgingTests {
    static let (judge, other) = (Person.judge, Person.otherJudge)

    /// A live room with that plan, its first slot in questions.
    static func judged(_ plan: JudgingPlan = .sample) -> Rehearsal {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give([.arrangeJudging(plan), .callSlot(.first), .startPitch, .startQuestions])
        return rehearsal
    }

    static func sheet(
        _ person: Person = judge,
        _ marks: [Int] = [90, 80],
        panel: Int = 1
    ) -> SubmittedSheet {
        SubmittedSheet(slot: .first, judge: person.id, panel: panel, marks: marks)
    }

    static func submit(_ marks: [Int] = [90, 80], _ comment: String? = nil) -> Command {
        .submitSheet(.first, marks: marks, comment: comment)
    }

    /// Through pitch, scoring and its end, with a sheet of each judge.
    static func score(_ slot: SlotID, _ rehearsal: inout Rehearsal) {
        rehearsal.give([.callSlot(slot), .startPitch, .finishSlot])
        for person in [judge, other] {
            rehearsal.give(.submitSheet(slot, marks: [90, 80], comment: nil), by: person.actor)
        }
        rehearsal.give(.closeScoring(slot, words: [:]))
    }

    // The scheme.

    static let faults: [(plan: JudgingPlan, fault: JudgingFault)] = [
        (.plan(weights: []), .criteriaCount(limit: 12)),
        (.plan(weights: Array(repeating: 7, count: 13)), .criteriaCount(limit: 12)),
        (.plan(weights: [100, 0]), .weight), (.plan(weights: [101, -1]), .weight),
        (.plan(weights: [70, 29]), .weightSum(99)), (.plan(weights: [70, 31]), .weightSum(101)),
        (.plan(panels: []), .panelCount(limit: 5)),
        (.plan(panels: [20, 20, 20, 20, 10, 10]), .panelCount(limit: 5)),
        (.plan(panels: [60, 41]), .panelWeightSum(101)), (.plan(panels: [100, 0]), .panelWeight),
        (.plan(ties: [3]), .ties(criteria: 2)), (.plan(ties: [1, 1]), .ties(criteria: 2)),
        (.plan(publication: .after(slots: 0)), .publication(limit: 60)),
        (.plan(publication: .after(slots: 61)), .publication(limit: 60)),
        (.plan(groups: [SlotGroup(slots: [.first, .second])]), .groupSlots),
        (
            .plan(groups: [SlotGroup(slots: [.first, .second, .second, SlotID(place: 3)])]),
            .groupSlots
        ),
        (
            .plan(
                groups: [
                    SlotGroup(slots: [.first, .second, SlotID(place: 3)], advancing: 4)
                ]
            ),
            .advancing
        ),
        (
            JudgingPlan(
                scheme: JudgingScheme(weights: [100]),
                texts: JudgingTexts(criteria: [], panels: ["评委"])
            ),
            .textsDoNotMatch
        ),
        (
            JudgingPlan(
                scheme: JudgingScheme(weights: [100]),
                texts: JudgingTexts(criteria: [.init(name: " ")], panels: ["评委"])
            ),
            .name(limit: 60)
        ),
    ]

    @Test(arguments: faults)
    func `a scheme that cannot be judged by is refused`(plan: JudgingPlan, fault: JudgingFault) {
        let live = Rehearsal.at(.live)
        #expect(live.answer(to: .arrangeJudging(plan)) == .failure(.badJudging(fault)))
        let sample = RoomPlan.sample()
        let whole = RoomPlan(frame: sample.frame, texts: sample.texts, judging: plan)
        let created = Room().decide(.create(whole), by: .server, at: .start)
        #expect(created == .failure(.badPlan(.judging(fault))))
    }

    @Test
    func `a scheme stands from the start or is arranged, and stays after the first sheet`() {
        let sample = RoomPlan.sample()
        let planned = RoomPlan(frame: sample.frame, texts: sample.texts, judging: .sample)
        #expect(Rehearsal(planned).room.judging.scheme == JudgingPlan.sample.scheme)
        var rehearsal = Self.judged()
        let second = JudgingPlan.plan(panels: [100])
        #expect((try? rehearsal.give(.arrangeJudging(second)).get()) != nil)
        rehearsal.give(Self.submit(), by: Self.judge.actor)
        #expect(rehearsal.give(.arrangeJudging(.sample)) == .failure(.judgingBegun))
    }

    // Sheets.

    @Test
    func `a signed sheet is its judge's alone, staff is told that there is one`() throws {
        var rehearsal = Self.judged()
        let given = rehearsal.give(Self.submit([90, 80], "扎实"), by: Self.judge.actor)
        let draft = try #require(try given.get().first)
        #expect(draft.event == .sheetSubmitted(Self.sheet()))
        let parts = draft.parts.map { "\($0.audience) \($0.projection)" }
        let own = Audience.member(Self.judge.id)
        #expect(
            parts == [
                "\(Audience.server) record", "\(Audience.staff) notice", "\(own) body",
                "\(own) texts",
            ]
        )
    }

    static let refused: [(person: Person, command: Command, answer: Rejection)] = [
        (judge, .submitSheet(.unknown, marks: [1, 1], comment: nil), .noSuchSlot(.unknown)),
        (judge, submit([90]), .badMarks(criteria: 2)),
        (judge, submit([90, 80, 70]), .badMarks(criteria: 2)),
        (judge, submit([101, 80]), .badMarks(criteria: 2)),
        (judge, submit([90, -1]), .badMarks(criteria: 2)),
        (judge, submit([90, 80], " "), .textEmpty),
        (.audience, submit(), .notPermitted(needs: [.judge])),
        (.moderator, submit(), .notPermitted(needs: [.judge])),
        (
            judge, .submitSheet(.second, marks: [90, 80], comment: nil),
            .slotState(.second, .waiting, allowed: [.pitch, .overtime, .questions, .scoring])
        ),
    ]

    @Test(arguments: refused)
    func `a sheet that cannot count is refused`(
        person: Person,
        command: Command,
        answer: Rejection
    ) {
        let rehearsal = Self.judged()
        #expect(rehearsal.answer(to: command, by: person.actor) == .failure(answer))
    }

    @Test
    func `both ends of the scale count, and a later sheet takes the place of the one before`() {
        var rehearsal = Self.judged()
        rehearsal.give(Self.submit([0, 100]), by: Self.judge.actor)
        rehearsal.give(Self.submit([100, 0]), by: Self.judge.actor)
        #expect(rehearsal.room.judging.sheets[.first]?[Self.judge.id]?.marks == [100, 0])
        rehearsal.give([.finishSlot])
        rehearsal.give(Self.submit([50, 50]), by: Self.judge.actor)
        #expect(rehearsal.room.judging.sheets[.first]?[Self.judge.id]?.marks == [50, 50])
        rehearsal.give(.closeScoring(.first, words: [:]))
        let late = rehearsal.give(Self.submit([1, 1]), by: Self.judge.actor)
        let allowed: [SlotState] = [.pitch, .overtime, .questions, .scoring]
        #expect(late == .failure(.slotState(.first, .done, allowed: allowed)))
        rehearsal.give(.openScoring(.first, reason: "补评"))
        rehearsal.give(Self.submit([1, 1]), by: Self.judge.actor)
        #expect(rehearsal.room.judging.sheets[.first]?[Self.judge.id]?.marks == [1, 1])
    }

    @Test
    func `nobody judges what is their own, nor what they stood back from`() {
        var rehearsal = Self.judged()
        let roles = Command.setRoles(Self.judge.id, roles: [.judge, .presenter], slots: [.first])
        rehearsal.give(roles)
        let own = rehearsal.answer(to: Self.submit(), by: Self.judge.actor)
        #expect(own == .failure(.conflictOfInterest(.first)))
        let stoodBack = Command.recuse(.first, nil, reason: "同一单位")
        #expect((try? rehearsal.give(stoodBack, by: Self.other.actor).get().count) == 1)
        #expect(rehearsal.give(stoodBack, by: Self.other.actor) == .success([]))
        let refused = rehearsal.answer(to: Self.submit(), by: Self.other.actor)
        #expect(refused == .failure(.recused(.first)))
        rehearsal.give(.endRecusal(.first, nil), by: Self.other.actor)
        #expect((try? rehearsal.give(Self.submit(), by: Self.other.actor).get()) != nil)
    }

    @Test
    func `a judge stands back for itself, a moderator for a judge`() {
        let rehearsal = Self.judged()
        let others = Command.recuse(.first, Self.other.id, reason: nil)
        #expect(
            rehearsal.answer(to: others, by: Self.judge.actor)
                == .failure(.notPermitted(needs: [.moderator]))
        )
        #expect((try? rehearsal.answer(to: others).get().count) == 1)
        let nobody = Command.recuse(.first, Person.audience.id, reason: nil)
        #expect(rehearsal.answer(to: nobody) == .failure(.notJudge(Person.audience.id)))
        #expect(
            rehearsal.answer(to: .recuse(.first, .sample(9), reason: nil))
                == .failure(.noSuchMember(.sample(9)))
        )
    }

    @Test
    func `a recusal takes a sheet that was given out of the count`() throws {
        var rehearsal = Self.judged()
        for person in [Self.judge, Self.other] {
            rehearsal.give(
                Self.submit(person == Self.judge ? [100, 100] : [50, 50]),
                by: person.actor
            )
        }
        rehearsal.give([.recuse(.first, Self.judge.id, reason: "举报"), .finishSlot])
        rehearsal.give(.closeScoring(.first, words: [:]))
        rehearsal.give([.skipSlot(.second, reason: nil), .skipSlot(SlotID(place: 3), reason: nil)])
        rehearsal.give(.publishScores(words: [:]))
        let score = try #require(rehearsal.room.judging.published[.first])
        #expect((score.total, score.sheets, score.recused) == (5_000, 1, 1))
        #expect(rehearsal.room.judging.opened[.first]?.map(\.judge) == [Self.other.id])
        let late = rehearsal.answer(to: .recuse(.first, Self.other.id, reason: nil))
        #expect(late == .failure(.alreadyPublished(.first)))
    }

    @Test
    func `a seat is a panel that there is, before the judge's first sheet`() {
        var rehearsal = Self.judged()
        let judge = Self.judge.id
        #expect(
            rehearsal.answer(to: .seatJudge(judge, panel: 0)) == .failure(.noSuchPanel(limit: 2))
        )
        #expect(
            rehearsal.answer(to: .seatJudge(judge, panel: 3)) == .failure(.noSuchPanel(limit: 2))
        )
        #expect(rehearsal.answer(to: .seatJudge(judge, panel: 1)) == .success([]))
        rehearsal.give(.seatJudge(judge, panel: 2))
        let given = rehearsal.give(Self.submit(), by: Self.judge.actor)
        let sheet = Self.sheet(panel: 2)
        #expect((try? given.get().map(\.event)) == [.sheetSubmitted(sheet)])
        #expect(rehearsal.answer(to: .seatJudge(judge, panel: 1)) == .failure(.judgingBegun))
    }

    @Test
    func `a slot takes fifteen judges and no more`() {
        var rehearsal = Self.judged()
        let judges = (1...16).map { MemberID.sample($0) }
        for judge in judges {
            rehearsal.give(.admit(judge, roles: [.judge], slots: []), by: .server)
        }
        for judge in judges.prefix(15) { rehearsal.give(Self.submit(), by: .member(judge)) }
        let last = rehearsal.give(Self.submit(), by: .member(judges[15]))
        #expect(last == .failure(.tooManySheets(limit: 15)))
        #expect((try? rehearsal.give(Self.submit([1, 1]), by: .member(judges[0])).get()) != nil)
    }

    // Publication.

    @Test
    func `scores of the end wait for the last slot, and are told once`() throws {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.arrangeJudging(.sample))
        #expect(rehearsal.give(.publishScores(words: [:])) == .failure(.scoresTooEarly(left: 3)))
        Self.score(.first, &rehearsal)
        Self.score(.second, &rehearsal)
        #expect(rehearsal.room.judging.published.isEmpty)
        #expect(rehearsal.give(.publishScores(words: [:])) == .failure(.scoresTooEarly(left: 1)))
        rehearsal.give([.skipSlot(SlotID(place: 3), reason: nil)])
        let told = try rehearsal.give(.publishScores(words: [:])).get()
        #expect(told.count == 5)
        #expect(told.dropFirst().allSatisfy { $0.event.audiences == [.staff] })
        #expect(rehearsal.room.judging.ranks == [.first: 1, .second: 1])
        #expect(rehearsal.give(.publishScores(words: [:])) == .failure(.nothingToPublish))
        #expect(rehearsal.answer(to: .recallSlot(.first)) == .failure(.alreadyPublished(.first)))
        let opened = rehearsal.answer(to: .openScoring(.first, reason: "x"))
        #expect(opened == .failure(.alreadyPublished(.first)))
    }

    @Test
    func `each slot's scores are told as its scoring closes`() throws {
        var rehearsal = Self.judged(.plan(publication: .eachSlot, detail: .judges))
        rehearsal.give(Self.submit([91, 80]), by: Self.judge.actor)
        rehearsal.give([.finishSlot])
        let told = try rehearsal.give(.closeScoring(.first, words: [:])).get().map(\.event)
        let score = try #require(rehearsal.room.judging.published[.first])
        #expect(score.total == 8_770 && score.criteria == [9_100, 8_000])
        let published = PublishedScores(scores: [score], ranks: [.first: 1])
        let sheet = OpenedSheet(
            slot: .first,
            judge: Self.judge.id,
            panel: 1,
            marks: [91, 80],
            total: 8_770,
            isTrimmed: false,
            isForAll: true
        )
        #expect(told == [.scoringClosed(.first), .scoresPublished(published), .sheetOpened(sheet)])
        #expect(Event.sheetOpened(sheet).audiences == [.everyone])
    }

    @Test
    func `the first ones wait for their number, each later one comes by itself`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.arrangeJudging(.plan(publication: .after(slots: 2), detail: .totals)))
        Self.score(.first, &rehearsal)
        #expect(rehearsal.room.judging.published.isEmpty)
        #expect(rehearsal.give(.publishScores(words: [:])) == .failure(.scoresTooEarly(left: 1)))
        Self.score(.second, &rehearsal)
        #expect(rehearsal.room.judging.published.keys.sorted() == [.first, .second])
        #expect(rehearsal.room.judging.published[.first]?.criteria == [])
        Self.score(SlotID(place: 3), &rehearsal)
        #expect(rehearsal.room.judging.published.count == 3)
    }

    @Test
    func `what the room's end cut off is finished, scored and told afterwards`() {
        var rehearsal = Self.judged()
        rehearsal.give([.endRoom, .confirmEnd])
        rehearsal.give(Self.submit(), by: Self.judge.actor)
        rehearsal.give([.finishSlot])
        #expect(rehearsal.give(.publishScores(words: [:])) == .failure(.scoresTooEarly(left: 1)))
        rehearsal.give(.closeScoring(.first, words: [:]))
        rehearsal.give(.publishScores(words: [:]))
        #expect(rehearsal.room.judging.published[.first]?.total == 8_700)
    }

    @Test
    func `a group that only shows ends without scoring`() {
        let groups = [
            SlotGroup(slots: [.first], isScored: false),
            SlotGroup(slots: [.second, SlotID(place: 3)], advancing: 1),
        ]
        var rehearsal = Self.judged(.plan(groups: groups))
        let sheet = rehearsal.answer(to: Self.submit(), by: Self.judge.actor)
        #expect(sheet == .failure(.slotNotScored(.first)))
        let ended = rehearsal.give(.finishSlot)
        #expect((try? ended.get().map(\.event)) == [.slotFinished(.first)])
        #expect(
            rehearsal.answer(to: .openScoring(.first, reason: "x"))
                == .failure(.slotNotScored(.first))
        )
    }
}
