import Foundation
import GRDB
public import Ledger

extension People {
    /// Organisations above one another, at most.
    public static let organisationDepth = 8
    /// Organisations that one person administers, at most.
    public static let organisationLimit = 20

    /// Makes an organisation, whose first administrator the person is.
    /// - Throws: `OrganisationRefusal` in the result's failure: `tooMany`, `noSuchOrganisation` (the
    ///   parent), `circular` (too many above).
    public func found(
        _ profile: Organisation.Profile,
        below parent: Int64?,
        by person: Int64,
        at now: Timestamp
    ) async throws(StorageError) -> Result<Organisation, OrganisationRefusal> {
        try await writeCards { database in
            let administered =
                try Int.fetchOne(
                    database,
                    sql: """
                        SELECT count(*) FROM organisation_members
                        WHERE person = ? AND role = 'admin'
                        """,
                    arguments: [person]
                ) ?? 0
            guard administered < Self.organisationLimit else {
                return .failure(.tooMany(limit: Self.organisationLimit))
            }
            if let refusal = try Self.refusal(of: parent, above: nil, database) {
                return .failure(refusal)
            }
            try database.execute(
                sql: """
                    INSERT INTO organisations
                    (name, english_name, kind, level, region, introduction, website, parent, since)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: profile.arguments + [parent, now.integer]
            )
            let id = database.lastInsertedRowID
            try Self.insertMember(person, .admin, of: id, at: now, database)
            guard let made = try Self.organisation(id, database) else {
                return .failure(.noSuchOrganisation)
            }
            return .success(made)
        }
    }

    /// Changes what an organisation says of itself. A new name has to be verified anew.
    public func change(
        _ id: Int64,
        to profile: Organisation.Profile,
        below parent: Int64?,
        at now: Timestamp
    ) async throws(StorageError) -> Result<Organisation, OrganisationRefusal> {
        try await writeCards { database in
            guard let before = try Self.organisation(id, database) else {
                return .failure(.noSuchOrganisation)
            }
            if let refusal = try Self.refusal(of: parent, above: id, database) {
                return .failure(refusal)
            }
            try database.execute(
                sql: """
                    UPDATE organisations SET name = ?, english_name = ?, kind = ?, level = ?,
                    region = ?, introduction = ?, website = ?, parent = ? WHERE id = ?
                    """,
                arguments: profile.arguments + [parent, id]
            )
            let isRenamed =
                before.profile.name != profile.name
                || before.profile.englishName != profile.englishName
                || before.profile.kind != profile.kind || before.parent != parent
            if isRenamed, before.standing == .verified {
                try Self.set(.requested, because: nil, of: id, at: now, database)
            }
            guard let changed = try Self.organisation(id, database) else {
                return .failure(.noSuchOrganisation)
            }
            return .success(changed)
        }
    }

    /// Says whether somebody vouches for an organisation.
    public func set(
        _ standing: Organisation.Standing,
        because reason: String? = nil,
        of id: Int64,
        at now: Timestamp
    ) async throws(StorageError) -> Organisation? {
        try await writeCards { database in
            try Self.set(standing, because: reason, of: id, at: now, database)
            return try Self.organisation(id, database)
        }
    }

    /// An organisation; `nil` when there is none of that number.
    public func organisation(_ id: Int64) async throws(StorageError) -> Organisation? {
        try await read { try Self.organisation(id, $0) }
    }

    /// The regions of organisations, of those that say one.
    public func regions(of ids: Set<Int64>) async throws(StorageError) -> [Int64: String] {
        try await read { database in
            var regions: [Int64: String] = [:]
            let sql = "SELECT region FROM organisations WHERE id = ? AND region IS NOT NULL"
            let statement = try database.cachedStatement(sql: sql)
            for id in ids { regions[id] = try String.fetchOne(statement, arguments: [id]) }
            return regions
        }
    }

    /// A page of those that a query is for, by name, and how many there are in all.
    public func organisations(
        _ query: OrganisationQuery
    ) async throws(StorageError) -> (found: [Organisation], count: Int) {
        try await read { database in
            let (condition, arguments) = query.condition
            let found = try Row.fetchAll(
                database,
                sql: Self.selection + " WHERE \(condition) ORDER BY name, id LIMIT ? OFFSET ?",
                arguments: arguments + [query.limit, query.offset]
            )
            let count = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM organisations WHERE \(condition)",
                arguments: arguments
            )
            return (try found.map(Organisation.init(row:)), count ?? 0)
        }
    }

    /// The verified organisations that a person is in, by name, at most 100.
    public func verifiedOrganisations(
        of person: Int64
    ) async throws(StorageError) -> [Organisation] {
        try await read { database in
            try Self.organisations(
                where: """
                    standing = 'verified'
                    AND id IN (SELECT organisation FROM organisation_members WHERE person = ?)
                    """,
                arguments: [person],
                limit: 100,
                database
            )
        }
    }

    private static let selection = """
        SELECT *, (SELECT count(*) FROM organisation_members WHERE organisation = organisations.id)
        AS size FROM organisations
        """

    static func organisations(
        where condition: String,
        arguments: StatementArguments,
        limit: Int,
        _ database: Database
    ) throws -> [Organisation] {
        try Row.fetchAll(
            database,
            sql: selection + " WHERE \(condition) ORDER BY name, id LIMIT ?",
            arguments: arguments + [limit]
        ).map(Organisation.init(row:))
    }

    static func organisation(_ id: Int64, _ database: Database) throws -> Organisation? {
        try Row.fetchOne(database, sql: selection + " WHERE id = ?", arguments: [id])
            .map(Organisation.init(row:))
    }

    private static func set(
        _ standing: Organisation.Standing,
        because reason: String?,
        of id: Int64,
        at now: Timestamp,
        _ database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE organisations SET standing = ?, reason = ?, since = ? WHERE id = ?",
            arguments: [standing.rawValue, reason, now.integer, id]
        )
    }

    /// Why `parent` cannot stand above `child`: it must be there, not below the child, and not too deep.
    private static func refusal(
        of parent: Int64?,
        above child: Int64?,
        _ database: Database
    ) throws -> OrganisationRefusal? {
        var next = parent
        for _ in 0..<organisationDepth {
            guard let id = next else { return nil }
            guard id != child else { return .circular }
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT parent FROM organisations WHERE id = ?",
                    arguments: [id]
                )
            else { return .noSuchOrganisation }
            next = row["parent"]
        }
        return next == nil ? nil : .circular
    }
}

extension Organisation.Profile {
    fileprivate var arguments: StatementArguments {
        [name, englishName, kind, level, region, introduction, website]
    }
}

extension Organisation {
    fileprivate init(row: Row) throws {
        guard let standing = Standing(rawValue: row["standing"]) else {
            throw StorageError.corrupt
        }
        self.init(
            id: row["id"],
            profile: Profile(
                name: row["name"],
                englishName: row["english_name"],
                kind: row["kind"],
                level: row["level"],
                region: row["region"],
                introduction: row["introduction"],
                website: row["website"]
            ),
            parent: row["parent"],
            standing: standing,
            reason: row["reason"],
            since: Timestamp(milliseconds: UInt64(clamping: row["since"] as Int64)),
            size: row["size"]
        )
    }
}

extension OrganisationQuery {
    /// The condition on a row of `organisations`, with its arguments.
    fileprivate var condition: (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments: StatementArguments = []
        if let standing {
            parts.append("standing = ?")
            arguments += [standing.rawValue]
        } else {
            parts.append(
                """
                (standing = 'verified' OR id IN
                (SELECT organisation FROM organisation_members WHERE person = ?))
                """
            )
            arguments += [person]
        }
        if let kind {
            parts.append("kind = ?")
            arguments += [kind]
        }
        if !regionPrefix.isEmpty {
            parts.append("substr(region, 1, ?) = ?")
            arguments += [regionPrefix.utf8.count, regionPrefix]
        }
        if !text.isEmpty {
            parts.append("(instr(lower(name), ?) OR instr(lower(ifnull(english_name, '')), ?))")
            arguments += [text.lowercased(), text.lowercased()]
        }
        return (parts.joined(separator: " AND "), arguments)
    }
}
