public import Ledger
public import OpenSSL
import Synchronization

/// A data folder, open for one process: the rooms' logs, people, files, the key. It is the
/// embedded form of the event log.
public final class Store: EventLog, Sendable {
    /// When a commit is told as done.
    public enum Synchronous: String, Sendable {
        /// When the disk has it. Nothing else is safe.
        case full = "FULL"
        /// When the operating system has it: a power cut loses what was acknowledged. It exists so
        /// that a test can show that it does.
        case off = "OFF"
    }

    /// How a data folder is opened.
    public struct Options: Sendable {
        /// The folder; it is made, but not what is above it.
        public var folder: String
        /// The server's name if this is the first start; without one it is made at random.
        public var serverName: String?
        /// When a commit is told as done.
        public var synchronous = Synchronous.full

        /// Options of these values.
        public init(folder: String, serverName: String? = nil, synchronous: Synchronous = .full) {
            self.folder = folder
            self.serverName = serverName
            self.synchronous = synchronous
        }
    }

    /// Where it is.
    public let folder: String
    /// The server's name, as it was at the first start.
    public let serverName: String
    /// What signs checkpoints.
    public let key: Ed25519PrivateKey
    /// Under which ownership this process appends; it grows at each start.
    public let epoch: UInt64
    /// Accounts, sessions, memberships, invitations, and what is known of files.
    public let people: People
    /// What is found by words.
    public let search: SearchIndex
    /// The bytes of files.
    public let blobs: Blobs
    /// What was recorded.
    public let recordings: RecordingShelf
    /// Bundles of rooms.
    public let bundles: BundleShelf

    let writer: LogWriter
    let reader: LogReader
    private let lock: Mutex<FolderLock?>

    /// Opens a data folder; an empty or missing one becomes one of ours.
    /// - Throws: `locked`, `newer`, `readOnly`, `corrupt`, `full`, `busy`, `keyMissing`,
    ///   `keyMismatch`, `serverName`, or what the operating system refused.
    public init(_ options: Options) throws(StorageError) {
        folder = options.folder
        try Files.makeFolder(folder)
        let lock = try FolderLock(folder: folder)
        let path = folder + "/events.sqlite"
        let identity = try Self.identify(options, log: path)
        serverName = identity.serverName
        key = identity.key
        epoch = identity.epoch
        writer = try LogWriter(path: path, synchronous: options.synchronous)
        reader = try LogReader(path: path)
        people = try People(path: folder + "/people.sqlite", synchronous: options.synchronous)
        search = try SearchIndex(path: folder + "/search.sqlite")
        blobs = try Blobs(folder: folder + "/blobs")
        recordings = try RecordingShelf(folder: folder + "/recordings")
        bundles = try BundleShelf(folder: folder + "/bundles")
        self.lock = Mutex(consume lock)
    }

    /// Brings the log's file up to date, before it is opened to work with.
    private static func identify(
        _ options: Options,
        log path: String
    ) throws(StorageError) -> Identity {
        let connection = try Connection(path: path, mode: .readWrite)
        try connection.execute(LogSchema.settings(options.synchronous))
        try LogSchema.migrate(connection)
        let identity = try Identity(
            folder: options.folder,
            name: options.serverName,
            connection: connection
        )
        // What was erased before a crash may still stand in the write-ahead log.
        try connection.checkpoint()
        return identity
    }

    /// Closes the files and gives the folder to whoever wants it; what waits is answered `closed`.
    /// - Throws: `busy` when somebody still reads or writes people; the folder is then still held.
    public func close() async throws(StorageError) {
        // The last connection to close empties the write-ahead log; a read-only one could not.
        await reader.close()
        await writer.close()
        try people.close()
        try search.close()
        lock.withLock { $0 = nil }
    }

    public func append(
        _ request: AppendRequest,
        then reply: @escaping @Sendable (Result<UInt64, AppendFailure>) -> Void
    ) {
        writer.append(request, then: reply)
    }

    public func head(of room: RoomID) async throws -> ChainHead? {
        try await writer.perform { (tables) throws(StorageError) in
            try tables.reading.head(of: room)
        }
    }

    public func read(
        _ room: RoomID,
        after sequence: UInt64,
        limit: Int
    ) async throws -> [SealedEvent] {
        try await reader.perform { (log) throws(StorageError) in
            try log.read(room, after: sequence, limit: limit)
        }
    }

    public func resolve(
        _ room: RoomID,
        _ keys: [CommandKey]
    ) async throws -> [CommandKey: UInt64] {
        try await writer.perform { (tables) throws(StorageError) in
            try tables.reading.find(keys, in: room)
        }
    }
}
