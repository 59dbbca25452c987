public import Ledger

/// What a presenter says to an intent.
public enum IntentAnswer: String, CaseIterable, Sendable {
    case seen
    case materialsSent = "materials_sent"
    case meetingAccepted = "meeting_accepted"
    case meetingDeclined = "meeting_declined"

    /// What it is about; an answer takes the place of another about the same.
    public enum Topic: String, CaseIterable, Sendable {
        case seen, materials, meeting
    }

    public var topic: Topic {
        switch self {
        case .seen: .seen
        case .materialsSent: .materials
        case .meetingAccepted, .meetingDeclined: .meeting
        }
    }

    /// The step of a side that asks for it.
    func step(of side: IntentSide) -> IntentStep {
        switch (topic, side) {
        case (.seen, _): .follow
        case (.materials, _): .materials
        case (.meeting, .investor): .meet
        case (.meeting, .enterprise): .exchange
        }
    }
}

/// Either of the two whom an intent is between.
public enum IntentParty: String, CaseIterable, Sendable {
    case author
    case presenter
}

/// What became of an intent some time after.
public struct FollowUp: Equatable, Sendable {
    public enum Outcome: String, CaseIterable, Sendable {
        case inTalks = "in_talks"
        case materialsExchanged = "materials_exchanged"
        case signed
        case ended
    }

    public let party: IntentParty
    public let outcome: Outcome
    public let amount: AmountRange?

    public init(_ party: IntentParty, _ outcome: Outcome, amount: AmountRange? = nil) {
        self.party = party
        self.outcome = outcome
        self.amount = amount
    }

    /// Days after the end of the live part at which both parties are asked.
    public static let days: [UInt64] = [30, 90]
}

/// What a project lacks, or has, in the eyes of somebody of the market.
public enum FeedbackCode: String, CaseIterable, Comparable, Sendable {
    case tooEarly = "too_early"
    case marketUnclear = "market_unclear"
    case benefitUnclear = "benefit_unclear"
    case teamIncomplete = "team_incomplete"
    case propertyUnclear = "ip_unclear"
    case priceTooHigh = "price_too_high"
    case notMyField = "not_my_field"
    case impressive
    case other

    public static func < (one: FeedbackCode, other: FeedbackCode) -> Bool {
        one.rank < other.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The two between whom contacts are exchanged, and for which slot.
public struct ContactKey: Hashable, Sendable {
    public let slot: SlotID
    /// Whose intent it is.
    public let author: MemberID
    public let presenter: MemberID

    public init(_ slot: SlotID, author: MemberID, presenter: MemberID) {
        self.slot = slot
        self.author = author
        self.presenter = presenter
    }

    /// Either way round: whichever of the two gave the intent.
    public static func between(
        _ one: MemberID,
        _ other: MemberID,
        in slot: SlotID
    ) -> [ContactKey] {
        [
            ContactKey(slot, author: one, presenter: other),
            ContactKey(slot, author: other, presenter: one),
        ]
    }
}

/// How far an exchange of contacts is.
public struct ContactExchange: Equatable, Sendable {
    /// Who agrees and waits for the other; the event that holds the contact.
    public internal(set) var offers: [MemberID: UInt64] = [:]
    /// Whose contact the other was told. What was told stays told.
    public internal(set) var told: [MemberID: Told] = [:]

    public struct Told: Equatable, Sendable {
        /// The event that holds the contact.
        public let sequence: UInt64
        /// Its owner no longer agrees to its use.
        public internal(set) var isWithdrawn = false
    }

    func agrees(_ member: MemberID) -> Bool { told[member].map { !$0.isWithdrawn } ?? false }
}

extension Intent {
    /// What the presenters said last about something.
    public struct Answered: Equatable, Sendable {
        public let answer: IntentAnswer
        public let sequence: UInt64
        public let at: Timestamp
    }

    /// What a party said last of what became of it.
    public struct Followed: Equatable, Sendable {
        public let followUp: FollowUp
        public let sequence: UInt64
        public let at: Timestamp
    }

    /// The mark that has passed since the live part ended, in days, for which that party has not yet
    /// said what became of it; `nil` where it owes nothing.
    public func due(for party: IntentParty, since ended: Timestamp?, at now: Timestamp) -> UInt64? {
        guard let ended, !isWithdrawn else { return nil }
        let last = followUps[party]?.at ?? .zero
        return FollowUp.days.last { days in
            let mark = ended.advanced(by: days * 86_400_000)
            return mark <= now && last < mark
        }
    }
}
