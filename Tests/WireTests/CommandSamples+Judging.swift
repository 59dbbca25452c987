// Messages about judges, sheets and scores.
import Ledger
import Rooms
import RoomsTestSupport
import Wire

extension CommandSample {
    static let ofJudging: [CommandSample] = [
        CommandSample(
            type: "judging.arrange",
            data: #"{"criteria":[{"weight":100,"name":"创新"}]}"#,
            request: .act(.arrangeJudging(least))
        ),
        CommandSample(
            type: "judging.arrange",
            data: #"""
                {"criteria":[{"weight":70,"name":"创新","anchors":"90: 领先"},{"weight":30,"name":"团队"}],\#
                "panels":[{"weight":60,"name":"专家"},{"weight":40,"name":"媒体"}],\#
                "aggregation":"mean","publication":"after","after":3,"detail":"judges","ties":[2,1],\#
                "groups":[{"slots":["1"],"name":"初创组","prizes":["一等奖"],"advancing":1},\#
                {"slots":["2"],"scored":false,"name":"展示"}]}
                """#,
            request: .act(.arrangeJudging(whole))
        ),
        CommandSample(
            type: "judge.seat",
            data: #"{"member":"\#(judge)","panel":2}"#,
            request: .act(.seatJudge(EventSamples.member, panel: 2)),
            fields: ["member": .member, "panel": .natural]
        ),
        CommandSample(
            type: "judge.recuse",
            data: #"{"slot":"1","member":"\#(judge)","reason":"同一单位"}"#,
            request: .act(.recuse(.first, EventSamples.member, reason: "同一单位")),
            fields: ["slot": .slot, "member": .optionalMember, "reason": .optionalText]
        ),
        CommandSample(
            type: "judge.return",
            data: #"{"slot":"1"}"#,
            request: .act(.endRecusal(.first, nil)),
            fields: ["slot": .slot]
        ),
        CommandSample(
            type: "sheet.submit",
            data: #"{"slot":"1","marks":[90,80],"comment":"扎实"}"#,
            request: .act(.submitSheet(.first, marks: [90, 80], comment: "扎实")),
            fields: ["slot": .slot, "comment": .optionalText]
        ),
        CommandSample(
            type: "scoring.close",
            data: #"{"slot":"1"}"#,
            request: .act(.closeScoring(.first, words: [:])),
            fields: ["slot": .slot]
        ),
        CommandSample(
            type: "scoring.open",
            data: #"{"slot":"1","reason":"补评"}"#,
            request: .act(.openScoring(.first, reason: "补评")),
            fields: ["slot": .slot, "reason": .text]
        ),
        CommandSample(
            type: "scores.publish",
            data: "{}",
            request: .act(.publishScores(words: [:]))
        ),
    ]

    private static let judge = "\(EventSamples.member)"

    private static let least = JudgingPlan(
        scheme: JudgingScheme(weights: [100]),
        texts: JudgingTexts(criteria: [.init(name: "创新")], panels: ["评委"])
    )

    private static let whole = JudgingPlan(
        scheme: JudgingScheme(
            weights: [70, 30],
            panels: [60, 40],
            aggregation: .mean,
            publication: .after(slots: 3),
            detail: .judges,
            ties: [2, 1],
            groups: [
                SlotGroup(slots: [.first], advancing: 1),
                SlotGroup(slots: [.second], isScored: false),
            ]
        ),
        texts: JudgingTexts(
            criteria: [.init(name: "创新", anchors: "90: 领先"), .init(name: "团队")],
            panels: ["专家", "媒体"],
            groups: [.init(name: "初创组", prizes: ["一等奖"]), .init(name: "展示")]
        )
    )
}
