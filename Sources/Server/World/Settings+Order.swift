internal import Rooms

extension Settings {
    /// The order of rooms: guesses at entry codes, searches, and words that are not taken.
    static let orderKeys: [Key] = [
        number("rooms.attendance_seconds", 1...3_600) { $0.attendanceSeconds = $1 },
        number("limits.searches_per_minute", 1...1_000_000) { $0.searchesPerMinute = $1 },
        number("limits.code_tries_per_minute", 1...1_000_000) { $0.codeTriesPerMinute = $1 },
        Key(
            name: "chat.words",
            expected: "words with commas between, at most \(WordList.limit), each of at most "
                + "\(WordList.lengthLimit) characters"
        ) { settings, value in
            let words = value.split(whereSeparator: { $0 == "," || $0 == "，" }).map { word in
                String(word.trimmingSpace)
            }
            guard words.count <= WordList.limit,
                words.allSatisfy({ $0.unicodeScalars.count <= WordList.lengthLimit })
            else { return false }
            settings.words = words
            return true
        },
        Key(name: "chat.words_found", expected: "hold or refuse") { settings, value in
            guard let known = WordList.Consequence(rawValue: value) else { return false }
            settings.wordConsequence = known
            return true
        },
    ]
}
