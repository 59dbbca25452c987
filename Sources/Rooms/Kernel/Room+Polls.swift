internal import Ledger

/// Polls: opened by a moderator, one at a time; each member votes in secret.
extension Room {
    func pollEvents(
        of command: Command,
        by speaker: Speaker
    ) throws(Rejection) -> [Draft] {
        guard case .member(let member) = speaker.actor else { throw .notAdmitted }
        switch command {
        case .openPoll(let plan): return [try opened(plan)]
        case .votePoll(let id, let choices):
            return try voted(choices, in: id, by: member, speaker.standing)
        case .closePoll(let id):
            let poll = try poll(id)
            guard poll.state == .open else { throw .pollNotOpen(id) }
            return [closed(poll, id)]
        case .cancelPoll(let id):
            return try poll(id).state == .cancelled ? [] : [Draft(.pollCancelled(id))]
        default: return []
        }
    }

    /// The poll that takes votes.
    public var openPoll: (id: UInt64, poll: Poll)? {
        guard let openPollID, let poll = polls[openPollID] else { return nil }
        return (openPollID, poll)
    }

    private func opened(_ plan: PollPlan) throws(Rejection) -> Draft {
        if let openPollID { throw .pollRunning(openPollID) }
        guard polls.count < limits.polls else { throw .tooManyPolls(limit: limits.polls) }
        if let slot = plan.frame.slot { try requireKnown(slot) }
        let question = try accepted(plan.texts.question, limit: limits.pollQuestion)
        var options: [String] = []
        let range = plan.frame.kind.fixedOptions == nil ? limits.pollOptions : 0...0
        guard range.contains(plan.texts.options.count) else { throw .badPollOptions(range) }
        for option in plan.texts.options {
            let accepted = try accepted(option, limit: limits.pollOption)
            // Two that read the same cannot be told apart.
            guard !options.contains(accepted) else { throw .badPollOptions(range) }
            options.append(accepted)
        }
        let texts = PollTexts(question: question, options: options)
        return Draft(.pollOpened(plan.frame), .poll(texts))
    }

    private func voted(
        _ choices: [Int],
        in id: UInt64,
        by member: MemberID,
        _ standing: Standing
    ) throws(Rejection) -> [Draft] {
        let poll = try poll(id)
        guard poll.state == .open else { throw .pollNotOpen(id) }
        guard !poll.frame.isForRegistered || standing >= .registered else { throw .registeredOnly }
        let most = poll.frame.kind == .multiple ? poll.frame.options : 1
        guard let ballot = Ballot(choices, of: poll.frame.options), ballot.count <= most else {
            throw .badBallot(options: poll.frame.options, most: most)
        }
        if let before = poll.cast[member] {
            guard before.ballot != ballot else { return [] }
            guard poll.frame.isChangeable, Int(before.changes) < limits.ballotChanges else {
                throw .ballotFixed(id)
            }
        }
        return [Draft(.pollVoted(id, by: member, ballot))]
    }

    private func poll(_ id: UInt64) throws(Rejection) -> Poll {
        guard let poll = polls[id] else { throw .noSuchPoll(id) }
        return poll
    }

    private func closed(_ poll: Poll, _ id: UInt64) -> Draft {
        Draft(.pollClosed(id, counts: poll.counts, voters: poll.voters))
    }

    /// No poll outlasts the live part: what was voted counts.
    func endedPolls() -> [Draft] {
        openPoll.map { [closed($0.poll, $0.id)] } ?? []
    }

    mutating func applyPolls(_ recorded: Recorded) {
        switch recorded.event {
        case .pollOpened(let frame):
            guard case .member(let author) = recorded.by else { return }
            polls[recorded.sequence] = Poll(frame, by: author, at: recorded.at)
            openPollID = recorded.sequence
        case .pollVoted(let id, let member, let ballot): polls[id]?.take(ballot, by: member)
        case .pollClosed(let id, _, _):
            polls[id]?.state = .closed
            polls[id]?.closedAt = recorded.at
            if openPollID == id { openPollID = nil }
        case .pollCancelled(let id):
            polls[id]?.cancel(at: recorded.at)
            if openPollID == id { openPollID = nil }
        default: applyFloor(recorded)
        }
    }
}
