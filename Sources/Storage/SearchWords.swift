import Foundation

/// A text as search takes it: characters folded, with the place of each, and split into words.
///
/// Chinese is written without spaces, so that a run of it becomes its pairs of neighbours: whatever
/// stands in a text is found by any two characters of it (`docs/decisions/0032`).
public struct SearchWords: Sendable {
    /// One character, or one folded letter or digit.
    struct Unit: Sendable {
        let folded: String
        let range: Range<String.Index>
        let isPaired: Bool
        /// Whether another kind of writing, or none, stands before it.
        var isFirst: Bool
    }

    private(set) var units: [Unit] = []

    public init(_ text: String) {
        var isInside = false
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let next = scalars.index(after: index)
            defer { index = next }
            let scalar = scalars[index]
            // A mark belongs to the letter before it, which was folded without.
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            let folded = SearchFolding.fold(scalar)
            guard let first = folded.unicodeScalars.first else {
                isInside = false
                continue
            }
            let isPaired = SearchFolding.isPaired(first)
            let isFirst = !isInside || units.last?.isPaired != isPaired
            units.append(
                Unit(folded: folded, range: index..<next, isPaired: isPaired, isFirst: isFirst)
            )
            isInside = true
        }
    }

    /// Letters that a word keeps: what is longer is no word of a language.
    private static let longestWord = 64

    /// The units by their runs.
    var runs: [ArraySlice<Unit>] {
        var runs: [ArraySlice<Unit>] = []
        var start = 0
        for index in units.indices.dropFirst() where units[index].isFirst {
            runs.append(units[start..<index])
            start = index
        }
        if !units.isEmpty { runs.append(units[start...]) }
        return runs
    }

    /// The words as the index keeps them, with spaces between: of a run in pairs also its last
    /// character alone, so that each character begins a word.
    var indexed: String {
        var words: [String] = []
        for run in runs { words += Self.words(of: run, isWhole: true) }
        return words.joined(separator: " ")
    }

    /// The words of one run; `isWhole` where it ends as it does in the text that is looked for.
    static func words(of run: ArraySlice<Unit>, isWhole: Bool) -> [String] {
        guard run.first?.isPaired == true else {
            return [String(run.lazy.flatMap(\.folded).prefix(longestWord))]
        }
        var words = zip(run, run.dropFirst()).map { $0.folded + $1.folded }
        if isWhole || words.isEmpty, let last = run.last { words.append(last.folded) }
        return words
    }
}

/// How characters are made alike. It is part of the index's version.
enum SearchFolding {
    /// Lower case, without marks, half width, traditional Chinese as simplified where one character
    /// stands for one; empty for what is no letter or digit.
    static func fold(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: String(scalar)
        case 0x41...0x5A: String(scalar.properties.lowercaseMapping)
        case 0..<0x80: ""
        case 0x4E00...0x9FFF, 0x3400...0x4DBF: String(simplified[scalar] ?? scalar)
        default: folded(String(scalar))
        }
    }

    private static func folded(_ text: String) -> String {
        let plain = text.decomposedStringWithCompatibilityMapping.lowercased()
        var kept = String.UnicodeScalarView()
        for scalar in plain.unicodeScalars where isWord(scalar) {
            kept.append(simplified[scalar] ?? scalar)
        }
        return String(kept)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// Writing without spaces between words: Chinese characters and kana.
    static func isPaired(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }

    /// Traditional characters that have one simplified one, by ICU's table; some 2,500.
    private static let simplified: [Unicode.Scalar: Unicode.Scalar] = {
        let all = (UInt32(0x3400)...0x9FFF).compactMap(Unicode.Scalar.init)
        var lines = String.UnicodeScalarView()
        for scalar in all { lines += [scalar, "\n"] }
        let transform = StringTransform("Hant-Hans")
        guard let turned = String(lines).applyingTransform(transform, reverse: false) else {
            return [:]
        }
        let turnedLines = turned.unicodeScalars.split(separator: "\n")
        guard turnedLines.count == all.count else { return [:] }
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (scalar, line) in zip(all, turnedLines) {
            if let one = line.first, line.count == 1, one != scalar { table[scalar] = one }
        }
        return table
    }()
}
