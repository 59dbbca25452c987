// Messages about intents.
import Ledger
import Rooms
import RoomsTestSupport
import Wire

extension CommandSample {
    static let ofIntents: [CommandSample] = [
        CommandSample(
            type: "intent.give",
            data: #"{"slot":"1","side":"investor","step":"follow"}"#,
            request: .act(.giveIntent(.first, IntentOffer(.investor, .follow))),
            fields: ["slot": .slot, "side": .choice, "step": .choice]
        ),
        CommandSample(
            type: "intent.give",
            data: #"{"slot":"1","side":"enterprise","step":"cooperation","cooperation":"licence","#
                + #""amount":{"currency":"CNY","least":100,"most":200},"note":"独占","shared":true}"#,
            request: .act(.giveIntent(.first, full)),
            fields: ["note": .optionalText, "shared": .optionalFlag]
        ),
        CommandSample(
            type: "intent.withdraw",
            data: #"{"slot":"1","note":"改变计划"}"#,
            request: .act(.withdrawIntent(.first, note: "改变计划")),
            fields: ["slot": .slot, "note": .optionalText]
        ),
    ]

    static let ofIntentAnswers: [CommandSample] = [
        CommandSample(
            type: "intent.answer",
            data: #"{"slot":"1","member":"\#(author)","answer":"materials_sent","note":"见邮件"}"#,
            request: .act(.answerIntent(key, .materialsSent, note: "见邮件")),
            fields: ["slot": .slot, "member": .member, "answer": .choice, "note": .optionalText]
        ),
        CommandSample(
            type: "intent.follow_up",
            data: #"{"slot":"1","member":"\#(author)","party":"author","outcome":"in_talks"}"#,
            request: .act(.followUp(key, FollowUp(.author, .inTalks), note: nil)),
            fields: ["slot": .slot, "member": .member, "party": .choice, "outcome": .choice]
        ),
        CommandSample(
            type: "intent.follow_up",
            data: #"{"slot":"1","member":"\#(author)","party":"presenter","outcome":"signed","#
                + #""amount":{"currency":"CNY","least":100,"most":200},"note":"框架"}"#,
            request: .act(.followUp(key, signed, note: "框架")),
            fields: ["note": .optionalText]
        ),
        CommandSample(
            type: "contact.offer",
            data: #"{"slot":"1","member":"\#(author)","text":"微信 lisi"}"#,
            request: .act(
                .offerContact(.first, with: key.member, text: "微信 lisi", theirs: nil)
            ),
            fields: ["slot": .slot, "member": .member, "text": .text]
        ),
        CommandSample(
            type: "contact.withdraw",
            data: #"{"slot":"1","member":"\#(author)"}"#,
            request: .act(.withdrawContact(.first, with: key.member)),
            fields: ["slot": .slot, "member": .member]
        ),
        CommandSample(
            type: "feedback.give",
            data: #"{"slot":"1","codes":["too_early","ip_unclear"],"text":"先做中试"}"#,
            request: .act(.giveFeedback(.first, [.tooEarly, .propertyUnclear], text: "先做中试")),
            fields: ["slot": .slot, "codes": .texts, "text": .optionalText]
        ),
        CommandSample(
            type: "note.keep",
            data: #"{"slot":"1","text":"第 3 页"}"#,
            request: .act(.keepNote(.first, "第 3 页")),
            fields: ["slot": .slot, "text": .optionalText]
        ),
        CommandSample(
            type: "note.keep",
            data: #"{"slot":"1"}"#,
            request: .act(.keepNote(.first, nil))
        ),
    ]

    private static let author = "a0a0a0a0a0a0a0a0"
    private static let key = IntentKey(.first, .sample(0xa0))
    private static let signed = FollowUp(
        .presenter,
        .signed,
        amount: AmountRange(currency: "CNY", least: 100, most: 200)
    )

    private static let full = IntentOffer(
        .enterprise,
        .cooperation,
        amount: AmountRange(currency: "CNY", least: 100, most: 200),
        cooperation: .licence,
        note: "独占",
        isShared: true
    )
}
