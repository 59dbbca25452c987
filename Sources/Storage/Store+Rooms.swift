public import Ledger
import OpenSSL

extension Store {
    /// Makes a room whose log is empty. `genesis` is its first document, its bytes as hashed.
    /// - Throws: `roomExists`, or why the folder cannot be written to.
    public func createRoom(
        _ room: RoomID,
        genesis: [UInt8],
        at time: Timestamp
    ) async throws(StorageError) {
        let start = ChainHead.start(room: room, genesis: genesis)
        let epoch = epoch
        try await writer.perform { (tables) throws(StorageError) in
            let connection = tables.connection
            try connection.transaction { () throws(StorageError) in
                let insert = try connection.prepare(
                    "INSERT INTO rooms (id, created, genesis) VALUES (?, ?, ?) RETURNING number"
                )
                insert.bind(room.bytes, at: 1)
                insert.bind(Int64(clamping: time.milliseconds), at: 2)
                insert.bind(genesis, at: 3)
                guard try tables.reading.head(of: room) == nil else { throw .roomExists(room) }
                guard try insert.step() else { throw .corrupt }
                let number = insert.integer(0)
                guard try !insert.step() else { throw .corrupt }
                let head = try connection.prepare("INSERT INTO heads VALUES (?, 0, 0, ?, ?)")
                head.bind(number, at: 1)
                head.bind(start.hash.bytes, at: 2)
                head.bind(Int64(clamping: epoch), at: 3)
                guard try head.run() else { throw .corrupt }
            }
        }
    }

    /// Every room, in the order in which they were made.
    public func rooms() async throws(StorageError) -> [RoomID] {
        try await reader.perform { (log) throws(StorageError) in try log.rooms() }
    }

    /// A room's first document, its bytes as stored; `nil` when there is no such room.
    public func genesis(of room: RoomID) async throws(StorageError) -> [UInt8]? {
        try await reader.perform { (log) throws(StorageError) in try log.genesis(of: room) }
    }

    /// Erases parts of events, by their places from 0: bytes and salts are gone from the files when
    /// it returns, the digests stay. What was erased before is no error. All of them in one
    /// transaction: many cost the log's writer little more than one.
    /// - Throws: `noSuchPart`; `busy` when a reader held on to the old bytes for too long (ask
    ///   again: they are gone from the log, not yet from the disk).
    public func erase(
        _ texts: [(sequence: UInt64, parts: [Int])],
        in room: RoomID
    ) async throws(StorageError) {
        try await writer.perform { (tables) throws(StorageError) in
            let connection = tables.connection
            try connection.transaction { () throws(StorageError) in
                for (sequence, parts) in texts {
                    try Self.erase(parts, of: sequence, in: room, tables)
                }
            }
            try connection.checkpoint()
        }
        try await search.erase(texts.map(\.sequence), in: room)
    }

    private static func erase(
        _ parts: [Int],
        of sequence: UInt64,
        in room: RoomID,
        _ tables: LogTables
    ) throws(StorageError) {
        guard sequence > 0,
            let event = try tables.reading.read(room, after: sequence - 1, limit: 1).first,
            event.sequence == sequence
        else { throw .noSuchPart(sequence: sequence) }
        var kept = event.parts
        for place in parts {
            guard kept.indices.contains(place) else { throw .noSuchPart(sequence: sequence) }
            if case .whole(let part) = kept[place] {
                kept[place] = .erased(part.audience, part.digest)
            }
        }
        guard kept != event.parts else { return }
        let update = try tables.connection.prepare(
            """
            UPDATE events SET content = ? WHERE sequence = ?
            AND room = (SELECT number FROM rooms WHERE id = ?)
            """
        )
        update.bind(EventContent.encode(kept), at: 1)
        update.bind(Int64(clamping: sequence), at: 2)
        update.bind(room.bytes, at: 3)
        _ = try update.run()
    }

    /// Keeps the newest checkpoint of a room; an older one than is kept is forgotten.
    public func keep(_ checkpoint: SignedCheckpoint) async throws(StorageError) {
        try await writer.perform { (tables) throws(StorageError) in
            let insert = try tables.connection.prepare(
                """
                INSERT INTO checkpoints SELECT number, ?, ? FROM rooms WHERE id = ?
                ON CONFLICT (room) DO UPDATE SET size = excluded.size, note = excluded.note
                WHERE excluded.size >= size
                """
            )
            insert.bind(Int64(clamping: checkpoint.checkpoint.size), at: 1)
            insert.bind(checkpoint.note, at: 2)
            insert.bind(checkpoint.checkpoint.room.bytes, at: 3)
            _ = try insert.run()
        }
    }

    /// The newest checkpoint that was kept of a room.
    public func checkpoint(of room: RoomID) async throws(StorageError) -> SignedCheckpoint? {
        try await reader.perform { (log) throws(StorageError) in try log.checkpoint(of: room) }
    }

    /// Notes that the server lives; durable on return. An earlier moment than was noted is ignored.
    public func mark(_ time: Timestamp) async throws(StorageError) {
        try await writer.perform { (tables) throws(StorageError) in
            let update = try tables.connection.prepare(
                """
                INSERT INTO meta VALUES ('mark', ?)
                ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
                """
            )
            update.bind(Int64(clamping: time.milliseconds), at: 1)
            _ = try update.run()
        }
    }

    /// The last mark itself; `nil` before the first.
    public func mark() async throws(StorageError) -> Timestamp? {
        try await writer.perform { (tables) throws(StorageError) in
            let sql = "SELECT coalesce((SELECT value FROM meta WHERE name = 'mark'), 0)"
            let last = try tables.connection.integer(sql)
            return last > 0 ? Timestamp(milliseconds: UInt64(last)) : nil
        }
    }

    /// The last moment at which the server is known to have lived: its last mark, or the newest
    /// event of any room; `nil` before the first of both.
    public func lastMark() async throws(StorageError) -> Timestamp? {
        try await writer.perform { (tables) throws(StorageError) in
            let last = try tables.connection.integer(
                """
                SELECT max(coalesce((SELECT value FROM meta WHERE name = 'mark'), 0),
                    coalesce((SELECT max(at) FROM heads), 0))
                """
            )
            return last > 0 ? Timestamp(milliseconds: UInt64(last)) : nil
        }
    }

    /// Notes which room is the example; durable on return.
    public func keepExample(_ room: RoomID) async throws(StorageError) {
        try await writer.perform { (tables) throws(StorageError) in
            let update = try tables.connection.prepare(
                """
                INSERT INTO meta VALUES ('example', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """
            )
            update.bind(room.bytes, at: 1)
            _ = try update.run()
        }
    }

    /// The room that was made as the example; `nil` where none was.
    public func example() async throws(StorageError) -> RoomID? {
        try await writer.perform { (tables) throws(StorageError) in
            let select = try tables.connection.prepare(
                "SELECT value FROM meta WHERE name = 'example'"
            )
            guard try select.step() else { return nil }
            guard let room = RoomID(bytes: select.bytes(0)) else { throw .corrupt }
            return room
        }
    }

    /// Bounds the space of the event log, in bytes; `nil` takes the bound away. Beyond it appends
    /// fail with `full`, and succeed again when the bound is moved.
    public func limitLog(bytes: Int64?) async throws(StorageError) {
        let pageSize = try await reader.perform { (log) throws(StorageError) in
            try log.pageSize()
        }
        try await writer.limit(pages: bytes.map { max(1, $0 / pageSize) })
    }
}
