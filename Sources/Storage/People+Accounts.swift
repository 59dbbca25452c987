public import Ledger
public import OpenSSL
import Foundation
import GRDB

extension People {
    /// The account with that contact; `nil` when there is none.
    public func account(of contact: String) async throws(StorageError) -> Account? {
        try await read { database in
            let sql = "SELECT * FROM accounts WHERE contact = ?"
            return try Row.fetchOne(database, sql: sql, arguments: [contact]).map(
                Account.init(row:)
            )
        }
    }

    /// The account of a person; `nil` for a guest. Well under a millisecond, on any thread.
    public func account(ofPerson person: Int64) throws(StorageError) -> Account? {
        try readNow { database in
            let sql = "SELECT * FROM accounts WHERE person = ?"
            return try Row.fetchOne(database, sql: sql, arguments: [person]).map(Account.init(row:))
        }
    }

    /// Makes an account: of `current` where they have none yet, so that their rooms stay theirs, or
    /// of a new person of that name.
    public func register(
        _ contact: String,
        password: String,
        named name: String,
        as current: Int64?,
        isOperator: Bool = false,
        at now: Timestamp
    ) async throws(StorageError) -> Registration {
        try await writeCards { database in
            guard try Self.isFree(contact, database) else { return .taken }
            var person: Person?
            if let current {
                let free = """
                    SELECT * FROM persons WHERE id = ?
                    AND NOT EXISTS (SELECT 1 FROM accounts WHERE person = id)
                    """
                person = try Row.fetchOne(database, sql: free, arguments: [current])
                    .map(Person.init(row:))
            }
            var owner = try person ?? Self.insert(Card(name: name), isOrganiser: false, database)
            if owner.name != name {
                owner.name = name
                try database.execute(
                    sql: "UPDATE persons SET name = ? WHERE id = ?",
                    arguments: [name, owner.id]
                )
            }
            try database.execute(
                sql: """
                    INSERT INTO accounts (person, contact, password, created)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [owner.id, contact, password, now.integer]
            )
            try Self.insertPage(ofPerson: owner.id, database)
            if isOperator {
                owner.isOperator = true
                try database.execute(
                    sql: "UPDATE persons SET operator = 1 WHERE id = ?",
                    arguments: [owner.id]
                )
            }
            return .made(owner)
        }
    }

    /// Sets a new password and ends the person's sign-ins but `kept`.
    /// - Returns: the sessions that ended.
    public func setPassword(
        _ password: String,
        of person: Int64,
        keeping kept: Digest?
    ) async throws(StorageError) -> [Digest] {
        try await write { database in
            try database.execute(
                sql: "UPDATE accounts SET password = ? WHERE person = ?",
                arguments: [password, person]
            )
            return try Self.endSessions(of: person, keeping: kept, database)
        }
    }

    /// Gives an account another contact; what waits for a code of the one before is void.
    /// - Returns: `false` where somebody has it already.
    public func setContact(
        _ contact: String,
        of person: Int64
    ) async throws(StorageError) -> Bool {
        try await write { database in
            guard try Self.isFree(contact, database) else { return false }
            try database.execute(
                sql: "DELETE FROM pending WHERE person = ? OR contact = ?",
                arguments: [person, contact]
            )
            try database.execute(
                sql: "UPDATE accounts SET contact = ? WHERE person = ?",
                arguments: [contact, person]
            )
            // What operators search by is made anew with the card.
            try database.execute(
                sql: "UPDATE persons SET name = name WHERE id = ?",
                arguments: [person]
            )
            return true
        }
    }

    private static func isFree(_ contact: String, _ database: Database) throws -> Bool {
        let taken = "SELECT 1 FROM accounts WHERE contact = ?"
        return try Row.fetchOne(database, sql: taken, arguments: [contact]) == nil
    }

    /// Sets what a person says of themselves.
    public func setProfile(_ profile: String, of person: Int64) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE accounts SET profile = ? WHERE person = ?",
                arguments: [profile, person]
            )
        }
    }

    /// Lets nobody sign in to it any more, or again; sign-ins end.
    public func setDisabled(
        _ isDisabled: Bool,
        of person: Int64
    ) async throws(StorageError) -> [Digest] {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE accounts SET disabled = ?1 WHERE person = ?2
                    AND NOT EXISTS (SELECT 1 FROM persons WHERE id = ?2 AND erasing = 1)
                    """,
                arguments: [isDisabled, person]
            )
            return isDisabled ? try Self.endSessions(of: person, keeping: nil, database) : []
        }
    }

