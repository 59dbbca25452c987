import Foundation
import GRDB
public import Ledger
public import OpenSSL

extension People {
    /// The people of an organisation, administrators first, by name.
    public func members(of id: Int64) async throws(StorageError) -> [OrganisationMember] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT m.id, m.person, m.role, m.since, p.name, p.organisation, p.kind,
                    \(Self.shownColumns), g.id AS page
                    FROM organisation_members m JOIN persons p ON p.id = m.person
                    \(Self.shownJoin)
                    LEFT JOIN accounts a ON a.person = p.id AND NOT a.disabled
                    LEFT JOIN profile_pages g ON g.person = a.person AND g.public
                    WHERE m.organisation = ? ORDER BY m.role, p.name, m.id
                    """,
                arguments: [id]
            ).map(OrganisationMember.init(row:))
        }
    }

    /// Whom a member's number stands for in an organisation; `nil` where it is nobody's there.
    public func person(
        ofMember member: Int64,
        in organisation: Int64
    ) async throws(StorageError) -> Int64? {
        try await read { database in
            let sql = "SELECT person FROM organisation_members WHERE id = ? AND organisation = ?"
            return try Int64.fetchOne(database, sql: sql, arguments: [member, organisation])
        }
    }

    /// What a person is in an organisation.
    public func role(
        of person: Int64,
        in organisation: Int64
    ) async throws(StorageError) -> OrganisationMember.Role? {
        try await read { try Self.role(of: person, in: organisation, $0) }
    }

    /// Changes what a member is, or with `nil` takes them out.
    /// - Returns: why not: `noSuchMember`, `lastAdmin`.
    public func change(
        member: Int64,
        of organisation: Int64,
        to role: OrganisationMember.Role?
    ) async throws(StorageError) -> OrganisationRefusal? {
        try await writeCards { database in
            let before = try String.fetchOne(
                database,
                sql: "SELECT role FROM organisation_members WHERE id = ? AND organisation = ?",
                arguments: [member, organisation]
            )
            guard let before else { return .noSuchMember }
            if before == OrganisationMember.Role.admin.rawValue, role != .admin {
                let admins =
                    try Int.fetchOne(
                        database,
                        sql: """
                            SELECT count(*) FROM organisation_members
                            WHERE organisation = ? AND role = 'admin'
                            """,
                        arguments: [organisation]
                    ) ?? 0
                guard admins > 1 else { return .lastAdmin }
            }
            if let role {
                try database.execute(
                    sql: "UPDATE organisation_members SET role = ? WHERE id = ?",
                    arguments: [role.rawValue, member]
                )
            } else {
                try database.execute(
                    sql: "DELETE FROM organisation_members WHERE id = ?",
                    arguments: [member]
                )
            }
            return nil
        }
    }

    /// Gives out a link into an organisation.
    public func add(_ invite: OrganisationInvite) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO organisation_invites VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    invite.token.blob, invite.organisation, invite.role.rawValue, invite.uses,
                    invite.expires.integer,
                ]
            )
        }
    }

    /// The links that can still be used, those that end first before the others.
    public func invites(
        of organisation: Int64,
        at now: Timestamp
    ) async throws(StorageError) -> [OrganisationInvite] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM organisation_invites
                    WHERE organisation = ? AND uses > 0 AND expires > ? ORDER BY expires, token
                    """,
                arguments: [organisation, now.integer]
            ).map(OrganisationInvite.init(row:))
        }
    }

    /// Takes a link back: whoever holds it cannot use it any more.
    /// - Returns: whether there was one.
    public func revoke(
        _ token: Digest,
        of organisation: Int64
    ) async throws(StorageError) -> Bool {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM organisation_invites WHERE token = ? AND organisation = ?",
                arguments: [token.blob, organisation]
            )
            return database.changesCount > 0
        }
    }

    /// Lets a person in by a link; who is in already keeps the higher role, and uses nothing up when
    /// it changes nothing.
    public func enter(
        by token: Digest,
        person: Int64,
        at now: Timestamp
    ) async throws(StorageError) -> Result<Organisation, OrganisationRefusal> {
        try await writeCards { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM organisation_invites WHERE token = ?",
                arguments: [token.blob]
            )
            guard let invite = try row.map(OrganisationInvite.init(row:)), invite.uses > 0,
                invite.expires > now,
                let organisation = try Self.organisation(invite.organisation, database)
            else { return .failure(.badInvite) }
            let before = try Self.role(of: person, in: invite.organisation, database)
            if before == .admin || before == invite.role { return .success(organisation) }
            try database.execute(
                sql: "UPDATE organisation_invites SET uses = uses - 1 WHERE token = ?",
                arguments: [token.blob]
            )
            try Self.insertMember(person, invite.role, of: invite.organisation, at: now, database)
            guard let entered = try Self.organisation(invite.organisation, database) else {
                return .failure(.badInvite)
            }
            return .success(entered)
        }
    }

    static func insertMember(
        _ person: Int64,
        _ role: OrganisationMember.Role,
        of organisation: Int64,
        at now: Timestamp,
        _ database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO organisation_members (organisation, person, role, since)
                VALUES (?, ?, ?, ?) ON CONFLICT (organisation, person) DO UPDATE SET role = excluded.role
                """,
            arguments: [organisation, person, role.rawValue, now.integer]
        )
    }

    private static func role(
        of person: Int64,
        in organisation: Int64,
        _ database: Database
    ) throws -> OrganisationMember.Role? {
        try String.fetchOne(
            database,
            sql: "SELECT role FROM organisation_members WHERE person = ? AND organisation = ?",
            arguments: [person, organisation]
        ).flatMap(OrganisationMember.Role.init)
    }
}

extension OrganisationMember {
    fileprivate init(row: Row) throws {
        guard let role = Role(rawValue: row["role"]) else { throw StorageError.corrupt }
        self.init(
            id: row["id"],
            person: row["person"],
            shown: ShownCard(row: row),
            role: role,
            since: Timestamp(milliseconds: UInt64(clamping: row["since"] as Int64)),
            page: (row["page"] as Data?).flatMap { ProfilePage.ID(bytes: Array($0)) }
        )
    }
}

extension OrganisationInvite {
    fileprivate init(row: Row) throws {
        guard let token = Digest(bytes: Array(row["token"] as Data)),
            let role = OrganisationMember.Role(rawValue: row["role"])
        else { throw StorageError.corrupt }
        self.init(
            token: token,
            organisation: row["organisation"],
            role: role,
            uses: row["uses"],
            expires: Timestamp(milliseconds: UInt64(clamping: row["expires"] as Int64))
        )
    }
}
