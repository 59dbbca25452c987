import GRDBSQLite
import Ledger
import OpenSSL

/// One connection of SQLite's C API. It belongs to whoever made it; it is closed with it.
final class Connection {
    enum Mode {
        case readWrite
        case readOnly
        /// The file cannot change under us: no lock is taken and no other file is looked at.
        case immutable
    }

    private let handle: OpaquePointer

    init(path: String, mode: Mode) throws(StorageError) {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(Self.uri(of: path, mode), &handle, Self.flags(of: mode), nil)
        guard code == SQLITE_OK, let handle else {
            let extended = sqlite3_extended_errcode(handle)
            sqlite3_close_v2(handle)
            throw StorageError(sqlite: handle == nil ? code : extended)
        }
        self.handle = handle
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 2_000)
    }

    deinit { sqlite3_close_v2(handle) }

    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs one or more statements and forgets their rows.
    func execute(_ sql: String) throws(StorageError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw StorageError(sqlite: code) }
    }

    /// Prepares one statement for many runs.
    func prepare(_ sql: String) throws(StorageError) -> Statement {
        var statement: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let code = sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nil)
        guard code == SQLITE_OK, let statement else { throw StorageError(sqlite: code) }
        return Statement(statement)
    }

    /// The first column of the first row; 0 when there is none.
    func integer(_ sql: String) throws(StorageError) -> Int64 {
        let statement = try prepare(sql)
        return try statement.step() ? statement.integer(0) : 0
    }

    /// Does all of the body or nothing of it.
    func transaction<Value>(
        _ body: () throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try execute("BEGIN IMMEDIATE")
        do throws(StorageError) {
            let value = try body()
            try execute("COMMIT")
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends a transaction that failed; many failures have ended it already.
    func rollBack() {
        guard isInTransaction else { return }
        sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    }

    /// Moves all that the write-ahead log holds into the database, durably, and empties the log.
    /// - Throws: `busy` when a reader still needs it.
    func checkpoint() throws(StorageError) {
        let code = sqlite3_wal_checkpoint_v2(
            handle,
            nil,
            SQLITE_CHECKPOINT_TRUNCATE,
            nil,
            nil
        )
        guard code == SQLITE_OK else { throw StorageError(sqlite: code) }
    }

    private static func flags(of mode: Mode) -> Int32 {
        let common = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
        return switch mode {
        case .readWrite: common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .readOnly, .immutable: common | SQLITE_OPEN_READONLY
        }
    }

    private static func uri(of path: String, _ mode: Mode) -> String {
        let escaped = path.utf8.map { byte -> String in
            switch byte {
            case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0x80...:
                "%" + Hex.encode([byte])
            default: String(UnicodeScalar(byte))
            }
        }
        let query = mode == .immutable ? "?immutable=1" : ""
        return "file:" + escaped.joined() + query
    }
}

/// One prepared statement. Bind, step, read the columns, reset.
final class Statement {
    private let handle: OpaquePointer
    // SQLITE_TRANSIENT, a macro that Swift cannot see: SQLite copies what is bound.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { sqlite3_finalize(handle) }

    func bind(_ value: Int64, at place: Int32) { sqlite3_bind_int64(handle, place, value) }

    func bind(_ value: [UInt8], at place: Int32) {
        sqlite3_bind_blob64(handle, place, value, UInt64(value.count), Self.copied)
    }

    func bind(_ value: String?, at place: Int32) {
        guard var value else {
            sqlite3_bind_null(handle, place)
            return
        }
        value.withUTF8 { text in
            _ = text.withMemoryRebound(to: CChar.self) { bytes in
                sqlite3_bind_text64(
                    handle,
                    place,
                    bytes.baseAddress,
                    UInt64(bytes.count),
                    Self.copied,
                    UInt8(SQLITE_UTF8)
                )
            }
        }
    }

    /// Runs to the next row.
    /// - Returns: whether there is one; without one the statement is reset.
    func step() throws(StorageError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        case let code:
            sqlite3_reset(handle)
            throw StorageError(sqlite: code)
        }
    }

    /// Runs a statement that gives no row.
    /// - Returns: `false` when a constraint stands against it.
    func run() throws(StorageError) -> Bool {
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        if code == SQLITE_DONE || code == SQLITE_ROW { return true }
        if code & 0xff == SQLITE_CONSTRAINT { return false }
        throw StorageError(sqlite: code)
    }

    func reset() { sqlite3_reset(handle) }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        let count = Int(sqlite3_column_bytes(handle, column))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    func text(_ column: Int32) -> String? {
        guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        return String(decoding: bytes(column), as: UTF8.self)
    }
}
