public import Rooms

extension JudgingPlan {
    /// Two criteria of 70 and 30 per cent, two panels of 60 and 40, plain means, told at the end.
    public static let sample = plan()

    /// Weights that sum to 99.
    public static let unfair = plan(weights: [70, 29])

    public static func plan(
        weights: [Int] = [70, 30],
        panels: [Int] = [60, 40],
        aggregation: JudgingScheme.Aggregation = .mean,
        publication: ScorePublication = .end,
        detail: ScoreDetail = .criteria,
        ties: [Int] = [1],
        groups: [SlotGroup] = []
    ) -> JudgingPlan {
        JudgingPlan(
            scheme: JudgingScheme(
                weights: weights,
                panels: panels,
                aggregation: aggregation,
                publication: publication,
                detail: detail,
                ties: ties,
                groups: groups
            ),
            texts: JudgingTexts(
                criteria: weights.indices.map { index in
                    JudgingTexts.CriterionText(
                        name: "指标 \(index + 1)",
                        anchors: index == 0 ? "90 以上：国际领先" : nil
                    )
                },
                panels: panels.indices.map { "评委组 \($0 + 1)" },
                groups: groups.indices.map {
                    JudgingTexts.GroupText(name: "组 \($0 + 1)", prizes: ["一等奖"])
                }
            )
        )
    }
}
