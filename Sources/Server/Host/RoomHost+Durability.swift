internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Wire

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
            underWay[index].outcome = .durable
            if !waitsForMore(after: number) { takeOverDurable() }
        case (.success, .recovering), (.failure(.inDoubt), .recovering):
            underWay[index].outcome = .unknown
        case (.failure(let failure), .accepting):
            takeOverDurable()
            condition = .recovering(failure.reason)
            signal("unavailable") { $0.member("reason", failure.reason.word) }
            note(failure.isInDoubt ? .unknown : .failed, of: number)
        case (.failure, .recovering):
            underWay[index].outcome = .failed
        }
        guard case .recovering(let reason) = condition else { return }
        answerFailed(because: reason)
        recoverWhenSettled()
    }

    private func note(_ outcome: Batch.Outcome, of number: UInt64) {
        guard let index = underWay.firstIndex(where: { $0.number == number }) else { return }
        underWay[index].outcome = outcome
    }

    /// Whether what is durable is told together with what is about to be. To write to a crowd costs
    /// more than a sync takes: what the log has at hand by now goes in the same write, and what
    /// comes later does not keep it any longer.
    private func waitsForMore(after number: UInt64) -> Bool {
        guard here >= Self.crowd else { return false }
        if let last = toldWith { return number < last }
        guard let newest = underWay.last, newest.outcome == nil else { return false }
        toldWith = newest.number
        return true
    }

    /// Takes over what the log has taken, and tells of it.
    private func takeOverDurable() {
        toldWith = nil
        while let batch = underWay.first, batch.outcome == .durable {
            underWay.removeFirst()
            for entry in batch.entries { publish(entry) }
            for pending in batch.pending { settle(pending) }
        }
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
        var found: Set<Digest> = []
        for event in events {
            // What does not follow is none of ours: the next append is refused, and says so.
            guard event.fits(after: durableHead), let entry = Entry(event) else { break }
            publish(entry)
            found.insert(event.hash)
        }
        decided = durable
        head = durableHead
        let settled = underWay
        underWay = []
        condition = .accepting
        for batch in settled {
            let isDurable = batch.entries.allSatisfy { found.contains($0.sealed.hash) }
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
        let changes = changesReading(entry.recorded.event)
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
        switch entry.recorded.event {
        case .archiveSealed, .archiveArranged, .archiveExpired:
            // Who is shown less from here on, or more, comes in anew.
            guard durable.lifecycle == .archived else { break }
            let bytes = ServerMessage.signal("restart", in: id)
            for reader in audience.keys where !reader.sees(.staff) {
                withPublishing { $0.published[reader, default: []].append(bytes) }
            }
        default: break
        }
        noteRecord(entry.recorded.event)
        if changes, let member = entry.recorded.event.subject {
            withPublishing { $0.restarts.append(member) }
        }
    }

    /// What was made of a record goes with each text that is taken away, and is made anew of a sealed
    /// one whenever something is added. What is sent of it is noted, and changes nothing.
    private func noteRecord(_ event: Event) {
        switch event {
        case .disclosed: return
        case .contentRedacted: if !durable.lifecycle.isOngoing { output.hasRecordChanged = true }
        default: if durable.lifecycle == .archived { output.hasRecordChanged = true }
        }
    }

    /// Takes over a durable event: from the log's answer, or from the log itself at the start.
    func adopt(_ entry: Entry) {
        let event = entry.sealed
        let cut = durable.roadshow.cut
        durable.apply(entry.recorded)
        if entry.recorded.event.changesMedia || durable.roadshow.cut != cut {
            mediaChanged = event.sequence
        }
        texts.apply(entry.recorded, entry.texts)
        texts.trimIntents(to: durable.intents)
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
        let isAside: Bool
        switch entry.recorded.event {
        case .disclosed, .attendanceCounted, .slotFollowed: isAside = true
        case .chatSaid(let address): isAside = address.channel.isPrivate
        case .pollVoted:
            isAside = true
            tallyChanged = event.sequence
        default: isAside = false
        }
        recent.append(
            RecentEvent(event, previous: before, ownPrevious: ownBefore, isAside: isAside)
        )
        if isAside { recentAside += 1 }
        trimRecent()
        switch entry.recorded.event {
        case .memberAdmitted(let member, _, _), .rolesChanged(let member, _, _),
            .memberWaiting(let member), .memberApplied(let member), .memberDeclined(let member),
            .memberRemoved(let member), .memberBanned(let member), .memberUnbanned(let member),
            .termsSigned(let member, _):
            membershipChanged[member] = event.sequence
            queueChanged = event.sequence
        case .contentRedacted(let sequence, let parts, _): erase(sequence, parts)
        case .scoringOpened(let slot), .slotFinished(let slot): pagesDue.append(slot)
        default: break
        }
    }

    /// Disclosures, votes, counts and private messages, which few are told of, do not push out what
    /// others may have missed; a bound stands all the same.
    private func trimRecent() {
        let most = 8 * Self.recentLimit
        guard recent.count - recentAside >= 2 * Self.recentLimit || recent.count >= 2 * most else {
            return
        }
        let count = recent.count >= 2 * most ? most : Self.recentLimit
        recentAside -= recent.prefix(count).count(where: \.isAside)
        recent.removeFirst(count)
    }

    private func erase(_ sequence: UInt64, _ parts: [Int]) {
        output.erasures.append((sequence, parts))
        guard let index = recent.firstIndex(where: { $0.sealed.sequence == sequence }) else {
            return
        }
        recent[index].erase(parts)
    }
}
