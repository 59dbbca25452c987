internal import Ledger

extension Roadshow {
    mutating func apply(_ recorded: Recorded) {
        let event = recorded.event
        switch event {
        case .slotReady(let id): change(id) { $0.state = .ready }
        case .slotCalled(let id, let remaining):
            change(id) { $0.state = .ready }
            calledAt = recorded.at
            stageIndex = index(of: id)
            clock = Clock(armed: remaining)
        case .pitchStarted(let id, let end):
            run(id, .pitch, .pitch, until: end, total: clock?.total)
        case .overtimeStarted(let id, let end):
            let grace = rules.atZero == .moveOn ? frame?.graceMilliseconds : 0
            run(id, .overtime, .overtime, until: end, total: grace)
        case .questionsStarted(let id, let end):
            let length = stage?.frame.questionsMilliseconds
            run(id, .questions, .questions, until: end, total: length)
        case .scoringOpened(let id):
            change(id) { $0.state = .scoring }
            if index(of: id) == stageIndex { clock = nil }
        case .scoringClosed(let id): change(id) { $0.state = .done }
        case .slotFinished(let id):
            change(id) { $0.state = .done }
            clock = nil
        case .slotSkipped(let id):
            change(id) { $0.state = .skipped }
            leaveStage(id)
        case .slotMissed(let id, let isForfeited):
            change(id) { slot in
                slot.state = isForfeited ? .skipped : .waiting
                slot.absences += 1
            }
            leaveStage(id)
            if !isForfeited { moveLast(id) }
        case .slotRecalled(let id):
            change(id) { $0.state = .waiting }
            leaveStage(id)
        case .slotRestarted(let id, let remaining):
            change(id) { $0.state = .ready }
            calledAt = recorded.at
            clock = Clock(armed: remaining)
        case .slidesPlaced(let id, let pages):
            change(id) { slot in
                slot.pages = pages
                slot.page = 1
            }
        case .slideShown(let id, let page): change(id) { $0.page = page }
        default: applyClock(event)
        }
    }

    private mutating func applyClock(_ event: Event) {
        switch event {
        case .clockPaused(_, let remaining, let withRoom):
            clock?.reading = .stopped(remaining: remaining, withRoom: withRoom)
        case .clockResumed(_, let end), .clockShifted(_, _, let end):
            clock?.reading = .running(endsAt: end)
        case .clockExtended(let id, _, let total, let reading):
            clock?.total = total
            clock?.reading = reading
            // Where overtime has no end of its own, more time is pitch time again.
            if clock?.phase == .overtime, rules.atZero != .moveOn {
                clock?.phase = .pitch
                change(id) { $0.state = .pitch }
            }
        default: return
        }
    }

    private mutating func run(
        _ id: SlotID,
        _ state: SlotState,
        _ phase: Clock.Phase,
        until end: Timestamp,
        total: UInt64?
    ) {
        change(id) { $0.state = state }
        clock = Clock(phase: phase, total: total ?? 0, reading: .running(endsAt: end))
    }

    private mutating func leaveStage(_ id: SlotID) {
        guard index(of: id) == stageIndex else { return }
        stageIndex = nil
        clock = nil
    }

    private mutating func moveLast(_ id: SlotID) {
        guard let index = index(of: id) else { return }
        slots.append(slots.remove(at: index))
    }

    private mutating func change(_ id: SlotID, _ change: (inout Slot) -> Void) {
        guard let index = index(of: id) else { return }
        change(&slots[index])
    }
}

extension Clock {
    /// A pitch clock that waits for its start.
    fileprivate init(armed total: UInt64) {
        self.init(
            phase: .pitch,
            total: total,
            reading: .stopped(remaining: total, withRoom: false)
        )
    }
}
