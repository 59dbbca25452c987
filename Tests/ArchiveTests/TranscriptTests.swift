// Proves the transcript by golden files: every kind of event, removed texts, escaping, zones.
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import TestSupport
import Testing
import Wire

@testable import Archive

struct TranscriptTests {
    static let languages: [(language: Transcript.Language, offset: Int)] = [
        (.chinese, 480), (.english, -150),
    ]

    @Test(arguments: languages)
    func `every kind of event has its line in the golden transcript`(
        language: Transcript.Language,
        offset: Int
    ) throws {
        let text = try transcript(Self.drafts, language, offset: offset)
        let name = "transcript.\(language.rawValue).md"
        #expect(text == (try GoldenFile.text(name, updatingTo: text)))
    }

    @Test
    func `the golden transcripts have every kind of event`() {
        #expect(Set(Self.drafts.map(\.event.type)) == Set(EventType.allCases))
    }

    /// The samples of all kinds, and texts that would be markup.
    static let drafts: [Draft] =
        EventSamples.all + [
            Draft(
                .chatSaid(),
                .said(by: Byline("<b>Ann</b>"), text: "# x\n- y\n1. [z](http://a.example)")
            ),
            Draft(.chatSaid(), .said(by: Byline("会**场**"), text: "删去的话")),
            Draft(.questionAsked(about: .first), .asked(by: Byline("a"), text: "删去")),
            Draft(.questionMarked(16, .open)), Draft(.questionMarked(16, .answered)),
            Draft(.questionMarked(16, .dismissed)), Draft(.slotCalled(.unknown, remaining: 1)),
        ]

    @Test
    func `texts of others are left out where they are not for the reader`() throws {
        let reasons: [Draft] = [
            EventSamples.room[0], Draft(.slotSkipped(.first), .reason("缺席")),
            Draft(
                .memberAdmitted(EventSamples.member, roles: [.audience], slots: []),
                .card(.blank)
            ),
        ]
        let staff = try transcript(reasons, .chinese, offset: 480)
        #expect(staff.contains("缺席") && staff.contains("入场"))
        let visitor = try transcript(reasons, .chinese, offset: 480) { $0 == .everyone }
        #expect(!visitor.contains("缺席") && !visitor.contains("入场"))
        #expect(visitor.contains("跳过"))
    }

    @Test
    func `private messages are for those who were told, marked by their channel`() throws {
        let address = ChatAddress(.slot(.first), told: [EventSamples.member])
        let said: [Draft] = [
            EventSamples.room[0],
            Draft(.chatSaid(address), .said(by: Byline("张三"), text: "候场")),
            Draft(.chatSaid(ChatAddress(.staff)), .said(by: Byline("李四"), text: "内部")),
        ]
        let staff = try transcript(said, .english, offset: 0) { $0 == .staff }
        #expect(staff.contains("back room: ") && staff.contains("候场"))
        #expect(staff.contains("*(staff only)*") && staff.contains("内部"))
        let own = try transcript(said, .english, offset: 0) { audience in
            audience == .everyone || audience == .member(EventSamples.member)
        }
        #expect(own.contains("候场") && !own.contains("staff only") && !own.contains("内部"))
        let others = try transcript(said, .english, offset: 0) { $0 == .everyone }
        #expect(!others.contains("候场") && !others.contains("back room"))
    }

    @Test
    func `a transcript of a room whose texts are gone says so`() throws {
        let text = try transcript([EventSamples.room[0]], .english, offset: 0) { _ in false }
        #expect(text.hasPrefix("# removed\n"))
    }

    /// What somebody typed, and how it stands in Markdown.
    static let escapes: [(typed: String, written: String)] = [
        ("plain 文字, 8+7", "plain 文字, 8\\+7"), ("# a", "\\# a"), ("- a - b", "\\- a - b"),
        ("1. a", "1\\. a"), ("12345. a", "12345\\. a"), ("v1. a", "v1. a"), ("3.5", "3\\.5"),
        ("a 3.5", "a 3.5"), ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("[a](b)", "\\[a\\]\\(b\\)"), ("![a]", "\\!\\[a\\]"), ("<b>&lt;", "\\<b\\>\\&lt;"),
        ("https://a.example", "https\\://a.example"), ("a: b", "a: b"), ("www.a", "www\\.a"),
        ("a@b.example", "a\\@b.example"), ("~~a~~", "\\~\\~a\\~\\~"), ("a|b\\", "a\\|b\\\\"),
        ("a\nb\r\nc\u{2028}d", "a b  c d"),
        // A mark that combines makes one character of both, yet a reader of Markdown sees the bracket.
        ("[\u{301}a]\u{301}(b)", "\\[\u{301}a\\]\u{301}\\(b\\)"), ("", ""),
    ]

