public import Ledger

/// A question as the rules know it.
public struct Question: Equatable, Sendable {
    public let by: MemberID
    public let slot: SlotID?
    /// Others than staff are not told whose it is.
    public let isAnonymous: Bool
    /// The slide that was on stage when it was asked, of the slot that it is about.
    let page: Int?
    public internal(set) var state = QuestionState.open
    /// Its own, without those of what was merged into it.
    public internal(set) var voters: Set<MemberID> = []
    /// The question that stands for it.
    public internal(set) var mergedInto: UInt64?
    /// How often it was answered in writing.
    var answers = 0

    init(by: MemberID, slot: SlotID?, isAnonymous: Bool, page: Int? = nil) {
        self.page = page
        self.by = by
        self.slot = slot
        self.isAnonymous = isAnonymous
    }
}

/// How many members voted for a question, through what was merged into it too.
public struct QuestionVotes: Equatable, Sendable {
    public let question: UInt64
    public let votes: Int

    public init(_ question: UInt64, _ votes: Int) {
        self.question = question
        self.votes = votes
    }
}
