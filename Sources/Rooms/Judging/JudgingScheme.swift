/// How a room's slots are judged (`rooms.md`, Judging): data, fixed before the first sheet.
public struct JudgingScheme: Equatable, Sendable {
    /// Of each criterion, in per cent; together 100. A criterion's number is its place from 1.
    public let weights: [Int]
    /// Of each panel, in per cent; together 100. A panel's number is its place from 1.
    public let panels: [Int]
    public let aggregation: Aggregation
    public let publication: ScorePublication
    public let detail: ScoreDetail
    /// Criteria by number: of slots with the same total the one comes first that has more by these.
    public let ties: [Int]
    /// Empty where all slots are judged together; else each slot stands in one.
    public let groups: [SlotGroup]

    public init(
        weights: [Int],
        panels: [Int] = [100],
        aggregation: Aggregation = .trimmed,
        publication: ScorePublication = .end,
        detail: ScoreDetail = .criteria,
        ties: [Int] = [1],
        groups: [SlotGroup] = []
    ) {
        self.weights = weights
        self.panels = panels
        self.aggregation = aggregation
        self.publication = publication
        self.detail = detail
        self.ties = ties
        self.groups = groups
    }

    /// How a panel's sheets become one figure.
    public enum Aggregation: String, CaseIterable, Sendable {
        case mean
        /// Without one highest and one lowest sheet, by their totals; the plain mean where a panel
        /// has fewer than `leastToTrim`.
        case trimmed
    }

    /// Sheets of a panel from which on the highest and the lowest are left out.
    public static let leastToTrim = 5
}

/// When scores are told.
public enum ScorePublication: Equatable, Sendable {
    /// When a slot's scoring closes (现场亮分).
    case eachSlot
    /// All at once when scoring of so many slots is closed, then each.
    case after(slots: Int)
    /// By the moderator, when all slots are through.
    case end
}

/// What of the sheets is told with the scores; staff sees all of them then.
public enum ScoreDetail: String, CaseIterable, Sendable {
    case totals
    /// And the figure of each criterion.
    case criteria
    /// And each judge's sheet, with its comment.
    case judges
}

/// Slots that are ranked among themselves (初创组, 成长组).
public struct SlotGroup: Equatable, Sendable {
    public let slots: [SlotID]
    /// A group that only shows (展示) has no sheets.
    public let isScored: Bool
    /// How many go on to the next round.
    public let advancing: Int

    public init(slots: [SlotID], isScored: Bool = true, advancing: Int = 0) {
        self.slots = slots
        self.isScored = isScored
        self.advancing = advancing
    }
}

/// The names in a scheme: no rule reads them.
public struct JudgingTexts: Equatable, Sendable {
    public let criteria: [CriterionText]
    public let panels: [String]
    public let groups: [GroupText]

    public init(criteria: [CriterionText], panels: [String], groups: [GroupText] = []) {
        self.criteria = criteria
        self.panels = panels
        self.groups = groups
    }

    public struct CriterionText: Equatable, Sendable {
        public let name: String
        /// What a high and a low mark mean.
        public let anchors: String?

        public init(name: String, anchors: String? = nil) {
            self.name = name
            self.anchors = anchors
        }
    }

    public struct GroupText: Equatable, Sendable {
        public let name: String
        /// What there is to win, the first prize first.
        public let prizes: [String]

        public init(name: String, prizes: [String] = []) {
            self.name = name
            self.prizes = prizes
        }
    }
}

/// A scheme with its names, as somebody asks for it.
public struct JudgingPlan: Equatable, Sendable {
    public let scheme: JudgingScheme
    public let texts: JudgingTexts

    public init(scheme: JudgingScheme, texts: JudgingTexts) {
        self.scheme = scheme
        self.texts = texts
    }
}

/// What is wrong with a scheme, and what is allowed.
public enum JudgingFault: Equatable, Sendable {
    case criteriaCount(limit: Int)
    /// A weight is 1 to 100.
    case weight
    case weightSum(Int)
    case panelCount(limit: Int)
    case panelWeight
    case panelWeightSum(Int)
    /// A tie is broken by criteria that there are, each once.
    case ties(criteria: Int)
    case publication(limit: Int)
    case groupCount(limit: Int)
    /// Groups hold each slot of the room once.
    case groupSlots
    case advancing
    /// As many names as criteria, panels and groups.
    case textsDoNotMatch
    case name(limit: Int)
    case anchors(limit: Int)
    case prizes(limit: Int)
}

extension JudgingPlan {
    /// What is wrong with it in a room of these slots; `nil` for a good one.
    func fault(for slots: [SlotID], within limits: RoomLimits) -> JudgingFault? {
        scheme.fault(for: slots, within: limits) ?? textFault(within: limits)
    }

    private func textFault(within limits: RoomLimits) -> JudgingFault? {
        guard texts.criteria.count == scheme.weights.count,
            texts.panels.count == scheme.panels.count, texts.groups.count == scheme.groups.count
        else { return .textsDoNotMatch }
        let names = texts.criteria.map(\.name) + texts.panels + texts.groups.map(\.name)
        guard names.allSatisfy({ $0.fits(limits.judgingName) }) else {
            return .name(limit: limits.judgingName)
        }
        guard texts.criteria.compactMap(\.anchors).allSatisfy({ $0.fits(limits.anchors) }) else {
            return .anchors(limit: limits.anchors)
        }
        let prizes = texts.groups.flatMap(\.prizes)
        let isWithin = texts.groups.allSatisfy { $0.prizes.count <= limits.prizes }
        guard isWithin, prizes.allSatisfy({ $0.fits(limits.judgingName) }) else {
            return .prizes(limit: limits.prizes)
        }
        return nil
    }
}

extension JudgingScheme {
    fileprivate func fault(for slots: [SlotID], within limits: RoomLimits) -> JudgingFault? {
        guard (1...limits.criteria).contains(weights.count) else {
            return .criteriaCount(limit: limits.criteria)
        }
        guard weights.allSatisfy((1...100).contains) else { return .weight }
        guard weights.reduce(0, +) == 100 else { return .weightSum(weights.reduce(0, +)) }
        guard (1...limits.panels).contains(panels.count) else {
            return .panelCount(limit: limits.panels)
        }
        guard panels.allSatisfy((1...100).contains) else { return .panelWeight }
        guard panels.reduce(0, +) == 100 else { return .panelWeightSum(panels.reduce(0, +)) }
        guard ties.allSatisfy((1...weights.count).contains), Set(ties).count == ties.count else {
            return .ties(criteria: weights.count)
        }
        if case .after(let count) = publication, !(1...limits.slots).contains(count) {
            return .publication(limit: limits.slots)
        }
        return groupFault(for: slots, within: limits)
    }

    private func groupFault(for slots: [SlotID], within limits: RoomLimits) -> JudgingFault? {
        guard groups.count <= limits.groups else { return .groupCount(limit: limits.groups) }
        guard groups.isEmpty || groups.flatMap(\.slots).sorted() == slots.sorted() else {
            return .groupSlots
        }
        guard groups.allSatisfy({ (0...$0.slots.count).contains($0.advancing) }) else {
            return .advancing
        }
        return nil
    }

    /// Whether sheets are given for that slot.
    public func isScored(_ slot: SlotID) -> Bool {
        groups.isEmpty || groups.contains { $0.isScored && $0.slots.contains(slot) }
    }
}
