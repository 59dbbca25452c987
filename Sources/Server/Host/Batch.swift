internal import Ledger
internal import Rooms
internal import Wire

/// Events that were decided in one turn and are appended together, and who waits for them.
struct Batch {
    let number: UInt64
    /// The log's last event before the batch.
    let expecting: UInt64
    var entries: [Entry] = []
    var pending: [Pending] = []
    /// Known once the log has answered.
    var outcome: Outcome?

    init(number: UInt64, expecting: UInt64) {
        self.number = number
        self.expecting = expecting
    }

    enum Pending {
        case reply(ReplyTo, Result<Answer, WireError>)
        case join(JoinCall)
    }

    enum Outcome {
        /// It is to be taken over, with others or at once.
        case durable
        case failed
        /// The log has to be read to know.
        case unknown
    }
}

/// An event in all its forms: as it is kept, as the rules take it, and its texts.
struct Entry {
    let sealed: SealedEvent
    let recorded: Recorded
    let texts: Texts?
    /// The digest of its command, on a command's first event.
    var digest: String?

    init(sealed: SealedEvent, recorded: Recorded, texts: Texts?) {
        self.sealed = sealed
        self.recorded = recorded
        self.texts = texts
    }

    /// Reads an event of the log; `nil` where its first part is no event that this version knows.
    init?(_ sealed: SealedEvent) {
        guard let first = sealed.parts.first?.part,
            let record = try? EventDecoding.record(from: first.bytes)
        else { return nil }
        var found: Texts?
        for part in sealed.parts.dropFirst().compactMap(\.part) where found == nil {
            found = (try? EventDecoding.texts(from: part.bytes, of: record.event.type)) ?? nil
        }
        let recorded = Recorded(
            sequence: sealed.sequence,
            at: sealed.header.time,
            by: record.by,
            event: record.event
        )
        self.init(sealed: sealed, recorded: recorded, texts: found)
        digest = record.command?.digest
    }
}

extension AppendFailure {
    var isInDoubt: Bool {
        if case .inDoubt = self { true } else { false }
    }

    /// Why the room cannot accept for now.
    var reason: Reason {
        switch self {
        case .unavailable(let reason): reason
        // Whether it is kept is not known: the disk did not answer as it should.
        case .inDoubt: .io(0)
        case .conflict, .fenced, .duplicate: .busy
        }
    }
}

extension AppendFailure.Reason {
    /// One word for it, as clients are told.
    var word: String {
        switch self {
        case .noSuchRoom: "no_such_room"
        case .full: "disk_full"
        case .readOnly: "read_only"
        case .busy: "busy"
        case .corrupt: "corrupt"
        case .io: "io"
        case .closed: "closing"
        case .malformed: "malformed"
        }
    }
}

extension ReaderClass {
    /// Every class there is.
    static let all: [ReaderClass] = [
        .visitor,
        ReaderClass(roles: [.audience]),
        ReaderClass(roles: [.presenter]),
        ReaderClass(roles: [.moderator]),
        ReaderClass(roles: [.moderator, .presenter]),
    ]
}
