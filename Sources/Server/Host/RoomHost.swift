internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Transport
internal import Wire

/// A live room: takes commands in order, decides on what was decided before, and tells of events when
/// they are durable. Holds no socket, task or disk: its shard carries its output out.
final class RoomHost {
    /// Events that come back from here; who missed more gets a snapshot.
    static let recentLimit = 512
    /// Events decided and not yet durable; beyond it commands are asked to wait.
    static let pendingLimit = 20_000

    let id: RoomID
    let genesis: [UInt8]
    let epoch: UInt64
    let checkpoints: CheckpointMaker

    /// What readers are shown: every event in it is durable.
    private(set) var durable: Room
    private(set) var durableHead: ChainHead
    private(set) var texts = RoomTextBook()
    private(set) var tree = MerkleTree()

    /// What commands are decided on: ahead of `durable` by the batches under way.
    private var decided: Room
    private var head: ChainHead
    private var gathering: Batch?
    private var underWay: [Batch] = []
    private var nextBatch: UInt64 = 1
    var condition = Condition.accepting

    private var answers: [CommandKey: Remembered] = [:]
    private(set) var recent: [RecentEvent] = []
    private(set) var previous: [ReaderClass: UInt64] = [:]
    private(set) var ownPrevious: [MemberID: UInt64] = [:]
    /// Connections that follow, by class.
    private(set) var audience: [ReaderClass: Int] = [:]
    private var snapshots: [ReaderClass: (sequence: UInt64, bytes: [UInt8])] = [:]
    /// How often an event was encoded: once a class, however many follow.
    private(set) var encodings = 0

    /// The newest checkpoint that was made of this log.
    var newestCheckpoint: SignedCheckpoint?

    var output = HostOutput()
    let now: () -> Timestamp
    private let salts: () throws -> [UInt8]

    /// Whether the room takes commands.
    enum Condition: Equatable {
        case accepting
        /// An append failed: nothing is taken until the log was read again.
        case recovering(AppendFailure.Reason)
    }

    /// What a command's first event says of it.
    private struct Remembered {
        let digest: String
        let answer: Answer
    }

    init(
        id: RoomID,
        genesis: [UInt8],
        epoch: UInt64,
        limits: RoomLimits,
        checkpoints: CheckpointMaker,
        now: @escaping () -> Timestamp,
        salts: @escaping () throws -> [UInt8]
    ) {
        self.id = id
        self.genesis = genesis
        self.epoch = epoch
        self.checkpoints = checkpoints
        self.now = now
        self.salts = salts
        durable = Room(limits: limits)
        decided = durable
        head = ChainHead.start(room: id, genesis: genesis)
        durableHead = head
    }

    /// Connections that follow the room.
    var here: Int { audience.values.reduce(0, +) }
}

// MARK: - Commands

extension RoomHost {
    /// Decides a command that was received at `received`.
    ///
    /// - Parameter mark: its id and digest; `nil` for the server's own.
    func take(
        _ command: Command,
        mark: EventEncoding.CommandMark?,
        by speaker: Speaker,
        received: Timestamp,
        replyTo: ReplyTo
    ) {
        if case .recovering(let reason) = condition {
            tellAtOnce(replyTo, .failure(.unavailable("\(reason)")))
            return
        }
        let key = mark.flatMap { CommandKey(actor: speaker.actor.name, id: $0.id) }
        if let key, let mark, let known = answers[key] {
            tell(replyTo, known.digest == mark.digest ? .success(known.answer) : .failure(.reused))
            return
        }
        guard decided.sequence - durable.sequence < UInt64(Self.pendingLimit) else {
            tellAtOnce(replyTo, .failure(.rateLimited(retryMilliseconds: 200)))
            return
        }
        let now = max(received, head.time)
        switch decided.decide(command, by: speaker, at: now) {
        case .failure(let rejection):
            tell(replyTo, .failure(WireError(rejection)))
        case .success(let drafts):
            let first = decided.sequence + (drafts.isEmpty ? 0 : 1)
            do {
                try record(drafts, by: speaker.actor, at: now, key: key, mark: mark)
            } catch {
                tell(replyTo, .failure(.unavailable("no random bytes")))
                return
            }
            let answer = Answer(sequence: first, at: now)
            if let key, let mark, !drafts.isEmpty {
                answers[key] = Remembered(digest: mark.digest, answer: answer)
            }
            tell(replyTo, .success(answer))
        }
    }

