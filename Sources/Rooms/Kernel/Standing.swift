/// How well the place knows a person; each includes those before it.
public enum Standing: String, CaseIterable, Comparable, Sendable {
    /// A name card and nothing more.
    case guest
    /// Has an account, or was given a right by a link made for one person.
    case registered
    /// An account with a contact that was verified.
    case verified
    /// Runs the place.
    case `operator`

    public static func < (one: Standing, other: Standing) -> Bool {
        one.rank < other.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
