import GRDBSQLite
import Glibc
public import Ledger
public import OpenSSL

/// Why the data folder, or something in it, cannot be used.
public enum StorageError: Error, Hashable, Sendable {
    /// A later version of the program wrote it; both are numbers of the schema.
    case newer(found: Int, known: Int)
    /// Another process has the folder open; its process id, where it could be read.
    case locked(by: Int32?)
    /// It cannot be written to.
    case readOnly
    /// It is damaged, or is no database.
    case corrupt
    /// The disk, or the space given to the database, is full.
    case full
    /// Somebody else holds the database for longer than one waits.
    case busy
    /// There is no such folder, or it was never one of ours.
    case noData
    /// The key that the data was begun with is gone; the fingerprint it had.
    case keyMissing(Digest)
    /// The key file is of another key, or unreadable; the fingerprint it should have.
    case keyMismatch(expected: Digest)
    /// A server's name has 1 to 64 of `a-z A-Z 0-9 . _ -`.
    case serverName(String)
    /// There is no such room.
    case noSuchRoom(RoomID)
    /// The room is there already.
    case roomExists(RoomID)
    /// The room has no such event, or the event no such part.
    case noSuchPart(sequence: UInt64)
    /// It was closed.
    case closed
    /// The database refused; its extended result code.
    case sqlite(Int32)
    /// The operating system refused; its error number.
    case io(Int32)

    /// What a result code of SQLite means for whoever keeps data.
    init(sqlite code: Int32) {
        switch code & 0xff {
        case SQLITE_FULL: self = .full
        case SQLITE_READONLY, SQLITE_PERM: self = .readOnly
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
        default: self = .sqlite(code)
        }
    }

    /// What an error number of the operating system means for whoever keeps data.
    init(errno code: Int32) {
        switch code {
        case ENOSPC, EDQUOT: self = .full
        case EROFS, EACCES, EPERM: self = .readOnly
        default: self = .io(code)
        }
    }

    /// The same as the reason of a failed append.
    var reason: AppendFailure.Reason {
        switch self {
        case .full: .full
        case .readOnly: .readOnly
        case .busy, .locked: .busy
        case .corrupt, .newer: .corrupt
        case .closed: .closed
        case .noSuchRoom: .noSuchRoom
        case .sqlite(let code), .io(let code): .io(code)
        case .noData, .keyMissing, .keyMismatch, .serverName, .roomExists, .noSuchPart: .io(0)
        }
    }
}
