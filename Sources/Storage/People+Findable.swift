import GRDB

extension People {
    /// Pages that their owners show to everybody, the newest accounts first.
    public func publicPages(
        limit: Int
    ) async throws(StorageError) -> [(page: ProfilePage, owner: Person, account: Account)] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT persons.*, accounts.* FROM profile_pages
                    JOIN accounts USING (person) JOIN persons ON persons.id = person
                    WHERE profile_pages.public AND NOT disabled ORDER BY person DESC LIMIT ?
                    """,
                arguments: [limit]
            )
            return try rows.compactMap { row in
                let account = Account(row: row)
                guard let page = try Self.page(ofPerson: account.person, database) else {
                    return nil
                }
                return (page, Person(row: row), account)
            }
        }
    }
}
