public import Ledger

/// How a room's record is kept once the room is over (`rooms.md`, Archive desk).
public struct Archival: Equatable, Sendable {
    /// Who reads it, and for how long it is kept; `nil` until staff decided.
    public internal(set) var terms: ArchiveTerms?
    /// What staff looked through.
    public internal(set) var reviewed: Set<ArchiveReview> = []
    /// Whether a slot's presenter agrees that others than those who were there see it.
    public internal(set) var consents: [SlotID: Bool] = [:]
    /// The seal was asked for and can be confirmed until then.
    public internal(set) var sealRequestedUntil: Timestamp?
    public internal(set) var seal: Seal?
    /// Nothing of it goes while it is held, whatever its retention.
    public internal(set) var isHeld = false
    /// Its time was over: every text and file of it is gone.
    public internal(set) var isExpired = false
    public internal(set) var supplements = 0
    /// The events that correct a text, by the event of the text.
    var corrections: [UInt64: [UInt64]] = [:]

    /// The record as it was sealed.
    public struct Seal: Equatable, Sendable {
        /// The event of the seal: the record is what stands up to it.
        public let sequence: UInt64
        public let at: Timestamp
    }

    /// When all of it is taken away; `nil` where it is kept for ever, or not sealed yet.
    public var keptUntil: Timestamp? {
        guard let seal, let days = terms?.retention.days else { return nil }
        return seal.at.advanced(by: days * 86_400_000)
    }
}

/// Who reads a sealed record, and for how long it is kept.
public struct ArchiveTerms: Equatable, Sendable {
    public let audience: ArchiveAudience
    public let retention: Retention

    public init(audience: ArchiveAudience, retention: Retention) {
        self.audience = audience
        self.retention = retention
    }
}

/// Who reads a sealed record, besides staff; never more than were let into the live room.
public enum ArchiveAudience: String, CaseIterable, Comparable, Sendable {
    case nobody, members, registered, `public`

    public static func < (one: ArchiveAudience, other: ArchiveAudience) -> Bool {
        one.rank < other.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// For how long a sealed record is kept (保管期限).
public enum Retention: String, CaseIterable, Sendable {
    case permanent
    case thirtyYears = "30_years"
    case tenYears = "10_years"

    /// Never less than the calendar's years; `nil` for ever.
    var days: UInt64? {
        switch self {
        case .permanent: nil
        case .thirtyYears: 10_958
        case .tenYears: 3_653
        }
    }
}

/// What staff looks through before the seal.
public enum ArchiveReview: String, CaseIterable, Sendable {
    case transcript, redactions
}

/// What keeps a record from being sealed.
public enum ArchiveTask: String, CaseIterable, Sendable {
    /// Audience and retention are not decided.
    case terms
    case transcript
    case redactions
    /// A presenter has not agreed to an audience of others than were there.
    case consents
    /// Sheets were given that nobody was told the scores of.
    case scores
}
