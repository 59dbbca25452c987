public import Ledger
public import Rooms

/// The people of a sample room.
public enum Person: String, CaseIterable, Sendable {
    case moderator
    /// Presents the first slot.
    case presenter
    /// Presents the second slot.
    case otherPresenter
    case audience
    case otherAudience
    case judge
    case otherJudge
    /// Has a session and was never admitted.
    case stranger

    public var id: MemberID {
        let place = UInt8(clamping: Self.allCases.firstIndex(of: self) ?? 0)
        return .sample(0xa0 + place)
    }

    public var actor: Actor { .member(id) }

    /// What the person is admitted as; `nil` for the stranger.
    public var membership: (roles: Set<Role>, slots: [SlotID])? {
        switch self {
        case .moderator: ([.moderator], [])
        case .presenter: ([.presenter], [SlotID(place: 1)])
        case .otherPresenter: ([.presenter], [SlotID(place: 2)])
        case .audience, .otherAudience: ([.audience], [])
        case .judge, .otherJudge: ([.judge], [])
        case .stranger: nil
        }
    }

    public var card: NameCard { NameCard(name: rawValue, organisation: "实验室", kind: "scientist") }
}

extension MemberID {
    /// The member whose eight bytes are all `byte`.
    public static func sample(_ byte: UInt8) -> MemberID {
        guard let id = MemberID(bytes: [UInt8](repeating: byte, count: byteCount)) else {
            preconditionFailure("eight bytes make a member's id")
        }
        return id
    }
}

extension RecordingID {
    /// The recording whose name is that number in 16 hex digits.
    public static func sample(_ number: UInt8) -> RecordingID {
        let digits = String(number, radix: 16)
        let name = String(repeating: "0", count: 16 - digits.count) + digits
        guard let id = RecordingID(name) else {
            preconditionFailure("sixteen digits make a recording's id")
        }
        return id
    }
}

extension SlotID {
    public static let first = SlotID(place: 1)
    public static let second = SlotID(place: 2)
    /// No sample room has it.
    public static let unknown = SlotID(place: 99)
}
