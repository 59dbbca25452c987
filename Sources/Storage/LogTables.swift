import Ledger
import OpenSSL

/// The event log's tables over the writer's connection. Only `LogWriter` has it.
final class LogTables {
    /// The most heads kept in memory; a million rooms are not.
    private static let mostHeads = 4_096

    let connection: Connection
    private let begin: Statement
    private let end: Statement
    private let savepoint: Statement
    private let release: Statement
    private let undo: Statement
    private let insertEvent: Statement
    private let updateHead: Statement
    private let dataVersion: Statement
    private let log: StoredLog

    /// The heads as they are in the file, of rooms that were written to lately.
    private var heads: [RoomID: StoredHead] = [:]
    /// The heads as they will be when the open transaction is committed.
    private var placed: [RoomID: StoredHead] = [:]
    /// Changes when another connection writes to the file.
    private var seenVersion: Int64 = -1
    /// The newest start of any process on this file.
    private var newestEpoch: UInt64 = 0

    init(
        path: String,
        synchronous: Store.Synchronous,
        pageLimit: Int64?
    ) throws(StorageError) {
        connection = try Connection(path: path, mode: .readWrite)
        try connection.execute(LogSchema.settings(synchronous))
        try LogSchema.migrate(connection)
        begin = try connection.prepare("BEGIN IMMEDIATE")
        end = try connection.prepare("COMMIT")
        savepoint = try connection.prepare("SAVEPOINT request")
        release = try connection.prepare("RELEASE request")
        undo = try connection.prepare("ROLLBACK TO request")
        insertEvent = try connection.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)")
        updateHead = try connection.prepare(
            "UPDATE heads SET sequence = ?, at = ?, hash = ?, epoch = ? WHERE room = ?"
        )
        dataVersion = try connection.prepare("PRAGMA data_version")
        log = try StoredLog(connection: connection)
        try limit(pages: pageLimit)
    }

    /// Reads over this connection, so that what is read is what will be appended to.
    var reading: StoredLog { log }

    func limit(pages: Int64?) throws(StorageError) {
        _ = try connection.integer("PRAGMA max_page_count = \(pages ?? 4_294_967_294)")
    }

    func forgetHeads() {
        heads = [:]
        placed = [:]
        seenVersion = -1
    }

    /// Opens a transaction and places every request in it that can be; the others are refused and
    /// leave nothing. The answers hold once `commit` has returned.
    /// - Throws: when the file refuses; nothing is then placed.
    func place(_ group: [AppendRequest]) throws(StorageError) -> [LogWriter.Answer] {
        do throws(StorageError) {
            _ = try begin.run()
            try noticeOtherWriters()
            placed = [:]
            var answers: [LogWriter.Answer] = []
            answers.reserveCapacity(group.count)
            for request in group { answers.append(try place(request)) }
            for stored in placed.values.sorted(by: { $0.number < $1.number }) {
                updateHead.bind(Int64(clamping: stored.head.sequence), at: 1)
                updateHead.bind(Int64(clamping: stored.head.time.milliseconds), at: 2)
                updateHead.bind(stored.head.hash.bytes, at: 3)
                updateHead.bind(Int64(clamping: stored.epoch), at: 4)
                updateHead.bind(stored.number, at: 5)
                _ = try updateHead.run()
            }
            return answers
        } catch {
            connection.rollBack()
            forgetHeads()
            throw error
        }
    }

    /// Makes what was placed durable.
    func commit() throws(StorageError) {
        guard !placed.isEmpty else {
            connection.rollBack()
            return
        }
        _ = try end.run()
        if heads.count > Self.mostHeads { heads = [:] }
        heads.merge(placed) { _, new in new }
        placed = [:]
    }

    private func place(_ request: AppendRequest) throws(StorageError) -> LogWriter.Answer {
        guard request.isWellFormed, let last = request.events.last else {
            return .failure(.unavailable(.malformed))
        }
        guard var stored = try head(of: request.room) else {
            return .failure(.unavailable(.noSuchRoom))
        }
        let current = max(stored.epoch, newestEpoch)
        guard request.epoch >= current else { return .failure(.fenced(current: current)) }
        guard stored.head.sequence == request.expecting else {
            return .failure(.conflict(actual: stored.head.sequence))
        }
        guard try insert(request.events, number: stored.number) else {
            return .failure(.duplicate(try duplicates(in: request)))
        }
        stored.head = ChainHead(
            room: request.room,
            sequence: last.sequence,
            hash: last.hash,
            time: last.header.time
        )
        stored.epoch = request.epoch
        placed[request.room] = stored
        return .success(last.sequence)
    }

    private func head(of room: RoomID) throws(StorageError) -> StoredHead? {
        if let head = placed[room] ?? heads[room] { return head }
        let read = try StoredHead.read(room, connection)
        if let read { heads[room] = read }
        return read
    }

    /// Inserts all of the events, or none.
    /// - Returns: `false` when a command is there already.
    private func insert(_ events: [SealedEvent], number: Int64) throws(StorageError) -> Bool {
        // One statement is all or nothing by itself.
        if events.count == 1 { return try insert(events[0], number: number) }
        _ = try savepoint.run()
        for event in events where try !insert(event, number: number) {
            _ = try undo.run()
            _ = try release.run()
            return false
        }
        _ = try release.run()
        return true
    }

    private func insert(_ event: SealedEvent, number: Int64) throws(StorageError) -> Bool {
        insertEvent.bind(number, at: 1)
        insertEvent.bind(Int64(clamping: event.sequence), at: 2)
        insertEvent.bind(Int64(clamping: event.header.time.milliseconds), at: 3)
        insertEvent.bind(event.hash.bytes, at: 4)
        insertEvent.bind(event.command?.actor, at: 5)
        insertEvent.bind(event.command?.id, at: 6)
        insertEvent.bind(EventContent.encode(event.parts), at: 7)
        return try insertEvent.run()
    }

    /// The commands that stand in the log already, or twice in the request itself.
    private func duplicates(in request: AppendRequest) throws(StorageError) -> [CommandKey] {
        let found = try log.find(request.commands, in: request.room)
        var seen = Set(found.keys)
        return request.commands.filter { found[$0] != nil || !seen.insert($0).inserted }
    }

    /// Somebody who got past the folder's lock is noticed here: what was known of the file is then
    /// read again, and a later start fences this one off.
    private func noticeOtherWriters() throws(StorageError) {
        defer { dataVersion.reset() }
        guard try dataVersion.step(), dataVersion.integer(0) != seenVersion else { return }
        seenVersion = dataVersion.integer(0)
        heads = [:]
        let epoch = try connection.integer("SELECT value FROM meta WHERE name = 'epoch'")
        newestEpoch = UInt64(clamping: epoch)
    }
}

extension AppendRequest {
    /// Whether the events are of this room, follow `expecting` and each other, and can be kept.
    fileprivate var isWellFormed: Bool {
        guard !events.isEmpty else { return false }
        var sequence = expecting
        var time = Timestamp(milliseconds: 0)
        for event in events {
            sequence &+= 1
            guard event.header.room == room, event.sequence == sequence, sequence > 0,
                event.header.time >= time, event.header.time.milliseconds <= UInt64(Int64.max),
                sequence <= UInt64(Int64.max)
            else { return false }
            time = event.header.time
        }
        return true
    }
}
