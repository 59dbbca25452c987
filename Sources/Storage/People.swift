import Foundation
import GRDB
public import Ledger
public import OpenSSL

/// Persons, their sessions and memberships, invitations and file records: what may be erased and
/// therefore stands in no log. What a call changed is durable on return.
public final class People: Sendable {
    private let pool: DatabasePool

    init(path: String, synchronous: Store.Synchronous) throws(StorageError) {
        pool = try StorageError.typed {
            var configuration = Configuration()
            configuration.busyMode = .timeout(2)
            configuration.prepareDatabase { database in
                try database.execute(
                    sql: """
                        PRAGMA synchronous = \(synchronous.rawValue);
                        PRAGMA secure_delete = ON;
                        """
                )
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            let migrator = PeopleSchema.migrator
            if try pool.read(migrator.hasBeenSuperseded) {
                let applied = try pool.read(migrator.appliedIdentifiers).count
                throw StorageError.newer(found: applied, known: migrator.migrations.count)
            }
            try migrator.migrate(pool)
            return pool
        }
    }

    /// Adds a person.
    public func add(_ card: Card, isOrganiser: Bool = false) async throws(StorageError) -> Person {
        try await write { try Self.insert(card, isOrganiser: isOrganiser, $0) }
    }

    /// A person; `nil` when there is none of that number.
    public func person(_ id: Int64) async throws(StorageError) -> Person? {
        try await read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM persons WHERE id = ?", arguments: [id])
                .map(Person.init(row:))
        }
    }

    /// Changes what a person says of themselves.
    public func update(_ id: Int64, _ card: Card) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE persons SET name = ?, organisation = ?, kind = ? WHERE id = ?",
                arguments: [card.name, card.organisation, card.kind, id]
            )
        }
    }

    /// Takes a person away, with their sessions and memberships: who a member was is then unknown.
    public func erase(_ id: Int64) async throws(StorageError) {
        try await write { database in
            try database.execute(sql: "DELETE FROM persons WHERE id = ?", arguments: [id])
        }
    }

    /// Opens a session; of its token only the digest is kept.
    public func openSession(
        _ token: Digest,
        of person: Int64,
        until expires: Timestamp
    ) async throws(StorageError) {
        try await write { try Self.insertSession(token, person, expires, $0) }
    }

    /// Whose session it is; `nil` when there is none, or it has ended.
    public func session(_ token: Digest, at now: Timestamp) async throws(StorageError) -> Person? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT persons.* FROM sessions JOIN persons ON person = id
                    WHERE token = ? AND expires > ?
                    """,
                arguments: [token.blob, now.integer]
            ).map(Person.init(row:))
        }
    }

    /// Ends a session.
    public func endSession(_ token: Digest) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM sessions WHERE token = ?",
                arguments: [token.blob]
            )
        }
    }

    /// Takes away the sessions that have ended, and invitations that ended unused.
    public func removeExpired(at now: Timestamp) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM sessions WHERE expires <= ?",
                arguments: [now.integer]
            )
            try database.execute(
                sql: "DELETE FROM invites WHERE expires <= ? AND used IS NULL",
                arguments: [now.integer]
            )
        }
    }

    /// The person's member id in a room; the one that is given becomes it if there is none.
    public func member(
        for person: Int64,
        in room: RoomID,
        orMake new: MemberID
    ) async throws(StorageError) -> MemberID {
        try await write { database in
            if let kept = try Self.member(person, room, database) { return kept }
            try database.execute(
                sql: "INSERT INTO memberships VALUES (?, ?, ?)",
                arguments: [room.blob, person, Data(new.bytes)]
            )
            return new
        }
    }

    /// The person's member id in a room; `nil` when they were never in it.
    public func member(
        of person: Int64,
        in room: RoomID
    ) async throws(StorageError) -> MemberID? {
        try await read { try Self.member(person, room, $0) }
    }

    /// Who a member of a room is; `nil` when that is not known, or no more.
    public func person(
        behind member: MemberID,
        in room: RoomID
    ) async throws(StorageError) -> Person? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT persons.* FROM memberships JOIN persons ON person = id
                    WHERE room = ? AND member = ?
                    """,
                arguments: [room.blob, Data(member.bytes)]
            ).map(Person.init(row:))
        }
    }

    /// Closes the file.
    /// - Throws: `busy` when something is still read or written.
    func close() throws(StorageError) {
        try StorageError.typed { try pool.close() }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw StorageError(people: error)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw StorageError(people: error)
        }
    }
}
