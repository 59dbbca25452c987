// Proves what a text may be: its length at both borders, its characters, and what is trimmed.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct TextTests {
    static let wide = String(repeating: "路", count: 1_000)

    static let texts: [(text: String, kept: Result<String, Rejection>)] = [
        ("", .failure(.textEmpty)),
        (" \n\t\u{3000}\u{85}", .failure(.textEmpty)),
        ("x", .success("x")),
        (" \u{3000}a b\t\n", .success("a b")),
        (wide, .success(wide)),
        (" \(wide) ", .success(wide)),
        (wide + "x", .failure(.textTooLong(length: 1_001, limit: 1_000))),
        // Limits count scalars: a base with a mark counts as two.
        (wide.dropLast() + "e\u{301}", .failure(.textTooLong(length: 1_001, limit: 1_000))),
        ("a\nb\tc", .success("a\nb\tc")),
        ("a\u{200d}b 👩\u{200d}🔬", .success("a\u{200d}b 👩\u{200d}🔬")),
        ("شركة \u{200f}1\u{200e}", .success("شركة \u{200f}1\u{200e}")),
        ("a\u{2029}b", .success("a\u{2029}b")),
        ("\u{10ffff}", .success("\u{10ffff}")),
    ]

    @Test(arguments: texts)
    func `a text is kept trimmed, or refused`(text: String, kept: Result<String, Rejection>) {
        let expected = kept.map {
            [Draft(.chatSaid(), .said(by: Person.audience.card.byline, text: $0))]
        }
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        #expect(Rehearsal.at(.live).room.decide(.say(text), by: speaker, at: .start) == expected)
    }

    /// The refused characters, and their neighbours that are taken.
    static let characters: [(scalar: UInt32, isTaken: Bool)] = [
        (0x00, false), (0x08, false), (0x09, true), (0x0a, true), (0x0b, false), (0x0d, false),
        (0x1f, false), (0x20, true), (0x7e, true), (0x7f, false), (0x80, false), (0x85, false),
        (0x9f, false), (0xa0, true), (0x2029, true), (0x202a, false), (0x202b, false),
        (0x202c, false), (0x202d, false), (0x202e, false), (0x202f, true), (0x2065, true),
        (0x2066, false), (0x2067, false), (0x2068, false), (0x2069, false), (0x206a, true),
    ]

    @Test(arguments: characters)
    func `control characters and what turns text around are refused`(
        scalar: UInt32,
        isTaken: Bool
    ) throws {
        let character = try #require(Unicode.Scalar(scalar))
        let text = "a\(character)b"
        let decision = Rehearsal.at(.live).answer(to: .say(text), by: Person.audience.actor)
        let said = Draft(.chatSaid(), .said(by: Byline(""), text: text))
        #expect(decision == (isTaken ? .success([said]) : .failure(.textHasControlCharacters)))
    }

    @Test(arguments: [(500, true), (501, false)])
    func `a question has 500 characters at most`(length: Int, isTaken: Bool) {
        let text = String(repeating: "?", count: length)
        let decision = Rehearsal.at(.live).answer(
            to: .ask(text, about: nil),
            by: Person.audience.actor
        )
        let asked = Draft(
            .questionAsked(about: nil),
            .asked(by: Byline(""), text: text)
        )
        let refusal = Rejection.textTooLong(length: length, limit: 500)
        #expect(decision == (isTaken ? .success([asked]) : .failure(refusal)))
    }

    @Test
    func `a reason has 200 characters at most wherever it stands`() {
        let long = String(repeating: "x", count: 201)
        let refusal = Decision.failure(.textTooLong(length: 201, limit: 200))
        let rehearsal = Rehearsal.live(.pitch)
        let commands: [(String) -> Command] = [
            { .cancelRoom(reason: $0) }, { .skipSlot(.first, reason: $0) },
            { .restartSlot(.first, reason: $0) },
            { .extendClock(milliseconds: 1_000, reason: $0) },
        ]
        for command in commands {
            #expect(rehearsal.answer(to: command(long)) == refusal)
            #expect((try? rehearsal.answer(to: command(String(long.dropLast()))).get()) != nil)
            #expect(rehearsal.answer(to: command(" ")) == .failure(.textEmpty))
        }
    }

    @Test(arguments: Lifecycle.Name.allCases.filter { $0 != .unborn })
    func `people speak from the waiting area to the end`(state: Lifecycle.Name) {
        let refusal = Decision.failure(.wrongState(state, allowed: [.open, .live, .paused]))
        for command in [Command.say("x"), .ask("x", about: nil), .vote(for: 1)] {
            let decision = Rehearsal.at(state).answer(to: command, by: Person.audience.actor)
            #expect((decision != refusal) == [.open, .live, .paused].contains(state))
        }
    }
}
