internal import Ledger
internal import Wire

/// A client's side of the protocol over all the connections that carry it one after another.
/// Holds no socket, clock or task: what happened goes in, what is to be done comes out, in order.
struct Conversation {
    enum Effect: Equatable {
        case send([UInt8])
        case deliver(Incoming)
        /// What was asked for with that id is answered.
        case settle(String, Result<JSON, ClientError>)
        /// Call `rejoin` for the room after that time.
        case rejoin(RoomID, afterMilliseconds: Int)
    }

    /// Commands without an answer, at most.
    static let pendingLimit = 1_024
    /// How often a command is sent again because the room had to be joined anew first.
    private static let attemptLimit = 3
    /// Milliseconds until a reader that was too slow is given the rest.
    private static let catchUpDelay = 200

    private struct Following {
        enum Stage: Equatable {
            /// The join with that id has no answer yet; it is sent when the line stands.
            case joining(String)
            case joined
            /// The reader took too little, or the server asked to wait: `rejoin` goes on.
            case behind
        }

        let room: RoomID
        var stage: Stage
        /// What the reader has; `nil` for nothing.
        var cursor: Cursor?
        /// Sent with the caller's own join.
        var checkpoint: String?
        /// Whether the caller waits for the join's answer.
        var isAsked: Bool
    }

    private struct Pending {
        let id: String
        let room: RoomID?
        let text: [UInt8]
        var attempts = 0
    }

    private var isOpen = false
    private var following: [Following] = []
    /// In the order of their sending.
    private var pending: [Pending] = []
    private let idPrefix: String
    private var idCount = 0

    /// `idPrefix`: random, so that ids are unique for a sender for ever.
    init(idPrefix: String) {
        self.idPrefix = idPrefix
    }

    /// An id that nobody used: visible ASCII.
    mutating func freshID() -> String {
        idCount += 1
        return "\(idPrefix)-\(idCount)"
    }

    // MARK: What the caller wants

    /// Follows a room from what the caller has; settled with the join's answer.
    mutating func join(
        _ room: RoomID,
        id: String,
        since cursor: Cursor?,
        checkpoint: String?
    ) -> [Effect] {
        var effects: [Effect] = []
        if let place = place(of: room) {
            if case .joining(let old) = following[place].stage, following[place].isAsked {
                effects.append(.settle(old, .failure(.cancelled)))
            }
            following.remove(at: place)
        }
        let entry = Following(
            room: room,
            stage: .joining(id),
            cursor: cursor,
            checkpoint: checkpoint,
            isAsked: true
        )
        following.append(entry)
        if isOpen { effects.append(.send(text(of: entry, id: id))) }
        return effects
    }

    /// No longer follows a room.
    mutating func leave(_ room: RoomID, id: String) -> [Effect] {
        if let place = place(of: room) { following.remove(at: place) }
        let text = CommandText.bytes(id: id, type: "room.leave", room: room, values: nil)
        return command(id: id, room: nil, text: text)
    }

    /// Sends a command, now or when its room is joined again, until it is answered.
    mutating func command(id: String, room: RoomID?, text: [UInt8]) -> [Effect] {
        guard pending.count < Self.pendingLimit else {
            return [.settle(id, .failure(.tooManyPending(limit: Self.pendingLimit)))]
        }
        pending.append(Pending(id: id, room: room, text: text))
        return canSend(in: room) ? [.send(text)] : []
    }

    /// Nobody waits for that answer any more.
    mutating func forget(_ id: String) {
        pending.removeAll { $0.id == id }
        following.removeAll { $0.isAsked && $0.stage == .joining(id) }
    }

    // MARK: What became of the line

    /// A connection stands: rooms are joined again, and what has no answer is sent again.
    mutating func opened() -> [Effect] {
        isOpen = true
        var effects: [Effect] = []
        for place in following.indices {
            if case .joining = following[place].stage {
            } else {
                following[place].stage = .joining(freshID())
            }
            guard case .joining(let id) = following[place].stage else { continue }
            effects.append(.send(text(of: following[place], id: id)))
        }
        effects += pending.filter { canSend(in: $0.room) }.map { .send($0.text) }
        return effects
    }

    mutating func closed() {
        isOpen = false
    }

    /// The line stays closed: everything that waits fails so.
    mutating func end(_ error: ClientError) -> [Effect] {
        isOpen = false
        var ids = pending.map(\.id)
        for entry in following where entry.isAsked {
            if case .joining(let id) = entry.stage { ids.append(id) }
        }
        pending = []
        following = []
        return ids.map { .settle($0, .failure(error)) }
    }

    // MARK: What the server says

    mutating func received(_ text: [UInt8]) -> [Effect] {
        let messages: [Received]
        do throws(JSONError) {
            messages = try Received.read(text)
        } catch {
            return [.deliver(.unreadable(error))]
        }
        var effects: [Effect] = []
        for message in messages { effects += received(message) }
        return effects
    }

    private mutating func received(_ message: Received) -> [Effect] {
        switch message {
        case .event(let event): return received(event)
        case .signal(let name, let room, let values):
            var effects = [Effect.deliver(.signal(name: name, room: room, values: values))]
            if name == "restart", let room, let place = place(of: room) {
                following[place].cursor = nil
                effects += rejoin(at: place)
            }
            return effects
        case .answer(nil, .failure(let refusal)): return [.deliver(.fault(refusal))]
        case .answer(nil, .success): return []
        case .answer(let id?, let result):
            if let place = following.firstIndex(where: { $0.stage == .joining(id) }) {
                return joined(at: place, id: id, result)
            }
            return answered(id, result)
        }
    }

