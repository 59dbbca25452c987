// Proves that a badge goes where its name goes, and that nothing typed looks like one.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct BadgeTests {
    static let card = NameCard(
        Byline("王五", Affiliation("某大学", badge: .organisation(12))),
        kind: "expert"
    )

    @Test func `what is said and asked has the speaker's badge`() {
        let room = Rehearsal.at(.live).room
        let speaker = Speaker(Person.audience.actor, card: Self.card)
        #expect(
            room.decide(.say("a"), by: speaker, at: .start)
                == .success([Draft(.chatSaid(), .said(by: Self.card.byline, text: "a"))])
        )
        let asked = Draft(.questionAsked(about: nil), .asked(by: Self.card.byline, text: "a"))
        #expect(room.decide(.ask("a", about: nil), by: speaker, at: .start) == .success([asked]))
    }

    @Test func `an approved message has the badge that it was held with, not the moderator's`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.holdChat(true))
        rehearsal.give(.say("a"), by: Person.audience.actor, card: Self.card)
        #expect(rehearsal.drafts.last?.texts == .said(by: Self.card.byline, text: "a"))
        let words = HeldWords(by: Self.card.byline, text: "a")
        rehearsal.give(.approve(rehearsal.room.sequence, words: words))
        #expect(rehearsal.drafts.last?.texts == .said(by: Self.card.byline, text: "a"))
    }

    /// What somebody typed, and what others read.
    static let typed: [(typed: String, read: String)] = [
        ("某大学", "某大学"), ("Ａ大学", "Ａ大学"), ("  某 大学", "  某 大学"), ("a · b", "a · b"), ("", ""),
        ("v V √", "v V ·"), ("某大学 ✓", "某大学 ·"), ("✔✔", "··"), ("☑", "·"), ("✅ok", "·ok"),
        ("🗸🗹⍻", "···"), ("Ⓥⓥ🅅🅥🆅", "·····"), ("☐ ✗ 🅰", "☐ ✗ 🅰"),
        // With a mark that combines or chooses a picture it is one character and the same sign.
        ("✓\u{FE0F}", "·\u{FE0F}"), ("✓\u{301}", "·\u{301}"),
    ]

    @Test(arguments: typed)
    func `nothing that somebody typed looks like a badge`(typed: String, read: String) {
        let byline = Byline(typed, Affiliation(typed))
        #expect(byline.name.unicodeScalars.elementsEqual(read.unicodeScalars))
        #expect(byline.affiliation?.name.unicodeScalars.elementsEqual(read.unicodeScalars) == true)
        #expect(byline.affiliation?.badge == nil)
        #expect(Byline(byline.name, byline.affiliation) == byline)
    }
}