    /// Somebody wants to follow; a person who is no member yet is admitted first.
    func join(_ call: JoinCall, grants: [(role: Role, slot: SlotID?)], received: Timestamp) {
        guard let member = call.member, condition == .accepting else {
            complete(call)
            return
        }
        let roles = Set(grants.map(\.role)).union([.audience])
        let admit = Command.admit(member, roles: roles, slots: grants.compactMap(\.slot))
        let speaker = Speaker(.server, card: call.card)
        switch decided.decide(admit, by: speaker, at: max(received, head.time)) {
        case .failure(.roomFull(let limit)):
            tell(
                .socket(call.connection, id: call.id),
                .failure(WireError(Rejection.roomFull(limit: limit)))
            )
        case .failure:
            // A room that is over admits nobody new: they read what visitors read.
            complete(call)
        case .success(let drafts):
            if !drafts.isEmpty {
                take(admit, mark: nil, by: speaker, received: received, replyTo: .nobody)
            }
            if drafts.isEmpty, durable.members[member] != nil {
                complete(call)
            } else {
                wait(.join(call))
            }
        }
    }

    /// A connection of that class no longer follows.
    func left(_ reader: ReaderClass) {
        guard let count = audience[reader] else { return }
        audience[reader] = count > 1 ? count - 1 : nil
    }

    private func record(
        _ drafts: [Draft],
        by actor: Actor,
        at now: Timestamp,
        key: CommandKey?,
        mark: EventEncoding.CommandMark?
    ) throws {
        guard !drafts.isEmpty else { return }
        var batch = gathering ?? Batch(number: nextBatch, expecting: head.sequence)
        if gathering == nil { nextBatch += 1 }
        var sealing = head
        var entries: [Entry] = []
        for (place, draft) in drafts.enumerated() {
            let isFirst = place == 0
            let parts = EventEncoding.parts(of: draft, by: actor, command: isFirst ? mark : nil)
            let event = try sealing.seal(
                parts,
                at: now,
                command: isFirst ? key : nil,
                salts: salts
            )
            let recorded = Recorded(
                sequence: event.sequence,
                at: event.header.time,
                by: actor,
                event: draft.event
            )
            entries.append(Entry(sealed: event, recorded: recorded, texts: draft.texts))
        }
        head = sealing
        for entry in entries { decided.apply(entry.recorded) }
        batch.entries += entries
        gathering = batch
    }
}

// MARK: - Durable, then told

extension RoomHost {
    /// Ends the turn: what was decided in it is appended together.
    func finishTurn() {
        guard let batch = gathering else { return }
        gathering = nil
        underWay.append(batch)
        let request = AppendRequest(
            room: id,
            expecting: batch.expecting,
            epoch: epoch,
            events: batch.entries.map(\.sealed)
        )
        output.appends.append((batch.number, request))
    }

    /// The log's answer to a batch; they come in the order of the appends.
    func appended(_ number: UInt64, _ result: Result<UInt64, AppendFailure>) {
        guard let index = underWay.firstIndex(where: { $0.number == number }) else { return }
        switch (result, condition) {
        case (.success, .accepting):
            let batch = underWay.remove(at: index)
            for entry in batch.entries { publish(entry) }
            for pending in batch.pending { settle(pending) }
        case (.success, .recovering), (.failure(.inDoubt), .recovering):
            underWay[index].outcome = .unknown
        case (.failure(let failure), .accepting):
            condition = .recovering(failure.reason)
            signal("unavailable") { $0.member("reason", failure.reason.word) }
            underWay[index].outcome = failure.isInDoubt ? .unknown : .failed
        case (.failure, .recovering):
            underWay[index].outcome = .failed
        }
        guard case .recovering(let reason) = condition else { return }
        answerFailed(because: reason)
        recoverWhenSettled()
    }

