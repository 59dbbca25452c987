/// What a member may be in a room; `Rights` says what each may do there.
public enum Role: String, CaseIterable, Comparable, Hashable, Sendable {
    case moderator
    case presenter
    case judge
    case investor
    case bidder
    case expert
    case asker
    case captioner
    case audience
    /// Reads everything that staff reads, and writes nothing.
    case auditor

    public static func < (one: Role, other: Role) -> Bool {
        one.rank < other.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Set<Role> {
    /// Whether they read what staff reads.
    public var readsAsStaff: Bool { contains(.moderator) || contains(.auditor) }
}
