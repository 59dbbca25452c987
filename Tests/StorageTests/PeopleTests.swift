// Proves accounts, sessions, grants, single-use invitations and file records.
import Ledger
import OpenSSL
import Storage
import Testing

struct PeopleTests {
    static func token(_ number: UInt8) -> Digest { SHA256.hash([number]) }
    static func at(_ milliseconds: UInt64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    @Test
    func `a session is its person's until it ends`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let card = Card(name: "安", organisation: "大学", kind: "scientist")
        var ann = try await people.add(card)
        #expect(try await people.person(ann.id) == ann)
        try await people.openSession(Self.token(1), of: ann.id, until: Self.at(100))
        #expect(try people.session(Self.token(1), at: Self.at(99))?.person == ann)
        #expect(try people.session(Self.token(1), at: Self.at(100)) == nil)
        #expect(try people.session(Self.token(2), at: Self.at(0)) == nil)
        try await people.update(ann.id, Card(name: "Ann"))
        (ann.name, ann.organisation, ann.kind) = ("Ann", nil, nil)
        #expect(try people.session(Self.token(1), at: Self.at(0))?.person == ann)
        try await people.removeExpired(at: Self.at(99))
        #expect(try people.session(Self.token(1), at: Self.at(0))?.person == ann)
        try await people.removeExpired(at: Self.at(100))
        #expect(try people.session(Self.token(1), at: Self.at(0)) == nil)
        try await people.openSession(Self.token(3), of: ann.id, until: Self.at(100))
        try await people.endSession(Self.token(3))
        #expect(try people.session(Self.token(3), at: Self.at(0)) == nil)
        try await store.close()
    }

    @Test
    func `a session brings the account, and accounts are found a page at a time`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let guest = try await people.add(Card(name: "客"))
        var owners: [Int64] = []
        for name in ["ann", "ben", "cai"] {
            let made = try await people.register(
                "\(name)@example.org",
                password: "",
                named: name,
                as: nil,
                at: Self.at(0)
            )
            guard case .made(let person) = made else {
                Issue.record("\(name) has no account")
                return
            }
            owners.append(person.id)
        }
        try await people.openSession(Self.token(1), of: owners[0], until: Self.at(100))
        try await people.openSession(Self.token(2), of: guest.id, until: Self.at(100))
        let session = try #require(try people.session(Self.token(1), at: Self.at(0)))
        #expect(session.account?.contact == "ann@example.org")
        #expect(session.account == (try people.account(ofPerson: owners[0])))
        #expect(try #require(try people.session(Self.token(2), at: Self.at(0))).account == nil)

