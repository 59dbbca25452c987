import Foundation
import GRDB
import Synchronization
public import Ledger
public import OpenSSL

/// Persons, their sessions and grants, invitations and file records: what may be erased and
/// therefore stands in no log. What a call changed is durable on return.
public final class People: Sendable {
    private let pool: DatabasePool
    private let cards = Atomic<UInt64>(0)

    /// Opens the people of a data folder that a running server may hold: for `luyan invite`.
    /// - Throws: `noData` when the folder is not one of ours yet.
    public convenience init(besideServer folder: String) throws(StorageError) {
        let path = folder + "/people.sqlite"
        guard try Files.exists(path) else { throw .noData }
        try self.init(path: path, synchronous: .full)
    }

    init(path: String, synchronous: Store.Synchronous) throws(StorageError) {
        pool = try StorageError.typed {
            let migrator = PeopleSchema.migrator
            if try Files.exists(path) { try Self.refuseNewer(path, migrator) }
            let pool = try DatabasePool(path: path, configuration: .erasing)
            // Not before: opening a pool sets it to NORMAL, which does not sync commits.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = \(synchronous.rawValue)")
            }
            try migrator.migrate(pool)
            return pool
        }
    }

    /// Looks before anything is written: what a later version made is left as it is.
    private static func refuseNewer(_ path: String, _ migrator: DatabaseMigrator) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let look = try DatabaseQueue(path: path, configuration: configuration)
        let (isNewer, applied) = try look.read { database in
            (
                try migrator.hasBeenSuperseded(database),
                try migrator.appliedIdentifiers(database).count
            )
        }
        try look.close()
        guard !isNewer else {
            throw StorageError.newer(found: applied, known: migrator.migrations.count)
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
        try await writeCards { database in
            try database.execute(
                sql: "UPDATE persons SET name = ?, organisation = ?, kind = ? WHERE id = ?",
                arguments: [card.name, card.organisation, card.kind, id]
            )
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

    /// Whose session it is, with their account where they have one; `nil` when there is none, or it has
    /// ended.
    ///
    /// Well under a millisecond, on any thread: a shard asks before it lets a socket in.
    public func session(
        _ token: Digest,
        at now: Timestamp
    ) throws(StorageError) -> (person: Person, account: Account?)? {
        try readNow { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT p.*, a.* FROM sessions s JOIN persons p ON s.person = p.id
                    LEFT JOIN accounts a ON a.person = p.id
                    WHERE s.token = ? AND s.expires > ?
                    """,
                arguments: [token.blob, now.integer]
            ).map { row in
                let isGuest = row["contact"] as String? == nil
                return (Person(row: row), isGuest ? nil : Account(row: row))
            }
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

    /// Takes away the sessions that have ended, and invitations and proofs of contact that ended unused.
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
            try database.execute(
                sql: "DELETE FROM pending WHERE expires <= ?",
                arguments: [now.integer]
            )
        }
    }

    /// What the person was invited to be in a room. Well under a millisecond, on any thread.
    public func grants(of person: Int64, in room: RoomID) throws(StorageError) -> [Grant] {
        try readNow { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT role, slot FROM grants WHERE person = ? AND room = ?",
                arguments: [person, room.blob]
            )
            return rows.map { row in
                let slot: String = row["slot"]
                return Grant(role: row["role"], slot: slot.isEmpty ? nil : slot)
            }
        }
    }

    /// The person may be that in the room from now on.
    public func give(
        _ grant: Grant,
        to person: Int64,
        in room: RoomID
    ) async throws(StorageError) {
        try await give(grant, to: person, in: [room])
    }

    /// The person may be that in all these rooms from now on.
    public func give(
        _ grant: Grant,
        to person: Int64,
        in rooms: [RoomID]
    ) async throws(StorageError) {
        try await write { database in
            for room in rooms { try Self.insert(grant, person, room, database) }
        }
    }

    /// Closes the file.
    /// - Throws: `busy` when something is still read or written.
    func close() throws(StorageError) { try pool.closeFile() }

    func readNow<Value>(
        _ body: (Database) throws -> Value
    ) throws(StorageError) -> Value {
        try StorageError.typed { try pool.read(body) }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        try await pool.reading(body)
    }

    /// Another number whenever what stands beside somebody's name may have changed. Read before the
    /// card it is kept with.
    public var cardsVersion: UInt64 { cards.load(ordering: .acquiring) }

    /// Writes what may change a card: whoever is answered after it speaks under the new one.
    func writeCards<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        let value = try await write(body)
        cards.add(1, ordering: .releasing)
        return value
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        try await pool.writing(body)
    }
}
