import Foundation
import GRDB
public import Ledger
public import OpenSSL

extension People {
    /// Gives out an invitation.
    public func add(_ invite: Invite) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO invites (token, room, role, slot, name, expires, uses)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    invite.token.blob, invite.room?.blob, invite.role, invite.slot, invite.name,
                    invite.expires.integer, invite.uses,
                ]
            )
        }
    }

    /// Uses an invitation up: once, however many bring its token at the same moment. Whoever brings
    /// it gets a session; they stay who they are if they had one, and become a new person if not.
    ///
    /// `token` is SHA-256 of the token that was brought, `current` who brings it when they are signed
    /// in, `name` what they call themselves, before the name on the invitation; `session` is SHA-256
    /// of the new session's token, and when that session ends.
    public func redeem(
        _ token: Digest,
        by current: Person?,
        named name: String?,
        session: (token: Digest, expires: Timestamp),
        at now: Timestamp
    ) async throws(StorageError) -> Redemption {
        try await write { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT * FROM invites WHERE token = ?",
                    arguments: [token.blob]
                )
            else { return .unknown }
            let isRepeated = try Self.wasUsed(row, by: current, database)
            let (count, uses): (Int64, Int64) = (row["count"], row["uses"])
            guard isRepeated || count < uses else { return .used }
            let invite = try Invite(row: row, token: token)
            guard invite.expires > now, !(row["revoked"] as Bool) else { return .expired }
            guard current != nil || name != nil || invite.name != nil else { return .needsName }
            try database.execute(
                sql: "UPDATE invites SET used = ?, count = count + ? WHERE token = ?",
                arguments: [now.integer, isRepeated ? 0 : 1, token.blob]
            )
            var person: Person
            if let current {
                person = current
            } else {
                let card = Card(name: name ?? invite.name ?? "")
                person = try Self.insert(card, isOrganiser: false, database)
            }
            if invite.room == nil {
                person.isOrganiser = true
                person.isOperator = person.isOperator || invite.role == "operator"
                try database.execute(
                    sql: "UPDATE persons SET organiser = 1, operator = ? WHERE id = ?",
                    arguments: [person.isOperator, person.id]
                )
            }
            if let room = invite.room {
                let grant = Grant(role: invite.role, slot: invite.slot)
                try Self.insert(grant, person.id, room, database)
            }
            try Self.insertSession(session.token, person.id, session.expires, database)
            return .redeemed(invite, by: person)
        }
    }

    /// Notes a file of a room; a second time changes nothing.
    /// - Returns: `false` when the room has as many as it may have, and this is not one of them.
    public func add(_ file: FileRecord, upTo limit: Int) async throws(StorageError) -> Bool {
        try await write { database in
            // Counted where it is written: however many come at once, the limit holds.
            let (room, digest) = (file.room.blob, file.digest.blob)
            let same = "SELECT EXISTS (SELECT 1 FROM files WHERE room = ? AND digest = ?)"
            if try Bool.fetchOne(database, sql: same, arguments: [room, digest]) == true {
                return true
            }
            let all = "SELECT count(*) FROM files WHERE room = ?"
            guard try Int.fetchOne(database, sql: all, arguments: [room]) ?? 0 < limit else {
                return false
            }
            try database.execute(
                sql: """
                    INSERT INTO files (room, digest, type, width, height, size)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [room, digest, file.type, file.width, file.height, file.size]
            )
            return true
        }
    }

    /// What is known of a room's file; `nil` when the room has none of that digest.
    public func file(
        _ digest: Digest,
        in room: RoomID
    ) throws(StorageError) -> FileRecord? {
        try readNow { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM files WHERE room = ? AND digest = ?",
                arguments: [room.blob, digest.blob]
            )
            return row.map { row in
                FileRecord(
                    room: room,
                    digest: digest,
                    type: row["type"],
                    width: row["width"],
                    height: row["height"],
                    size: row["size"]
                )
            }
        }
    }

    /// How many files a room has.
    public func fileCount(in room: RoomID) throws(StorageError) -> Int {
        try readNow { database in
            let sql = "SELECT count(*) FROM files WHERE room = ?"
            return try Int.fetchOne(database, sql: sql, arguments: [room.blob]) ?? 0
        }
    }

    static func insert(_ card: Card, isOrganiser: Bool, _ database: Database) throws -> Person {
        let secret = try SecureRandom.bytes(32)
        try database.execute(
            sql: """
                INSERT INTO persons (name, organisation, kind, organiser, secret)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [card.name, card.organisation, card.kind, isOrganiser, Data(secret)]
        )
        return Person(
            id: database.lastInsertedRowID,
            name: card.name,
            organisation: card.organisation,
            kind: card.kind,
            isOrganiser: isOrganiser,
            secret: secret
        )
    }

    static func insertSession(
        _ token: Digest,
        _ person: Int64,
        _ expires: Timestamp,
        _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO sessions (token, person, expires) VALUES (?, ?, ?)",
            arguments: [token.blob, person, expires.integer]
        )
    }

    static func insert(
        _ grant: Grant,
        _ person: Int64,
        _ room: RoomID,
        _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT OR IGNORE INTO grants VALUES (?, ?, ?, ?)",
            arguments: [person, room.blob, grant.role, grant.slot ?? ""]
        )
    }
}

extension Person {
    init(row: Row) {
        self.init(
            id: row["id"],
            name: row["name"],
            organisation: row["organisation"],
            kind: row["kind"],
            isOrganiser: row["organiser"],
            isOperator: row["operator"],
            secret: Array(row["secret"] as Data)
        )
    }
}

extension Invite {
    init(row: Row, token: Digest) throws {
        var room: RoomID?
        if let bytes = row["room"] as Data? {
            guard let id = RoomID(bytes: Array(bytes)) else { throw StorageError.corrupt }
            room = id
        }
        self.init(
            token: token,
            room: room,
            role: row["role"],
            slot: row["slot"],
            name: row["name"],
            expires: Timestamp(milliseconds: UInt64(clamping: row["expires"] as Int64)),
            uses: row["uses"]
        )
    }
}

extension StorageError {
    /// What an error of the library means for whoever keeps data.
    init(people error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case let error as DatabaseError: self.init(sqlite: error.extendedResultCode.rawValue)
        default: self = .closed
        }
    }

    static func typed<Value>(_ body: () throws -> Value) throws(StorageError) -> Value {
        do {
            return try body()
        } catch {
            throw StorageError(people: error)
        }
    }
}

extension Digest {
    var blob: Data { Data(bytes) }
}

extension RoomID {
    var blob: Data { Data(bytes) }
}

extension Timestamp {
    var integer: Int64 { Int64(clamping: milliseconds) }
}