    /// Whether they run the site, and whether they may make rooms; `nil` leaves it.
    public func setRole(
        isOperator: Bool?,
        isOrganiser: Bool?,
        of person: Int64
    ) async throws(StorageError) {
        try await write { database in
            if let isOperator {
                try database.execute(
                    sql: "UPDATE persons SET operator = ? WHERE id = ?",
                    arguments: [isOperator, person]
                )
            }
            if let isOrganiser {
                try database.execute(
                    sql: "UPDATE persons SET organiser = ? WHERE id = ?",
                    arguments: [isOrganiser, person]
                )
            }
        }
    }

    // MARK: Two steps

    /// Offers a secret; sign-in takes two steps when a code of it was seen.
    public func offerTwoStep(_ secret: [UInt8], to person: Int64) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE accounts SET totp = ? WHERE person = ? AND totp_on = 0",
                arguments: [Data(secret), person]
            )
        }
    }

    /// Turns two-step sign-in on, with the digests of its recovery codes; other sign-ins end.
    public func turnOnTwoStep(
        of person: Int64,
        usedStep: Int64,
        recovery: [Digest],
        keeping kept: Digest?
    ) async throws(StorageError) -> [Digest] {
        try await write { database in
            try database.execute(
                sql: "UPDATE accounts SET totp_on = 1, totp_step = ? WHERE person = ?",
                arguments: [usedStep, person]
            )
            try database.execute(
                sql: "DELETE FROM recovery_codes WHERE person = ?",
                arguments: [person]
            )
            for code in recovery {
                try database.execute(
                    sql: "INSERT INTO recovery_codes VALUES (?, ?)",
                    arguments: [person, code.blob]
                )
            }
            return try Self.endSessions(of: person, keeping: kept, database)
        }
    }

    /// Turns two-step sign-in off and forgets its secret and recovery codes.
    public func turnOffTwoStep(of person: Int64) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE accounts SET totp = NULL, totp_on = 0, totp_step = 0 WHERE person = ?
                    """,
                arguments: [person]
            )
            try database.execute(
                sql: "DELETE FROM recovery_codes WHERE person = ?",
                arguments: [person]
            )
        }
    }

    /// Uses a step's code up.
    /// - Returns: whether nobody has used it, or a later one, before.
    public func useStep(_ step: Int64, of person: Int64) async throws(StorageError) -> Bool {
        try await write { database in
            try database.execute(
                sql: "UPDATE accounts SET totp_step = ?1 WHERE person = ?2 AND totp_step < ?1",
                arguments: [step, person]
            )
            return database.changesCount == 1
        }
    }

    /// Uses a recovery code up.
    /// - Returns: whether it was one.
    public func useRecoveryCode(
        _ code: Digest,
        of person: Int64
    ) async throws(StorageError) -> Bool {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM recovery_codes WHERE person = ? AND code = ?",
                arguments: [person, code.blob]
            )
            return database.changesCount == 1
        }
    }

    /// How many recovery codes are left.
    public func recoveryCodes(of person: Int64) throws(StorageError) -> Int {
        try readNow { database in
            let sql = "SELECT count(*) FROM recovery_codes WHERE person = ?"
            return try Int.fetchOne(database, sql: sql, arguments: [person]) ?? 0
        }
    }
}

extension Account {
    init(row: Row) {
        self.init(
            person: row["person"],
            contact: row["contact"],
            password: row["password"],
            isDisabled: row["disabled"],
            created: Timestamp(milliseconds: UInt64(clamping: row["created"] as Int64)),
            totp: (row["totp"] as Data?).map { Array($0) },
            isTwoStep: row["totp_on"],
            lastStep: row["totp_step"],
            profile: row["profile"]
        )
    }
}

extension People {
    /// Whether a person may moderate any room.
    public func moderates(_ person: Int64) throws(StorageError) -> Bool {
        try readNow { database in
            let sql = "SELECT EXISTS (SELECT 1 FROM grants WHERE person = ? AND role = 'moderator')"
            return try Bool.fetchOne(database, sql: sql, arguments: [person]) ?? false
        }
    }
}
