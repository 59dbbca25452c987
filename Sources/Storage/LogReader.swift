import Ledger

/// Reads logs beside the writer, on a connection and a queue of its own: a long read keeps no
/// append waiting.
actor LogReader {
    private nonisolated let executor = QueueExecutor(label: "luyan.log.reader")
    private var log: StoredLog?

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(path: String) throws(StorageError) {
        log = try StoredLog(connection: Connection(path: path, mode: .readOnly))
    }

    func perform<Value: Sendable>(
        _ body: @Sendable (StoredLog) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        guard let log else { throw .closed }
        return try body(log)
    }

    func close() { log = nil }
}
