public import Ledger

/// How a slot stands (`rooms.md`, Roadshow).
public enum SlotState: String, CaseIterable, Sendable {
    case waiting
    /// Its presenter is checked in, or it was called onto the stage.
    case ready
    case pitch
    case overtime
    case questions = "qa"
    /// Its time is over; judges still give their sheets.
    case scoring
    case done
    case skipped

    /// Whether the slot's clock can run.
    var isRunning: Bool {
        switch self {
        case .pitch, .overtime, .questions: true
        default: false
        }
    }
}

/// One project's turn.
public struct Slot: Equatable, Sendable {
    public let frame: SlotFrame
    public internal(set) var state = SlotState.waiting
    /// How often it was called and nobody came.
    public internal(set) var absences = 0
    /// The page shown, from 1.
    public internal(set) var page = 1
    /// Pages placed; 0 where there are none.
    public internal(set) var pages = 0
}

/// The clock of the slot on stage; all times are the server's, in milliseconds.
public struct Clock: Equatable, Sendable {
    public enum Phase: String, Sendable {
        case pitch
        case overtime
        case questions = "qa"
    }

    public enum Reading: Equatable, Sendable {
        case running(endsAt: Timestamp)
        /// `withRoom`: stopped by the room, and goes on with it.
        case stopped(remaining: UInt64, withRoom: Bool)
    }

    public internal(set) var phase: Phase
    public internal(set) var total: UInt64
    public internal(set) var reading: Reading

    /// What is left at `now`; 0 when the time is up.
    public func remaining(at now: Timestamp) -> UInt64 {
        switch reading {
        case .stopped(let remaining, _): remaining
        case .running(let end):
            end.milliseconds > now.milliseconds ? end.milliseconds - now.milliseconds : 0
        }
    }
}
