import Dispatch
import Ledger
import OpenSSL
import Synchronization

/// The one writer of the event log. Appends of all rooms that wait while a sync is under way are
/// committed together by the next one; when nothing is under way, an append is committed at once.
actor LogWriter {
    /// The bounds of one group: no transaction keeps the others waiting longer than they allow.
    enum Group {
        static let mostEvents = 512
        static let mostBytes = 4 << 20
    }

    typealias Answer = Result<UInt64, AppendFailure>

    struct Pending: Sendable {
        let request: AppendRequest
        let reply: @Sendable (Answer) -> Void
    }

    private struct Mailbox {
        var waiting: [Pending] = []
        var isScheduled = false
        var isClosed = false
    }

    private enum State {
        case open(LogTables)
        /// A commit failed and it is not known what of it is on the disk.
        case suspect
        case closed
    }

    private nonisolated let executor = QueueExecutor(label: "luyan.log.writer")
    private nonisolated let mailbox = Mutex(Mailbox())
    private let path: String
    private let synchronous: Store.Synchronous
    private var state: State
    private var pageLimit: Int64?

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(path: String, synchronous: Store.Synchronous) throws(StorageError) {
        self.path = path
        self.synchronous = synchronous
        state = .open(try LogTables(path: path, synchronous: synchronous, pageLimit: nil))
    }

    /// Takes a request; see `EventLog.append`.
    nonisolated func append(
        _ request: AppendRequest,
        then reply: @escaping @Sendable (Answer) -> Void
    ) {
        let pending = Pending(request: request, reply: reply)
        let (isTaken, isFirst) = mailbox.withLock { mailbox in
            guard !mailbox.isClosed else { return (false, false) }
            mailbox.waiting.append(pending)
            defer { mailbox.isScheduled = true }
            return (true, !mailbox.isScheduled)
        }
        guard isTaken else {
            executor.queue.async { reply(.failure(.unavailable(.closed))) }
            return
        }
        if isFirst { schedule() }
    }

    /// Does other work of the log between two groups.
    func perform<Value: Sendable>(
        _ body: @Sendable (LogTables) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        let tables = try usable()
        do throws(StorageError) {
            return try body(tables)
        } catch {
            tables.connection.rollBack()
            tables.forgetHeads()
            if !error.leavesNothing { state = .suspect }
            throw error
        }
    }

    /// Bounds the log's file; `nil` takes the bound away.
    func limit(pages: Int64?) throws(StorageError) {
        pageLimit = pages
        try usable().limit(pages: pages)
    }

    /// Answers what waits and closes the file.
    func close() {
        let waiting = mailbox.withLock { mailbox in
            mailbox.isClosed = true
            defer { mailbox.waiting = [] }
            return mailbox.waiting
        }
        for pending in waiting { pending.reply(.failure(.unavailable(.closed))) }
        state = .closed
    }

    private nonisolated func schedule() {
        executor.queue.async { self.assumeIsolated { $0.commitNext() } }
    }

    /// Commits one group, and leaves the queue to others before the next.
    private func commitNext() {
        let (group, isMore) = mailbox.withLock { mailbox in
            let group = Self.takeGroup(of: &mailbox.waiting)
            mailbox.isScheduled = !mailbox.waiting.isEmpty
            return (group, mailbox.isScheduled)
        }
        for (pending, answer) in zip(group, commit(group.map(\.request))) {
            pending.reply(answer)
        }
        if isMore { schedule() }
    }

    private static func takeGroup(of waiting: inout [Pending]) -> [Pending] {
        var (events, bytes, count) = (0, 0, 0)
        for pending in waiting {
            events += pending.request.events.count
            for event in pending.request.events {
                for part in event.parts { bytes += part.part?.bytes.count ?? 0 }
            }
            // The first goes in whatever its size: a request is all or nothing.
            if count > 0, events > Group.mostEvents || bytes > Group.mostBytes { break }
            count += 1
        }
        let group = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        return group
    }

    /// Commits a group; the answers are true for good.
    private func commit(_ group: [AppendRequest]) -> [Answer] {
        let tables: LogTables
        let answers: [Answer]
        do throws(StorageError) {
            tables = try usable()
            answers = try tables.place(group)
        } catch {
            return group.map { _ in .failure(.unavailable(error.reason)) }
        }
        do throws(StorageError) {
            try tables.commit()
            return answers
        } catch {
            tables.connection.rollBack()
            tables.forgetHeads()
            return resort(of: group, after: error)
        }
    }

    /// What a group is told whose commit failed.
    private func resort(of group: [AppendRequest], after failure: StorageError) -> [Answer] {
        if !failure.leavesNothing {
            state = .suspect
            do throws(StorageError) {
                // If the file can be written to again, what failed is known to have left nothing.
                _ = try usable()
            } catch {
                return group.map { .failure(.inDoubt($0.commands)) }
            }
        }
        return group.map { _ in .failure(.unavailable(failure.reason)) }
    }

    /// The tables, to be written to. After a commit of unknown outcome the file is opened again and
    /// something is committed to it: that overwrites what the failed commit may have left, since
    /// nothing behind the last good frame counts once another frame stands there.
    private func usable() throws(StorageError) -> LogTables {
        switch state {
        case .open(let tables): return tables
        case .closed: throw .closed
        case .suspect:
            let tables = try LogTables(path: path, synchronous: synchronous, pageLimit: pageLimit)
            try tables.connection.transaction { () throws(StorageError) in
                try tables.connection.execute(
                    """
                    INSERT INTO meta VALUES ('recoveries', 1)
                    ON CONFLICT (name) DO UPDATE SET value = value + 1
                    """
                )
            }
            state = .open(tables)
            return tables
        }
    }
}

extension StorageError {
    /// Whether a commit that failed so has certainly left nothing: the frame that would make it
    /// count is written last, and was not.
    fileprivate var leavesNothing: Bool {
        switch self {
        case .sqlite, .io, .corrupt: false
        default: true
        }
    }
}
