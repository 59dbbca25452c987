import Ledger
import OpenSSL

/// Who a data folder is: its server's name and key, and how often it was started.
struct Identity {
    let serverName: String
    let key: Ed25519PrivateKey
    /// Grows at each start, so that what an earlier process decided can be told apart.
    let epoch: UInt64

    /// Reads who the folder is and counts this start; the first start decides name and key.
    /// `name` is that for a first start; without one it is made at random.
    /// - Throws: `keyMissing` or `keyMismatch` when data and key file do not belong together.
    init(
        folder: String,
        name: String?,
        connection: Connection
    ) throws(StorageError) {
        let kept = try Self.value("key", connection).flatMap { Hex.decode($0) }
        let found = try KeyFile.read(folder: folder)
        switch (kept, found) {
        case (nil, let found?): key = found
        case (nil, nil): key = try KeyFile.make(folder: folder)
        case (let kept?, nil): throw .keyMissing(SHA256.hash(kept))
        case (let kept?, let found?):
            guard found.publicKey.raw == kept else {
                throw .keyMismatch(expected: SHA256.hash(kept))
            }
            key = found
        }
        let raw = Hex.encode(key.publicKey.raw)
        let first = if let name { name } else { try Self.randomName() }
        guard Checkpoint.isServerName(first) else { throw .serverName(first) }
        (serverName, epoch) = try connection.transaction { () throws(StorageError) in
            try Self.insert("key", raw, connection)
            try Self.insert("server", first, connection)
            try connection.execute(
                """
                INSERT INTO meta VALUES ('epoch', 1)
                ON CONFLICT (name) DO UPDATE SET value = value + 1
                """
            )
            let epoch = try connection.integer("SELECT value FROM meta WHERE name = 'epoch'")
            return (try Self.value("server", connection) ?? first, UInt64(clamping: epoch))
        }
    }

    private static func value(
        _ name: String,
        _ connection: Connection
    ) throws(StorageError) -> String? {
        let statement = try connection.prepare("SELECT value FROM meta WHERE name = ?")
        statement.bind(name, at: 1)
        return try statement.step() ? statement.text(0) : nil
    }

    /// Keeps a value unless there is one of that name.
    private static func insert(
        _ name: String,
        _ value: String,
        _ connection: Connection
    ) throws(StorageError) {
        let statement = try connection.prepare("INSERT OR IGNORE INTO meta VALUES (?, ?)")
        statement.bind(name, at: 1)
        statement.bind(value, at: 2)
        _ = try statement.run()
    }

    private static func randomName() throws(StorageError) -> String {
        do {
            return "luyan-" + Hex.encode(try SecureRandom.bytes(4))
        } catch {
            throw .io(0)
        }
    }
}
