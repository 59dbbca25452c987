import Foundation
import GRDB
import GRDBSQLite
public import Ledger
import OpenSSL
import Synchronization

/// What is found by words: texts of rooms, each with who may read it, in a file of its own.
///
/// It holds nothing that the logs and people's records do not: it is read again from them where it
/// is missing or of another version. What is shown of a hit is not taken from here.
public final class SearchIndex: Sendable {
    /// Another number for other tables or another way to fold and split: the file is then made anew.
    static let version = 1

    let pool: DatabasePool
    /// Whether SQLite takes the words of what is deleted out of FTS5's segments by itself (3.42 on).
    private let erasesByItself: Bool

    init(path: String) throws(StorageError) {
        do throws(StorageError) {
            (pool, erasesByItself) = try Self.open(path)
        } catch {
            // It can be made again, so nothing in it stops a start.
            guard error.isOfTheFile else { throw error }
            try Self.remove(path)
            (pool, erasesByItself) = try Self.open(path)
        }
    }

    private static func remove(_ path: String) throws(StorageError) {
        try StorageError.typed {
            for file in [path, path + "-wal", path + "-shm"]
            where FileManager.default.fileExists(atPath: file) {
                try FileManager.default.removeItem(atPath: file)
            }
        }
    }

    private static func open(_ path: String) throws(StorageError) -> (DatabasePool, Bool) {
        try StorageError.typed {
            let pool = try DatabasePool(path: path, configuration: .erasing)
            let found = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            if found != version {
                guard found == 0 else {
                    try pool.close()
                    throw StorageError.newer(found: found, known: version)
                }
                try pool.write { database in
                    try database.execute(sql: schema)
                    try database.execute(sql: "PRAGMA user_version = \(version)")
                }
            }
            // Asked by its version: an engine that does not know the option still holds the file
            // after it has refused.
            let erasesByItself = sqlite3_libversion_number() >= 3_042_000
            try pool.writeWithoutTransaction { database in
                // What was erased before a crash may still stand in the write-ahead log.
                _ = try database.checkpoint(.truncate)
                guard erasesByItself else { return }
                let sql = "INSERT INTO words (words, rank) VALUES ('secure-delete', 1)"
                try database.execute(sql: sql)
            }
            return (pool, erasesByItself)
        }
    }

    private static let schema = """
        CREATE TABLE rooms (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            sequence INTEGER NOT NULL,
            opened INTEGER,
            year INTEGER NOT NULL,
            closed INTEGER NOT NULL,
            matter INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            room INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            kind TEXT NOT NULL,
            slot TEXT,
            page INTEGER,
            field TEXT,
            at INTEGER NOT NULL,
            open INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX documents_by_event ON documents (room, sequence);
        CREATE TABLE readers (
            document INTEGER NOT NULL,
            reader TEXT NOT NULL,
            PRIMARY KEY (document, reader)
        ) STRICT, WITHOUT ROWID;
        CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'ascii');
        """

    /// The last event of a room whose texts are here; 0 before the first.
    public func sequence(of room: RoomID) async throws(StorageError) -> UInt64 {
        try await pool.reading { database in
            let sql = "SELECT sequence FROM rooms WHERE id = ?"
            let found = try Int64.fetchOne(database, sql: sql, arguments: [room.blob])
            return UInt64(clamping: found ?? 0)
        }
    }

    /// What is known of a room here; `nil` before its first event.
    public func facts(of room: RoomID) async throws(StorageError) -> SearchRoom? {
        try await pool.reading { database in
            let sql = "SELECT * FROM rooms WHERE id = ?"
            return try Row.fetchOne(database, sql: sql, arguments: [room.blob]).map { row in
                SearchRoom(
                    opened: (row["opened"] as Int64?).map {
                        Timestamp(milliseconds: UInt64(clamping: $0))
                    },
                    year: row["year"],
                    isClosed: row["closed"],
                    isMatter: row["matter"]
                )
            }
        }
    }

