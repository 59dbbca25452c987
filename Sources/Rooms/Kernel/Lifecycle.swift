public import Ledger

/// Where a room stands in its life (`rooms.md`, Lifecycle).
public enum Lifecycle: Equatable, Sendable {
    /// Nothing is recorded yet.
    case unborn
    case scheduled
    /// The waiting area: people gather.
    case open
    case live
    case paused
    /// The live part is over; it can be reopened until then.
    case followUp(reopenUntil: Timestamp)
    case closed
    /// The record is sealed.
    case archived
    case cancelled

    /// The state alone, as it is written.
    public enum Name: String, CaseIterable, Sendable {
        case unborn
        case scheduled
        case open
        case live
        case paused
        case followUp = "follow_up"
        case closed
        case archived
        case cancelled
    }

    public var name: Name {
        switch self {
        case .unborn: .unborn
        case .scheduled: .scheduled
        case .open: .open
        case .live: .live
        case .paused: .paused
        case .followUp: .followUp
        case .closed: .closed
        case .archived: .archived
        case .cancelled: .cancelled
        }
    }

    /// Whether people may speak: from the waiting area to the end of the live part.
    public var isOngoing: Bool {
        switch self {
        case .open, .live, .paused: true
        default: false
        }
    }
}
