/// Who may read a part of an event. Its name is hashed with the part, so that a log cannot be
/// retold with other readers.
public enum Audience: Hashable, Sendable {
    /// Whoever can reach the room, visitors without a session included.
    case everyone
    /// Whoever was admitted to the room.
    case members
    /// Moderators, and auditors who read as they do.
    case staff
    /// The members of one role.
    case role(String)
    /// One member alone.
    case member(MemberID)
    /// The server alone: the rules read it, and whoever may export the whole log.
    case server

    /// The longest name of a role, in bytes.
    public static let longestRole = 32

    /// The name that is hashed and written: `everyone`, `role:presenter`, `member:` and an id.
    public var name: String {
        switch self {
        case .everyone: "everyone"
        case .members: "members"
        case .staff: "staff"
        case .role(let role): "role:" + role
        case .member(let id): "member:" + id.description
        case .server: "server"
        }
    }

    /// - Returns: the audience of that name, or `nil` when no audience has it; a role has 1 to 32
    ///   of `a-z0-9_`.
    public init?(name: some StringProtocol) {
        switch name {
        case "everyone": self = .everyone
        case "members": self = .members
        case "staff": self = .staff
        case "server": self = .server
        default:
            let halves = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let first = halves.first, let last = halves.last else {
                return nil
            }
            switch first {
            case "role" where Self.isRole(last): self = .role(String(last))
            case "member":
                guard let id = MemberID(last) else { return nil }
                self = .member(id)
            default: return nil
            }
        }
    }

    private static func isRole(_ name: some StringProtocol) -> Bool {
        (1...longestRole).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
