/// What somebody looks for: terms that must all be found; what stands in quotes, side by side.
///
/// Nothing of it is syntax but quotes: the words that reach SQLite are letters and digits alone.
public struct SearchQuery: Hashable, Sendable {
    /// Characters that a query has at most.
    public static let longest = 200
    /// Terms that a query has at most.
    public static let mostTerms = 16

    public enum Fault: Error, Hashable, Sendable {
        case tooLong(limit: Int)
        case tooManyTerms(limit: Int)
        /// No letter and no digit is in it.
        case empty
    }

    /// Words side by side.
    private struct Needle: Hashable, Sendable {
        /// Folded characters, by their runs.
        let runs: [[String]]
        let isPaired: Bool
        /// Whether the last word may go on: it is no Chinese, and stands in no quotes.
        let isOpen: Bool
        /// As the index has them.
        let words: [String]
    }

    private let needles: [Needle]

    public init(_ text: String) throws(Fault) {
        guard text.unicodeScalars.count <= Self.longest else { throw .tooLong(limit: Self.longest) }
        var needles: [Needle] = []
        for (term, isQuoted) in Self.terms(of: text) {
            let runs = SearchWords(term).runs
            if isQuoted, let needle = Self.needle(of: runs, isOpen: false) {
                needles.append(needle)
            } else {
                needles += runs.compactMap { Self.needle(of: [$0], isOpen: true) }
            }
        }
        guard !needles.isEmpty else { throw .empty }
        guard needles.count <= Self.mostTerms else { throw .tooManyTerms(limit: Self.mostTerms) }
        self.needles = needles
    }

    private static let quotes: Set<Character> = ["\"", "\u{201C}", "\u{201D}", "\u{FF02}"]

    /// Pieces between spaces, and between quotes; a quote that is not closed reaches to the end.
    private static func terms(of text: String) -> [(String, isQuoted: Bool)] {
        var terms: [(String, isQuoted: Bool)] = []
        for (place, piece) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: quotes.contains
        ).enumerated() {
            if place % 2 == 1 {
                terms.append((String(piece), true))
            } else {
                terms += piece.split(whereSeparator: \.isWhitespace).map { (String($0), false) }
            }
        }
        return terms
    }

    private static func needle(
        of runs: [ArraySlice<SearchWords.Unit>],
        isOpen: Bool
    ) -> Needle? {
        guard let last = runs.last, let isPaired = last.first?.isPaired else { return nil }
        var words = runs.dropLast().flatMap { SearchWords.words(of: $0, isWhole: true) }
        words += SearchWords.words(of: last, isWhole: false)
        return Needle(
            runs: runs.map { $0.map(\.folded) },
            isPaired: isPaired,
            isOpen: isOpen && !isPaired,
            words: words
        )
    }

    /// All terms, in SQLite's words (FTS5 §3).
    var exact: String {
        needles.map { needle in
            let phrase = "\"" + needle.words.joined(separator: " ") + "\""
            // One character of Chinese begins a pair, or is the last of its run.
            let isPrefix = needle.isOpen || needle.isPaired && needle.runs.last?.count == 1
            return isPrefix ? phrase + " *" : phrase
        }.joined(separator: " AND ")
    }

    /// Any word of it; `nil` where that finds no more than all of them.
    var loose: String? {
        let words = Set(needles.flatMap(\.words)).sorted().prefix(64)
        return words.count < 2 ? nil : words.map { "\"\($0)\"" }.joined(separator: " OR ")
    }

    /// Whether all terms stand in a text.
    public func matches(_ text: String) -> Bool {
        let units = SearchWords(text).units
        return needles.allSatisfy { !Self.places(of: $0, in: units).isEmpty }
    }

    /// Where its terms stand in a text, in order and apart; of a text that was found loosely, where
    /// two characters or a word of them do.
    public func marks(in text: String) -> [Range<String.Index>] {
        let units = SearchWords(text).units
        var places = needles.flatMap { Self.places(of: $0, in: units) }
        if places.isEmpty { places = needles.flatMap { Self.loosePlaces(of: $0, in: units) } }
        var marks: [Range<String.Index>] = []
        for place in places.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let range =
                units[place.lowerBound].range.lowerBound..<units[place.upperBound].range.upperBound
            if let last = marks.last, range.lowerBound <= last.upperBound {
                let end = max(last.upperBound, range.upperBound)
                marks[marks.count - 1] = last.lowerBound..<end
            } else {
                marks.append(range)
            }
        }
        return marks
    }

    /// Places are of units, first and last.
    private static func places(
        of needle: Needle,
        in units: [SearchWords.Unit]
    ) -> [ClosedRange<Int>] {
        let folded = needle.runs.joined()
        guard let first = folded.first else { return [] }
        let count = folded.count
        var places: [ClosedRange<Int>] = []
        for start in units.indices where units[start].folded == first {
            guard start + count <= units.count, fits(needle, units[start..<(start + count)]) else {
                continue
            }
            var end = start + count - 1
            while !needle.isPaired, end + 1 < units.count, !units[end + 1].isFirst { end += 1 }
            guard end == start + count - 1 || needle.isOpen else { continue }
            places.append(start...end)
        }
        return places
    }

    private static func fits(_ needle: Needle, _ units: ArraySlice<SearchWords.Unit>) -> Bool {
        var index = units.startIndex
        for (place, run) in needle.runs.enumerated() {
            for (offset, folded) in run.enumerated() {
                let unit = units[index]
                let begins = offset == 0 && (place > 0 || !unit.isPaired)
                guard unit.folded == folded, begins ? unit.isFirst : offset == 0 || !unit.isFirst
                else { return false }
                index += 1
            }
        }
        return true
    }

    private static func loosePlaces(
        of needle: Needle,
        in units: [SearchWords.Unit]
    ) -> [ClosedRange<Int>] {
        needle.runs.flatMap { run -> [ClosedRange<Int>] in
            guard needle.isPaired, run.count > 2 else { return [] }
            return zip(run, run.dropFirst()).flatMap { one, other in
                let pair = Needle(runs: [[one, other]], isPaired: true, isOpen: false, words: [])
                return places(of: pair, in: units)
            }
        }
    }
}
