internal import Ledger
internal import Rooms
internal import Wire

/// A room as the programme of its event shows it to everybody.
struct HallProgramme: Sendable {
    let name: String?
    let room: RoomSummary
    let endsAt: Timestamp
    let isClosed: Bool
    let slots: [Slot]

    /// A line of the programme.
    struct Slot: Sendable {
        let texts: SlotTexts
        let minutes: UInt64
        /// As planned; `nil` behind a closed door, whose order those outside are not told.
        let startsAt: Timestamp?
        /// `nil` behind a closed door.
        let state: SlotState?
        let isOnStage: Bool
    }

    init(_ name: String?, _ host: RoomHost) {
        let roadshow = host.durable.roadshow
        self.name = name
        room = host.summary
        isClosed = host.durable.door.isClosed
        endsAt = room.startsAt.advanced(
            byMilliseconds: Int64(clamping: roadshow.frame?.plannedMilliseconds ?? 0)
        )
        let texts = host.texts.room?.slots ?? []
        var start = room.startsAt
        var slots: [Slot] = []
        let told = isClosed ? roadshow.frame?.slots ?? [] : roadshow.slots.map(\.frame)
        for frame in told {
            let known = isClosed ? nil : roadshow.slots.first { $0.frame.id == frame.id }
            slots.append(
                Slot(
                    texts: texts.first { $0.id == frame.id } ?? SlotTexts(id: frame.id, title: ""),
                    minutes: frame.plannedMilliseconds / 60_000,
                    startsAt: isClosed ? nil : start,
                    state: known?.state,
                    isOnStage: known != nil && roadshow.stage?.frame.id == frame.id
                )
            )
            start = start.advanced(byMilliseconds: Int64(clamping: frame.plannedMilliseconds))
        }
        self.slots = slots
    }

    func write(to object: inout JSONWriter, at now: Timestamp) {
        object.member("hall", orNull: name)
        room.writeMembers(to: &object, at: now)
        object.member("endsAt", endsAt.milliseconds)
        object.member("closed", isClosed)
        object.member(
            "programme",
            array: { array in for slot in slots { array.object { slot.write(to: &$0) } } }
        )
    }
}

extension HallProgramme.Slot {
    fileprivate func write(to object: inout JSONWriter) {
        object.member("id", texts.id.description)
        object.member("title", texts.title)
        object.member("presenters", orNull: texts.presenters)
        object.member("organisation", orNull: texts.organisation)
        object.member("minutes", minutes)
        object.member("startsAt", orNull: startsAt?.milliseconds)
        object.member("state", orNull: state?.rawValue)
        if isOnStage { object.member("onStage", true) }
    }
}

extension SlotFrame {
    /// Pitch and questions together.
    var plannedMilliseconds: UInt64 { pitchMilliseconds + questionsMilliseconds }
}

extension RoomFrame {
    /// All slots one after another.
    var plannedMilliseconds: UInt64 { slots.reduce(0) { $0 + $1.plannedMilliseconds } }
}