    /// Failed batches are answered in order, up to the first whose outcome is not known.
    private func answerFailed(because reason: AppendFailure.Reason) {
        while let batch = underWay.first, batch.outcome == .failed {
            underWay.removeFirst()
            refuse(batch, because: reason)
        }
    }

    private func recoverWhenSettled() {
        if let gathered = gathering, case .recovering(let reason) = condition {
            gathering = nil
            underWay.append(gathered)
            underWay[underWay.count - 1].outcome = .failed
            answerFailed(because: reason)
        }
        guard underWay.allSatisfy({ $0.outcome != nil }) else { return }
        output.recoverAfter = durable.sequence
    }

    /// The log was read again: its events after `durable` are taken over, what was in doubt is
    /// answered, and the room accepts.
    func recover(with events: [SealedEvent]) {
        guard case .recovering(let reason) = condition else { return }
        for event in events {
            guard let entry = Entry(event) else { continue }
            publish(entry)
        }
        decided = durable
        head = durableHead
        let lost = answers.filter { $0.value.answer.sequence > durable.sequence }
        for key in lost.keys { answers[key] = nil }
        let settled = underWay
        underWay = []
        condition = .accepting
        for batch in settled {
            let isDurable = batch.entries.allSatisfy { entry in
                recent.contains { $0.sealed.hash == entry.sealed.hash }
            }
            if isDurable {
                for pending in batch.pending { settle(pending) }
            } else {
                refuse(batch, because: reason)
            }
        }
        signal("available")
    }

    private func refuse(_ batch: Batch, because reason: AppendFailure.Reason) {
        for key in batch.entries.compactMap(\.sealed.command) { answers[key] = nil }
        for pending in batch.pending {
            switch pending {
            case .reply(let replyTo, _):
                tellAtOnce(replyTo, .failure(.unavailable(reason.word)))
            case .join(let call):
                let refusal = Result<Answer, WireError>.failure(.unavailable(reason.word))
                tellAtOnce(.socket(call.connection, id: call.id), refusal)
            }
        }
    }

    /// Takes over a durable event and tells of it.
    private func publish(_ entry: Entry) {
        adopt(entry)
        guard let index = recent.indices.last else { return }
        for reader in audience.keys {
            guard let bytes = recent[index].message(for: reader, counting: &encodings) else {
                continue
            }
            withPublishing { $0.published[reader, default: []].append(bytes) }
        }
        for member in recent[index].ownPrevious.keys {
            guard let bytes = recent[index].message(for: member) else { continue }
            withPublishing { $0.personal.append((member, bytes)) }
        }
        if case .rolesChanged(let member, _, _) = entry.recorded.event {
            withPublishing { $0.restarts.append(member) }
        }
    }

    /// Takes over a durable event: from the log's answer, or from the log itself at the start.
    func adopt(_ entry: Entry) {
        let event = entry.sealed
        durable.apply(entry.recorded)
        texts.apply(entry.recorded, entry.texts)
        tree.append(event.hash)
        durableHead = ChainHead(
            room: id,
            sequence: event.sequence,
            hash: event.hash,
            time: event.header.time
        )
        var before: [ReaderClass: UInt64] = [:]
        for reader in ReaderClass.all where event.isVisible(where: reader.sees) {
            before[reader] = previous.updateValue(event.sequence, forKey: reader) ?? 0
        }
        var ownBefore: [MemberID: UInt64] = [:]
        for case .member(let member) in event.parts.compactMap(\.audience)
        where ownBefore[member] == nil {
            ownBefore[member] = ownPrevious.updateValue(event.sequence, forKey: member) ?? 0
        }
        recent.append(RecentEvent(event, previous: before, ownPrevious: ownBefore))
        if recent.count >= 2 * Self.recentLimit { recent.removeFirst(Self.recentLimit) }
        if case .contentRedacted(let sequence, let parts, _) = entry.recorded.event {
            erase(sequence, parts)
        }
    }

