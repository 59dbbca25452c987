import GRDB

extension PeopleSchema {
    /// Accounts on persons, and what waits for a code.
    ///
    /// `people_terms` is what operators search by: each name, organisation and contact in lower case,
    /// so that a search by their beginning is one range of an index, whatever the number of accounts.
    static func registerAccounts(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("2-accounts") { database in
            try database.execute(sql: tables)
            try database.execute(sql: triggers)
        }
    }

    private static let tables = """
        ALTER TABLE sessions ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sessions ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
        ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
        CREATE TABLE accounts (
            person INTEGER PRIMARY KEY REFERENCES persons ON DELETE CASCADE,
            contact TEXT NOT NULL UNIQUE,
            password TEXT NOT NULL,
            disabled INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL,
            totp BLOB,
            totp_on INTEGER NOT NULL DEFAULT 0,
            totp_step INTEGER NOT NULL DEFAULT 0,
            profile TEXT NOT NULL DEFAULT '{}'
        ) STRICT;
        CREATE TABLE recovery_codes (
            person INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
            code BLOB NOT NULL,
            PRIMARY KEY (person, code)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pending (
            token BLOB PRIMARY KEY,
            purpose TEXT NOT NULL,
            contact TEXT NOT NULL,
            name TEXT NOT NULL,
            password TEXT NOT NULL,
            person INTEGER REFERENCES persons ON DELETE CASCADE,
            code BLOB,
            expires INTEGER NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pending_by_person ON pending (person);
        CREATE TABLE people_terms (
            term TEXT NOT NULL,
            person INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
            PRIMARY KEY (term, person)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX people_terms_by_person ON people_terms (person);
        """

    private static let triggers = """
        CREATE TRIGGER account_made AFTER INSERT ON accounts BEGIN
            INSERT OR IGNORE INTO people_terms VALUES (new.contact, new.person);
            INSERT OR IGNORE INTO people_terms
                SELECT lower(name), id FROM persons WHERE id = new.person;
            INSERT OR IGNORE INTO people_terms
                SELECT lower(organisation), id FROM persons
                WHERE id = new.person AND organisation IS NOT NULL;
        END;
        CREATE TRIGGER card_changed AFTER UPDATE OF name, organisation ON persons
        WHEN EXISTS (SELECT 1 FROM accounts WHERE person = new.id) BEGIN
            DELETE FROM people_terms WHERE person = new.id;
            INSERT OR IGNORE INTO people_terms
                SELECT contact, person FROM accounts WHERE person = new.id;
            INSERT OR IGNORE INTO people_terms VALUES (lower(new.name), new.id);
            INSERT OR IGNORE INTO people_terms
                SELECT lower(new.organisation), new.id WHERE new.organisation IS NOT NULL;
        END;
        """
}
