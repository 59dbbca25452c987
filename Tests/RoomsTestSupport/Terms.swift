public import Rooms

/// The terms of the sample's closed matter, and what of one is sent.
public enum Terms {
    public static let text = "出门不说。\nNothing leaves the room."
    /// Stands for the SHA-256 of the text: the rules compare it and never compute it.
    public static let digest = String(repeating: "5e", count: 32)
    public static let items: [Disclosure.Item] = [
        .file(String(repeating: "ab", count: 32), slot: .first, page: 2),
        .file(String(repeating: "cd", count: 32), slot: nil, page: nil), .log, .transcript,
    ]

    /// The sample plan as a closed matter.
    public static let plan: RoomPlan = {
        let plain = RoomPlan.sample()
        let frame = RoomFrame(
            language: "zh-CN",
            startsAt: plain.frame.startsAt,
            slots: plain.frame.slots,
            door: Door(terms: digest)
        )
        let texts = RoomTexts(title: "闭门", slots: plain.texts.slots, terms: text)
        return RoomPlan(frame: frame, texts: texts)
    }()
}
