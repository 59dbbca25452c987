// Proves that people of every earlier version are still there, and are what they were.
import Glibc
import GRDB
import OpenSSL
import Testing

@testable import Storage

struct MigrationTests {
    @Test
    func `people of a version before are found by what they are in`() async throws {
        let folder = try TemporaryFolder()
        try await makeOld(
            in: folder,
            version: "2-accounts",
            """
            INSERT INTO persons (name, organiser, secret) VALUES ('安', 0, ?);
            INSERT INTO accounts (person, contact, password, created)
                VALUES (1, 'ann@example.org', '', 0);
            INSERT INTO organisations (name, kind, standing, since)
                VALUES ('甲大学', 'university', 'verified', 0);
            INSERT INTO organisation_members (organisation, person, role, since)
                VALUES (1, 1, 'admin', 0);
            """
        )
        let store = try Store(.init(folder: folder.path))
        for text in ["安", "甲", "ann"] {
            let found = try await store.people.find(text, after: nil, limit: 9).found
            #expect(found.map(\.shown?.name) == ["甲大学"])
        }
        #expect(try store.people.shownCard(of: 1)?.organisation?.isVerified == true)
        try await store.close()
    }

    @Test
    func `people of the first version are kept`() async throws {
        let folder = try TemporaryFolder()
        try await makeOld(
            in: folder,
            version: "1",
            """
            INSERT INTO persons (name, organisation, kind, organiser, secret)
            VALUES ('安', '大学', 'scientist', 1, ?)
            """
        )
        try await accounts(in: path(in: folder))
        let store = try Store(.init(folder: folder.path))
        let ann = try #require(try await store.people.person(1))
        #expect((ann.name, ann.organisation, ann.kind) == ("安", "大学", "scientist"))
        #expect(ann.isOrganiser && !ann.isOperator)
        let page = try #require(try await store.people.page(ofPerson: 1))
        #expect(!page.isPublic && page.picture == nil)
        try await store.close()
    }

    private func path(in folder: TemporaryFolder) -> String { folder.path + "/people.sqlite" }

    /// Makes a data folder whose people are of that version; `rows` takes one secret.
    private func makeOld(
        in folder: TemporaryFolder,
        version: String,
        _ rows: String
    ) async throws {
        try await Store(.init(folder: folder.path)).close()
        let path = path(in: folder)
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
        let old = try DatabaseQueue(path: path)
        try PeopleSchema.migrator.migrate(old, upTo: version)
        try await old.write { database in
            try database.execute(sql: rows, arguments: [SHA256.hash([1]).blob])
        }
        try old.close()
    }

    /// Gives the first person an account, as a version without pages did.
    private func accounts(in path: String) async throws {
        let old = try DatabaseQueue(path: path)
        try PeopleSchema.migrator.migrate(old, upTo: "2-accounts")
        try await old.write { database in
            try database.execute(
                sql: """
                    INSERT INTO accounts (person, contact, password, created)
                    VALUES (1, 'an@example.org', '', 0)
                    """
            )
        }
        try old.close()
    }
}
