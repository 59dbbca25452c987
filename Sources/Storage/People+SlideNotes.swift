import GRDB
public import Ledger

extension PeopleSchema {
    /// What presenters say to the pages of a slot; it belongs to the slot, and stands in no log.
    static func registerSlideNotes(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("slide-notes") { database in
            try database.execute(
                sql: """
                    CREATE TABLE slide_notes (
                        room BLOB NOT NULL,
                        slot TEXT NOT NULL,
                        page INTEGER NOT NULL,
                        text TEXT NOT NULL,
                        PRIMARY KEY (room, slot, page)
                    ) STRICT;
                    """
            )
        }
    }
}

extension People {
    /// Keeps the note to a page, in place of the one before; an empty one is none.
    public func setNote(
        _ text: String,
        toPage page: Int,
        of slot: String,
        in room: RoomID
    ) async throws(StorageError) {
        try await write { database in
            let sql =
                text.isEmpty
                ? "DELETE FROM slide_notes WHERE room = ? AND slot = ? AND page = ?"
                : "INSERT OR REPLACE INTO slide_notes (room, slot, page, text) VALUES (?, ?, ?, ?)"
            var arguments: StatementArguments = [room.blob, slot, page]
            if !text.isEmpty { arguments += [text] }
            try database.execute(sql: sql, arguments: arguments)
        }
    }

    /// The notes to a slot's pages, by page.
    public func notes(
        of slot: String,
        in room: RoomID
    ) async throws(StorageError) -> [Int: String] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT page, text FROM slide_notes WHERE room = ? AND slot = ?",
                arguments: [room.blob, slot]
            )
            return Dictionary(
                rows.map { ($0["page"] as Int, $0["text"] as String) },
                uniquingKeysWith: { $1 }
            )
        }
    }
}
