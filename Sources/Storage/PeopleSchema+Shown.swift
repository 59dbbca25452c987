import GRDB

extension PeopleSchema {
    /// Which organisation stands beside a person's name: none chosen where `shown` is NULL, 0 for none.
    /// Operators find people by the organisations that they are in, besides what they typed.
    static func registerShownOrganisation(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("shown-organisation") { database in
            try database.execute(sql: "ALTER TABLE persons ADD COLUMN shown INTEGER")
            try database.execute(sql: "DROP TRIGGER account_made; DROP TRIGGER card_changed;")
            try database.execute(sql: triggers)
            try database.execute(sql: insertTerms(of: "SELECT person FROM accounts"))
        }
    }

    private static let triggers = """
        CREATE TRIGGER account_made AFTER INSERT ON accounts BEGIN
            \(insertTerms(of: "new.person"))
        END;
        CREATE TRIGGER card_changed AFTER UPDATE OF name, organisation ON persons
        WHEN EXISTS (SELECT 1 FROM accounts WHERE person = new.id) BEGIN
            DELETE FROM people_terms WHERE person = new.id;
            \(insertTerms(of: "new.id"))
        END;
        CREATE TRIGGER member_came AFTER INSERT ON organisation_members
        WHEN EXISTS (SELECT 1 FROM accounts WHERE person = new.person) BEGIN
            \(insertTerms(of: "new.person"))
        END;
        CREATE TRIGGER member_left AFTER DELETE ON organisation_members
        WHEN EXISTS (SELECT 1 FROM accounts WHERE person = old.person) BEGIN
            DELETE FROM people_terms WHERE person = old.person;
            \(insertTerms(of: "old.person"))
        END;
        CREATE TRIGGER organisation_renamed AFTER UPDATE OF name ON organisations
        WHEN old.name <> new.name BEGIN
            DELETE FROM people_terms WHERE person IN (\(membersWithAccounts));
            \(insertTerms(of: membersWithAccounts))
        END;
        """

    private static let membersWithAccounts = """
        SELECT person FROM organisation_members JOIN accounts USING (person)
        WHERE organisation_members.organisation = new.id
        """

    /// All that operators find these people by.
    private static func insertTerms(of people: String) -> String {
        """
        INSERT OR IGNORE INTO people_terms (term, person)
            SELECT contact, person FROM accounts WHERE person IN (\(people))
            UNION SELECT lower(name), id FROM persons WHERE id IN (\(people))
            UNION SELECT lower(organisation), id FROM persons
                WHERE id IN (\(people)) AND organisation IS NOT NULL
            UNION SELECT lower(o.name), m.person FROM organisation_members m
                JOIN organisations o ON o.id = m.organisation WHERE m.person IN (\(people));
        """
    }
}
