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
        registerOrganisations(&migrator)
        registerAdmission(&migrator)
        registerAccounts(&migrator)
        registerShownOrganisation(&migrator)
        registerErasure(&migrator)
        registerPages(&migrator)
        registerHalls(&migrator)
        registerPublicEvents(&migrator)
        registerPageTexts(&migrator)
        registerSlideNotes(&migrator)
        return migrator
    }
}
