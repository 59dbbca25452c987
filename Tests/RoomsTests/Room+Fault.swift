// What must hold in every room, whatever led there.
import Ledger
import Rooms
import RoomsTestSupport

extension Room {
    /// What is wrong with the room after any event; `nil` for a legal one.
    var fault: String? {
        let running = roadshow.slots.filter { $0.state.isOnStage }
        if running.count > 1 { return "two slots run" }
        if let slot = running.first, roadshow.stage?.frame.id != slot.frame.id {
            return "a slot runs off stage"
        }
        if (roadshow.clock == nil) != (roadshow.stage?.hasClock != true) {
            return "the clock is not the stage's"
        }
        if let clock = roadshow.clock, let stage = roadshow.stage {
            if stage.state.isOnStage, clock.phase.rawValue != stage.state.rawValue {
                return "the clock counts another phase"
            }
            if stage.state == .ready, clock.isRunning { return "a clock runs before the pitch" }
            if clock.remaining(at: .start) > 100_000_000_000 { return "the clock is endless" }
        }
        if roadshow.slots.contains(where: { $0.page < 1 || $0.page > max($0.pages, 1) }) {
            return "a page is shown that is not there"
        }
        if let deadline = roadshow.nextDeadline,
            roadshow.clock?.reading != .running(endsAt: deadline)
        {
            return "a deadline without a clock"
        }
        return conversationFault
    }

    /// What is wrong with the room once a command's events are all applied.
    var faultAtRest: String? {
        let isRunning = roadshow.clock?.isRunning ?? false
        if isRunning, lifecycle != .live { return "a clock runs in a room that is not live" }
        if case .stopped(_, withRoom: true) = roadshow.clock?.reading, lifecycle == .live {
            return "the room goes on and its clock does not"
        }
        let mayEnd = lifecycle == .live || lifecycle == .paused
        if endRequestedUntil != nil, !mayEnd { return "an end is asked for that cannot come" }
        return fault
    }

    private var conversationFault: String? {
        for (id, question) in questions {
            if id == 0 || id > sequence { return "a question without an event" }
            if !isKnown(question.by) { return "a question of nobody" }
            if let target = question.mergedInto,
                questions[target]?.mergedInto != nil || target == id
            {
                return "a question merged into one that is merged"
            }
            if question.voters.contains(where: { !isKnown($0) }) { return "a vote of nobody" }
        }
        for (id, poll) in polls {
            if id == 0 || id > sequence { return "a poll without an event" }
            if poll.counts.count != poll.frame.options { return "counts of other options" }
            let sum = poll.counts.reduce(0, +)
            if poll.counts.contains(where: { $0 < 0 || $0 > poll.voters }) { return "lost votes" }
            if poll.frame.kind != .multiple, sum != poll.voters { return "votes of nobody" }
            if (poll.state == .open) != (openPoll?.id == id) { return "two polls are open" }
        }
        if outside.keys.contains(where: { members[$0] != nil }) { return "in and outside at once" }
        if members.values.contains(where: \.roles.isEmpty) { return "a member without a role" }
        if conduct.held.keys.contains(where: { $0 == 0 || $0 > sequence }) {
            return "a held message without an event"
        }
        return nil
    }
}

extension Room {
    /// Who was sent out is still somebody.
    private func isKnown(_ member: MemberID) -> Bool {
        members[member] != nil || outside[member] != nil
    }
}

extension SlotState {
    fileprivate var isOnStage: Bool { [.pitch, .overtime, .questions].contains(self) }
}

extension Slot {
    fileprivate var hasClock: Bool { state.isOnStage || state == .ready }
}

extension Clock {
    fileprivate var isRunning: Bool {
        if case .running = reading { true } else { false }
    }
}

extension NaiveRoadshow {
    /// Where this one and the room disagree.
    func difference(from rehearsal: Rehearsal) -> String? {
        let room = rehearsal.room
        let states = Dictionary(
            uniqueKeysWithValues: room.roadshow.slots.map { ("\($0.frame.id)", $0.state.rawValue) }
        )
        if room.lifecycle.name.rawValue != state { return "\(room.lifecycle.name), not \(state)" }
        if states != slots { return "\(states), not \(slots)" }
        if room.roadshow.stage.map({ "\($0.frame.id)" }) != stage { return "stage \(stage ?? "-")" }
        let remaining = room.roadshow.clock?.remaining(at: rehearsal.now)
        if remaining != left.map({ UInt64(max($0, 0)) }) { return "\(remaining ?? 0) ms left" }
        if room.roadshow.clock?.isRunning ?? false != isTicking { return "running: \(isTicking)" }
        return nil
    }
}
