internal import Ledger
internal import Rooms

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

    /// Keeps the checkpoint that another server signed.
    func load(_ checkpoint: SignedCheckpoint?) {
        if isForeign { newestCheckpoint = checkpoint }
    }

    /// All events are loaded: commands are decided on them from now on.
    func finishLoading() {
        decided = durable
        head = durableHead
        // What was seen of earlier slots went with the server that saw it.
        pagesDue = []
    }

    /// Running clocks shift by the time that the server was away: from the last moment it is known
    /// to have lived, by its mark or by this room's newest event.
    func makeUp(since mark: Timestamp) {
        let now = now()
        let away = max(mark, durableHead.time).milliseconds(to: now)
        guard away > 0 else { return }
        take(
            .makeUp(milliseconds: UInt64(away)),
            mark: nil,
            by: .server,
            received: now,
            replyTo: .nobody
        )
    }

    enum LoadError: Error, Equatable {
        case chainBroken(at: UInt64)
        case unreadable(at: UInt64)
    }
}
