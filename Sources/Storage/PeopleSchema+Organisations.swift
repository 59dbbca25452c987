import GRDB

extension PeopleSchema {
    /// Organisations with their people and the links into them, and who runs the site.
    static func registerOrganisations(_ migrator: inout DatabaseMigrator) {
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
    }
}
