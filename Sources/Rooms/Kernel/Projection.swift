public import Ledger

/// What a part of an event shows.
public enum Projection: Equatable, Sendable {
    /// The whole event with its command, as replay needs it.
    case record
    /// What happened, by whom, with its values.
    case body
    /// The texts alone.
    case texts
}

extension Draft {
    /// The event's parts in their order: for whom, and what. The order is part of the log's format.
    public var parts: [(audience: Audience, projection: Projection)] {
        var parts: [(audience: Audience, projection: Projection)] = [(.server, .record)]
        for audience in event.audiences {
            parts.append((audience, .body))
            if texts != nil, audience != .everyone || !hasStaffTexts {
                parts.append((audience, .texts))
            }
        }
        if texts != nil, hasStaffTexts { parts.append((.staff, .texts)) }
        return parts
    }

    /// Reasons are told to staff alone; every other text to whoever sees the event.
    private var hasStaffTexts: Bool {
        guard case .reason = texts else { return false }
        return true
    }
}

extension Event {
    /// Who is told that it happened. A first admission is for staff and that person only.
    public var audiences: [Audience] {
        switch self {
        case .memberAdmitted(let member, _, _), .rolesChanged(let member, _, _):
            [.staff, .member(member)]
        default: [.everyone]
        }
    }

    /// Whether its texts can be removed by a redaction of their own.
    var textPart: Int? {
        switch self {
        case .chatSaid, .questionAsked: 2
        default: nil
        }
    }
}
