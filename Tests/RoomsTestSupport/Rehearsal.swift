public import Ledger
public import Rooms

/// A room and all that was recorded in it, driven command by command as a host drives it.
public struct Rehearsal: Sendable {
    public private(set) var room: Room
    /// Every event recorded, in order.
    public private(set) var log: [Recorded] = []
    /// The drafts of `log`, with their texts.
    public private(set) var drafts: [Draft] = []
    /// When the last command came; none comes earlier.
    public private(set) var now = Timestamp.start

    /// A room of that plan, with everybody admitted but the stranger.
    public init(_ plan: RoomPlan = .sample(), limits: RoomLimits = RoomLimits()) {
        room = Room(limits: limits)
        give(.create(plan), by: .server)
        for person in Person.allCases {
            guard let membership = person.membership else { continue }
            let slots = membership.slots.filter { id in
                plan.frame.slots.contains { $0.id == id }
            }
            let command = Command.admit(person.id, roles: membership.roles, slots: slots)
            give(command, by: .server, card: person.card)
        }
    }

    /// Decides the command, `elapsed` milliseconds after the one before, and records its events.
    @discardableResult
    public mutating func give(
        _ command: Command,
        by actor: Actor = Person.moderator.actor,
        card: NameCard = .blank,
        after elapsed: UInt64 = 0
    ) -> Decision {
        now = now.advanced(byMilliseconds: Int64(clamping: elapsed))
        let decision = room.decide(command, by: Speaker(actor, card: card), at: now)
        for draft in (try? decision.get()) ?? [] { record(draft, by: actor) }
        return decision
    }

    /// Gives the moderator's commands one after the other.
    public mutating func give(_ commands: [Command]) {
        for command in commands { give(command) }
    }

    private mutating func record(_ draft: Draft, by actor: Actor) {
        let recorded = Recorded(
            sequence: room.sequence + 1,
            at: now,
            by: actor,
            event: draft.event
        )
        room.apply(recorded)
        log.append(recorded)
        drafts.append(draft)
    }

    /// The answer to a command, which is not recorded.
    public func answer(
        to command: Command,
        by actor: Actor = Person.moderator.actor,
        after elapsed: UInt64 = 0
    ) -> Decision {
        let moment = now.advanced(byMilliseconds: Int64(clamping: elapsed))
        return room.decide(command, by: Speaker(actor), at: moment)
    }
}

// Rooms brought to a state by the commands that lead there.
extension Rehearsal {
    /// A room in that state of its life.
    public static func at(_ state: Lifecycle.Name, limits: RoomLimits = RoomLimits()) -> Rehearsal {
        var rehearsal = Rehearsal(limits: limits)
        let toLive: [Command] = [.openRoom, .startRoom]
        switch state {
        case .unborn: rehearsal.room = Room(limits: limits)
        case .scheduled: break
        case .open: rehearsal.give([.openRoom])
        case .live: rehearsal.give(toLive)
        case .paused: rehearsal.give(toLive + [.pauseRoom])
        case .followUp: rehearsal.give(toLive + [.endRoom, .confirmEnd])
        case .closed: rehearsal.give(toLive + [.endRoom, .confirmEnd, .closeRoom])
        case .archived: rehearsal.give(toLive + [.endRoom, .confirmEnd] + toSeal())
        case .cancelled: rehearsal.give([.cancelRoom(reason: nil)])
        }
        return rehearsal
    }

    /// What a moderator does after the live part, up to the seal.
    public static func toSeal(for audience: ArchiveAudience = .nobody) -> [Command] {
        let terms = ArchiveTerms(audience: audience, retention: .tenYears)
        return [
            .arrangeArchive(terms), .reviewArchive(.transcript, isDone: true),
            .reviewArchive(.redactions, isDone: true), .seal, .confirmSeal,
        ]
    }

    /// A live room whose first slot is in that state; from `pitch` to `done` it is on stage.
    public static func live(_ state: SlotState, limits: RoomLimits = RoomLimits()) -> Rehearsal {
        var rehearsal = at(.live, limits: limits)
        switch state {
        case .waiting: break
        case .ready: rehearsal.give([.markReady(.first)])
        case .pitch: rehearsal.give([.callSlot(.first), .startPitch])
        case .overtime:
            rehearsal.give([.callSlot(.first), .startPitch])
            rehearsal.give(.keepTime, by: .server, after: 60_000)
        case .questions: rehearsal.give([.callSlot(.first), .startPitch, .startQuestions])
        case .scoring:
            rehearsal.give([
                .arrangeJudging(.sample), .callSlot(.first), .startPitch, .finishSlot,
            ])
        case .done: rehearsal.give([.callSlot(.first), .startPitch, .finishSlot])
        case .skipped: rehearsal.give([.skipSlot(.first, reason: nil)])
        }
        return rehearsal
    }
}
