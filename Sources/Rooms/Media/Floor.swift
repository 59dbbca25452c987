public import Ledger

/// How the stage shows slides and people.
public enum StageLayout: String, CaseIterable, Sendable {
    /// Slides large, who speaks in an inset.
    case slides
    /// Who speaks large, slides in an inset.
    case camera
    /// Both side by side.
    case side
    /// Everybody whose camera is on.
    case gallery
    /// A shared screen large.
    case screen
}

/// Who may speak and be seen, and how the stage shows it (`rooms.md`, Live media).
public struct Floor: Equatable, Sendable {
    /// Raised hands, longest raised first.
    public internal(set) var hands: [MemberID] = []
    /// Members who were given the floor and have it by no role.
    public internal(set) var holders: Set<MemberID> = []
    /// Whose microphones staff muted.
    public internal(set) var muted: Set<MemberID> = []
    public internal(set) var layout = StageLayout.slides
    /// Who is shown large, whoever speaks.
    public internal(set) var pinned: MemberID?

    /// The roles that may speak without being given the floor.
    public static let roles: [Role] = [.moderator, .presenter, .judge, .expert]

    /// The room is over: nobody speaks any more.
    mutating func clear() {
        self = Floor()
    }
}
