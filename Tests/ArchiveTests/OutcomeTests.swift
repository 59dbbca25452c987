// Proves the report of a room by golden files: results, questions, attendance, in both languages.
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import TestSupport
import Testing

@testable import Archive

struct OutcomeTests {
    private static func texts(_ place: Int, _ title: String) -> SlotTexts {
        SlotTexts(
            id: SlotID(place: place),
            title: title,
            field: "材料",
            presenters: "李明",
            organisation: "=某|大学"
        )
    }

    /// Three projects in two groups, the second without a sheet, the third only shown.
    private static func sample(judged: Bool = true) throws -> Outcome {
        let plan = JudgingPlan.plan(groups: [
            SlotGroup(slots: [.first, .second], advancing: 1),
            SlotGroup(slots: [SlotID(place: 3)], isScored: false),
        ])
        let scores = [
            SlotScore(
                slot: .first,
                total: nil,
                criteria: [],
                sheets: 0,
                trimmed: 0,
                recused: 2
            ),
            SlotScore(
                slot: .second,
                total: 8_605,
                criteria: [8_000, 10_000],
                sheets: 5,
                trimmed: 2,
                recused: 0
            ),
        ]
        return Outcome(
            room: try #require(RoomID(String(repeating: "0a", count: 16))),
            title: "成果[专场]",
            state: .followUp,
            startsAt: .start,
            slots: [
                .init(texts(1, "磁体"), .done, intents: 0),
                .init(texts(2, "1. 电池"), .done, intents: 4, most: 128),
                .init(texts(3, "展示"), .skipped, intents: 0),
            ],
            judging: judged
                ? .init(plan.scheme, plan.texts, scores: scores, ranks: [.second: 1]) : nil,
            questions: [
                .init(
                    about: .second,
                    by: Byline("张投资"),
                    text: "成本 *如何*？",
                    votes: 3,
                    state: .answered
                ),
                .init(about: nil, by: nil, text: nil, votes: 0, state: .open),
            ],
            polls: [
                .init(
                    .single,
                    PollTexts(question: "最看好 *哪项*？", options: ["磁体", "电池"]),
                    voters: 5,
                    counts: [2, 3]
                ),
                .init(.yesNo, nil, voters: 4, counts: [4, 0]),
            ],
            attendance: [("investor", 12, 5), (nil, 3, 0)],
            regions: [
                .init(code: "320000", chinese: "江苏省", english: "Jiangsu", members: 9),
                .init(code: "990000", chinese: "990000", english: nil, members: 1),
            ],
            peak: (131, .start),
            events: 42,
            key: try #require(Digest(hex: String(repeating: "0b", count: 32)))
        )
    }

    @Test(arguments: [Transcript.Language.chinese, .english])
    func `a report says what was told, in either language`(language: Transcript.Language) throws {
        let text = try Self.sample().markdown(in: language, zone: .utc)
        let name = "outcome.\(language.rawValue).md"
        #expect(try GoldenFile.text(name, updatingTo: text) == text)
    }

    @Test(arguments: [Transcript.Language.chinese, .english])
    func `a table has a line for each slot, by group and place`(
        language: Transcript.Language
    ) throws {
        let table = try Self.sample().table(in: language)
        // The golden file is read without the mark of its encoding.
        #expect(table.bytes.starts(with: [0xef, 0xbb, 0xbf]))
        let text = String(decoding: table.bytes.dropFirst(3), as: UTF8.self)
        let name = "outcome.\(language.rawValue).csv"
        #expect(try GoldenFile.text(name, updatingTo: text) == text)
    }

    @Test func `without judging there are no scores, and the agenda's order`() throws {
        let table = try Self.sample(judged: false).table(in: .english)
        let lines = String(decoding: table.bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 4)
        #expect(!lines[0].contains("Total"))
        #expect(lines[1].hasPrefix(",,1,磁体,"))
    }

    @Test(arguments: [(0, "0.00"), (5, "0.05"), (10_000, "100.00"), (8_605, "86.05")])
    func `figures have two places`(hundredths: Int, text: String) {
        #expect(Outcome.figure(hundredths) == text)
    }
}

