// Proves what sheets come to: panels, trimming, rounding, ties; and that a naive model agrees.
import Rooms
import RoomsTestSupport
import TestSupport
import Testing

struct ScoringTests {
    /// Sheets of one criterion, or of as many as marks; numbered in the order that they came.
    static func sheets(_ marks: [Int], panel: Int = 1, from first: UInt64 = 1) -> [ScoreSheet] {
        marks.enumerated().map { place, mark in
            ScoreSheet(panel: panel, marks: [mark], sequence: first + UInt64(place))
        }
    }

    static func scheme(
        panels: [Int] = [100],
        _ aggregation: JudgingScheme.Aggregation
    ) -> JudgingScheme {
        JudgingScheme(weights: [100], panels: panels, aggregation: aggregation)
    }

    /// Marks, and their figure in hundredths: each rounding stands at .005 or beside it.
    static let means: [(marks: [Int], aggregation: JudgingScheme.Aggregation, total: Int?)] = [
        ([], .mean, nil),
        ([], .trimmed, nil),
        ([0], .mean, 0),
        ([100, 100], .mean, 10_000),
        // 271/3 = 90.333…, 272/3 = 90.666…
        ([90, 90, 91], .mean, 9_033),
        ([90, 91, 91], .mean, 9_067),
        // Eighths: 90.125 and 90.375 are halves of a hundredth and go up.
        ([90, 90, 90, 90, 90, 90, 90, 91], .mean, 9_013),
        ([90, 90, 90, 90, 90, 91, 91, 91], .mean, 9_038),
        // Four sheets are not trimmed, five are.
        ([0, 80, 80, 100], .trimmed, 6_500),
        ([0, 80, 80, 80, 100], .trimmed, 8_000),
        // Of equal highest and lowest ones a single one goes.
        ([60, 60, 80, 100, 100], .trimmed, 8_000),
        ([70, 70, 70, 70, 70], .trimmed, 7_000),
        ([50, 90, 90, 90, 90, 90], .trimmed, 9_000),
    ]

    @Test(arguments: means)
    func `a panel's figure is exact and rounded once`(
        marks: [Int],
        aggregation: JudgingScheme.Aggregation,
        total: Int?
    ) {
        let scheme = Self.scheme(aggregation)
        #expect(scheme.score(of: Self.sheets(marks)) == total)
    }

    /// First panel 60 per cent, second 40.
    static let panels: [(first: [Int], second: [Int], total: Int?)] = [
        ([80], [90], 8_400),
        // A panel without sheets drops out, and the weight of the other is all.
        ([80, 81], [], 8_050),
        ([], [90], 9_000),
        ([], [], nil),
        // (60 x 241/3 + 40 x 90) / 100 = 84.2
        ([80, 80, 81], [90], 8_420),
        // Each panel is trimmed for itself: the second has four.
        ([0, 80, 80, 80, 100], [0, 100, 100, 100], 7_800),
    ]

    @Test(arguments: panels)
    func `panels are weighed by their weight, not by their heads`(
        first: [Int],
        second: [Int],
        total: Int?
    ) {
        let scheme = Self.scheme(panels: [60, 40], .trimmed)
        let sheets = Self.sheets(first) + Self.sheets(second, panel: 2, from: 100)
        #expect(scheme.score(of: sheets) == total)
    }

    @Test
    func `of equal sheets the later one is left out`() {
        let scheme = JudgingScheme(weights: [50, 50], aggregation: .trimmed)
        let sheets = [[90, 50], [50, 90], [70, 70], [60, 60], [60, 60]].enumerated().map {
            ScoreSheet(panel: 1, marks: $1, sequence: UInt64($0 + 1))
        }
        // 70, 70, 70 are highest alike, 60, 60 lowest alike: numbers 3 and 5 go.
        #expect(scheme.kept(of: sheets).map(\.sequence) == [1, 2, 4])
        #expect(scheme.kept(of: sheets.reversed()).map(\.sequence) == [1, 2, 4])
    }

