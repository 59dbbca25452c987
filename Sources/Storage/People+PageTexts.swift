import GRDB
public import Ledger
public import OpenSSL

extension PeopleSchema {
    /// What stands in words on a page image that was made of a document; it goes with the file.
    static func registerPageTexts(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("page-texts") { database in
            try database.execute(
                sql: """
                    CREATE TABLE page_texts (
                        room BLOB NOT NULL,
                        digest BLOB NOT NULL,
                        text TEXT NOT NULL,
                        PRIMARY KEY (room, digest),
                        FOREIGN KEY (room, digest) REFERENCES files ON DELETE CASCADE
                    ) STRICT;
                    """
            )
        }
    }
}

extension People {
    /// Keeps the text of a room's file, in place of one that was kept before.
    public func setText(
        _ text: String,
        of file: Digest,
        in room: RoomID
    ) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO page_texts (room, digest, text) VALUES (?, ?, ?)",
                arguments: [room.blob, file.blob, text]
            )
        }
    }

    /// The texts of a room's files, where they have one.
    public func texts(
        of files: Set<Digest>,
        in room: RoomID
    ) async throws(StorageError) -> [Digest: String] {
        try await read { database in
            var texts: [Digest: String] = [:]
            let sql = "SELECT text FROM page_texts WHERE room = ? AND digest = ?"
            let statement = try database.cachedStatement(sql: sql)
            for file in files {
                texts[file] = try String.fetchOne(statement, arguments: [room.blob, file.blob])
            }
            return texts
        }
    }
}
