public import Ledger

/// What somebody asks of a room. Words come in as typed; times, identities and names come beside it.
public enum Command: Equatable, Sendable {
    /// The first command of a room's log.
    case create(RoomPlan)
    /// Lets a member in, or gives roles and slots to one who is in.
    case admit(MemberID, roles: Set<Role>, slots: [SlotID])

    case openRoom
    case startRoom
    case pauseRoom
    case resumeRoom
    case endRoom
    case confirmEnd
    case reopenRoom
    case closeRoom
    case cancelRoom(reason: String?)

    case say(String)
    case ask(String, about: SlotID?)
    case vote(for: UInt64)
    case mark(UInt64, QuestionState)
    case redact(UInt64, RedactionReason)

    case markReady(SlotID)
    case callSlot(SlotID)
    case skipSlot(SlotID, reason: String?)
    case recallSlot(SlotID)
    case restartSlot(SlotID, reason: String)
    case startPitch
    case startQuestions
    case finishSlot
    case pauseClock
    case resumeClock
    case extendClock(milliseconds: UInt64, reason: String?)
    case placeSlides(SlotID, [SlideFile])
    case showSlide(SlotID, page: Int)

    /// A deadline of the room may have passed: decides whatever is due.
    case keepTime
    /// The server was away for so long: running clocks shift by it (`ledger.md`, Time).
    case makeUp(milliseconds: UInt64)
}

/// Who gives a command.
public enum Actor: Hashable, Sendable {
    case member(MemberID)
    /// The server itself: creation, admission, deadlines, restarts.
    case server
    /// A visitor, who watches and has no card.
    case visitor

    /// The name under which commands are unique (`ledger.md`, Commands).
    public var name: String {
        switch self {
        case .member(let id): "\(id)"
        case .server: "server"
        case .visitor: "visitor"
        }
    }
}

/// Who speaks: an actor and the card that others see. The rules pass the card on and keep none of it.
public struct Speaker: Equatable, Sendable {
    public let actor: Actor
    public let card: NameCard

    public init(_ actor: Actor, card: NameCard = .blank) {
        self.actor = actor
        self.card = card
    }

    public static let server = Speaker(.server)
}

/// What a person shows of itself in a room.
public struct NameCard: Equatable, Sendable {
    public let name: String
    public let organisation: String?
    /// One of the kinds that the site knows: scientist, entrepreneur, investor …
    public let kind: String?

    public init(name: String, organisation: String? = nil, kind: String? = nil) {
        self.name = name
        self.organisation = organisation
        self.kind = kind
    }

    public static let blank = NameCard(name: "")
}

/// Why a text was removed.
public enum RedactionReason: String, CaseIterable, Sendable {
    case spam, abuse, `private`, mistake, other
}

/// How a question stands.
public enum QuestionState: String, CaseIterable, Sendable {
    case open, answering, answered, dismissed
}