    @Test(arguments: escapes)
    func `nothing that somebody typed is markup`(typed: String, written: String) {
        #expect(typed.escaped.unicodeScalars.elementsEqual(written.unicodeScalars))
    }

    /// Seconds since the epoch, minutes east of UTC, and what a wall clock there shows.
    static let moments: [(seconds: UInt64, offset: Int, text: String)] = [
        (0, 0, "1970-01-01 00:00 UTC+00:00"), (0, -720, "1970-01-01 00:00 UTC-12:00"),
        (0, 840, "1970-01-01 14:00 UTC+14:00"), (951_782_399, 0, "2000-02-28 23:59 UTC+00:00"),
        (951_782_400, 0, "2000-02-29 00:00 UTC+00:00"),
        (951_868_800, 0, "2000-03-01 00:00 UTC+00:00"),
        (1_709_164_799, 0, "2024-02-28 23:59 UTC+00:00"),
        (1_709_164_799, 1, "2024-02-29 00:00 UTC+00:01"),
        (1_709_251_200, -1, "2024-02-29 23:59 UTC-00:01"),
        (1_735_660_800, 480, "2025-01-01 00:00 UTC+08:00"),
        (1_735_660_799, 480, "2024-12-31 23:59 UTC+08:00"),
        (4_107_542_400, 0, "2100-03-01 00:00 UTC+00:00"),
        (4_107_542_399, 0, "2100-02-28 23:59 UTC+00:00"),
        (1_735_660_800, -720, "2024-12-31 04:00 UTC-12:00"),
        (1_735_660_800, 840, "2025-01-01 06:00 UTC+14:00"),
    ]

    @Test(arguments: moments)
    func `a moment is shown in its zone`(seconds: UInt64, offset: Int, text: String) throws {
        let zone = try #require(Transcript.Zone(offsetMinutes: offset))
        #expect(CivilTime(Timestamp(milliseconds: seconds * 1_000), zone).text == text)
    }

    @Test
    func `there are no zones beyond the borders`() {
        #expect(Transcript.Zone(offsetMinutes: -720) != nil)
        #expect(Transcript.Zone(offsetMinutes: -721) == nil)
        #expect(Transcript.Zone(offsetMinutes: 840) != nil)
        #expect(Transcript.Zone(offsetMinutes: 841) == nil)
    }

    private func transcript(
        _ drafts: [Draft],
        _ language: Transcript.Language,
        offset: Int,
        visible: (Audience) -> Bool = { _ in true }
    ) throws -> String {
        var log = try SampleLog()
        for (index, draft) in drafts.enumerated() {
            let actor = Actor.member(EventSamples.member)
            let parts = EventEncoding.parts(of: draft, by: actor, command: nil)
            let time = Timestamp.start(Int64(index) * 3_601_000)
            log.add(bytes: parts, at: time.milliseconds)
        }
        return Transcript.markdown(
            room: log.room,
            events: log.events.map(Self.withoutRemovedTexts),
            in: language,
            zone: try #require(Transcript.Zone(offsetMinutes: offset)),
            key: log.fingerprint,
            visible: visible
        )
    }

    /// Whatever speaks of being removed has its texts erased, as a redaction leaves it.
    private static func withoutRemovedTexts(_ event: SealedEvent) -> SealedEvent {
        let parts = event.parts.enumerated().map { place, kept in
            guard place == 2, case .whole(let part) = kept,
                String(decoding: part.bytes, as: UTF8.self).contains("删去")
            else { return kept }
            return .erased(part.audience, part.digest)
        }
        return SealedEvent(header: event.header, parts: parts, hash: event.hash, command: nil)
    }
}