    /// Totals with the criterion that breaks ties, and their places.
    static let places: [(scores: [(total: Int?, tie: Int)], ranks: [Int?])] = [
        ([(9_000, 0), (8_000, 0), (8_500, 0)], [1, 3, 2]),
        ([(9_000, 80), (9_000, 81), (8_000, 0)], [2, 1, 3]),
        ([(9_000, 80), (9_000, 80), (8_000, 0)], [1, 1, 3]),
        ([(9_000, 0), (8_000, 5), (8_000, 5), (8_000, 5), (1, 0)], [1, 2, 2, 2, 5]),
        ([(nil, 0), (0, 0)], [nil, 1]),
    ]

    @Test(arguments: places)
    func `places follow totals, then the criterion, and are shared`(
        scores: [(total: Int?, tie: Int)],
        ranks: [Int?]
    ) {
        let scheme = Self.scheme(.mean)
        let given = scores.enumerated().map { place, score in
            Self.score(SlotID(place: place + 1), score.total, [score.tie])
        }
        let found = scheme.ranks(of: given)
        #expect(given.map { found[$0.slot] } == ranks)
    }

    @Test
    func `each group has a first place of its own, one that only shows has none`() {
        let scheme = JudgingScheme(
            weights: [100],
            groups: [
                SlotGroup(slots: [.first, .second]), SlotGroup(slots: [SlotID(place: 3)]),
                SlotGroup(slots: [SlotID(place: 4)], isScored: false),
            ]
        )
        let scores = [8_000, 9_000, 7_000].enumerated().map {
            Self.score(SlotID(place: $0 + 1), $1, [$1])
        }
        let ranks = scheme.ranks(of: scores)
        #expect(ranks == [.first: 2, .second: 1, SlotID(place: 3): 1])
        #expect(!scheme.isScored(SlotID(place: 4)) && scheme.isScored(.first))
    }

    @Test(arguments: Seeds.first(300))
    func `a naive model finds the same figures`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let panels =
            [[100], [60, 40], [1, 99], [20, 30, 50]].randomElement(using: &random) ?? [100]
        let weights =
            [[100], [30, 20, 25, 15, 10], [1, 99]].randomElement(using: &random) ?? [100]
        let scheme = JudgingScheme(
            weights: weights,
            panels: panels,
            aggregation: Bool.random(using: &random) ? .mean : .trimmed
        )
        // Few different marks, so that equal sheets are common.
        let most = [100, 3].randomElement(using: &random) ?? 100
        let sheets = (0..<Int.random(in: 0...15, using: &random)).map { place in
            ScoreSheet(
                panel: Int.random(in: 1...panels.count, using: &random),
                marks: weights.map { _ in Int.random(in: 0...most, using: &random) },
                sequence: UInt64(place + 1)
            )
        }
        let naive = NaiveScoring(scheme: scheme)
        #expect(scheme.score(of: sheets) == naive.total(of: sheets), "SEED=\(seed)")
        let score = scheme.score(of: .first, sheets.shuffled(using: &random), recused: 0)
        let criteria = weights.indices.compactMap { naive.criterion($0, of: sheets) }
        #expect(score.criteria == criteria, "SEED=\(seed)")
        #expect(score.total == naive.total(of: sheets), "SEED=\(seed)")
        #expect(score.sheets - score.trimmed == scheme.kept(of: sheets).count, "SEED=\(seed)")
    }

    private static func score(_ slot: SlotID, _ total: Int?, _ criteria: [Int]) -> SlotScore {
        SlotScore(
            slot: slot,
            total: total,
            criteria: criteria,
            sheets: 3,
            trimmed: 0,
            recused: 0
        )
    }
}

extension JudgingScheme {
    fileprivate func score(of sheets: [ScoreSheet]) -> Int? {
        score(of: .first, sheets, recused: 0).total
    }
}
