public import Ledger

/// The class of a reader: the audiences it belongs to, its own personal one left out.
///
/// All readers of a class are told of an event by the same bytes.
public struct ReaderClass: Hashable, Sendable {
    /// The roles held; empty for a visitor, who is no member.
    public let roles: Set<Role>

    public init(roles: Set<Role>) {
        // Only what is told to some and not to others makes a class: each costs every event a step.
        var kept = roles.intersection([.presenter])
        if roles.readsAsStaff { kept.insert(.moderator) }
        self.roles = kept.isEmpty && !roles.isEmpty ? [.audience] : kept
    }

    /// Who watches without having been admitted.
    public static let visitor = ReaderClass(roles: [])

    /// Whether a part for `audience` is for this class. Personal parts never are.
    public func sees(_ audience: Audience) -> Bool {
        switch audience {
        case .everyone: true
        case .members: !roles.isEmpty
        case .staff: roles.contains(.moderator)
        case .role(let name): roles.contains { $0.rawValue == name }
        case .member, .server: false
        }
    }
}
