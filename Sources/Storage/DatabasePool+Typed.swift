import GRDB

// What every file of ours that GRDB opens has alike: how it is opened, errors of our types, its end.
extension Configuration {
    /// Waits for others a while, and leaves nothing of what is deleted.
    static var erasing: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }
}

extension DatabasePool {
    func reading<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await read(body)
        } catch {
            throw StorageError(people: error)
        }
    }

    func writing<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await write(body)
        } catch {
            throw StorageError(people: error)
        }
    }

    /// Closes the file.
    /// - Throws: `busy` when something is still read or written.
    func closeFile() throws(StorageError) {
        try StorageError.typed {
            // Readers first: the last to close empties the write-ahead log, and they could not.
            invalidateReadOnlyConnections()
            try close()
        }
    }
}
