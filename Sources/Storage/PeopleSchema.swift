import GRDB

/// The tables of `people.sqlite`.
enum PeopleSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE persons (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        name TEXT NOT NULL,
                        organisation TEXT,
                        kind TEXT,
                        organiser INTEGER NOT NULL,
                        secret BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE sessions (
                        token BLOB PRIMARY KEY,
                        person INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
                        expires INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX sessions_by_person ON sessions (person);
                    CREATE TABLE grants (
                        person INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
                        room BLOB NOT NULL,
                        role TEXT NOT NULL,
                        slot TEXT NOT NULL,
                        PRIMARY KEY (person, room, role, slot)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE invites (
                        token BLOB PRIMARY KEY,
                        room BLOB,
                        role TEXT NOT NULL,
                        slot TEXT,
                        name TEXT,
                        expires INTEGER NOT NULL,
                        used INTEGER
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE files (
                        room BLOB NOT NULL,
                        digest BLOB NOT NULL,
                        type TEXT NOT NULL,
                        width INTEGER NOT NULL,
                        height INTEGER NOT NULL,
                        size INTEGER NOT NULL,
                        PRIMARY KEY (room, digest)
                    ) STRICT, WITHOUT ROWID;
                    """
            )
        }
        migrator.registerMigration("organisations") { database in
            try database.execute(
                sql: """
                    ALTER TABLE persons ADD COLUMN operator INTEGER NOT NULL DEFAULT 0;
                    CREATE TABLE organisations (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        name TEXT NOT NULL,
                        english_name TEXT,
                        kind TEXT NOT NULL,
                        level TEXT,
                        region TEXT,
                        introduction TEXT,
                        website TEXT,
                        parent INTEGER REFERENCES organisations ON DELETE SET NULL,
                        standing TEXT NOT NULL DEFAULT 'unverified',
                        reason TEXT,
                        since INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX organisations_by_name ON organisations (name, id);
                    CREATE INDEX organisations_by_standing ON organisations (standing, name, id);
                    CREATE INDEX organisations_by_parent ON organisations (parent);
                    CREATE TABLE organisation_members (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        organisation INTEGER NOT NULL REFERENCES organisations ON DELETE CASCADE,
                        person INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
                        role TEXT NOT NULL,
                        since INTEGER NOT NULL,
                        UNIQUE (organisation, person)
                    ) STRICT;
                    CREATE INDEX organisation_members_by_person ON organisation_members (person);
                    CREATE TABLE organisation_invites (
                        token BLOB PRIMARY KEY,
                        organisation INTEGER NOT NULL REFERENCES organisations ON DELETE CASCADE,
                        role TEXT NOT NULL,
                        uses INTEGER NOT NULL,
                        expires INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX organisation_invites_by_organisation
                        ON organisation_invites (organisation);
                    """
            )
        }
        registerAccounts(&migrator)
        return migrator
    }
}
