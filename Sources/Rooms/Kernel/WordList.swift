/// Words that the place does not take in chat and questions. Case and white space make no difference.
public struct WordList: Equatable, Sendable {
    /// What becomes of a message that holds one.
    public enum Consequence: String, CaseIterable, Sendable {
        /// It waits for approval.
        case hold
        case refuse
    }

    /// Words of a list, and scalars of a word, at most.
    public static let limit = 10_000
    public static let lengthLimit = 64

    public let consequence: Consequence
    private let byLength: [Int: Set<[UInt32]>]

    /// Takes the first `limit` words that have 1 to `lengthLimit` scalars.
    public init(_ words: [String] = [], consequence: Consequence = .refuse) {
        self.consequence = consequence
        var byLength: [Int: Set<[UInt32]>] = [:]
        for word in words.prefix(Self.limit) {
            let folded = Self.folded(word)
            guard (1...Self.lengthLimit).contains(folded.count) else { continue }
            byLength[folded.count, default: []].insert(folded)
        }
        self.byLength = byLength
    }

    /// Whether the text holds a word of the list; O(length x number of lengths).
    public func match(_ text: String) -> Bool {
        guard !byLength.isEmpty else { return false }
        let folded = Self.folded(text)
        for (length, words) in byLength where length <= folded.count {
            for start in 0...(folded.count - length)
            where words.contains(Array(folded[start..<(start + length)])) {
                return true
            }
        }
        return false
    }

    private static func folded(_ text: String) -> [UInt32] {
        text.lowercased().unicodeScalars.compactMap {
            $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
                ? nil : $0.value
        }
    }
}
