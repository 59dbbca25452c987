public import Ledger
import OpenSSL

/// Reads the rooms' logs of a data folder over one connection. It changes nothing and needs no
/// lock, so that a folder is verified while its server runs, or without one.
public final class StoredLog {
    private let connection: Connection
    private let selectEvents: Statement
    private let selectRoom: Statement
    private let selectCommand: Statement

    /// Opens a data folder to read it.
    /// - Throws: `noData` when there is no such folder or no log in it, `newer`, `corrupt`.
    public convenience init(folder: String) throws(StorageError) {
        let path = folder + "/events.sqlite"
        guard try Files.exists(path) else { throw .noData }
        // Beside a server, its `-wal` and `-shm` files are shared. On a disk that cannot be written
        // to they cannot be made, and with no log left to merge they are not needed.
        let connection: Connection
        do throws(StorageError) {
            connection = try Connection(path: path, mode: .readOnly)
            try LogSchema.check(connection)
        } catch {
            switch error {
            case .sqlite, .readOnly: if try Files.exists(path + "-wal") { throw error }
            default: throw error
            }
            try self.init(connection: Connection(path: path, mode: .immutable))
            return
        }
        try self.init(connection: connection)
    }

    init(connection: Connection) throws(StorageError) {
        guard try LogSchema.check(connection) > 0 else { throw .noData }
        self.connection = connection
        selectRoom = try connection.prepare("SELECT number, genesis FROM rooms WHERE id = ?")
        selectEvents = try connection.prepare(
            """
            SELECT sequence, at, hash, actor, command, content FROM events
            WHERE room = ? AND sequence > ? ORDER BY sequence LIMIT ?
            """
        )
        selectCommand = try connection.prepare(
            "SELECT sequence FROM events WHERE room = ? AND actor = ? AND command = ?"
        )
    }

    /// The server's name, as it was at its first start.
    public func serverName() throws(StorageError) -> String {
        let statement = try connection.prepare("SELECT value FROM meta WHERE name = 'server'")
        guard try statement.step(), let name = statement.text(0) else { throw .noData }
        return name
    }

    /// Every room, in the order in which they were made.
    public func rooms() throws(StorageError) -> [RoomID] {
        let statement = try connection.prepare("SELECT id FROM rooms ORDER BY number")
        var rooms: [RoomID] = []
        while try statement.step() {
            guard let room = RoomID(bytes: statement.bytes(0)) else { throw .corrupt }
            rooms.append(room)
        }
        return rooms
    }

    /// A room's first document, its bytes as stored; `nil` when there is no such room.
    public func genesis(of room: RoomID) throws(StorageError) -> [UInt8]? {
        try find(room)?.genesis
    }

    /// The end of a room's chain; `nil` when there is no such room.
    public func head(of room: RoomID) throws(StorageError) -> ChainHead? {
        try StoredHead.read(room, connection)?.head
    }

    /// The events after a sequence number, at most `limit`, in order; none when there is no such
    /// room.
    public func read(
        _ room: RoomID,
        after sequence: UInt64,
        limit: Int
    ) throws(StorageError) -> [SealedEvent] {
        guard limit > 0, let number = try find(room)?.number else { return [] }
        selectEvents.bind(number, at: 1)
        selectEvents.bind(Int64(clamping: sequence), at: 2)
        selectEvents.bind(Int64(limit), at: 3)
        defer { selectEvents.reset() }
        var events: [SealedEvent] = []
        while try selectEvents.step() { events.append(try event(of: room)) }
        return events
    }

    /// The newest checkpoint that was kept of a room.
    public func checkpoint(of room: RoomID) throws(StorageError) -> SignedCheckpoint? {
        guard let number = try find(room)?.number else { return nil }
        let statement = try connection.prepare("SELECT note FROM checkpoints WHERE room = ?")
        statement.bind(number, at: 1)
        guard try statement.step(), let note = statement.text(0) else { return nil }
        do {
            return try SignedCheckpoint(parsing: note)
        } catch {
            throw .corrupt
        }
    }

    /// The unit of the file, in bytes.
    func pageSize() throws(StorageError) -> Int64 {
        max(1, try connection.integer("PRAGMA page_size"))
    }

    /// The sequence number of each command's first event.
    func find(
        _ keys: [CommandKey],
        in room: RoomID
    ) throws(StorageError) -> [CommandKey: UInt64] {
        guard let number = try find(room)?.number else { return [:] }
        var found: [CommandKey: UInt64] = [:]
        for key in keys {
            selectCommand.bind(number, at: 1)
            selectCommand.bind(key.actor, at: 2)
            selectCommand.bind(key.id, at: 3)
            defer { selectCommand.reset() }
            if try selectCommand.step() {
                found[key] = UInt64(clamping: selectCommand.integer(0))
            }
        }
        return found
    }

    private func find(_ room: RoomID) throws(StorageError) -> (number: Int64, genesis: [UInt8])? {
        selectRoom.bind(room.bytes, at: 1)
        defer { selectRoom.reset() }
        guard try selectRoom.step() else { return nil }
        return (selectRoom.integer(0), selectRoom.bytes(1))
    }

    /// The event of the row that `selectEvents` is at.
    private func event(of room: RoomID) throws(StorageError) -> SealedEvent {
        let row = selectEvents
        let parts = try EventContent.decode(row.bytes(5))
        guard let hash = Digest(bytes: row.bytes(2)) else { throw .corrupt }
        var command: CommandKey?
        if let actor = row.text(3), let id = row.text(4) {
            command = CommandKey(actor: actor, id: id)
        }
        let header = EventHeader(
            room: room,
            sequence: UInt64(clamping: row.integer(0)),
            time: Timestamp(milliseconds: UInt64(clamping: row.integer(1))),
            contentDigest: EventHeader.contentDigest(of: parts.lazy.map(\.digest))
        )
        return SealedEvent(header: header, parts: parts, hash: hash, command: command)
    }
}

/// A row of `heads`, with the room's number.
struct StoredHead {
    let number: Int64
    var head: ChainHead
    var epoch: UInt64

    static func read(
        _ room: RoomID,
        _ connection: Connection
    ) throws(StorageError) -> StoredHead? {
        let statement = try connection.prepare(
            """
            SELECT number, sequence, at, hash, epoch FROM heads JOIN rooms ON room = number
            WHERE id = ?
            """
        )
        statement.bind(room.bytes, at: 1)
        guard try statement.step() else { return nil }
        guard let hash = Digest(bytes: statement.bytes(3)) else { throw .corrupt }
        let head = ChainHead(
            room: room,
            sequence: UInt64(clamping: statement.integer(1)),
            hash: hash,
            time: Timestamp(milliseconds: UInt64(clamping: statement.integer(2)))
        )
        return StoredHead(
            number: statement.integer(0),
            head: head,
            epoch: UInt64(clamping: statement.integer(4))
        )
    }
}
