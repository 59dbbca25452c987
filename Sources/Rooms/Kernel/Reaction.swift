/// What a member shows in passing: counted and told, and kept nowhere.
public enum Reaction: String, CaseIterable, Comparable, Sendable {
    case applause, like
    /// Wants to know more.
    case interested
    case puzzled

    public static func < (one: Reaction, other: Reaction) -> Bool {
        one.rawValue < other.rawValue
    }
}

extension Room {
    /// Why the actor may not show a reaction now; `nil` where it may.
    public func refusalToReact(by actor: Actor) -> Rejection? {
        // Whoever may speak may, and nobody else.
        if let refusal = Rights.refusal(of: .say, to: position(of: actor), in: lifecycle.name) {
            return refusal
        }
        guard case .member(let member) = actor, let membership = members[member] else {
            return .notAdmitted
        }
        guard !membership.isMuted else { return .muted }
        guard !conduct.isStopped || membership.roles.contains(.moderator) else {
            return .outputStopped
        }
        return nil
    }
}
