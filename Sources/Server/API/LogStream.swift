internal import Archive
internal import HTTP
internal import Ledger
internal import Logging
internal import Rooms
internal import Storage
internal import Synchronization

/// A room's log as its reader takes it, a page of events at a time: however long the log is, a page
/// of it is in memory. Rights and removed texts are those of the moment of each page.
final class LogStream: ByteStream {
    /// Events of a page. An event with all its parts is a few hundred bytes, at most some thousands.
    private static let page = 128

    private enum Step {
        case start
        case events(after: UInt64)
        case end
    }

    private let api: API
    private let room: RoomID
    private let genesis: [UInt8]
    private let checkpoint: SignedCheckpoint
    /// Nothing but what everybody reads, whatever the reader becomes meanwhile: who signs the terms of a
    /// closed matter while its log is on the way has to ask again, and is noted then.
    private let isPublic: Bool
    private let step = Mutex(Step.start)

    init(
        of room: RoomID,
        genesis: [UInt8],
        to checkpoint: SignedCheckpoint,
        for api: API,
        isPublic: Bool
    ) {
        self.isPublic = isPublic
        self.api = api
        self.room = room
        self.genesis = genesis
        self.checkpoint = checkpoint
    }

    func next(then reply: @escaping @Sendable (Result<[UInt8], any Error>) -> Void) {
        Task {
            do {
                reply(.success(try await bytes()))
            } catch {
                api.world.log.error("a log was not sent whole", metadata: ["cause": "\(error)"])
                reply(.failure(error))
            }
        }
    }

    /// The lines of the next step; none at the end.
    private func bytes() async throws -> [UInt8] {
        switch step.withLock({ $0 }) {
        case .start:
            step.withLock { $0 = .events(after: 0) }
            return LogFile.start(room: room, genesis: genesis)
        case .events(let sequence) where sequence < checkpoint.checkpoint.size:
            let events = try await api.world.store.read(room, after: sequence, limit: Self.page)
            guard let last = events.last else { return end() }
            let reading = try await api.reading(room)
            step.withLock { $0 = .events(after: last.sequence) }
            return LogFile.events(
                events.erasing(try await api.redacted(in: room)),
                coveredBy: checkpoint,
                isVisible: { reading.sees($0) && (!isPublic || ReaderClass.visitor.sees($0)) }
            )
        case .events: return end()
        case .end: return []
        }
    }

    private func end() -> [UInt8] {
        step.withLock { $0 = .end }
        return LogFile.end(checkpoint)
    }
}
