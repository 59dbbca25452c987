/// What a member may do in a room (`member` rights come with any role).
public enum Role: String, CaseIterable, Comparable, Hashable, Sendable {
    case moderator
    case presenter
    case audience

    public static func < (one: Role, other: Role) -> Bool {
        one.rank < other.rank
    }

    private var rank: Int {
        switch self {
        case .moderator: 0
        case .presenter: 1
        case .audience: 2
        }
    }
}
