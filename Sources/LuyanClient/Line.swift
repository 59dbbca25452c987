internal import Ledger
internal import TLS
internal import Transport
internal import WebSocket
internal import Wire

/// One client's line to a server on its shard: a conversation, and the sockets that carry it one
/// after another.
final class Line: SocketHandler {
    private enum Stage {
        case connecting(ConnectionID)
        case open(ConnectionID)
        case waiting(TimerID)
        case ended(ClientError)
    }

    typealias Answer = (Result<JSON, ClientError>) -> Void

    let number: UInt64
    private let address: ServerAddress
    private let token: String?
    private let feed: AsyncStream<Incoming>.Continuation
    private var stage = Stage.ended(.cancelled)
    private var conversation: Conversation
    private var answers: [String: Answer] = [:]
    /// Waits for the first connection.
    private var started: ((Result<Void, ClientError>) -> Void)?
    private var delay = RetryDelay()
    private var random = SystemRandomNumberGenerator()

    init(
        number: UInt64,
        address: ServerAddress,
        token: String?,
        feed: AsyncStream<Incoming>.Continuation
    ) {
        self.number = number
        self.address = address
        self.token = token
        self.feed = feed
        let prefix = String(UInt64.random(in: 0...UInt64.max, using: &random), radix: 36)
        conversation = Conversation(idPrefix: prefix)
    }

    /// Makes the first connection.
    func start(
        on shard: isolated Shard,
        then started: @escaping (Result<Void, ClientError>) -> Void
    ) {
        self.started = started
        connect(on: shard)
    }

    private func connect(on shard: isolated Shard) {
        guard let switchboard = shard.application as? Switchboard else {
            end(.transport(.stopped), on: shard)
            return
        }
        do throws(TransportError) {
            let socket = try switchboard.open(address, token: token, for: self, on: shard)
            stage = .connecting(socket)
        } catch {
            guard started == nil, error != .stopped else {
                end(.transport(error), on: shard)
                return
            }
            retry(after: .lost(errno: 0), on: shard)
        }
    }

    func opened(_ socket: ConnectionID, on shard: isolated Shard) {
        guard case .connecting(socket) = stage else { return }
        stage = .open(socket)
        delay.reset()
        let isFirst = started != nil
        started?(.success(()))
        started = nil
        if !isFirst { feed.yield(.back) }
        perform(conversation.opened(), on: shard)
    }

    func received(_ text: RawSpan, from socket: ConnectionID, on shard: isolated Shard) {
        guard case .open(socket) = stage else { return }
        perform(conversation.received([UInt8](copying: text)), on: shard)
    }

    func closed(
        _ socket: ConnectionID,
        because reason: CloseReason,
        on shard: isolated Shard
    ) {
        switch stage {
        case .connecting(socket), .open(socket): break
        default: return
        }
        conversation.closed()
        guard started == nil, reason.allowsReturn else {
            end(.ended(reason), on: shard)
            return
        }
        retry(after: reason, on: shard)
    }

    private func retry(after reason: CloseReason, on shard: isolated Shard) {
        let wait = delay.next(using: &random)
        feed.yield(.lost(reason, retryAfter: wait))
        let number = number
        let timer = shard.schedule(after: wait) { shard in
            (shard.application as? Switchboard)?.line(number)?.connect(on: shard)
        }
        stage = .waiting(timer)
    }

    /// Ends the line for good: what waits for an answer fails with `error`.
    func end(_ error: ClientError, on shard: isolated Shard) {
        switch stage {
        case .connecting(let socket): shard.drop(socket)
        case .open(let socket): shard.close(socket, with: .normal)
        case .waiting(let timer): shard.cancel(timer)
        case .ended: break
        }
        stage = .ended(error)
        started?(.failure(error))
        started = nil
        perform(conversation.end(error), on: shard)
        feed.finish()
        (shard.application as? Switchboard)?.drop(self)
    }
}

// What the caller asks for.
extension Line {
    /// Sends a command until it is answered.
    ///
    /// `id`: `nil` for a fresh one.
    /// Returns its id, to forget it by; `nil` when it was answered at once.
    @discardableResult
    func command(
        _ type: String,
        id: String?,
        in room: RoomID?,
        _ values: JSON?,
        on shard: isolated Shard,
        then answer: @escaping Answer
    ) -> String? {
        guard let id = expect(id, answer) else { return nil }
        let text = CommandText.bytes(id: id, type: type, room: room, values: values)
        perform(conversation.command(id: id, room: room, text: text), on: shard)
        return id
    }

    @discardableResult
    func join(
        _ room: RoomID,
        id: String?,
        since cursor: Cursor?,
        checkpoint: String?,
        on shard: isolated Shard,
        then answer: @escaping Answer
    ) -> String? {
        guard let id = expect(id, answer) else { return nil }
        let effects = conversation.join(room, id: id, since: cursor, checkpoint: checkpoint)
        perform(effects, on: shard)
        return id
    }

    @discardableResult
    func leave(
        _ room: RoomID,
        id: String?,
        on shard: isolated Shard,
        then answer: @escaping Answer
    ) -> String? {
        guard let id = expect(id, answer) else { return nil }
        perform(conversation.leave(room, id: id), on: shard)
        return id
    }

    /// Nobody waits for that answer any more.
    func forget(_ id: String) {
        conversation.forget(id)
        answers.removeValue(forKey: id)?(.failure(.cancelled))
    }

    private func expect(_ given: String?, _ answer: @escaping Answer) -> String? {
        let id = given ?? conversation.freshID()
        guard answers[id] == nil else {
            answer(.failure(.idInUse(id)))
            return nil
        }
        answers[id] = answer
        return id
    }

    private func perform(_ effects: [Conversation.Effect], on shard: isolated Shard) {
        for effect in effects {
            switch effect {
            case .send(let text):
                guard case .open(let socket) = stage else { continue }
                shard.send(.text, text, to: socket)
            case .settle(let id, let result): answers.removeValue(forKey: id)?(result)
            case .deliver(let incoming): deliver(incoming, on: shard)
            case .rejoin(let room, let milliseconds):
                let number = number
                shard.schedule(after: .milliseconds(milliseconds)) { shard in
                    guard let line = (shard.application as? Switchboard)?.line(number) else {
                        return
                    }
                    line.perform(line.conversation.rejoin(room), on: shard)
                }
            }
        }
    }

    /// What the reader has no room for comes again later; signals do not.
    private func deliver(_ incoming: Incoming, on shard: isolated Shard) {
        switch incoming {
        case .event(let event):
            if !conversation.isBehind(in: event.room), take(incoming) { return }
            perform(conversation.hold(event), on: shard)
        case .snapshot(let entry):
            if !take(incoming) { perform(conversation.hold(entry), on: shard) }
        default: feed.yield(incoming)
        }
    }

    private func take(_ incoming: Incoming) -> Bool {
        if case .dropped = feed.yield(incoming) { return false }
        return true
    }
}

extension CloseReason {
    /// Whether a client may come back after this end: 4500 to 4999 forbid it, as do an answer to
    /// the handshake that blames the client, and an end of our own.
    var allowsReturn: Bool {
        switch self {
        case .peer(let code?): !(4_500...4_999).contains(code.rawValue)
        case .peer(nil), .lost, .timedOut, .tooSlow, .violation, .flooding: true
        // A certificate that is not trusted will not be a moment later.
        case .insecure(.handshake), .insecure(.plainHTTP): false
        case .insecure: true
        case .handshakeRefused(let status?): status == 429 || status >= 500
        case .handshakeRefused(nil): true
        case .local, .draining: false
        }
    }
}
