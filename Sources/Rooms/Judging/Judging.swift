public import Ledger

/// Who judges, what was given, what was told.
public struct Judging: Equatable, Sendable {
    public internal(set) var scheme: JudgingScheme?
    /// The panels of judges who were seated by hand; the others sit in the first.
    public internal(set) var seats: [MemberID: Int] = [:]
    /// Who stands back from judging which slot (回避).
    public internal(set) var recusals: [SlotID: Set<MemberID>] = [:]
    /// The newest sheet of each judge, also of those who stood back since.
    public internal(set) var sheets: [SlotID: [MemberID: ScoreSheet]] = [:]
    /// Scores that were told.
    public internal(set) var published: [SlotID: SlotScore] = [:]
    /// The places of those, in their groups.
    public internal(set) var ranks: [SlotID: Int] = [:]
    /// The sheets that were opened with them.
    public internal(set) var opened: [SlotID: [OpenedSheet]] = [:]

    /// The sheets of a slot that count: nobody's who stood back.
    public func standing(_ slot: SlotID) -> [MemberID: ScoreSheet] {
        (sheets[slot] ?? [:]).filter { recusals[slot]?.contains($0.key) != true }
    }

    func panel(of judge: MemberID) -> Int { seats[judge] ?? 1 }
}

/// A sheet as it is told after its scores were published.
public struct OpenedSheet: Equatable, Sendable {
    public let slot: SlotID
    public let judge: MemberID
    public let panel: Int
    public let marks: [Int]
    /// Hundredths of a mark.
    public let total: Int
    /// Whether it was left out as the highest or the lowest.
    public let isTrimmed: Bool
    /// Whether everybody may see it, or staff alone.
    public let isForAll: Bool

    public init(
        slot: SlotID,
        judge: MemberID,
        panel: Int,
        marks: [Int],
        total: Int,
        isTrimmed: Bool,
        isForAll: Bool
    ) {
        self.slot = slot
        self.judge = judge
        self.panel = panel
        self.marks = marks
        self.total = total
        self.isTrimmed = isTrimmed
        self.isForAll = isForAll
    }
}

/// Scores as they are told at once, and the places of all told so far.
public struct PublishedScores: Equatable, Sendable {
    public let scores: [SlotScore]
    public let ranks: [SlotID: Int]

    public init(scores: [SlotScore], ranks: [SlotID: Int]) {
        self.scores = scores
        self.ranks = ranks
    }
}

/// What a judge wrote on a sheet, and whose name stands under it.
public struct SheetWords: Equatable, Sendable {
    public let byline: Byline
    public let comment: String?

    public init(by byline: Byline, comment: String?) {
        self.byline = byline
        self.comment = comment
    }
}

/// The words of sheets by slot and judge: the server adds them, the rules keep none.
public typealias SheetBook = [SlotID: [MemberID: SheetWords]]