        let first = try await people.find("", after: nil, limit: 2)
        #expect(first.found.map(\.person.id) == [owners[0], owners[1]])
        #expect(first.next != nil)
        let second = try await people.find("", after: first.next, limit: 2)
        #expect(second.found.map(\.person.id) == [owners[2]])
        #expect(second.next == nil)
        // A page that holds the last of them promises none.
        #expect(try await people.find("", after: nil, limit: 3).next == nil)
        #expect(try await people.find("nobody", after: nil, limit: 3).found.isEmpty)
        try await store.close()
    }

    @Test
    func `a person has one member id a room, and none once erased`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let (hall, club) = (try RoomWriter.room(1), try RoomWriter.room(2))
        let ann = try await people.add(Card(name: "Ann"), isOrganiser: true)
        let ben = try await people.add(Card(name: "Ben"))
        let ids = [ann.member(in: hall), ann.member(in: club), ben.member(in: hall)]
        #expect(Set(ids).count == 3)
        #expect(!ids.contains(nil))
        try await people.openSession(Self.token(1), of: ann.id, until: Self.at(100))
        let again = try #require(try people.session(Self.token(1), at: Self.at(0))).person
        #expect(again.member(in: hall) == ids[0])
        try await people.erase(ann.id)
        #expect(try await people.person(ann.id) == nil)
        #expect(try people.session(Self.token(1), at: Self.at(0)) == nil)
        let next = try await people.add(Card(name: "Cai"))
        #expect(next.id > ben.id)
        try await store.close()
    }

    @Test
    func `a grant is given by hand or by an invitation, once`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let (hall, club) = (try RoomWriter.room(1), try RoomWriter.room(2))
        let ann = try await people.add(Card(name: "Ann"))
        #expect(try people.grants(of: ann.id, in: hall) == [])
        try await people.give(Grant(role: "moderator"), to: ann.id, in: hall)
        try await people.give(Grant(role: "moderator"), to: ann.id, in: hall)
        let token = Self.token(9)
        try await people.add(
            Invite(token: token, room: hall, role: "presenter", slot: "2", expires: Self.at(9))
        )
        _ = try await people.redeem(
            token,
            by: ann,
            named: nil,
            session: (Self.token(8), Self.at(9)),
            at: Self.at(1)
        )
        let granted = Set(try people.grants(of: ann.id, in: hall))
        #expect(granted == [Grant(role: "moderator"), Grant(role: "presenter", slot: "2")])
        #expect(try people.grants(of: ann.id, in: club) == [])
        try await store.close()
    }

    @Test
    func `an invitation is used once, however many bring it`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let room = try RoomWriter.room(1)
        let invite = Invite(
            token: Self.token(0),
            room: room,
            role: "presenter",
            slot: "2",
            name: "Ann",
            expires: Self.at(100)
        )
        try await people.add(invite)
        let answers = try await withThrowingTaskGroup(of: Redemption.self) { group in
            for number in 1...8 as ClosedRange<UInt8> {
                group.addTask {
                    try await people.redeem(
                        Self.token(0),
                        by: nil,
                        named: nil,
                        session: (Self.token(number), Self.at(500)),
                        at: Self.at(99)
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.filter { $0 == .used }.count == 7)
        let redeemed = answers.first { $0 != .used }
        guard case .redeemed(invite, let ann)? = redeemed else {
            Issue.record("\(answers)")
            return
        }
        #expect(ann.name == "Ann")
        #expect(!ann.isOrganiser)
        var sessions = 0
        for number in 1...8 as ClosedRange<UInt8>
        where try people.session(Self.token(number), at: Self.at(499))?.person == ann {
            sessions += 1
        }
        #expect(sessions == 1)
        try await store.close()
    }

    @Test
    func `an invitation ends, and makes of whom it finds what it says`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let organiser = Invite(
            token: Self.token(0),
            room: nil,
            role: "organiser",
            expires: Self.at(100)
        )
        try await people.add(organiser)
        func redeem(_ token: Digest, by person: Person?, at now: UInt64) async throws -> Redemption
        {
            try await people.redeem(
                token,
                by: person,
                named: "Ben",
                session: (Self.token(7), Self.at(500)),
                at: Self.at(now)
            )
        }
        #expect(try await redeem(Self.token(1), by: nil, at: 0) == .unknown)
        #expect(try await redeem(Self.token(0), by: nil, at: 100) == .expired)
        var ann = try await people.add(Card(name: "Ann"))
        let answer = try await redeem(Self.token(0), by: ann, at: 99)
        ann.isOrganiser = true
        #expect(answer == .redeemed(organiser, by: ann))
        #expect(try await people.person(ann.id) == ann)
        #expect(try await redeem(Self.token(0), by: nil, at: 99) == .used)
        try await people.removeExpired(at: Self.at(1_000))
        #expect(try await redeem(Self.token(0), by: nil, at: 99) == .used)
        try await store.close()
    }

    @Test
    func `a file belongs to its room`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let (hall, club) = (try RoomWriter.room(1), try RoomWriter.room(2))
        let bytes: [UInt8] = [1, 2, 3]
        let digest = try await store.blobs.keep(bytes)
        let record = FileRecord(
            room: hall,
            digest: digest,
            type: "image/png",
            width: 3,
            height: 2,
            size: 3
        )
        #expect(try await store.people.add(record, upTo: 10))
        #expect(try await store.people.add(record, upTo: 10))
        #expect(try store.people.file(digest, in: hall) == record)
        #expect(try store.people.file(digest, in: club) == nil)
        try await store.close()
    }
}
