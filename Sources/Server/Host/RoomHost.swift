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
    /// Bytes of missed events that a resume brings; who missed more gets a snapshot.
    static let missedBytesLimit = 512 << 10
    /// Events decided and not yet durable; beyond it commands are asked to wait.
    static let pendingLimit = 20_000
    /// Connections from which on it pays to write once for what two syncs made durable.
    static let crowd = 128

    let id: RoomID
    let genesis: [UInt8]
    let epoch: UInt64
    let checkpoints: CheckpointMaker

    /// Another server's record: its log ends where that server signed it, and takes nothing more.
    let isForeign: Bool

    /// What readers are shown: every event in it is durable.
    var durable: Room
    var durableHead: ChainHead
    var texts = RoomTextBook()
    var tree = MerkleTree()

    /// What commands are decided on: ahead of `durable` by the batches under way.
    var decided: Room
    var head: ChainHead
    var gathering: Batch?
    var underWay: [Batch] = []
    var nextBatch: UInt64 = 1
    /// The batch with which those before it are told that are durable already.
    var toldWith: UInt64?
    var condition = Condition.accepting

    var answers: [CommandKey: Remembered] = [:]
    var recent: [RecentEvent] = []
    /// How many of them few are told of.
    var recentAside = 0
    var previous: [ReaderClass: UInt64] = [:]
    var ownPrevious: [MemberID: UInt64] = [:]
    /// The event that last gave each member a role.
    var membershipChanged: [MemberID: UInt64] = [:]
    /// Connections that follow, by class.
    var audience: [ReaderClass: Int] = [:]
    /// Connections of each member that follows.
    var present: [MemberID: Int] = [:]
    /// The event that last changed who may send, who is heard, what is recorded or played.
    var mediaChanged: UInt64 = 0
    /// The event that last changed who waits.
    var queueChanged: UInt64 = 0
    /// The vote that changed how the open poll stands last.
    var tallyChanged: UInt64 = 0
    var viewership = Viewership()
    /// Slots that are over, and whose pages were not told of.
    var pagesDue: [SlotID] = []
    /// Where it was pointed since that was last told.
    var pointer: Pointer?
    /// Who showed what since reactions were last told.
    var reactions: [Reaction: Set<MemberID>] = [:]
    var snapshots: [ReaderClass: (sequence: UInt64, bytes: [UInt8])] = [:]
    /// How often an event was encoded: once a class, however many follow.
    var encodings = 0

    /// The newest checkpoint that was made of this log.
    var newestCheckpoint: SignedCheckpoint?

    var output = HostOutput()
    let now: () -> Timestamp
    let salts: () throws -> [UInt8]

    /// Whether the room takes commands.
    enum Condition: Equatable {
        case accepting
        /// An append failed: nothing is taken until the log was read again.
        case recovering(AppendFailure.Reason)
    }

    /// What a command's first event says of it.
    struct Remembered {
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
        isForeign = !checkpoints.isOwn(genesis)
        durable = Room(limits: limits)
        decided = durable
        head = ChainHead.start(room: id, genesis: genesis)
        durableHead = head
    }

    /// When the room is next to be asked what is due, by what is decided so far; never while nothing
    /// can be decided.
    var nextDeadline: Timestamp? {
        condition == .accepting ? decided.nextDeadline : nil
    }

    /// Connections that follow the room.
    var here: Int { audience.values.reduce(0, +) }
}

extension RoomHost {
    /// Decides a command that was received at `received`. `mark` is its id and digest, `nil` for the
    /// server's own.
    func take(
        _ command: Command,
        mark: EventEncoding.CommandMark?,
        by speaker: Speaker,
        received: Timestamp,
        replyTo: ReplyTo
    ) {
        if case .recovering(let reason) = condition {
            tellAtOnce(replyTo, .failure(.unavailable(reason.word)))
            return
        }
        if isForeign {
            tellAtOnce(replyTo, foreignAnswer(to: command))
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
        let command = worded(command, by: speaker.actor)
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

    /// Somebody wants to follow; a person who is no member yet is admitted first, or waits, or stays
    /// outside, as the room's door says.
    func join(_ call: JoinCall, grants: [(role: Role, slot: SlotID?)], received: Timestamp) {
        guard let member = call.member, condition == .accepting, !isForeign,
            let admit = command(for: call, member, grants)
        else {
            complete(call)
            return
        }
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
            let isKnown = durable.members[member] != nil || durable.outside[member] != nil
            if drafts.isEmpty, isKnown {
                complete(call)
            } else {
                wait(.join(call))
            }
        }
    }

    /// Nothing is due in another server's record, and nothing is taken.
    private func foreignAnswer(to command: Command) -> Result<Answer, WireError> {
        switch command {
        case .keepTime, .makeUp, .expire:
            .success(Answer(sequence: durable.sequence, at: durableHead.time))
        default: .failure(WireError(.roomImported, "this is another server's record"))
        }
    }

    /// A connection of that class and member no longer follows.
    func left(_ reader: ReaderClass, _ member: MemberID? = nil) {
        if let member, let count = present[member] {
            present[member] = count > 1 ? count - 1 : nil
        }
        let isGone = member.map { present[$0] == nil } ?? true
        if isGone, Self.isViewer(reader), let page = durable.followedPage {
            viewership.went(member, from: page, at: now())
        }
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
        if gathering == nil {
            gathering = Batch(number: nextBatch, expecting: head.sequence)
            nextBatch += 1
        }
        head = sealing
        for entry in entries { decided.apply(entry.recorded) }
        gathering?.entries += entries
    }
}
