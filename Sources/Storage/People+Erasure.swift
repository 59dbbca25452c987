import Foundation
import GRDB
public import OpenSSL

extension PeopleSchema {
    /// Who wants to be forgotten, until every room has.
    static func registerErasure(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("erasure") { database in
            try database.execute(
                sql: """
                    ALTER TABLE persons ADD COLUMN erasing INTEGER NOT NULL DEFAULT 0;
                    CREATE INDEX persons_erasing ON persons (erasing) WHERE erasing = 1;
                    """
            )
        }
    }
}

extension People {
    /// From here on nobody signs in as that person; their texts are taken away room by room, and then
    /// `erase` is called. It holds over a restart.
    /// - Returns: the sessions that ended.
    public func beginErasure(of person: Int64) async throws(StorageError) -> [Digest] {
        try await write { database in
            try database.execute(
                sql: "UPDATE persons SET erasing = 1 WHERE id = ?",
                arguments: [person]
            )
            try database.execute(
                sql: "UPDATE accounts SET disabled = 1 WHERE person = ?",
                arguments: [person]
            )
            try database.execute(
                sql: """
                    DELETE FROM pending
                    WHERE contact IN (SELECT contact FROM accounts WHERE person = ?)
                    """,
                arguments: [person]
            )
            return try Self.endSessions(of: person, keeping: nil, database)
        }
    }

    /// Whose erasure began and did not end.
    public func erasing() async throws(StorageError) -> [Person] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM persons WHERE erasing = 1 ORDER BY id")
                .map(Person.init(row:))
        }
    }

    /// Takes a person away, with their sessions and grants: who a member was is then unknown.
    /// - Returns: the file of their picture, which is to go too.
    @discardableResult
    public func erase(_ id: Int64) async throws(StorageError) -> Digest? {
        try await writeCards { database in
            let picture = try Self.page(ofPerson: id, database)?.picture?.digest
            try database.execute(sql: "DELETE FROM persons WHERE id = ?", arguments: [id])
            return picture
        }
    }
}
