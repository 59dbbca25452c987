import Foundation
import GRDB
public import OpenSSL

extension People {
    /// The page of a person; `nil` for a guest.
    public func page(ofPerson person: Int64) async throws(StorageError) -> ProfilePage? {
        try await read { try Self.page(ofPerson: person, $0) }
    }

    /// A page with whose it is; `nil` when there is none of that address, or its account is closed.
    public func page(
        _ id: ProfilePage.ID
    ) async throws(StorageError) -> (page: ProfilePage, owner: Person, account: Account)? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT persons.*, accounts.* FROM profile_pages
                    JOIN accounts USING (person) JOIN persons ON persons.id = person
                    WHERE profile_pages.id = ? AND NOT disabled
                    """,
                arguments: [Data(id.bytes)]
            )
            guard let row else { return nil }
            let account = Account(row: row)
            guard let page = try Self.page(ofPerson: account.person, database) else { return nil }
            return (page, Person(row: row), account)
        }
    }

    /// Shows a person's page to others, or no more.
    /// - Returns: the page; `nil` when the account is gone.
    public func setPublic(
        _ isPublic: Bool,
        ofPerson person: Int64
    ) async throws(StorageError) -> ProfilePage? {
        try await write { database in
            try database.execute(
                sql: "UPDATE profile_pages SET public = ? WHERE person = ?",
                arguments: [isPublic, person]
            )
            return try Self.page(ofPerson: person, database)
        }
    }

    /// Sets a person's picture, or with `nil` takes it away.
    /// - Returns: the page, and the file of the picture before; `nil` when the account is gone.
    public func setPicture(
        _ picture: ProfilePage.Picture?,
        ofPerson person: Int64
    ) async throws(StorageError) -> (page: ProfilePage, former: Digest?)? {
        try await write { database in
            let former = try Self.page(ofPerson: person, database)?.picture?.digest
            try database.execute(
                sql: """
                    UPDATE profile_pages SET picture = ?, type = ?, width = ?, height = ?, size = ?
                    WHERE person = ?
                    """,
                arguments: [
                    picture?.digest.blob, picture?.type ?? "", picture?.width ?? 0,
                    picture?.height ?? 0, picture?.size ?? 0, person,
                ]
            )
            return try Self.page(ofPerson: person, database).map { ($0, former) }
        }
    }

    /// Whether a room or a person has that file. Well under a millisecond, on any thread.
    public func refers(to file: Digest) throws(StorageError) -> Bool {
        try readNow { database in
            let sql = """
                SELECT EXISTS (SELECT 1 FROM files WHERE digest = ?1)
                OR EXISTS (SELECT 1 FROM profile_pages WHERE picture = ?1)
                """
            return try Bool.fetchOne(database, sql: sql, arguments: [file.blob]) ?? false
        }
    }

    static func page(ofPerson person: Int64, _ database: Database) throws -> ProfilePage? {
        let sql = "SELECT * FROM profile_pages WHERE person = ?"
        let row = try Row.fetchOne(database, sql: sql, arguments: [person])
        return try row.map(ProfilePage.init(row:))
    }

    static func insertPage(ofPerson person: Int64, _ database: Database) throws {
        let id = Data(try SecureRandom.bytes(ProfilePage.ID.byteCount))
        let sql = "INSERT INTO profile_pages (person, id) VALUES (?, ?)"
        try database.execute(sql: sql, arguments: [person, id])
    }
}

extension ProfilePage {
    fileprivate init(row: Row) throws {
        guard let id = ID(bytes: Array(row["id"] as Data)) else { throw StorageError.corrupt }
        var picture: Picture?
        if let bytes = row["picture"] as Data? {
            guard let digest = Digest(bytes: Array(bytes)) else { throw StorageError.corrupt }
            picture = Picture(
                digest: digest,
                type: row["type"],
                width: row["width"],
                height: row["height"],
                size: row["size"]
            )
        }
        self.init(id: id, isPublic: row["public"], picture: picture)
    }
}
