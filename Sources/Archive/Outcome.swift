public import Ledger
public import OpenSSL
public import Rooms

/// What a roadshow came to, as far as its reader may know it: results, questions, who was there.
public struct Outcome: Sendable {
    public let room: RoomID
    public let title: String
    public let state: Lifecycle.Name
    public let startsAt: Timestamp?
    /// In the agenda's order.
    public let slots: [Project]
    public let judging: Judged?
    /// Oldest first.
    public private(set) var questions: [Asked]
    /// Polls that were closed, in their order.
    public let polls: [Voted]
    /// Members by the kind that their cards say, most first; `nil` for those that say none.
    public let attendance: [(kind: String?, members: Int, onSite: Int)]
    /// Members by the province of the verified organisation on their cards, most first.
    public let regions: [Region]
    /// The most who followed at once, and when that was counted; `nil` where nobody was.
    public let peak: (count: Int, at: Timestamp)?
    /// Events in the log that all of this follows from.
    public let events: UInt64
    /// The fingerprint of the key that signs the log's checkpoints.
    public let key: Digest

    public init(
        room: RoomID,
        title: String,
        state: Lifecycle.Name,
        startsAt: Timestamp?,
        slots: [Project],
        judging: Judged?,
        questions: [Asked],
        polls: [Voted],
        attendance: [(kind: String?, members: Int, onSite: Int)],
        regions: [Region] = [],
        peak: (count: Int, at: Timestamp)? = nil,
        events: UInt64,
        key: Digest
    ) {
        self.room = room
        self.title = title
        self.state = state
        self.startsAt = startsAt
        self.slots = slots
        self.judging = judging
        self.questions = questions
        self.polls = polls
        self.attendance = attendance
        self.regions = regions
        self.peak = peak
        self.events = events
        self.key = key
    }

    /// A province, and how many came from there.
    public struct Region: Sendable {
        /// GB/T 2260.
        public let code: String
        public let chinese: String
        public let english: String?
        public let members: Int

        public init(code: String, chinese: String, english: String?, members: Int) {
            (self.code, self.chinese, self.english) = (code, chinese, english)
            self.members = members
        }
    }

    /// A slot and what it was about.
    public struct Project: Sendable {
        public let texts: SlotTexts
        public let state: SlotState
        /// Members whose intents stand; whose they are is their own matter.
        public let intents: Int
        /// The most who followed at once while it was on stage; `nil` where nobody counted.
        public let most: Int?
        /// The first page of its slides.
        public let picture: String?

        public init(
            _ texts: SlotTexts,
            _ state: SlotState,
            intents: Int,
            most: Int? = nil,
            picture: String? = nil
        ) {
            self.texts = texts
            self.state = state
            self.intents = intents
            self.most = most
            self.picture = picture
        }

        public var id: SlotID { texts.id }
    }

    /// What was told of judging.
    public struct Judged: Sendable {
        public let scheme: JudgingScheme
        public let texts: JudgingTexts
        /// In the agenda's order.
        public let scores: [SlotScore]
        public let ranks: [SlotID: Int]

        public init(
            _ scheme: JudgingScheme,
            _ texts: JudgingTexts,
            scores: [SlotScore],
            ranks: [SlotID: Int]
        ) {
            self.scheme = scheme
            self.texts = texts
            self.scores = scores
            self.ranks = ranks
        }
    }

    /// A question; without words where they were removed.
    public struct Asked: Sendable {
        public let slot: SlotID?
        public let byline: Byline?
        public let text: String?
        public let votes: Int
        public let state: QuestionState
        /// In writing, the newest.
        public let answer: String?

        public init(
            about slot: SlotID?,
            by byline: Byline?,
            text: String?,
            votes: Int,
            state: QuestionState,
            answer: String? = nil
        ) {
            self.slot = slot
            self.byline = byline
            self.text = text
            self.votes = votes
            self.state = state
            self.answer = answer
        }
    }

    /// A closed poll; without words where they were removed.
    public struct Voted: Sendable {
        public let kind: PollKind
        public let texts: PollTexts?
        /// How many voted, and for each option.
        public let voters: Int
        public let counts: [Int]

        public init(_ kind: PollKind, _ texts: PollTexts?, voters: Int, counts: [Int]) {
            self.kind = kind
            self.texts = texts
            self.voters = voters
            self.counts = counts
        }
    }

    /// Members who were in the hall.
    public var onSite: Int { attendance.reduce(0) { $0 + $1.onSite } }

    public var members: Int { attendance.reduce(0) { $0 + $1.members } }

    /// The same without what people said: figures and results alone.
    public func withoutWords() -> Outcome {
        var outcome = self
        outcome.questions = []
        return outcome
    }

    /// Questions about that slot, and how many of them were answered.
    public func questions(about slot: SlotID) -> (asked: Int, answered: Int) {
        let own = questions.filter { $0.slot == slot }
        return (own.count, own.count { $0.state == .answered })
    }

    /// A slot's place among those that were told.
    struct Placing {
        let project: Project
        let group: String?
        let rank: Int?
        let score: SlotScore?
        let prize: String?
        let isAdvancing: Bool
    }

    /// Slots as they are read out: group by group, by place, then those without one by the agenda.
    var placings: [Placing] {
        let groups = judging?.scheme.groups ?? []
        let parts =
            groups.isEmpty
            ? [slots]
            : groups.map { group in
                slots.filter { group.slots.contains($0.id) }
            }
        return parts.enumerated().flatMap { index, part in
            part.map { placing(of: $0, inGroup: groups.isEmpty ? nil : index) }
                .enumerated().sorted {
                    ($0.element.rank ?? .max, $0.offset) < ($1.element.rank ?? .max, $1.offset)
                }.map(\.element)
        }
    }

    private func placing(of project: Project, inGroup index: Int?) -> Placing {
        let rank = judging?.ranks[project.id]
        let group = index.flatMap { index in judging.map { $0.scheme.groups[index] } }
        let texts = index.flatMap { index in judging?.texts.groups.dropFirst(index).first }
        return Placing(
            project: project,
            group: texts?.name,
            rank: rank,
            score: judging?.scores.first { $0.slot == project.id },
            prize: rank.flatMap { texts?.prizes.dropFirst($0 - 1).first },
            isAdvancing: rank.map { $0 <= group?.advancing ?? 0 } ?? false
        )
    }
}
