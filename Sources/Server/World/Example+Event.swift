internal import Ledger
internal import Rooms
internal import Storage

// The event that the example stands in, with a parallel hall where enterprises say what they need.
extension Example {
    func placeInEvent(_ mainHall: RoomID, startsAt start: Timestamp) async throws {
        let parallel = try await RoomMaker(world: world).make(Self.demands(from: start))
        let people = world.store.people
        let made = try await people.makePublicEvent(
            PublicEvent.Profile(
                title: "示例活动：科技成果路演日",
                introduction: "上午在主会场看六项真实论文成果，同时在分会场听企业讲需求。\n线上线下同步，扫码即可入场。",
                venue: "示例会展中心",
                language: "zh-CN"
            ),
            as: nil,
            by: nil,
            at: world.clock.now()
        )
        let event = try made.orWireError()
        for (room, name) in [(mainHall, "主会场"), (parallel, "分会场")] {
            let hall = PublicEvent.Hall(room: room, name: name)
            if let refusal = try await people.add(hall, to: event.id) { throw refusal.error }
        }
    }

    /// A reverse roadshow of two demands, placeholders both.
    private static func demands(from start: Timestamp) -> RoomPlan {
        let texts = [
            SlotTexts(
                id: SlotID(place: 1),
                title: "需求：连栋温室补光如何按叶片状态自动调节",
                abstract: "现有补光灯按时间开关，能耗高，作物长势不匀。希望找到可落地的动态补光方案，先在两亩温室试用。",
                field: "农业工程",
                presenters: "示例企业代表甲",
                organisation: "示例企业甲"
            ),
            SlotTexts(
                id: SlotID(place: 2),
                title: "需求：碱性燃料电池隔膜的国产替代",
                abstract: "现用阴离子交换膜依赖进口，供货周期长。寻求离子传导率与寿命相当的替代材料，可联合中试。",
                field: "电气工程",
                presenters: "示例企业代表乙",
                organisation: "示例企业乙"
            ),
        ]
        return RoomPlan(
            frame: RoomFrame(
                language: "zh-CN",
                startsAt: start,
                slots: texts.map {
                    SlotFrame(
                        id: $0.id,
                        pitchMilliseconds: 300_000,
                        questionsMilliseconds: 600_000
                    )
                },
                subject: .demand
            ),
            texts: RoomTexts(title: "示例反向路演：两项企业需求", genre: "反向路演", slots: texts)
        )
    }
}
