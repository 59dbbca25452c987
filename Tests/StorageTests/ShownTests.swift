// Proves which organisation stands beside a name, and when it does no longer.
import Ledger
import Storage
import Testing

struct ShownTests {
    static func at(_ milliseconds: UInt64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    /// What a person chose of those that they are in, by their place, and which stands there then.
    static let choices: [(isIn: [Int], choice: OrganisationChoice, shown: Int?)] = [
        ([], .automatic, nil), ([0], .automatic, 0), ([1], .automatic, 1),
        ([0, 1], .automatic, nil), ([0], .none, nil), ([0, 1], .none, nil),
        ([0, 1], .organisation(1), 0), ([0, 1], .organisation(2), 1),
        // Left since, or never entered: nothing stands in its place.
        ([1], .organisation(1), nil), ([], .organisation(1), nil),
    ]

    @Test(arguments: choices, [true, false])
    func `what stands beside a name is what was chosen, as long as they are in it`(
        row: (isIn: [Int], choice: OrganisationChoice, shown: Int?),
        hasAccount: Bool
    ) async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let made = [try await found("甲大学", people), try await found("乙所", people)]
        let person = try await person(hasAccount: hasAccount, people)
        for organisation in made { try await enter(organisation, person, people) }
        #expect(try await people.show(row.choice, of: person))
        #expect(try await !people.show(.organisation(99), of: person))
        for (place, organisation) in made.enumerated() where !row.isIn.contains(place) {
            try await leave(organisation.id, person, people)
        }
        // By name: the second comes first.
        let mine = row.isIn.map { made[$0].id }
        #expect(try await people.organisations(of: person).map(\.id) == mine.reversed())
        let shown = try #require(try people.shownCard(of: person))
        #expect(shown.card == Card(name: "安", organisation: "随手写的", kind: "expert"))
        // Whoever has no account is known by what they typed alone.
        let expected = hasAccount ? row.shown.map { made[$0].id } : nil
        #expect(shown.organisation?.id == expected)
        try await store.close()
    }

    @Test func `a card's version changes with everything that may change a card`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let person = try await person(hasAccount: true, people)
        var version = people.cardsVersion
        func changed() -> Bool {
            defer { version = people.cardsVersion }
            return people.cardsVersion != version
        }
        let university = try await found("甲大学", people)
        #expect(changed())
        try await enter(university, person, people)
        #expect(changed())
        #expect(try people.shownCard(of: person)?.organisation?.isVerified == false)
        #expect(!changed())
        _ = try await people.set(.verified, of: university.id, at: Self.at(1))
        #expect(changed())
        #expect(try people.shownCard(of: person)?.organisation?.isVerified == true)
        var profile = university.profile
        profile.name = "甲理工大学"
        _ = try await people.change(university.id, to: profile, below: nil, at: Self.at(2))
        #expect(changed())
        // A new name has to be verified anew.
        let renamed = try people.shownCard(of: person)?.organisation
        #expect(renamed?.name == "甲理工大学" && renamed?.isVerified == false)
        _ = try await people.show(.none, of: person)
        #expect(changed())
        #expect(try people.shownCard(of: person)?.organisation == nil)
        #expect(try people.choice(of: person) == .none)
        try await people.update(person, Card(name: "Ann"))
        #expect(changed())
        #expect(try people.shownCard(of: person)?.card == Card(name: "Ann"))
        try await leave(university.id, person, people)
        #expect(changed())
        try await people.erase(person)
        #expect(changed())
        #expect(try people.shownCard(of: person) == nil)
        _ = try await people.add(Card(name: "客"))
        #expect(!changed())
        try await store.close()
    }

    @Test func `operators and members see what stands beside a name`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let university = try await found("甲大学", people)
        let person = try await person(hasAccount: true, people)
        try await enter(university, person, people)
        let found = try await people.find("安", after: nil, limit: 9).found
        #expect(found.map(\.shown?.name) == ["甲大学"])
        let members = try await people.members(of: university.id)
        #expect(members.map(\.shown.card.name) == ["创", "安"])
        #expect(members.map(\.shown.organisation?.id) == [nil, university.id])
        try await store.close()
    }

    @Test func `operators find people by what they are in, as long as they are`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let university = try await found("Soochow 大学", people)
        let institute = try await found("乙所", people)
        let person = try await person(hasAccount: false, people)
        try await enter(university, person, people)
        func finds(_ text: String) async throws -> Bool {
            try await people.find(text, after: nil, limit: 9).found.map(\.person.id) == [person]
        }
        // Of a guest who registers later too.
        #expect(try await !finds("soochow"))
        _ = try await self.person(person, people)
        #expect(try await finds("soochow"))
        try await enter(institute, person, people)
        #expect(try await finds("乙"))
        try await people.update(person, Card(name: "Ann", organisation: "Typed"))
        for text in ["ann", "typed", "soochow", "乙", "ann@"] { #expect(try await finds(text)) }
        #expect(try await !finds("安"))
        var profile = university.profile
        profile.name = "Renamed"
        _ = try await people.change(university.id, to: profile, below: nil, at: Self.at(1))
        #expect(try await finds("renamed"))
        #expect(try await !finds("soochow"))
        try await leave(university.id, person, people)
        #expect(try await !finds("renamed"))
        for text in ["ann", "typed", "乙"] { #expect(try await finds(text)) }
        try await people.erase(person)
        for text in ["ann", "typed", "乙"] { #expect(try await !finds(text)) }
        try await store.close()
    }

    private func found(_ name: String, _ people: People) async throws -> Organisation {
        let founder = try await people.add(Card(name: "创"))
        return try await people.found(
            Organisation.Profile(name: name, kind: "university"),
            below: nil,
            by: founder.id,
            at: Self.at(0)
        ).get()
    }

    private func person(hasAccount: Bool, _ people: People) async throws -> Int64 {
        let guest = try await people.add(
            Card(name: "安", organisation: "随手写的", kind: "expert")
        )
        return hasAccount ? try await self.person(guest.id, people) : guest.id
    }

    /// A guest registers.
    private func person(_ guest: Int64, _ people: People) async throws -> Int64 {
        let made = try await people.register(
            "ann@example.org",
            password: "",
            named: "安",
            as: guest,
            at: Self.at(0)
        )
        guard case .made(let person) = made else { throw StorageError.corrupt }
        return person.id
    }

    private func enter(_ organisation: Organisation, _ person: Int64, _ people: People) async throws
    {
        let token = PeopleTests.token(UInt8(organisation.id))
        try await people.add(
            OrganisationInvite(
                token: token,
                organisation: organisation.id,
                role: .member,
                uses: 1,
                expires: Self.at(9)
            )
        )
        _ = try await people.enter(by: token, person: person, at: Self.at(1)).get()
    }

    private func leave(_ organisation: Int64, _ person: Int64, _ people: People) async throws {
        let members = try await people.members(of: organisation)
        let mine = try #require(members.first { $0.person == person })
        #expect(try await people.change(member: mine.id, of: organisation, to: nil) == nil)
    }
}
