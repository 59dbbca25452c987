/// How people come into a room (`rooms.md`, Membership). It is fixed when the room is made: what was
/// said behind a closed door stays there.
public struct Door: Equatable, Sendable {
    public let admission: Admission
    /// People wait until staff lets them in.
    public let hasWaitingArea: Bool
    /// Who knows less of itself stays outside.
    public let least: Standing
    /// Questions of the form for registration; their texts stand apart.
    public let questions: Int
    /// SHA-256 of the terms of a closed matter, lower-case hex: who comes in signs them before
    /// anything is shown. `nil` where there are none.
    public let terms: String?

    public init(
        admission: Admission = .open,
        hasWaitingArea: Bool = false,
        least: Standing = .guest,
        questions: Int = 0,
        terms: String? = nil
    ) {
        self.admission = admission
        self.hasWaitingArea = hasWaitingArea
        self.least = least
        self.questions = questions
        self.terms = terms
    }

    /// Anybody comes in by a name card, and visitors watch.
    public static let open = Door()

    /// Whether those outside see no more than title, programme, state and announcements.
    public var isClosed: Bool {
        admission != .open || hasWaitingArea || least > .guest || terms != nil
    }
}

/// What it takes to come in.
public enum Admission: String, CaseIterable, Sendable {
    /// A name card.
    case open
    /// The entry code.
    case code
    /// A link that staff made.
    case invitation
    /// A form, answered and approved.
    case registration
}

/// Where somebody stands who is known to the room and not in it.
public enum Outside: Equatable, Sendable {
    /// Waits to be let in; the number is that of the event since which it waits.
    case waiting(since: UInt64)
    /// Sent in the form, and waits for an answer.
    case applied(since: UInt64)
    case declined
    /// Was sent out; it may knock again, and then waits.
    case removed
    /// Stays out until the ban is lifted.
    case banned

    /// The state alone, as it is written.
    public enum Name: String, CaseIterable, Sendable {
        case waiting, applied, declined, removed, banned
    }

    public var name: Name {
        switch self {
        case .waiting: .waiting
        case .applied: .applied
        case .declined: .declined
        case .removed: .removed
        case .banned: .banned
        }
    }

    /// Since which event it waits for staff; `nil` where it does not.
    public var since: UInt64? {
        switch self {
        case .waiting(let since), .applied(let since): since
        case .declined, .removed, .banned: nil
        }
    }
}
