// Proves which plans make a room: each limit at both borders, and what is wrong named.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct PlanTests {
    static let limits = RoomLimits()

    private static func fault(_ plan: RoomPlan) -> PlanFault? {
        let decision = Room().decide(.create(plan), by: .server, at: .start)
        switch decision {
        case .success(let drafts):
            #expect(drafts == [Draft(.roomCreated(plan.frame), .room(plan.texts))])
            return nil
        case .failure(.badPlan(let fault)): return fault
        case .failure(let other):
            Issue.record("\(other)")
            return nil
        }
    }

    static let titles: [(title: String, isGood: Bool)] = [
        ("", false), ("  ", false), ("x", true), (String(repeating: "路", count: 200), true),
        (String(repeating: "路", count: 201), false), ("a\u{7}b", false), ("a\u{202e}b", false),
    ]

    @Test(arguments: titles)
    func `a title has 1 to 200 characters`(title: String, isGood: Bool) {
        #expect(Self.fault(.sample(title: title)) == (isGood ? nil : .title(limit: 200)))
        let plan = Self.with(SlotTexts(id: .first, title: title))
        #expect(Self.fault(plan) == (isGood ? nil : .slotTitle(.first, limit: 200)))
    }

    @Test(arguments: [(0, false), (1, true), (60, true), (61, false)])
    func `a room has 1 to 60 slots`(count: Int, isGood: Bool) {
        let fault = Self.fault(.sample(slots: count))
        #expect(fault == (isGood ? nil : .slotCount(limit: 60)))
    }

    @Test(
        arguments: [
            (0, false), (9_999, false), (10_000, true), (7_200_000, true), (7_200_001, false),
            (.max, false),
        ] as [(UInt64, Bool)]
    )
    func `a pitch takes ten seconds to two hours`(time: UInt64, isGood: Bool) {
        let fault = PlanFault.pitch(.first, least: 10_000, most: 7_200_000)
        #expect(Self.fault(.sample(pitch: time)) == (isGood ? nil : fault))
    }

    @Test(
        arguments: [(0, true), (7_200_000, true), (7_200_001, false), (.max, false)]
            as [(UInt64, Bool)]
    )
    func `questions take two hours at most`(time: UInt64, isGood: Bool) {
        let fault = PlanFault.questions(.first, most: 7_200_000)
        #expect(Self.fault(.sample(questions: time)) == (isGood ? nil : fault))
    }

    @Test(
        arguments: [(0, true), (600_000, true), (600_001, false), (.max, false)]
            as [(UInt64, Bool)]
    )
    func `overtime takes ten minutes at most`(time: UInt64, isGood: Bool) {
        #expect(Self.fault(.sample(grace: time)) == (isGood ? nil : .grace(most: 600_000)))
    }

    @Test(
        arguments: [(0, true), (3_600_000, true), (3_600_001, false), (.max, false)]
            as [(UInt64, Bool)]
    )
    func `presenters are waited for an hour at most`(time: UInt64, isGood: Bool) {
        let rules = StageRules(awaitedMilliseconds: time)
        #expect(Self.fault(.sample(rules: rules)) == (isGood ? nil : .awaited(most: 3_600_000)))
    }

    @Test(
        arguments: [
            (0, true), (253_402_300_799_999, true), (253_402_300_800_000, false), (.max, false),
        ] as [(UInt64, Bool)]
    )
    func `a room starts before the year 10000`(time: UInt64, isGood: Bool) {
        let latest = Timestamp(milliseconds: 253_402_300_799_999)
        let fault = Self.fault(.sample(startsAt: Timestamp(milliseconds: time)))
        #expect(fault == (isGood ? nil : .startsAt(latest: latest)))
    }

    @Test(
        arguments: [
            ("", false), ("z", false), ("zh", true), ("zh-CN", true), ("zh-Hans-CN", true),
            ("de-1901", true), ("zh_CN", false), ("中文", false), ("zh CN", false),
            (String(repeating: "a", count: 35), true), (String(repeating: "a", count: 36), false),
        ]
    )
    func `a language has a name as in BCP 47`(language: String, isGood: Bool) {
        let fault = Self.fault(.sample(language: language))
        #expect(fault == (isGood ? nil : .language(limit: 35)))
    }

    @Test
    func `a slot's texts have 1 to 5000 characters where they are given`() {
        let long = String(repeating: "x", count: 5_000)
        let makers: [(String) -> SlotTexts] = [
            { SlotTexts(id: .first, title: "t", abstract: $0) },
            { SlotTexts(id: .first, title: "t", field: $0) },
            { SlotTexts(id: .first, title: "t", presenters: $0) },
            { SlotTexts(id: .first, title: "t", organisation: $0) },
            { SlotTexts(id: .first, title: "t", source: $0) },
        ]
        for make in makers {
            #expect(Self.fault(Self.with(make(long))) == nil)
            for bad in [long + "x", "", "\u{1}"] {
                #expect(Self.fault(Self.with(make(bad))) == .slotText(.first, limit: 5_000))
            }
        }
    }

    @Test(arguments: [(5_000, true), (5_001, false)])
    func `all slots' texts have 100000 characters together`(last: Int, isGood: Bool) {
        var limits = RoomLimits()
        limits.slotText = 6_000
        let frame = RoomPlan.sample(slots: 20).frame
        let texts = frame.slots.enumerated().map { place, slot in
            let length = place == 19 ? last : 5_000
            let abstract = String(repeating: "路", count: length)
            return SlotTexts(id: slot.id, title: "t", abstract: abstract)
        }
        let plan = RoomPlan(frame: frame, texts: RoomTexts(title: "t", slots: texts))
        let decision = Room(limits: limits).decide(.create(plan), by: .server, at: .start)
        let fault = Rejection.badPlan(.agendaText(limit: 100_000))
        switch decision {
        case .success: #expect(isGood)
        case .failure(let rejection): #expect(!isGood && rejection == fault)
        }
    }

    @Test
    func `slots are named once, and each has its texts in its place`() {
        let frame = RoomPlan.sample().frame
        let twice = RoomFrame(
            language: frame.language,
            startsAt: frame.startsAt,
            slots: [frame.slots[0], frame.slots[0]]
        )
        let text = SlotTexts(id: .first, title: "t")
        let doubled = RoomPlan(frame: twice, texts: RoomTexts(title: "t", slots: [text, text]))
        #expect(Self.fault(doubled) == .duplicateSlot(.first))
        let texts = RoomPlan.sample().texts.slots
        for wrong in [texts.reversed(), Array(texts.dropLast()), texts + [text], []] {
            let plan = RoomPlan(frame: frame, texts: RoomTexts(title: "t", slots: wrong))
            #expect(Self.fault(plan) == .textsDoNotMatch)
        }
    }

    @Test
    func `a new room is scheduled and its slots wait`() {
        let room = Rehearsal.at(.scheduled).room
        #expect(room.lifecycle == .scheduled)
        #expect(room.roadshow.slots.map(\.state) == [.waiting, .waiting, .waiting])
        #expect(room.roadshow.slots.map(\.frame) == RoomPlan.sample().frame.slots)
        #expect(room.roadshow.stage == nil)
        #expect(room.roadshow.clock == nil)
    }

    @Test(
        arguments: [
            ("1", true), ("a-Z-9", true), ("1234567890123456", true), ("12345678901234567", false),
            ("", false), ("a b", false), ("a_b", false), ("é", false), ("一", false),
        ]
    )
    func `a slot's id is 1 to 16 letters, digits or hyphens`(text: String, isGood: Bool) {
        #expect((SlotID(text) != nil) == isGood)
    }

    /// A plan of one slot with those texts.
    private static func with(_ texts: SlotTexts) -> RoomPlan {
        let frame = RoomPlan.sample(slots: 1).frame
        return RoomPlan(frame: frame, texts: RoomTexts(title: "t", slots: [texts]))
    }
}
