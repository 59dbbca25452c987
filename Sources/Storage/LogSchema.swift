/// The tables of `events.sqlite`, and how an older file becomes one of today.
enum LogSchema {
    /// One step for each version, in order: the file's `user_version` counts those it has taken.
    private static let steps = [
        """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE rooms (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            created INTEGER NOT NULL,
            genesis BLOB NOT NULL
        ) STRICT;
        CREATE TABLE heads (
            room INTEGER PRIMARY KEY REFERENCES rooms,
            sequence INTEGER NOT NULL,
            at INTEGER NOT NULL,
            hash BLOB NOT NULL,
            epoch INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE events (
            room INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            at INTEGER NOT NULL,
            hash BLOB NOT NULL,
            actor TEXT,
            command TEXT,
            content BLOB NOT NULL,
            PRIMARY KEY (room, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX events_by_command ON events (room, actor, command)
            WHERE command IS NOT NULL;
        CREATE TABLE checkpoints (
            room INTEGER PRIMARY KEY REFERENCES rooms,
            size INTEGER NOT NULL,
            note TEXT NOT NULL
        ) STRICT;
        """
    ]

    /// The version that this program writes.
    static let version = steps.count

    /// How the file is written: one sync a commit, readers that never wait, and nothing erased that
    /// can be read in a free page.
    static func settings(_ synchronous: Store.Synchronous) -> String {
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = \(synchronous.rawValue);
        PRAGMA secure_delete = ON;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -16384;
        PRAGMA wal_autocheckpoint = 1000;
        """
    }

    /// Takes the steps that are missing, each all or not at all.
    /// - Throws: `newer` when the file has taken steps that are not known here.
    static func migrate(_ connection: Connection) throws(StorageError) {
        let found = try check(connection)
        for (index, step) in steps.enumerated().dropFirst(found) {
            try connection.transaction { () throws(StorageError) in
                try connection.execute(step)
                try connection.execute("PRAGMA user_version = \(index + 1)")
            }
        }
    }

    /// - Returns: the file's version.
    /// - Throws: `newer` when it is not known here, `corrupt` when the file is no database.
    @discardableResult
    static func check(_ connection: Connection) throws(StorageError) -> Int {
        let found = Int(try connection.integer("PRAGMA user_version"))
        guard found <= version else { throw .newer(found: found, known: version) }
        guard found >= 0 else { throw .corrupt }
        return found
    }
}
