import GRDB

extension PeopleSchema {
    /// The page of each account with its picture, and which files anything refers to.
    static func registerPages(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("profile-pages") { database in
            try database.execute(
                sql: """
                    CREATE TABLE profile_pages (
                        person INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
                        id BLOB NOT NULL UNIQUE,
                        public INTEGER NOT NULL DEFAULT 0,
                        picture BLOB,
                        type TEXT NOT NULL DEFAULT '',
                        width INTEGER NOT NULL DEFAULT 0,
                        height INTEGER NOT NULL DEFAULT 0,
                        size INTEGER NOT NULL DEFAULT 0
                    ) STRICT;
                    CREATE INDEX profile_pages_by_picture ON profile_pages (picture);
                    CREATE INDEX files_by_digest ON files (digest);
                    """
            )
            for person in try Int64.fetchAll(database, sql: "SELECT person FROM accounts") {
                try People.insertPage(ofPerson: person, database)
            }
        }
    }
}