    /// The field of a slot, where its programme names one.
    public func field(of slot: String, in room: RoomID) async throws(StorageError) -> String? {
        try await pool.reading { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT field FROM documents WHERE kind = 'slot' AND slot = ?
                    AND room = (SELECT number FROM rooms WHERE id = ?)
                    """,
                arguments: [slot, room.blob]
            )
        }
    }

    /// Takes over what a stretch of a room's log says, whole or not at all.
    public func apply(
        _ changes: SearchChanges,
        to room: RoomID
    ) async throws(StorageError) {
        let isErasing = try await pool.writing { database in
            try database.execute(
                sql: """
                    INSERT INTO rooms (id, sequence, opened, year, closed, matter)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE
                    SET sequence = ?2, opened = ?3, year = ?4, closed = ?5, matter = ?6
                    """,
                arguments: [
                    room.blob, Int64(clamping: changes.sequence), changes.room.opened?.integer,
                    changes.room.year, changes.room.isClosed, changes.room.isMatter,
                ]
            )
            let number = try Self.number(of: room, database) ?? 0
            var erased = 0
            if changes.isExpired {
                let sql = "SELECT id FROM documents WHERE room = ?"
                let all = try Int64.fetchAll(database, sql: sql, arguments: [number])
                try Self.remove(all, database)
                erased = all.count
            }
            for slot in changes.replacedSlides {
                let sql = "SELECT id FROM documents WHERE room = ? AND kind = 'slide' AND slot = ?"
                let old = try Int64.fetchAll(database, sql: sql, arguments: [number, slot])
                try Self.remove(old, database)
            }
            for document in changes.documents {
                try Self.insert(document, number, room, database)
            }
            for sequence in changes.erased {
                erased += try Self.erase(sequence, number, database)
            }
            if erased > 0 { try self.forgetWords(database) }
            return erased > 0
        }
        if isErasing { try await emptyLog() }
    }

    /// Takes the texts of those events out: their words are gone from the file when it returns.
    func erase(_ sequences: [UInt64], in room: RoomID) async throws(StorageError) {
        let erased = try await pool.writing { database in
            guard let number = try Self.number(of: room, database) else { return 0 }
            let erased = try sequences.reduce(0) { try $0 + Self.erase($1, number, database) }
            if erased > 0 { try self.forgetWords(database) }
            return erased
        }
        if erased > 0 { try await emptyLog() }
    }

    /// FTS5 only notes that a row is gone, and keeps its words until its segments are merged: in the
    /// same transaction, so that no end in the middle leaves them.
    private func forgetWords(_ database: Database) throws {
        guard !erasesByItself else { return }
        try database.execute(sql: "INSERT INTO words (words) VALUES ('optimize')")
    }

    /// What was erased may still stand in the write-ahead log.
    private func emptyLog() async throws(StorageError) {
        do {
            try await pool.writeWithoutTransaction { database in
                _ = try database.checkpoint(.truncate)
            }
        } catch {
            throw StorageError(people: error)
        }
    }

    private static func number(of room: RoomID, _ database: Database) throws -> Int64? {
        let sql = "SELECT number FROM rooms WHERE id = ?"
        return try Int64.fetchOne(database, sql: sql, arguments: [room.blob])
    }

    /// - Returns: how many texts went.
    private static func erase(
        _ sequence: UInt64,
        _ room: Int64,
        _ database: Database
    ) throws -> Int {
        let sql = "SELECT id FROM documents WHERE room = ? AND sequence = ?"
        let arguments: StatementArguments = [room, Int64(clamping: sequence)]
        let found = try Int64.fetchAll(database, sql: sql, arguments: arguments)
        try remove(found, database)
        return found.count
    }

    private static func remove(_ documents: [Int64], _ database: Database) throws {
        for document in documents {
            for sql in [
                "DELETE FROM words WHERE rowid = ?", "DELETE FROM readers WHERE document = ?",
                "DELETE FROM documents WHERE id = ?",
            ] { try database.execute(sql: sql, arguments: [document]) }
        }
    }

    private static func insert(
        _ document: SearchDocument,
        _ number: Int64,
        _ room: RoomID,
        _ database: Database
    ) throws {
        let words = SearchWords(document.text).indexed
        guard !words.isEmpty, !document.readers.isEmpty else { return }
        let isOpen = document.readers.contains(.everyone)
        try database.execute(
            sql: """
                INSERT INTO documents (room, sequence, kind, slot, page, field, at, open)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                number, Int64(clamping: document.sequence), document.kind.rawValue, document.slot,
                document.page, document.field, document.at.integer, isOpen,
            ]
        )
        let id = database.lastInsertedRowID
        try database.execute(
            sql: "INSERT INTO words (rowid, text) VALUES (?, ?)",
            arguments: [id, words]
        )
        guard !isOpen else { return }
        for reader in document.readers {
            try database.execute(
                sql: "INSERT OR IGNORE INTO readers (document, reader) VALUES (?, ?)",
                arguments: [id, SearchReader(room, reader).key]
            )
        }
    }

    func close() throws(StorageError) { try pool.closeFile() }
}

extension StorageError {
    /// Whether another file in its place would do.
    fileprivate var isOfTheFile: Bool {
        switch self {
        case .corrupt, .newer, .sqlite: true
        default: false
        }
    }
}
