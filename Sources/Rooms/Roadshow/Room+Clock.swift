internal import Ledger

extension Room {
    func clockEvents(of command: Command, at now: Timestamp) throws(Rejection) -> [Draft] {
        let slot = try requireStage()
        let id = slot.frame.id
        guard let clock = roadshow.clock, slot.state.isRunning else { throw .clockNotRunning }
        switch (command, clock.reading) {
        case (.pauseClock, .running):
            return stoppedClock(at: now, withRoom: false)
        case (.pauseClock, .stopped):
            throw .clockNotRunning
        case (.resumeClock, .stopped(let remaining, _)):
            return [Draft(.clockResumed(id, endsAt: now.advanced(by: remaining)))]
        case (.resumeClock, .running):
            throw .clockNotStopped
        case (.extendClock(let extra, let reason), let reading):
            guard limits.clockExtension.contains(extra) else {
                throw .extensionOutOfRange(limit: limits.clockExtension.upperBound)
            }
            let extended: Clock.Reading
            switch reading {
            case .running(let end):
                // Questions stay at 0 when their time is up; more time counts from now.
                extended = .running(endsAt: max(end, now).advanced(by: extra))
            case .stopped(let remaining, let withRoom):
                extended = .stopped(
                    remaining: remaining.saturatingAdd(extra),
                    withRoom: withRoom
                )
            }
            let total = clock.total.saturatingAdd(extra)
            let event = Event.clockExtended(id, by: extra, total: total, reading: extended)
            return [Draft(event, try self.reason(reason))]
        default:
            return []
        }
    }

    /// The clock stops with the room, or by hand; no event where none runs.
    func stoppedClock(at now: Timestamp, withRoom: Bool = true) -> [Draft] {
        guard let slot = roadshow.stage, let clock = roadshow.clock,
            case .running = clock.reading
        else { return [] }
        let remaining = clock.remaining(at: now)
        return [Draft(.clockPaused(slot.frame.id, remaining: remaining, withRoom: withRoom))]
    }

    /// The clock that stopped with the room goes on with it.
    func restartedClock(at now: Timestamp) -> [Draft] {
        guard let slot = roadshow.stage, let clock = roadshow.clock,
            case .stopped(let remaining, withRoom: true) = clock.reading
        else { return [] }
        return [Draft(.clockResumed(slot.frame.id, endsAt: now.advanced(by: remaining)))]
    }

    /// What the clock's deadlines bring at `now`: overtime after the pitch, and where the room moves on
    /// by itself questions after overtime.
    ///
    /// Each phase begins where the one before ended, however late the timer that asked.
    func dueEvents(at now: Timestamp) -> [Draft] {
        guard let slot = roadshow.stage, let clock = roadshow.clock,
            case .running(let end) = clock.reading, end <= now
        else { return [] }
        switch clock.phase {
        case .questions:
            return []
        case .overtime:
            return roadshow.rules.atZero == .moveOn
                ? [Draft(questionsStarted(slot, at: end))] : []
        case .pitch:
            guard roadshow.rules.atZero == .moveOn else {
                return [Draft(.overtimeStarted(slot.frame.id, endsAt: end))]
            }
            let grace = roadshow.frame?.graceMilliseconds ?? 0
            let graceEnd = end.advanced(by: grace)
            let overtime = Draft(.overtimeStarted(slot.frame.id, endsAt: graceEnd))
            guard graceEnd <= now else { return [overtime] }
            return [overtime, Draft(questionsStarted(slot, at: graceEnd))]
        }
    }

    /// Time that passed while the server was down counts against nobody.
    func shiftedClock(by milliseconds: UInt64) -> [Draft] {
        guard milliseconds > 0, let slot = roadshow.stage, let clock = roadshow.clock,
            case .running(let end) = clock.reading
        else { return [] }
        let shifted = end.advanced(by: milliseconds)
        return [Draft(.clockShifted(slot.frame.id, by: milliseconds, endsAt: shifted))]
    }
}

extension Timestamp {
    func advanced(by milliseconds: UInt64) -> Timestamp {
        advanced(byMilliseconds: Int64(clamping: milliseconds))
    }
}

extension UInt64 {
    func saturatingAdd(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
