// Proves what name cards and room plans are read from forms, and which field is named when one is not.
import Ledger
import Rooms
import Testing
import Wire

@testable import Server

struct NameCardTests {
    static let taken: [(json: String, card: NameCard)] = [
        (#"{"name":"张三"}"#, NameCard(name: "张三")),
        (#"{"name":"  Ann \t  Lee "}"#, NameCard(name: "Ann Lee")),
        (
            #"{"name":"A","organisation":"实验室","kind":"investor"}"#,
            NameCard(name: "A", organisation: "实验室", kind: "investor")
        ),
        (#"{"name":"A","organisation":null,"kind":null,"else":1}"#, NameCard(name: "A")),
        (#"{"name":"A","organisation":"","kind":""}"#, NameCard(name: "A")),
        (
            #"{"name":"\#(String(repeating: "名", count: 40))"}"#,
            NameCard(name: String(repeating: "名", count: 40))
        ),
        (
            #"{"name":"A","organisation":"\#(String(repeating: "o", count: 80))"}"#,
            NameCard(name: "A", organisation: String(repeating: "o", count: 80))
        ),
        (#"{"name":"<b>&amp;\"'"}"#, NameCard(name: #"<b>&amp;"'"#)),
    ]

    @Test(arguments: taken)
    func `a card is taken as it was meant`(json: String, card: NameCard) throws {
        #expect(try NameCard(reading: JSONParser.parse(Array(json.utf8))) == card)
    }

    static let refused: [(json: String, field: String)] = [
        (#"{}"#, "name"), (#"{"name":null}"#, "name"), (#"{"name":7}"#, "name"),
        (#"{"name":""}"#, "name"), (#"{"name":"  \n "}"#, "name"),
        (#"{"name":"\#(String(repeating: "名", count: 41))"}"#, "name"),
        (#"{"name":"a\u0000b"}"#, "name"), (#"{"name":"a\u202eb"}"#, "name"),
        (#"{"name":"a\u200bb"}"#, "name"),
        // Shows nothing: a filler of Hangul, an empty Braille cell; or nothing that is a name.
        (#"{"name":"\u3164"}"#, "name"), (#"{"name":"\u2800"}"#, "name"),
        (#"{"name":"..."}"#, "name"),
        (#"{"name":"A","organisation":7}"#, "organisation"),
        (#"{"name":"A","organisation":"\#(String(repeating: "o", count: 81))"}"#, "organisation"),
        (#"{"name":"A","organisation":"a\u0007"}"#, "organisation"),
        (#"{"name":"A","kind":"king"}"#, "kind"), (#"{"name":"A","kind":["media"]}"#, "kind"),
        (#"{"name":"A","kind":"Investor"}"#, "kind"),
    ]

    @Test(arguments: refused)
    func `a card that is none names the field`(json: String, field: String) throws {
        let form = try JSONParser.parse(Array(json.utf8))
        let error = #expect(throws: WireError.self) { try NameCard(reading: form) }
        #expect(error?.code == .cardMalformed)
        #expect(error?.values.first == JSON.Member("field", .string(field)))
    }

    @Test(arguments: NameCard.kinds)
    func `each kind of person is known`(kind: String) throws {
        let form = JSON.object([.init("name", .string("A")), .init("kind", .string(kind))])
        #expect(try NameCard(reading: form).kind == kind)
    }
}

struct RoomPlanFormTests {
    private func plan(_ json: String) throws -> RoomPlan {
        try RoomPlan(reading: JSONParser.parse(Array(json.utf8)))
    }

    @Test func `a plan of the least form has the usual times and numbers its slots`() throws {
        let plan = try plan(#"{"title":"路演","startsAt":5,"slots":[{"title":"甲"},{"title":"乙"}]}"#)
        #expect(plan.frame.language == "zh-CN")
        #expect(plan.frame.startsAt == Timestamp(milliseconds: 5))
        #expect(plan.frame.graceMilliseconds == 30_000)
        #expect(plan.frame.slots.map(\.id.description) == ["1", "2"])
        #expect(plan.frame.slots.map(\.pitchMilliseconds) == [480_000, 480_000])
        #expect(plan.frame.slots.map(\.questionsMilliseconds) == [420_000, 420_000])
        #expect(
            plan.texts
                == RoomTexts(
                    title: "路演",
                    slots: [
                        SlotTexts(id: SlotID(place: 1), title: "甲"),
                        SlotTexts(id: SlotID(place: 2), title: "乙"),
                    ]
                )
        )
    }

    @Test func `a plan of the whole form has all of it`() throws {
        let plan = try plan(
            """
            {"title":"T","startsAt":9007199254740991,"language":"en","slots":[{"title":"A",
            "presenters":"P","organisation":"O","abstract":"B","field":"F","source":"S",
            "pitchMinutes":5,"qaMinutes":0}]}
            """
        )
        #expect(plan.frame.language == "en")
        #expect(plan.frame.startsAt.milliseconds == 1 << 53 - 1)
        #expect(plan.frame.slots.map(\.pitchMilliseconds) == [300_000])
        #expect(plan.frame.slots.map(\.questionsMilliseconds) == [0])
        #expect(
            plan.texts.slots == [
                SlotTexts(
                    id: SlotID(place: 1),
                    title: "A",
                    abstract: "B",
                    field: "F",
                    presenters: "P",
                    organisation: "O",
                    source: "S"
                )
            ]
        )
    }

    static let refused: [(json: String, field: String)] = [
        (#"{"startsAt":5,"slots":[]}"#, "title"),
        (#"{"title":5,"startsAt":5,"slots":[]}"#, "title"),
        (#"{"title":"T","slots":[]}"#, "startsAt"),
        (#"{"title":"T","startsAt":-1,"slots":[]}"#, "startsAt"),
        (#"{"title":"T","startsAt":1.5,"slots":[]}"#, "startsAt"),
        (#"{"title":"T","startsAt":9007199254740992,"slots":[]}"#, "startsAt"),
        (#"{"title":"T","startsAt":"5","slots":[]}"#, "startsAt"),
        (#"{"title":"T","startsAt":5,"language":"fr","slots":[]}"#, "language"),
        (#"{"title":"T","startsAt":5}"#, "slots"),
        (#"{"title":"T","startsAt":5,"slots":{}}"#, "slots"),
        (#"{"title":"T","startsAt":5,"slots":[{}]}"#, "slots.title"),
        (#"{"title":"T","startsAt":5,"slots":[7]}"#, "slots.title"),
        (
            #"{"title":"T","startsAt":5,"slots":[{"title":"A","pitchMinutes":601}]}"#,
            "slots.pitchMinutes"
        ),
        (
            #"{"title":"T","startsAt":5,"slots":[{"title":"A","pitchMinutes":-1}]}"#,
            "slots.pitchMinutes"
        ),
        (#"{"title":"T","startsAt":5,"slots":[{"title":"A","qaMinutes":"7"}]}"#, "slots.qaMinutes"),
        (#"{"title":"T","startsAt":5,"slots":[{"title":"A","qaMinutes":7.5}]}"#, "slots.qaMinutes"),
    ]

    @Test(arguments: refused)
    func `a plan that is none names the field`(json: String, field: String) throws {
        let form = try JSONParser.parse(Array(json.utf8))
        let error = #expect(throws: WireError.self) { try RoomPlan(reading: form) }
        #expect(
            error?.values.contains { $0.value == .string(field) } == true,
            "\(String(describing: error))"
        )
    }
}
