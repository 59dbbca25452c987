// Proves who gets a badge: whoever chose a verified organisation, and nothing that was typed.
import Rooms
import Storage
import Testing

@testable import Server

struct CardBadgeTests {
    static let verified = ShownOrganisation(id: 12, name: "某大学", isVerified: true)
    static let unverified = ShownOrganisation(id: 13, name: "某大学", isVerified: false)

    /// What was typed, what stands in its place, and what others see.
    static let cards: [(typed: String?, shown: ShownOrganisation?, seen: Affiliation?)] = [
        (nil, nil, nil),
        (nil, verified, Affiliation("某大学", badge: .organisation(12))),
        ("别的", verified, Affiliation("某大学", badge: .organisation(12))),
        ("别的", unverified, Affiliation("某大学")),
        // As the name of a verified one, in other widths, cases and spaces, and with a sign.
        ("某大学", nil, Affiliation("某大学")), ("某 大学 ", nil, Affiliation("某 大学 ")),
        ("ＳＯＯＣＨＯＷ", nil, Affiliation("ＳＯＯＣＨＯＷ")), ("soochow", nil, Affiliation("soochow")),
        ("某大学✓", nil, Affiliation("某大学·")),
        // No number of the database, and no crash.
        (nil, ShownOrganisation(id: -1, name: "x", isVerified: true), Affiliation("x")),
    ]

    @Test(arguments: cards)
    func `a badge is the server's alone`(
        typed: String?,
        shown: ShownOrganisation?,
        seen: Affiliation?
    ) {
        let card = Card(name: "安", organisation: typed, kind: "expert")
        let made = NameCard(ShownCard(card: card, organisation: shown))
        #expect(made == NameCard(Byline("安", seen), kind: "expert"))
    }
}
