public import Ledger

/// The side of the market that somebody stands on; each has a ladder of its own.
public enum IntentSide: String, CaseIterable, Sendable {
    case investor
    case enterprise

    /// Its steps, lowest first; a step implies those below it.
    public var ladder: [IntentStep] {
        switch self {
        case .investor: [.follow, .materials, .meet, .amount, .dueDiligence, .signed]
        case .enterprise: [.follow, .materials, .exchange, .cooperation, .signed]
        }
    }

    /// The first step that an amount can stand on.
    var firstWithAmount: IntentStep {
        switch self {
        case .investor: .amount
        case .enterprise: .cooperation
        }
    }

    /// The place of a step in the ladder, from 0; `nil` where the side has no such step.
    func place(of step: IntentStep) -> Int? { ladder.firstIndex(of: step) }
}

/// How far somebody would go with a project.
public enum IntentStep: String, CaseIterable, Sendable {
    case follow
    /// Asks for materials.
    case materials
    case meet
    /// Names an indicative amount.
    case amount
    case dueDiligence = "due_diligence"
    /// A technical exchange.
    case exchange
    case cooperation
    case signed
}

/// What an enterprise and a project would do together.
public enum Cooperation: String, CaseIterable, Sendable {
    case development
    case transfer
    case licence
    case consulting
    case service
    /// The technology is paid in as shares.
    case shares
}

/// An indicative amount: from least to most, in minor units of the currency.
public struct AmountRange: Equatable, Sendable {
    /// ISO 4217.
    public let currency: String
    public let least: UInt64
    public let most: UInt64

    public init(currency: String, least: UInt64, most: UInt64) {
        self.currency = currency
        self.least = least
        self.most = most
    }

    /// Amounts are whole numbers that every client can hold exactly.
    public static let largest: UInt64 = 1 << 53 - 1

    /// What is wrong with it; `nil` for a good one.
    var fault: AmountFault? {
        guard Currency.codes.contains(currency) else { return .currency }
        return least <= most && (1...Self.largest).contains(most) ? nil : .order
    }
}

/// What is wrong with an amount.
public enum AmountFault: String, CaseIterable, Sendable {
    /// No code of ISO 4217.
    case currency
    /// The least is above the most, or the most is 0 or too large.
    case order
    /// The step names an amount, and none was given.
    case missing
    /// The step is below those that have one.
    case notTaken = "not_taken"
}

/// Why somebody may not give an intent for a slot.
public enum IntentConflict: String, CaseIterable, Sendable {
    /// It presents the slot.
    case presenter
    case judge
    case moderator
}

/// What a name card lacks for an intent.
public enum CardField: String, CaseIterable, Sendable {
    case name
    case organisation
    case kind
}

/// What somebody asks for; the note is a text, and no rule reads it.
public struct IntentOffer: Equatable, Sendable {
    public let side: IntentSide
    public let step: IntentStep
    public let amount: AmountRange?
    public let cooperation: Cooperation?
    public let note: String?
    /// Staff may see it too.
    public let isShared: Bool

    public init(
        _ side: IntentSide,
        _ step: IntentStep,
        amount: AmountRange? = nil,
        cooperation: Cooperation? = nil,
        note: String? = nil,
        isShared: Bool = false
    ) {
        self.side = side
        self.step = step
        self.amount = amount
        self.cooperation = cooperation
        self.note = note
        self.isShared = isShared
    }
}

/// Whose intent, and about what: a member has one for each slot.
public struct IntentKey: Hashable, Sendable {
    public let slot: SlotID
    public let member: MemberID

    public init(_ slot: SlotID, _ member: MemberID) {
        self.slot = slot
        self.member = member
    }
}

/// Who is told of an intent besides its author. Nobody else learns that it exists.
public struct IntentCircle: Equatable, Sendable {
    /// The slot's presenters of that moment, in order of their ids.
    public let presenters: [MemberID]
    public let isShared: Bool

    public init(presenters: [MemberID], isShared: Bool) {
        self.presenters = presenters
        self.isShared = isShared
    }

    func audiences(with author: MemberID) -> [Audience] {
        [.member(author)] + presenters.map { .member($0) } + (isShared ? [.staff] : [])
    }
}

/// What an intent says, as the rules keep it.
public struct IntentTerms: Equatable, Sendable {
    public let side: IntentSide
    public let step: IntentStep
    public let amount: AmountRange?
    public let cooperation: Cooperation?

    public init(
        _ side: IntentSide,
        _ step: IntentStep,
        amount: AmountRange? = nil,
        cooperation: Cooperation? = nil
    ) {
        self.side = side
        self.step = step
        self.amount = amount
        self.cooperation = cooperation
    }
}

/// An intent as it stands.
public struct Intent: Equatable, Sendable {
    public internal(set) var terms: IntentTerms
    public internal(set) var isShared: Bool
    /// The event that said it last, and when.
    public internal(set) var sequence: UInt64
    public internal(set) var at: Timestamp
    /// The event that took it back.
    public internal(set) var withdrawn: UInt64?
    public internal(set) var answers: [IntentAnswer.Topic: Answered] = [:]
    public internal(set) var followUps: [IntentParty: Followed] = [:]

    public var isWithdrawn: Bool { withdrawn != nil }
}

/// What somebody thinks of a project.
public struct Feedback: Equatable, Sendable {
    public let codes: [FeedbackCode]
    public let sequence: UInt64
    public let at: Timestamp
}

/// All intents of a room, and what goes with them.
public struct Intents: Equatable, Sendable {
    public internal(set) var all: [IntentKey: Intent] = [:]
    /// How many members have one that stands, by slot; 0 is left out.
    public internal(set) var counts: [SlotID: Int] = [:]
    /// The event that last changed `counts`.
    public internal(set) var counted: UInt64 = 0
    public internal(set) var contacts: [ContactKey: ContactExchange] = [:]
    /// One of each member for a slot: the last.
    public internal(set) var feedback: [IntentKey: Feedback] = [:]
    /// What members wrote for themselves: the event that holds the last.
    public internal(set) var notes: [IntentKey: UInt64] = [:]
    /// When the live part ended; `nil` while it has not, or was reopened.
    public internal(set) var endedAt: Timestamp?

    /// The one that stands.
    public func standing(_ key: IntentKey) -> Intent? {
        all[key].flatMap { $0.isWithdrawn ? nil : $0 }
    }
}
