import HTTP
import HTTPTypes
import Synchronization

/// Why a connection is turned away at the door, before it costs a place.
public enum TurnAway: Hashable, CaseIterable, Sendable {
    /// `TransportLimits.connections` are there.
    case full
    /// `TransportLimits.connectionsPerAddress` of its address are there.
    case crowded

    /// What a plain peer is answered.
    var problem: ProblemDetails {
        switch self {
        case .full:
            ProblemDetails(
                status: .serviceUnavailable,
                code: "too_many_connections",
                action: .wait,
                detail: "The server has as many connections as it may.",
                retryMilliseconds: 5_000
            )
        case .crowded:
            ProblemDetails(
                status: .serviceUnavailable,
                code: "too_many_connections",
                action: .wait,
                detail: "Your address has as many connections as it may.",
                retryMilliseconds: 5_000
            )
        }
    }
}

/// How many connections a group has turned away.
final class TurnAwayCounts: Sendable {
    private let full = Atomic(0)
    private let crowded = Atomic(0)

    func add(_ reason: TurnAway) {
        switch reason {
        case .full: full.add(1, ordering: .relaxed)
        case .crowded: crowded.add(1, ordering: .relaxed)
        }
    }

    subscript(_ reason: TurnAway) -> Int {
        switch reason {
        case .full: full.load(ordering: .relaxed)
        case .crowded: crowded.load(ordering: .relaxed)
        }
    }
}
