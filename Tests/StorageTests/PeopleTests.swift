// Proves accounts, sessions, memberships, single-use invitations and file records.
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
        #expect(try await people.session(Self.token(1), at: Self.at(99)) == ann)
        #expect(try await people.session(Self.token(1), at: Self.at(100)) == nil)
        #expect(try await people.session(Self.token(2), at: Self.at(0)) == nil)
        try await people.update(ann.id, Card(name: "Ann"))
        (ann.name, ann.organisation, ann.kind) = ("Ann", nil, nil)
        #expect(try await people.session(Self.token(1), at: Self.at(0)) == ann)
        try await people.removeExpired(at: Self.at(99))
        #expect(try await people.session(Self.token(1), at: Self.at(0)) == ann)
        try await people.removeExpired(at: Self.at(100))
        #expect(try await people.session(Self.token(1), at: Self.at(0)) == nil)
        try await people.openSession(Self.token(3), of: ann.id, until: Self.at(100))
        try await people.endSession(Self.token(3))
        #expect(try await people.session(Self.token(3), at: Self.at(0)) == nil)
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
        func id(_ number: UInt8) throws -> MemberID {
            try #require(MemberID(bytes: [UInt8](repeating: number, count: 8)))
        }
        #expect(try await people.member(of: ann.id, in: hall) == nil)
        #expect(try await people.member(for: ann.id, in: hall, orMake: id(1)) == id(1))
        #expect(try await people.member(for: ann.id, in: hall, orMake: id(2)) == id(1))
        #expect(try await people.member(for: ann.id, in: club, orMake: id(3)) == id(3))
        #expect(try await people.member(for: ben.id, in: hall, orMake: id(4)) == id(4))
        #expect(try await people.person(behind: id(1), in: hall) == ann)
        #expect(try await people.person(behind: id(1), in: club) == nil)
        try await people.openSession(Self.token(1), of: ann.id, until: Self.at(100))
        try await people.erase(ann.id)
        #expect(try await people.person(behind: id(1), in: hall) == nil)
        #expect(try await people.session(Self.token(1), at: Self.at(0)) == nil)
        #expect(try await people.member(of: ben.id, in: hall) == id(4))
        let next = try await people.add(Card(name: "Cai"))
        #expect(next.id > ben.id)
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
        where try await people.session(Self.token(number), at: Self.at(499)) == ann {
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
        try await store.people.add(record)
        try await store.people.add(record)
        #expect(try await store.people.file(digest, in: hall) == record)
        #expect(try await store.people.file(digest, in: club) == nil)
        try await store.close()
    }
}
