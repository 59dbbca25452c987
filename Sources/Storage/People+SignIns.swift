public import Ledger
public import OpenSSL
import Foundation
import GRDB

extension People {
    /// Opens a session of a person, with what is told of it in their list of sign-ins.
    public func open(_ session: NewSession, of person: Int64) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO sessions (token, person, expires, opened, seen, device, address)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    session.token.blob, person, session.expires.integer, session.opened.integer,
                    session.opened.integer, session.device, session.address,
                ]
            )
        }
    }

    /// A person's sign-ins, the last used first; at most 200.
    public func signIns(
        of person: Int64,
        at now: Timestamp
    ) async throws(StorageError) -> [SignIn] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sessions WHERE person = ? AND expires > ?
                    ORDER BY seen DESC LIMIT 200
                    """,
                arguments: [person, now.integer]
            )
            return try rows.map(SignIn.init(row:))
        }
    }

    /// Notes that a session is used, when the last note is more than ten minutes old.
    public func see(_ token: Digest, at now: Timestamp) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE sessions SET seen = ?1 WHERE token = ?2 AND seen < ?1 - 600000",
                arguments: [now.integer, token.blob]
            )
        }
    }

    /// Ends one of a person's own sessions.
    public func endSession(_ token: Digest, of person: Int64) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM sessions WHERE token = ? AND person = ?",
                arguments: [token.blob, person]
            )
        }
    }

    /// Ends a person's sessions but `kept`.
    /// - Returns: those that ended.
    public func endSessions(
        of person: Int64,
        keeping kept: Digest?
    ) async throws(StorageError) -> [Digest] {
        try await write { try Self.endSessions(of: person, keeping: kept, $0) }
    }

    static func endSessions(
        of person: Int64,
        keeping kept: Digest?,
        _ database: Database
    ) throws -> [Digest] {
        let rows = try Data.fetchAll(
            database,
            sql: "DELETE FROM sessions WHERE person = ? AND token IS NOT ? RETURNING token",
            arguments: [person, kept?.blob]
        )
        return rows.compactMap { Digest(bytes: Array($0)) }
    }

    /// Whether the account with that contact has a sign-in from that address that has not ended.
    public func isSignedIn(
        _ contact: String,
        from address: String,
        at now: Timestamp
    ) async throws(StorageError) -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM accounts a JOIN sessions s ON s.person = a.person
                        WHERE a.contact = ? AND s.address = ? AND s.expires > ?)
                    """,
                arguments: [contact, address, now.integer]
            ) ?? false
        }
    }

    // MARK: What waits for a code

    /// Keeps what waits for a code.
    public func add(_ pending: Pending) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
                arguments: [
                    pending.token.blob, pending.purpose.rawValue, pending.contact, pending.name,
                    pending.password, pending.person, pending.code?.blob, pending.expires.integer,
                ]
            )
        }
    }

    /// What waits under a token, with one of its tries counted: `nil` when there is none, it is
    /// over, or it was tried `limit` times.
    public func pending(
        _ token: Digest,
        for purpose: Pending.Purpose,
        tries limit: Int,
        at now: Timestamp
    ) async throws(StorageError) -> Pending? {
        try await write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    UPDATE pending SET tries = tries + 1
                    WHERE token = ? AND purpose = ? AND expires > ? AND tries < ? RETURNING *
                    """,
                arguments: [token.blob, purpose.rawValue, now.integer, limit]
            )
            return try row.map { try Pending(row: $0, token: token, purpose: purpose) }
        }
    }

    /// Uses it up.
    /// - Returns: whether it was still there: of several at once, one succeeds.
    public func use(pending token: Digest) async throws(StorageError) -> Bool {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM pending WHERE token = ?",
                arguments: [token.blob]
            )
            return database.changesCount == 1
        }
    }
}

extension SignIn {
    fileprivate init(row: Row) throws {
        func time(_ name: String) -> Timestamp {
            Timestamp(milliseconds: UInt64(clamping: row[name] as Int64))
        }
        guard let token = Digest(bytes: Array(row["token"] as Data)) else {
            throw StorageError.corrupt
        }
        self.init(
            token: token,
            opened: time("opened"),
            seen: time("seen"),
            expires: time("expires"),
            device: row["device"],
            address: row["address"]
        )
    }
}

extension Pending {
    fileprivate init(row: Row, token: Digest, purpose: Purpose) throws {
        self.init(
            token: token,
            purpose: purpose,
            contact: row["contact"],
            name: row["name"],
            password: row["password"],
            person: row["person"],
            code: (row["code"] as Data?).flatMap { Digest(bytes: Array($0)) },
            expires: Timestamp(milliseconds: UInt64(clamping: row["expires"] as Int64))
        )
    }
}