    private mutating func received(_ event: RoomEvent) -> [Effect] {
        guard let place = place(of: event.room), following[place].stage == .joined,
            let step = following[place].cursor?.take(event)
        else { return [] }
        switch step {
        case .next: return [.deliver(.event(event))]
        case .again: return []
        case .gap(let after):
            let gap = Incoming.gap(event.room, after: after, before: event.sequence)
            return [.deliver(gap)] + rejoin(at: place)
        }
    }

    private mutating func answered(_ id: String, _ result: Result<JSON, Refusal>) -> [Effect] {
        guard let index = pending.firstIndex(where: { $0.id == id }) else { return [] }
        // The server ended our stream of that room meanwhile: join it, then send this again.
        if case .failure(let refusal) = result, refusal.known == .roomNotJoined,
            let place = pending[index].room.flatMap({ place(of: $0) }),
            pending[index].attempts < Self.attemptLimit
        {
            pending[index].attempts += 1
            return rejoin(at: place)
        }
        pending.remove(at: index)
        return [.settle(id, result.mapError { .refused($0) })]
    }

    private mutating func joined(
        at place: Int,
        id: String,
        _ result: Result<JSON, Refusal>
    ) -> [Effect] {
        switch result {
        case .failure(let refusal): return notJoined(at: place, id: id, refusal)
        case .success(let json):
            guard let entry = RoomEntry(json), entry.room == following[place].room else {
                let room = following.remove(at: place).room
                return [.settle(id, .failure(.malformedAnswer("room.join")))]
                    + failCommands(in: room, .malformedAnswer("room.join"))
            }
            var effects: [Effect] = []
            if following[place].isAsked {
                effects.append(.settle(id, .success(json)))
            } else {
                effects += news(in: entry, since: following[place].cursor)
            }
            following[place].isAsked = false
            following[place].checkpoint = nil
            following[place].cursor = entry.cursor
            following[place].stage = .joined
            return effects + pending.filter { $0.room == entry.room }.map { .send($0.text) }
        }
    }

    /// What a reader who came so far is to be told of a room that was joined again.
    private func news(in entry: RoomEntry, since cursor: Cursor?) -> [Effect] {
        guard case .events(let events) = entry.content, let cursor else {
            return [.deliver(.snapshot(entry))]
        }
        return events.filter { $0.sequence > ($0.member == nil ? cursor.ofClass : cursor.own) }
            .map { .deliver(.event($0)) }
    }

    private mutating func notJoined(at place: Int, id: String, _ refusal: Refusal) -> [Effect] {
        let room = following[place].room
        if following[place].isAsked {
            following.remove(at: place)
            return [.settle(id, .failure(.refused(refusal)))]
                + failCommands(in: room, .refused(refusal))
        }
        if refusal.action == .wait {
            following[place].stage = .behind
            return [.rejoin(room, afterMilliseconds: refusal.retryMilliseconds ?? 1_000)]
        }
        following.remove(at: place)
        return [.deliver(.left(room, refusal))] + failCommands(in: room, .refused(refusal))
    }

    private mutating func failCommands(in room: RoomID, _ error: ClientError) -> [Effect] {
        let failed = pending.filter { $0.room == room }
        pending.removeAll { $0.room == room }
        return failed.map { .settle($0.id, .failure(error)) }
    }
}

// A reader that takes too little.
extension Conversation {
    /// Whether what comes of that room is not to be given to the reader now.
    func isBehind(in room: RoomID) -> Bool {
        place(of: room).map { following[$0].stage == .behind } ?? false
    }

    /// The reader had no room for an event: it and all after it come again later.
    mutating func hold(_ event: RoomEvent) -> [Effect] {
        guard let place = place(of: event.room) else { return [] }
        following[place].cursor?.rewind(before: event)
        return fallBehind(at: place)
    }

    /// The reader had no room for a snapshot.
    mutating func hold(_ entry: RoomEntry) -> [Effect] {
        guard let place = place(of: entry.room) else { return [] }
        following[place].cursor = nil
        return fallBehind(at: place)
    }

    /// Goes on with a room that was behind.
    mutating func rejoin(_ room: RoomID) -> [Effect] {
        guard let place = place(of: room), following[place].stage == .behind else { return [] }
        return rejoin(at: place)
    }

    private mutating func fallBehind(at place: Int) -> [Effect] {
        guard following[place].stage == .joined else { return [] }
        following[place].stage = .behind
        return [.rejoin(following[place].room, afterMilliseconds: Self.catchUpDelay)]
    }

    private mutating func rejoin(at place: Int) -> [Effect] {
        if case .joining = following[place].stage { return [] }
        let id = freshID()
        following[place].stage = .joining(id)
        return isOpen ? [.send(text(of: following[place], id: id))] : []
    }

    private func text(of entry: Following, id: String) -> [UInt8] {
        CommandText.join(
            id: id,
            room: entry.room,
            cursor: entry.cursor,
            checkpoint: entry.checkpoint
        )
    }

    private func place(of room: RoomID) -> Int? {
        following.firstIndex { $0.room == room }
    }

    /// A room that is not followed is the server's to refuse.
    private func canSend(in room: RoomID?) -> Bool {
        guard isOpen else { return false }
        guard let place = room.flatMap({ place(of: $0) }) else { return true }
        return following[place].stage == .joined
    }
}
