// A second roadshow, written from the rules and not from the engine: slow, plain, and only the stage.
import Ledger
import Rooms
import RoomsTestSupport

/// Knows the room's state, the slots' states and the clock; the clock counts down as time is let pass.
struct NaiveRoadshow {
    var state = "scheduled"
    var slots: [String: String]
    var stage: String?
    /// What is left on the clock in milliseconds, below 0 when the time is up; `nil` without a clock.
    var left: Int64?
    var isTicking = false
    var stoppedByRoom = false
    /// Whether judges score, and of which slots everybody knows the scores.
    var isJudged = false
    var told: Set<String> = []
    /// Whether the order is being drawn.
    var isDrawing = false
    /// Whether questions come by themselves, and whether who is missing may come last.
    var moves = true
    var forgives = true
    var absent: Set<String> = []
    private var calledAt: Int64 = 0
    private var endAsked: Int64?
    private var endedAt: Int64 = 0
    private var now: Int64 = 0
    private let times: (pitch: Int64, grace: Int64, questions: Int64)

    init(slots count: Int, pitch: Int64, grace: Int64, questions: Int64) {
        slots = Dictionary(uniqueKeysWithValues: (1...count).map { ("\($0)", "waiting") })
        times = (pitch, grace, questions)
    }

    mutating func letPass(_ elapsed: UInt64) {
        let elapsed = Int64(clamping: elapsed)
        now += elapsed
        if isTicking { left = left.map { $0 - elapsed } }
    }

    /// Takes a command of a moderator, or of the server where it is the server's.
    /// - Returns: whether the rules allow it.
    mutating func take(_ command: Command) -> Bool {
        switch command {
        case .openRoom: return move(["scheduled"], to: "open")
        case .startRoom: return move(["open"], to: "live")
        case .pauseRoom: return move(["live"], to: "paused")
        case .resumeRoom: return move(["paused"], to: "live")
        case .endRoom:
            guard ["live", "paused"].contains(state) else { return false }
            endAsked = now
            return true
        case .confirmEnd:
            guard let asked = endAsked, now - asked <= 60_000 else { return false }
            guard move(["live", "paused"], to: "follow_up") else { return false }
            endAsked = nil
            endedAt = now
            return true
        case .reopenRoom:
            return now - endedAt <= 600_000 && move(["follow_up"], to: "paused")
        case .closeRoom: return move(["follow_up"], to: "closed")
        case .cancelRoom:
            return move(["scheduled", "open", "live", "paused", "follow_up"], to: "cancelled")
        case .keepTime:
            passDeadlines()
            return true
        case .makeUp(let milliseconds):
            if isTicking { left = left.map { $0 + Int64(clamping: milliseconds) } }
            return true
        case .pauseClock, .resumeClock, .extendClock: return takeForClock(command)
        default: return takeForSlot(command)
        }
    }

    private mutating func move(_ from: [String], to: String) -> Bool {
        guard from.contains(state) else { return false }
        state = to
        if to == "live", stoppedByRoom {
            isTicking = true
            stoppedByRoom = false
        } else if to != "live", isTicking {
            stop()
            stoppedByRoom = true
        }
        return true
    }

    private mutating func stop() {
        isTicking = false
        left = left.map { max($0, 0) }
    }

    private mutating func passDeadlines() {
        guard isTicking, let stage else { return }
        while let over = left, over <= 0, slots[stage] != "qa" {
            let isPitch = slots[stage] == "pitch"
            if !moves {
                slots[stage] = "overtime"
                return
            }
            slots[stage] = isPitch ? "overtime" : "qa"
            left = over + (isPitch ? times.grace : times.questions)
        }
    }

    private var isOngoing: Bool { ["scheduled", "open", "live", "paused"].contains(state) }
    /// Also when the live part is over.
    private var isOver: Bool { ["live", "paused", "follow_up"].contains(state) }
    private var isSomebodyOn: Bool { stage.map { isOn($0) } ?? false }
    private func isOn(_ slot: String) -> Bool {
        ["pitch", "overtime", "qa"].contains(slots[slot] ?? "")
    }

    private mutating func clear() {
        left = nil
        isTicking = false
        stoppedByRoom = false
    }
}

// What is done to slots and to the clock.
extension NaiveRoadshow {
    private mutating func takeForSlot(_ command: Command) -> Bool {
        switch command {
        case .markReady(let id):
            return isOngoing && set("\(id)", from: ["waiting"], to: "ready")
        case .callSlot(let id):
            guard state == "live", !isSomebodyOn, !isDrawing else { return false }
            guard set("\(id)", from: ["waiting", "ready"], to: "ready") else { return false }
            arm("\(id)")
        case .skipSlot(let id, _):
            let from = ["waiting", "ready", "pitch", "overtime", "qa"]
            guard isOngoing, !isDrawing, set("\(id)", from: from, to: "skipped") else {
                return false
            }
            leave("\(id)")
        case .noShow:
            guard state == "live", let stage, slots[stage] == "ready", now - calledAt >= 20_000
            else { return false }
            slots[stage] = forgives && !absent.contains(stage) ? "waiting" : "skipped"
            absent.insert(stage)
            leave(stage)
        case .recallSlot(let id):
            guard isOngoing, !isDrawing, !told.contains("\(id)"),
                set("\(id)", from: ["skipped", "done"], to: "waiting")
            else { return false }
            leave("\(id)")
        case .restartSlot(let id, _):
            guard state == "live", isOn("\(id)") else { return false }
            slots["\(id)"] = "ready"
            arm("\(id)")
        case .startPitch: return run(from: ["ready"], "pitch", times.pitch)
        case .startQuestions: return run(from: ["pitch", "overtime"], "qa", times.questions)
        case .finishSlot:
            guard isOver, let stage, isOn(stage) else { return false }
            slots[stage] = isJudged && !told.contains(stage) ? "scoring" : "done"
            clear()
        case .closeScoring(let id, _):
            return isOver && set("\(id)", from: ["scoring"], to: "done")
        case .openScoring(let id, _):
            guard isOver, isJudged, !told.contains("\(id)") else { return false }
            return set("\(id)", from: ["done"], to: "scoring")
        default: return false
        }
        return true
    }

    private mutating func takeForClock(_ command: Command) -> Bool {
        guard isSomebodyOn, let left else { return false }
        switch command {
        case .pauseClock:
            guard state == "live", isTicking else { return false }
            stop()
        case .resumeClock:
            guard state == "live", !isTicking else { return false }
            isTicking = true
        case .extendClock(let milliseconds, _):
            guard ["live", "paused"].contains(state) else { return false }
            guard (1_000...3_600_000).contains(milliseconds) else { return false }
            self.left = max(left, 0) + Int64(milliseconds)
            if !moves, let stage, slots[stage] == "overtime" { slots[stage] = "pitch" }
        default: return false
        }
        return true
    }

    private mutating func set(_ slot: String, from: [String], to: String) -> Bool {
        guard let state = slots[slot], from.contains(state) else { return false }
        slots[slot] = to
        return true
    }

    private mutating func arm(_ slot: String) {
        stage = slot
        calledAt = now
        clear()
        left = times.pitch
    }

    private mutating func leave(_ slot: String) {
        guard stage == slot else { return }
        stage = nil
        clear()
    }

    private mutating func run(from: [String], _ to: String, _ time: Int64) -> Bool {
        guard state == "live", let stage, set(stage, from: from, to: to) else { return false }
        clear()
        left = time
        isTicking = true
        return true
    }
}
