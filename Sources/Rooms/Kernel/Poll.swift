public import Ledger

/// What a poll asks for.
public enum PollKind: String, CaseIterable, Sendable {
    /// One option of several.
    case single
    /// Any number of them, one at least.
    case multiple
    /// 1 to 5.
    case rating
    case yesNo = "yes_no"

    /// How many options it has by itself; `nil` where whoever opens it gives them.
    public var fixedOptions: Int? {
        switch self {
        case .single, .multiple: nil
        case .rating: 5
        case .yesNo: 2
        }
    }
}

/// When others than staff see how a poll stands.
public enum PollResults: String, CaseIterable, Sendable {
    /// While it is open.
    case live
    /// Once it was closed.
    case closed
}

/// What of a poll decides anything.
public struct PollFrame: Equatable, Sendable {
    public let kind: PollKind
    /// How many there are; they are numbered from 1: a rating's are 1 to 5, yes is 1, no is 2.
    public let options: Int
    public let slot: SlotID?
    public let results: PollResults
    /// Only members whom the place knows at least as registered vote.
    public let isForRegistered: Bool
    /// A member may vote again while it is open: the new vote takes the place of the one before.
    public let isChangeable: Bool

    public init(
        kind: PollKind,
        options: Int,
        slot: SlotID? = nil,
        results: PollResults = .live,
        isForRegistered: Bool = false,
        isChangeable: Bool = true
    ) {
        self.kind = kind
        self.options = options
        self.slot = slot
        self.results = results
        self.isForRegistered = isForRegistered
        self.isChangeable = isChangeable
    }
}

/// What a poll says.
public struct PollTexts: Equatable, Sendable {
    public let question: String
    /// Empty where the kind has its own.
    public let options: [String]

    public init(question: String, options: [String] = []) {
        self.question = question
        self.options = options
    }
}

/// What a poll is opened from: its frame, and its words as typed.
public struct PollPlan: Equatable, Sendable {
    public let frame: PollFrame
    public let texts: PollTexts

    public init(
        kind: PollKind,
        texts: PollTexts,
        slot: SlotID? = nil,
        results: PollResults = .live,
        isForRegistered: Bool = false,
        isChangeable: Bool = true
    ) {
        frame = PollFrame(
            kind: kind,
            options: kind.fixedOptions ?? texts.options.count,
            slot: slot,
            results: results,
            isForRegistered: isForRegistered,
            isChangeable: isChangeable
        )
        self.texts = texts
    }
}

/// What a member chose: numbers of options from 1, in order, each once.
public struct Ballot: Equatable, Sendable {
    /// Bit `n - 1` stands for option `n`: ten thousand ballots cost little.
    private let bits: UInt16

    /// - Returns: `nil` where a number is not one of so many options, or stands twice, or where there
    ///   are none.
    public init?(_ choices: [Int], of options: Int) {
        var bits: UInt16 = 0
        for choice in choices {
            guard (1...16).contains(choice), choice <= options else { return nil }
            let bit: UInt16 = 1 << (choice - 1)
            guard bits & bit == 0 else { return nil }
            bits |= bit
        }
        guard bits != 0 else { return nil }
        self.bits = bits
    }

    public var choices: [Int] {
        (1...16).filter { bits & (1 << ($0 - 1)) != 0 }
    }

    public var count: Int { bits.nonzeroBitCount }
}

/// A poll as the rules know it.
public struct Poll: Equatable, Sendable {
    public enum State: String, CaseIterable, Sendable {
        case open, closed, cancelled
    }

    public let frame: PollFrame
    public let by: MemberID
    public let openedAt: Timestamp
    public internal(set) var state = State.open
    public internal(set) var closedAt: Timestamp?
    /// Votes by option, the first option's first; all 0 once it was cancelled.
    public internal(set) var counts: [Int]
    /// Who voted what; nobody but the voter is told.
    var cast: [MemberID: Cast] = [:]

    struct Cast: Equatable, Sendable {
        let ballot: Ballot
        /// How often the member voted before.
        let changes: UInt8
    }

    init(_ frame: PollFrame, by: MemberID, at: Timestamp) {
        self.frame = frame
        self.by = by
        openedAt = at
        counts = Array(repeating: 0, count: max(0, frame.options))
    }

    /// How many members voted.
    public var voters: Int { cast.count }

    /// What that member chose.
    public func ballot(of member: MemberID) -> Ballot? { cast[member]?.ballot }

    /// Takes a vote over; one of before no longer counts.
    mutating func take(_ ballot: Ballot, by member: MemberID) {
        let before = cast[member]
        add(-1, to: before?.ballot)
        add(1, to: ballot)
        let changes = before.map { $0.changes < .max ? $0.changes + 1 : .max } ?? 0
        cast[member] = Cast(ballot: ballot, changes: changes)
    }

    private mutating func add(_ votes: Int, to ballot: Ballot?) {
        for choice in ballot?.choices ?? [] where counts.indices.contains(choice - 1) {
            counts[choice - 1] += votes
        }
    }

    /// Its results are withdrawn.
    mutating func cancel(at now: Timestamp) {
        (state, closedAt) = (.cancelled, now)
        cast = [:]
        counts = Array(repeating: 0, count: counts.count)
    }
}