struct CalendarFileTests {
    private static func file(title: String, isCancelled: Bool) -> CalendarFile {
        CalendarFile([entry(title: title, isCancelled: isCancelled)], made: .start)
    }

    private static func entry(title: String, isCancelled: Bool = false) -> CalendarFile.Entry {
        CalendarFile.Entry(
            id: "x@y",
            title: title,
            url: "https://example.org/r/1",
            from: .start,
            milliseconds: 5_400_000,
            isCancelled: isCancelled
        )
    }

    @Test func `a file of many cancels as a whole only what is cancelled as a whole`() {
        let (kept, cancelled) = (Self.entry(title: "A"), Self.entry(title: "B", isCancelled: true))
        let mixed = CalendarFile([kept.titled("Day · A", at: "Hall, 1"), cancelled], made: .start)
        let text = String(decoding: mixed.bytes, as: UTF8.self)
        #expect(text.components(of: "\r\n").filter { $0 == "BEGIN:VEVENT" }.count == 2)
        #expect(text.contains("METHOD:PUBLISH\r\n") && !text.contains("METHOD:CANCEL"))
        #expect(text.contains("SUMMARY:Day · A\r\n") && text.contains("LOCATION:Hall\\, 1\r\n"))
        #expect(text.contains("STATUS:CANCELLED\r\n") && text.contains("STATUS:CONFIRMED\r\n"))
        let whole = CalendarFile([cancelled, cancelled], made: .start)
        #expect(String(decoding: whole.bytes, as: UTF8.self).contains("METHOD:CANCEL\r\n"))
        let none = CalendarFile([], made: .start)
        #expect(String(decoding: none.bytes, as: UTF8.self).contains("METHOD:PUBLISH\r\n"))
    }

    private static func lines(title: String, isCancelled: Bool = false) -> [String] {
        let file = file(title: title, isCancelled: isCancelled)
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        return text.components(of: "\r\n")
    }

    @Test func `an entry has its times in UTC`() {
        let lines = Self.lines(title: "Final")
        #expect(lines.contains("DTSTART:20260921T141320Z"))
        #expect(lines.contains("DTEND:20260921T154320Z"))
        #expect(lines.contains("STATUS:CONFIRMED"))
    }

    @Test func `a cancelled room takes the entry out`() {
        let lines = Self.lines(title: "Final", isCancelled: true)
        #expect(lines.contains("METHOD:CANCEL"))
        #expect(lines.contains("SEQUENCE:1"))
    }

    @Test(arguments: [
        ("a, b; c\\d", "SUMMARY:a\\, b\\; c\\\\d"), ("a\r\nb\nc", "SUMMARY:a\\nb\\nc"),
        ("a\u{0}\u{1b}b", "SUMMARY:ab"), ("END:VEVENT", "SUMMARY:END:VEVENT"),
    ])
    func `what separates is escaped`(title: String, line: String) {
        #expect(Self.lines(title: title).contains(line))
    }

    @Test(arguments: ["题", "a", "👩‍🔬", "e\u{301}"])
    func `no line is longer than 75 bytes, and joined again it is whole`(character: String) {
        let title = String(repeating: character, count: 120)
        let bytes = Self.file(title: title, isCancelled: false).bytes
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        #expect(lines.allSatisfy { $0.count <= 76 })
        // By scalars: a line may begin with a mark that combines with the space before it.
        var joined: [UInt8] = []
        for line in lines {
            let part = line.dropLast()
            if part.first == UInt8(ascii: " ") {
                joined += part.dropFirst()
            } else {
                joined += [UInt8(ascii: "\n")] + part
            }
        }
        #expect(String(decoding: joined, as: UTF8.self).contains("\nSUMMARY:\(title)\n"))
    }
}

extension String {
    /// Parts between lines' ends, which are two bytes and one character.
    fileprivate func components(of end: String) -> [String] {
        split(separator: end).map(String.init)
    }
}
