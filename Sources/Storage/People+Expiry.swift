import Foundation
import GRDB
public import Ledger
public import OpenSSL

extension People {
    /// Forgets what is kept beside a room's log: its files with their words, the notes to its slides,
    /// its codes, and links into it.
    /// - Returns: the files that the room had.
    public func forgetRecord(of room: RoomID) async throws(StorageError) -> [Digest] {
        try await write { database in
            let files = try Data.fetchAll(
                database,
                sql: "SELECT digest FROM files WHERE room = ?",
                arguments: [room.blob]
            )
            for table in ["files", "slide_notes", "entry_codes", "hall_codes", "invites"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE room = ?",
                    arguments: [room.blob]
                )
            }
            return files.compactMap { Digest(bytes: [UInt8]($0)) }
        }
    }
}
