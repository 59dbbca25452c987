public import Ledger

/// The scheme, judges and their sheets.
extension Room {
    func judgingEvents(
        of command: Command,
        by speaker: Speaker
    ) throws(Rejection) -> [Draft] {
        switch command {
        case .arrangeJudging(let plan): return try arrangedJudging(plan)
        case .seatJudge(let member, let panel): return try seated(member, panel: panel)
        case .recuse(let slot, let member, let reason):
            let judge = try judge(member, for: speaker.actor)
            try requireUnpublished(slot)
            guard judging.recusals[slot]?.contains(judge) != true else { return [] }
            return [Draft(.judgeRecused(slot, judge), try self.reason(reason))]
        case .endRecusal(let slot, let member):
            let judge = try judge(member, for: speaker.actor)
            try requireUnpublished(slot)
            guard judging.recusals[slot]?.contains(judge) == true else { return [] }
            return [Draft(.recusalEnded(slot, judge))]
        case .submitSheet(let slot, let marks, let comment):
            return try submitted(slot, marks, comment, by: speaker)
        default: return try publicationEvents(of: command)
        }
    }

    private func arrangedJudging(_ plan: JudgingPlan) throws(Rejection) -> [Draft] {
        guard judging.sheets.isEmpty else { throw .judgingBegun }
        let slots = roadshow.slots.map(\.frame.id)
        if let fault = plan.fault(for: slots, within: limits) { throw .badJudging(fault) }
        return [Draft(.judgingArranged(plan.scheme), .judging(plan.texts))]
    }

    private func seated(_ member: MemberID, panel: Int) throws(Rejection) -> [Draft] {
        let scheme = try requireScheme()
        try requireJudge(member)
        guard scheme.panels.indices.contains(panel - 1) else {
            throw .noSuchPanel(limit: scheme.panels.count)
        }
        // A sheet counts in the panel that it was given in.
        guard !judging.sheets.values.contains(where: { $0[member] != nil }) else {
            throw .judgingBegun
        }
        return judging.panel(of: member) == panel ? [] : [Draft(.judgeSeated(member, panel))]
    }

    private func submitted(
        _ slot: SlotID,
        _ marks: [Int],
        _ comment: String?,
        by speaker: Speaker
    ) throws(Rejection) -> [Draft] {
        guard case .member(let judge) = speaker.actor else { throw .notAdmitted }
        let scheme = try requireScheme()
        try requireKnown(slot)
        guard scheme.isScored(slot) else { throw .slotNotScored(slot) }
        try require(slot, .pitch, .overtime, .questions, .scoring)
        // Nobody judges what is their own.
        guard members[judge]?.slots.contains(slot) != true else { throw .conflictOfInterest(slot) }
        guard judging.recusals[slot]?.contains(judge) != true else { throw .recused(slot) }
        guard marks.count == scheme.weights.count, marks.allSatisfy((0...100).contains) else {
            throw .badMarks(criteria: scheme.weights.count)
        }
        let known = judging.sheets[slot]?[judge]
        guard known != nil || (judging.sheets[slot]?.count ?? 0) < limits.sheets else {
            throw .tooManySheets(limit: limits.sheets)
        }
        var words: String?
        if let comment { words = try accepted(comment, limit: limits.sheetComment) }
        let sheet = SubmittedSheet(
            slot: slot,
            judge: judge,
            panel: judging.panel(of: judge),
            marks: marks
        )
        return [Draft(.sheetSubmitted(sheet), .sheet(by: speaker.card.byline, comment: words))]
    }

    /// Oneself, or somebody else by a moderator.
    private func judge(_ member: MemberID?, for actor: Actor) throws(Rejection) -> MemberID {
        guard case .member(let caller) = actor else { throw .notAdmitted }
        _ = try requireScheme()
        let judge = member ?? caller
        guard judge == caller || isModerator(caller) else {
            throw .notPermitted(needs: [.moderator])
        }
        try requireJudge(judge)
        return judge
    }

    func requireScheme() throws(Rejection) -> JudgingScheme {
        guard let scheme = judging.scheme else { throw .noJudging }
        return scheme
    }

    private func requireJudge(_ member: MemberID) throws(Rejection) {
        guard let membership = members[member] else { throw .noSuchMember(member) }
        guard membership.roles.contains(.judge) else { throw .notJudge(member) }
    }

    func requireUnpublished(_ slot: SlotID) throws(Rejection) {
        try requireKnown(slot)
        guard judging.published[slot] == nil else { throw .alreadyPublished(slot) }
    }

    mutating func applyJudging(_ recorded: Recorded) {
        switch recorded.event {
        case .judgingArranged(let scheme):
            judging.scheme = scheme
            judging.seats = judging.seats.filter { scheme.panels.indices.contains($0.value - 1) }
        case .judgeSeated(let member, let panel): judging.seats[member] = panel
        case .judgeRecused(let slot, let member):
            judging.recusals[slot, default: []].insert(member)
        case .recusalEnded(let slot, let member): judging.recusals[slot]?.remove(member)
        case .sheetSubmitted(let sheet):
            judging.sheets[sheet.slot, default: [:]][sheet.judge] = ScoreSheet(
                panel: sheet.panel,
                marks: sheet.marks,
                sequence: recorded.sequence
            )
            // Staff is told that there is a sheet; the words are its judge's alone.
            noteSheet(by: sheet.judge, in: recorded.sequence, parts: [3])
        case .scoresPublished(let published):
            for score in published.scores { judging.published[score.slot] = score }
            judging.ranks = published.ranks
        case .sheetOpened(let sheet):
            judging.opened[sheet.slot, default: []].append(sheet)
            noteSheet(by: sheet.judge, in: recorded.sequence, parts: [2])
        default: applyIntents(recorded)
        }
    }

    /// A signed sheet's words go with their judge alone, as a card does.
    private mutating func noteSheet(by judge: MemberID, in sequence: UInt64, parts: [Int]) {
        texts[sequence] = RedactableText(
            author: judge,
            parts: parts,
            isCard: true,
            isRedacted: false
        )
    }
}

/// A sheet as its judge signed it.
public struct SubmittedSheet: Equatable, Sendable {
    public let slot: SlotID
    public let judge: MemberID
    public let panel: Int
    public let marks: [Int]

    public init(slot: SlotID, judge: MemberID, panel: Int, marks: [Int]) {
        self.slot = slot
        self.judge = judge
        self.panel = panel
        self.marks = marks
    }
}
