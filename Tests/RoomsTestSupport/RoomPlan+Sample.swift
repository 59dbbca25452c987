public import Ledger
public import Rooms

extension RoomPlan {
    /// A plan of `slots` slots, each with the same times, in milliseconds.
    public static func sample(
        slots: Int = 3,
        pitch: UInt64 = 60_000,
        questions: UInt64 = 30_000,
        grace: UInt64 = 10_000,
        rules: StageRules = StageRules(),
        subject: Subject = .project,
        genre: String? = nil,
        title: String = "路演 Roadshow",
        language: String = "zh-CN",
        startsAt: Timestamp = .start
    ) -> RoomPlan {
        let ids = (0..<slots).map { SlotID(place: $0 + 1) }
        return RoomPlan(
            frame: RoomFrame(
                language: language,
                startsAt: startsAt,
                slots: ids.map {
                    SlotFrame(id: $0, pitchMilliseconds: pitch, questionsMilliseconds: questions)
                },
                graceMilliseconds: grace,
                rules: rules,
                subject: subject
            ),
            texts: RoomTexts(
                title: title,
                genre: genre,
                slots: ids.map { SlotTexts(id: $0, title: "项目 \($0)", presenters: "张三") }
            )
        )
    }
}

extension Timestamp {
    /// When sample rooms begin.
    public static let start = Timestamp(milliseconds: 1_790_000_000_000)

    /// So many milliseconds after sample rooms begin.
    public static func start(_ milliseconds: Int64) -> Timestamp {
        start.advanced(byMilliseconds: milliseconds)
    }
}
