import Ledger
import Rooms
import Wire

/// Recomputes scores and places from the sheets that a log opens, where it opens all of a slot's.
struct ScoreCheck: Sendable {
    private static let prefixes = ["judging.arranged", "scores.published", "sheet.opened"].map {
        Array(#"{"type":"\#($0)""#.utf8)
    }

    private var scheme: JudgingScheme?
    /// What was told and is not compared yet, and by which event.
    private var told: (PublishedScores, at: UInt64)?
    private var opened: [SlotID: [OpenedSheet]] = [:]
    /// Scores that follow from their sheets, and whether others were told besides.
    private var known: [SlotScore] = []
    private var hasUnknown = false
    /// Slots whose scores were recomputed.
    var checked: Int { known.count }

    mutating func take(_ event: SealedEvent) throws(LogFault) {
        let body = event.parts.dropFirst().lazy.compactMap(\.part).first { part in
            Self.prefixes.contains { part.bytes.starts(with: $0) }
        }
        // What a later version writes is not for this one to judge.
        guard let body, let record = try? EventDecoding.record(from: body.bytes) else {
            if told != nil, event.parts.contains(where: { $0.part != nil }) { try compare() }
            return
        }
        switch record.event {
        case .judgingArranged(let scheme):
            try compare()
            self.scheme = scheme.isSound ? scheme : nil
        case .scoresPublished(let scores):
            try compare()
            told = (scores, at: event.sequence)
        case .sheetOpened(let sheet): opened[sheet.slot, default: []].append(sheet)
        default: return
        }
    }

    /// Compares what is still to be compared.
    mutating func finish() throws(LogFault) { try compare() }

    private mutating func compare() throws(LogFault) {
        guard let (published, sequence) = told else { return }
        told = nil
        defer { opened = [:] }
        guard let scheme else { return }
        for score in published.scores {
            let sheets = opened[score.slot] ?? []
            guard score.sheets > 0, sheets.count == score.sheets, scheme.takes(sheets) else {
                hasUnknown = true
                continue
            }
            let given = sheets.enumerated().map { place, sheet in
                ScoreSheet(panel: sheet.panel, marks: sheet.marks, sequence: UInt64(place))
            }
            let found = scheme.score(of: score.slot, given, recused: score.recused)
            let kept = scheme.kept(of: given)
            let isOpened = zip(given, sheets).allSatisfy { sheet, opened in
                opened.total == scheme.total(of: sheet) && opened.isTrimmed != kept.contains(sheet)
            }
            guard isOpened, found.total == score.total, found.trimmed == score.trimmed,
                score.criteria.isEmpty || score.criteria == found.criteria
            else { throw .scores(at: sequence, slot: "\(score.slot)") }
            known.append(found)
        }
        guard !hasUnknown else { return }
        let ranks = scheme.ranks(of: known)
        for (slot, rank) in published.ranks where ranks[slot] != rank {
            throw .scores(at: sequence, slot: "\(slot)")
        }
    }
}

extension JudgingScheme {
    /// Whether nothing in it leads arithmetic astray: a log may come from anybody.
    fileprivate var isSound: Bool {
        (1...100).contains(weights.count) && weights.allSatisfy { (0...100).contains($0) }
            && (1...5).contains(panels.count) && panels.allSatisfy { (1...1_000).contains($0) }
            && ties.allSatisfy { (1...weights.count).contains($0) }
    }

    fileprivate func takes(_ sheets: [OpenedSheet]) -> Bool {
        sheets.count <= 15
            && sheets.allSatisfy { sheet in
                (1...panels.count).contains(sheet.panel) && sheet.marks.count == weights.count
                    && sheet.marks.allSatisfy { (0...100).contains($0) }
            }
    }
}
