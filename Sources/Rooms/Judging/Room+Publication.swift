internal import Ledger

/// When scoring is open, and when scores are told.
extension Room {
    func publicationEvents(of command: Command) throws(Rejection) -> [Draft] {
        switch command {
        case .closeScoring(let slot, let words):
            try require(slot, .scoring)
            return [Draft(.scoringClosed(slot))] + duePublication(closing: slot, words)
        case .openScoring(let slot, let reason):
            let scheme = try requireScheme()
            try requireUnpublished(slot)
            guard scheme.isScored(slot) else { throw .slotNotScored(slot) }
            try require(slot, .done)
            return [Draft(.scoringOpened(slot), try self.reason(reason))]
        case .publishScores(let words):
            let scheme = try requireScheme()
            let ready = unpublished(scheme)
            try requireDue(scheme)
            guard !ready.isEmpty else { throw .nothingToPublish }
            return publication(of: ready, scheme, words)
        default: return []
        }
    }

    /// How a slot on stage ends: judges get time where there are any.
    func finished(_ slot: SlotID) -> Event {
        judging.scheme?.isScored(slot) == true && judging.published[slot] == nil
            ? .scoringOpened(slot) : .slotFinished(slot)
    }

    /// Scored slots whose scoring is over and that nobody was told of, in the agenda's order.
    private func unpublished(_ scheme: JudgingScheme, closing slot: SlotID? = nil) -> [SlotID] {
        roadshow.slots.filter { $0.state == .done || $0.frame.id == slot }.map(\.frame.id)
            .filter { scheme.isScored($0) && judging.published[$0] == nil }
    }

    /// Scored slots that are neither through nor skipped.
    private func unfinished(_ scheme: JudgingScheme) -> Int {
        roadshow.slots.count {
            scheme.isScored($0.frame.id) && $0.state != .done && $0.state != .skipped
        }
    }

    private func requireDue(_ scheme: JudgingScheme) throws(Rejection) {
        switch scheme.publication {
        case .eachSlot: return
        case .after(let count):
            let closed = unpublished(scheme).count + judging.published.count
            let left = min(count - closed, unfinished(scheme))
            guard left <= 0 else { throw .scoresTooEarly(left: left) }
        case .end:
            // What the room's end cut off stays unjudged; what is being scored is closed first.
            let left =
                lifecycle.isOngoing
                ? unfinished(scheme) : roadshow.slots.count { $0.state == .scoring }
            guard left == 0 else { throw .scoresTooEarly(left: left) }
        }
    }

    /// What the policy tells by itself when a slot's scoring closes.
    private func duePublication(closing slot: SlotID, _ words: SheetBook) -> [Draft] {
        guard let scheme = judging.scheme else { return [] }
        let ready = unpublished(scheme, closing: slot)
        switch scheme.publication {
        case .end: return []
        case .after(let count) where ready.count + judging.published.count < count: return []
        case .after, .eachSlot: return publication(of: ready, scheme, words)
        }
    }

    private func publication(
        of slots: [SlotID],
        _ scheme: JudgingScheme,
        _ words: SheetBook
    ) -> [Draft] {
        let scores = slots.map { score(of: $0, scheme) }
        let known = judging.published.keys.sorted().map { score(of: $0, scheme) }
        let told = scores.map { scheme.detail == .totals ? $0.withoutCriteria : $0 }
        let ranks = scheme.ranks(of: known + scores)
        let published = PublishedScores(scores: told, ranks: ranks)
        return [Draft(.scoresPublished(published))]
            + slots.flatMap { openedSheets(of: $0, scheme, words[$0] ?? [:]) }
    }

    private func score(of slot: SlotID, _ scheme: JudgingScheme) -> SlotScore {
        let sheets = Array(judging.standing(slot).values)
        return scheme.score(of: slot, sheets, recused: judging.recusals[slot]?.count ?? 0)
    }

    private func openedSheets(
        of slot: SlotID,
        _ scheme: JudgingScheme,
        _ words: [MemberID: SheetWords]
    ) -> [Draft] {
        let standing = judging.standing(slot)
        let kept = scheme.kept(of: Array(standing.values))
        return standing.sorted { $0.value.sequence < $1.value.sequence }.map { judge, sheet in
            let opened = OpenedSheet(
                slot: slot,
                judge: judge,
                panel: sheet.panel,
                marks: sheet.marks,
                total: scheme.total(of: sheet),
                isTrimmed: !kept.contains(sheet),
                isForAll: scheme.detail == .judges
            )
            // Without words once they were erased: the part is there all the same.
            let signed = words[judge] ?? SheetWords(by: NameCard.blank.byline, comment: nil)
            return Draft(.sheetOpened(opened), .sheet(by: signed.byline, comment: signed.comment))
        }
    }
}

extension SlotScore {
    fileprivate var withoutCriteria: SlotScore {
        SlotScore(
            slot: slot,
            total: total,
            criteria: [],
            sheets: sheets,
            trimmed: trimmed,
            recused: recused
        )
    }
}
