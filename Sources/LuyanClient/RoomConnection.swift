internal import Synchronization
public import Ledger
internal import Transport
internal import WebSocket
public import Wire

/// A connection to a server's rooms. It outlives its sockets: a lost line is made again, rooms are
/// joined from where the reader was, and commands without an answer are sent again with their ids,
/// so that each is done once.
public final class RoomConnection: Sendable {
    private let shard: Shard
    private let line: UInt64
    /// What the server tells, in order; for one reader. It ends when the connection does. A reader
    /// that lets it fill up gets the missing events later, and loses signals.
    public let incoming: AsyncStream<Incoming>

    init(shard: Shard, line: UInt64, incoming: AsyncStream<Incoming>) {
        self.shard = shard
        self.line = line
        self.incoming = incoming
    }

    /// Follows a room; its events come through `incoming` from then on.
    ///
    /// `cursor`: what the caller has already; the answer then has the events after it, where the
    ///     server keeps them at hand, and else a snapshot.
    /// `checkpoint`: the newest signed checkpoint that the caller keeps of this room.
    public func join(
        _ room: RoomID,
        since cursor: Cursor? = nil,
        checkpoint: String? = nil
    ) async throws(ClientError) -> RoomEntry {
        let json = try await answer { line, shard, answer in
            line.join(
                room,
                id: nil,
                since: cursor,
                checkpoint: checkpoint,
                on: shard,
                then: answer
            )
        }
        guard let entry = RoomEntry(json) else { throw .malformedAnswer("room.join") }
        return entry
    }

    /// No longer follows a room.
    public func leave(_ room: RoomID) async throws(ClientError) {
        _ = try await answer { line, shard, answer in
            line.leave(room, id: nil, on: shard, then: answer)
        }
    }

    /// Sends a command and waits for its answer, over reconnections too.
    ///
    /// `type`: such as `chat.say`.
    /// `id`: 1 to 64 visible ASCII characters; the same id and values are done once. A fresh one
    ///     where it is `nil`.
    /// Throws `ClientError.refused` with the server's refusal.
    @discardableResult
    public func send(
        _ type: String,
        in room: RoomID? = nil,
        _ values: JSON = .object([]),
        id: String? = nil
    ) async throws(ClientError) -> JSON {
        try await answer { line, shard, answer in
            line.command(type, id: id, in: room, values, on: shard, then: answer)
        }
    }

    /// Says something in a room's chat.
    /// Returns the sequence number of its event.
    @discardableResult
    public func say(_ text: String, in room: RoomID) async throws(ClientError) -> UInt64 {
        let values = JSON.object([JSON.Member("text", .string(text))])
        let json = try await send("chat.say", in: room, values)
        guard let sequence = json["seq"]?.integer.flatMap({ UInt64(exactly: $0) }) else {
            throw .malformedAnswer("chat.say")
        }
        return sequence
    }

    /// The server's time.
    public func serverTime() async throws(ClientError) -> Timestamp {
        let json = try await send("time.sync")
        guard let now = json["now"]?.integer.flatMap({ UInt64(exactly: $0) }) else {
            throw .malformedAnswer("time.sync")
        }
        return Timestamp(milliseconds: now)
    }

    /// Ends the connection: what waits for an answer fails with `ClientError.cancelled`.
    public func close() {
        let number = line
        shard.post { shard in
            (shard.application as? Switchboard)?.line(number)?.end(.cancelled, on: shard)
        }
    }

    private func answer(
        _ ask:
            @escaping @Sendable (
                Line, isolated Shard, @escaping @Sendable (Result<JSON, ClientError>) -> Void
            ) -> String?
    ) async throws(ClientError) -> JSON {
        let (number, shard) = (line, shard)
        let asked = Asked()
        let result: Result<JSON, ClientError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                shard.post { shard in
                    guard let line = (shard.application as? Switchboard)?.line(number) else {
                        continuation.resume(returning: .failure(.ended(.local(.normal))))
                        return
                    }
                    let id = ask(line, shard) { continuation.resume(returning: $0) }
                    // Cancelled before it was asked: the handler found no id to forget.
                    if let id, asked.began(as: id) { line.forget(id) }
                }
            }
        } onCancel: {
            guard let id = asked.cancel() else { return }
            shard.post { shard in
                (shard.application as? Switchboard)?.line(number)?.forget(id)
            }
        }
        return try result.get()
    }
}

/// Whether a question was asked, and whether it was cancelled, whichever comes first.
private final class Asked: Sendable {
    private let state = Mutex<(id: String?, isCancelled: Bool)>((nil, false))

    /// Returns whether it was cancelled before.
    func began(as id: String) -> Bool {
        state.withLock { state in
            state.id = id
            return state.isCancelled
        }
    }

    /// Returns the id, where it was asked already.
    func cancel() -> String? {
        state.withLock { state in
            state.isCancelled = true
            return state.id
        }
    }
}
