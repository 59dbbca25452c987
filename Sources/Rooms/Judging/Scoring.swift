/// What a judge gave a slot.
public struct ScoreSheet: Equatable, Sendable {
    /// The panel of its judge, from 1.
    public let panel: Int
    /// 0 to 100, of each criterion in the scheme's order.
    public let marks: [Int]
    /// The event that it stands in.
    public let sequence: UInt64

    public init(panel: Int, marks: [Int], sequence: UInt64) {
        self.panel = panel
        self.marks = marks
        self.sequence = sequence
    }
}

/// What a slot's sheets come to. Figures are hundredths of a mark, 0 to 10,000, rounded half up.
public struct SlotScore: Equatable, Sendable {
    public let slot: SlotID
    /// `nil` where nobody gave a sheet.
    public let total: Int?
    /// Of each criterion, over the sheets that were kept; empty where there are none.
    public let criteria: [Int]
    /// Sheets that were given, and those that were left out as highest or lowest.
    public let sheets: Int
    public let trimmed: Int
    /// Judges who stood back.
    public let recused: Int

    public init(
        slot: SlotID,
        total: Int?,
        criteria: [Int],
        sheets: Int,
        trimmed: Int,
        recused: Int
    ) {
        self.slot = slot
        self.total = total
        self.criteria = criteria
        self.sheets = sheets
        self.trimmed = trimmed
        self.recused = recused
    }
}

extension JudgingScheme {
    /// A sheet's total in hundredths of a mark: the sum of mark x weight.
    public func total(of sheet: ScoreSheet) -> Int {
        zip(sheet.marks, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The sheets that count, in the order that they were given: all, or all of each panel but one
    /// highest and one lowest. Of equal ones the one given later is left out.
    public func kept(of sheets: [ScoreSheet]) -> [ScoreSheet] {
        guard aggregation == .trimmed else { return sheets.sorted { $0.sequence < $1.sequence } }
        return panels.indices.flatMap { index -> [ScoreSheet] in
            let own = sheets.filter { $0.panel == index + 1 }
            guard own.count >= Self.leastToTrim else { return own }
            let lowestFirst = own.sorted {
                (total(of: $0), $1.sequence) < (total(of: $1), $0.sequence)
            }
            let rest = lowestFirst.dropFirst().sorted {
                (total(of: $0), $0.sequence) < (total(of: $1), $1.sequence)
            }
            return Array(rest.dropLast())
        }.sorted { $0.sequence < $1.sequence }
    }

    /// What a slot's sheets come to.
    public func score(of slot: SlotID, _ sheets: [ScoreSheet], recused: Int) -> SlotScore {
        let kept = kept(of: sheets)
        let criteria = weights.indices.map { index in
            figure(of: kept) { 100 * $0.marks[index] }
        }
        return SlotScore(
            slot: slot,
            total: figure(of: kept) { total(of: $0) },
            criteria: criteria.compactMap(\.self),
            sheets: sheets.count,
            trimmed: sheets.count - kept.count,
            recused: recused
        )
    }

    /// The mean of each panel's sheets, then the mean weighted by panel; panels without sheets drop
    /// out. Exact, and rounded half up once at the end.
    private func figure(of sheets: [ScoreSheet], _ value: (ScoreSheet) -> Int) -> Int? {
        let panels = self.panels.enumerated().map { index, weight in
            (weight: weight, values: sheets.filter { $0.panel == index + 1 }.map(value))
        }.filter { !$0.values.isEmpty }
        guard !panels.isEmpty else { return nil }
        // At most 15 to the power of 5, so that nothing below leaves 64 bits.
        let common = panels.reduce(1) { $0 * $1.values.count }
        let numerator = panels.reduce(0) { sum, panel in
            sum + panel.weight * panel.values.reduce(0, +) * (common / panel.values.count)
        }
        let denominator = common * panels.reduce(0) { $0 + $1.weight }
        return (2 * numerator + denominator) / (2 * denominator)
    }

    /// The places of scored slots, group by group: by total, then by the criteria of `ties`; equal
    /// ones share a place and the next is left out (1, 1, 3).
    public func ranks(of scores: [SlotScore]) -> [SlotID: Int] {
        let groups = self.groups.isEmpty ? [scores.map(\.slot)] : self.groups.map(\.slots)
        var ranks: [SlotID: Int] = [:]
        for group in groups {
            let own = scores.filter { group.contains($0.slot) && $0.total != nil }
            for score in own {
                ranks[score.slot] = 1 + own.count { key(of: score).isBelow(key(of: $0)) }
            }
        }
        return ranks
    }

    private func key(of score: SlotScore) -> [Int] {
        [score.total ?? -1] + ties.map { score.criteria[$0 - 1] }
    }
}

extension [Int] {
    fileprivate func isBelow(_ other: [Int]) -> Bool {
        lexicographicallyPrecedes(other)
    }
}