    private func erase(_ sequence: UInt64, _ parts: [Int]) {
        output.erasures.append((sequence, parts))
        guard let index = recent.firstIndex(where: { $0.sealed.sequence == sequence }) else {
            return
        }
        recent[index].erase(parts)
    }
}

// MARK: - Loading

extension RoomHost {
    /// Takes over an event of the log at the start.
    /// - Throws: `LoadError` where it does not follow the one before or is not understood.
    func load(_ event: SealedEvent) throws(LoadError) {
        guard event.fits(after: durableHead) else { throw .chainBroken(at: event.sequence) }
        guard let entry = Entry(event) else { throw .unreadable(at: event.sequence) }
        adopt(entry)
        if let key = event.command, let digest = entry.digest {
            let answer = Answer(sequence: event.sequence, at: event.header.time)
            answers[key] = Remembered(digest: digest, answer: answer)
        }
    }

    /// All events are loaded: commands are decided on them from now on.
    func finishLoading() {
        decided = durable
        head = durableHead
    }

    enum LoadError: Error, Equatable {
        case chainBroken(at: UInt64)
        case unreadable(at: UInt64)
    }
}

// MARK: - Telling

extension RoomHost {
    /// Tells when every event that it was decided on is durable.
    private func tell(_ replyTo: ReplyTo, _ result: Result<Answer, WireError>) {
        if case .nobody = replyTo { return }
        wait(.reply(replyTo, result))
    }

    /// Settles it with the newest batch, or at once where nothing is under way.
    private func wait(_ pending: Batch.Pending) {
        if gathering != nil {
            gathering?.pending.append(pending)
        } else if let last = underWay.indices.last {
            underWay[last].pending.append(pending)
        } else {
            settle(pending)
        }
    }

    private func settle(_ pending: Batch.Pending) {
        switch pending {
        case .reply(let replyTo, let result): tellAtOnce(replyTo, result)
        case .join(let call): complete(call)
        }
    }

    func tellAtOnce(_ replyTo: ReplyTo, _ result: Result<Answer, WireError>) {
        switch replyTo {
        case .nobody: return
        case .call(let call): call(result)
        case .socket(let connection, let id):
            let bytes =
                switch result {
                case .success(let answer): ServerMessage.answer(to: id) { answer.write(to: &$0) }
                case .failure(let error): ServerMessage.refusal(to: id, error)
                }
            withSegment { $0.direct.append((connection, bytes)) }
        }
    }

    /// A segment to publish in: not one in which somebody joined already, since whoever joined has
    /// everything before.
    private func withPublishing(_ body: (inout Segment) -> Void) {
        if output.segments.last?.joined.isEmpty ?? false {
            body(&output.segments[output.segments.count - 1])
        } else {
            var segment = Segment()
            body(&segment)
            output.segments.append(segment)
        }
    }

    func withSegment(_ body: (inout Segment) -> Void) {
        if output.segments.isEmpty { output.segments.append(Segment()) }
        body(&output.segments[output.segments.count - 1])
    }

    /// A signal to all who follow.
    func signal(_ name: String, data: (inout JSONWriter) -> Void = { _ in }) {
        let bytes = ServerMessage.signal(name, in: id, data: data)
        for reader in audience.keys {
            withPublishing { $0.published[reader, default: []].append(bytes) }
        }
    }

    /// The room as a class sees it, made once for all who join at this event.
    func snapshot(for reader: ReaderClass) -> [UInt8] {
        if let known = snapshots[reader], known.sequence == durable.sequence { return known.bytes }
        let bytes = Snapshot.bytes(of: durable, texts, for: reader)
        snapshots[reader] = (durable.sequence, bytes)
        return bytes
    }

    /// One more connection of that class follows.
    func entered(_ reader: ReaderClass) {
        audience[reader, default: 0] += 1
    }

    /// The message of a recent event for a class.
    func message(at index: Int, for reader: ReaderClass) -> [UInt8]? {
        recent[index].message(for: reader, counting: &encodings)
    }
}
