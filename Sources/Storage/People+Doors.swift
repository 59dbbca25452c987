import Foundation
import GRDB
public import Ledger
public import OpenSSL

/// An invitation as its makers see it: without its token, which nobody keeps.
public struct InviteRecord: Hashable, Sendable {
    /// The first 16 hex digits of SHA-256 of its token.
    public let id: String
    public let invite: Invite
    /// How many it has let in.
    public let count: Int
    public let isRevoked: Bool

    public static func id(of token: Digest) -> String {
        String(token.hex.prefix(16))
    }
}

extension Grant {
    /// Not a role: the person gave the room's entry code.
    public static let passed = "passed"
}

extension PeopleSchema {
    /// Links of several uses that can be revoked, and entry codes.
    static func registerAdmission(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("admission") { database in
            try database.execute(
                sql: """
                    ALTER TABLE invites ADD COLUMN uses INTEGER NOT NULL DEFAULT 1;
                    ALTER TABLE invites ADD COLUMN count INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE invites ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0;
                    UPDATE invites SET count = 1 WHERE used IS NOT NULL;
                    CREATE INDEX invites_by_room ON invites (room);
                    CREATE TABLE entry_codes (
                        room BLOB PRIMARY KEY,
                        code TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """
            )
        }
    }

    /// Codes shown in halls.
    static func registerHalls(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("halls") { database in
            try database.execute(
                sql: """
                    CREATE TABLE hall_codes (
                        room BLOB PRIMARY KEY,
                        code TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """
            )
        }
    }
}

extension People {
    /// Whether that person has what the link gives already: it costs no use then.
    static func wasUsed(_ row: Row, by person: Person?, _ database: Database) throws -> Bool {
        guard let person, let room = row["room"] as Data?, row["used"] as Int64? != nil,
            (row["uses"] as Int64) > 1
        else { return false }
        let slot: String? = row["slot"]
        return try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM grants
                    WHERE person = ? AND room = ? AND role = ? AND slot = ?)
                """,
            arguments: [person.id, room, row["role"] as String, slot ?? ""]
        ) ?? false
    }

    /// A room's invitations, those that end last first; at most 500.
    public func invites(to room: RoomID) async throws(StorageError) -> [InviteRecord] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT * FROM invites WHERE room = ? ORDER BY expires DESC LIMIT 500",
                arguments: [room.blob]
            )
            return try rows.map { row in
                guard let token = Digest(bytes: Array(row["token"] as Data)) else {
                    throw StorageError.corrupt
                }
                return InviteRecord(
                    id: InviteRecord.id(of: token),
                    invite: try Invite(row: row, token: token),
                    count: row["count"],
                    isRevoked: row["revoked"]
                )
            }
        }
    }

    /// The link lets nobody in any more; who came by it stays.
    /// - Returns: whether the room has such a link.
    public func revokeInvite(_ id: String, to room: RoomID) async throws(StorageError) -> Bool {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE invites SET revoked = 1
                    WHERE room = ? AND substr(lower(hex(token)), 1, 16) = ?
                    """,
                arguments: [room.blob, id]
            )
            return database.changesCount > 0
        }
    }

    /// The room's entry code; `nil` where it has none.
    public func entryCode(of room: RoomID) async throws(StorageError) -> String? {
        try await code(of: room, in: "entry_codes")
    }

    /// The code of the room's hall, by which people check in; `nil` where nobody asked for one.
    public func hallCode(of room: RoomID) async throws(StorageError) -> String? {
        try await code(of: room, in: "hall_codes")
    }

    private func code(of room: RoomID, in table: String) async throws(StorageError) -> String? {
        try await read { database in
            try String.fetchOne(
                database,
                sql: "SELECT code FROM \(table) WHERE room = ?",
                arguments: [room.blob]
            )
        }
    }

    /// That is the hall's code from now on, where it has none.
    public func makeHallCode(_ code: String, of room: RoomID) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO hall_codes VALUES (?, ?)",
                arguments: [room.blob, code]
            )
        }
    }

    /// The room's entry code is that from now on.
    public func setEntryCode(_ code: String, of room: RoomID) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO entry_codes VALUES (?, ?)",
                arguments: [room.blob, code]
            )
        }
    }
}
