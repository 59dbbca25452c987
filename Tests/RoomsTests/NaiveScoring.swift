// A second model of scoring, written another way: floating point never, lists instead of formulas.
import Rooms

/// Adds fractions by the school's rule and rounds the sum once.
struct NaiveScoring {
    let scheme: JudgingScheme

    /// Hundredths of a mark, as a person with paper finds them; `nil` without sheets.
    func total(of sheets: [ScoreSheet]) -> Int? {
        mean(of: sheets) { sheet in
            var sum = 0
            for place in sheet.marks.indices { sum += sheet.marks[place] * scheme.weights[place] }
            return sum
        }
    }

    func criterion(_ place: Int, of sheets: [ScoreSheet]) -> Int? {
        mean(of: sheets) { $0.marks[place] * 100 }
    }

    private func mean(of sheets: [ScoreSheet], _ value: (ScoreSheet) -> Int) -> Int? {
        var numerator = 0
        var denominator = 1
        var weights = 0
        for panel in 1...scheme.panels.count {
            let kept = kept(in: sheets.filter { $0.panel == panel })
            if kept.isEmpty { continue }
            weights += scheme.panels[panel - 1]
            // a/b + c/d = (ad + cb) / bd
            let (c, d) = (scheme.panels[panel - 1] * kept.map(value).reduce(0, +), kept.count)
            (numerator, denominator) = (numerator * d + c * denominator, denominator * d)
        }
        guard weights > 0 else { return nil }
        denominator *= weights
        let whole = numerator / denominator
        return (numerator % denominator) * 2 >= denominator ? whole + 1 : whole
    }

    private func kept(in sheets: [ScoreSheet]) -> [ScoreSheet] {
        guard scheme.aggregation == .trimmed, sheets.count >= 5 else { return sheets }
        var left = sheets.sorted { $0.sequence < $1.sequence }
        let totals = left.map { scheme.total(of: $0) }
        if let least = totals.min(), let place = totals.lastIndex(of: least) {
            left.remove(at: place)
        }
        let others = left.map { scheme.total(of: $0) }
        if let most = others.max(), let place = others.lastIndex(of: most) {
            left.remove(at: place)
        }
        return left
    }
}
