internal import Ledger

/// The order of the chat: slow mode, approval before telling (先审后发), words, the one key.
extension Room {
    /// What becomes of a message: it is told, or held, or refused.
    func said(
        _ text: String,
        to address: ChatAddress,
        by member: MemberID,
        as card: NameCard,
        at now: Timestamp
    ) throws(Rejection) -> [Draft] {
        let accepted = try accepted(text, limit: limits.chatText)
        try requireVoice(of: member)
        let texts = Texts.said(by: card.byline, text: accepted)
        guard !isModerator(member) else { return [Draft(.chatSaid(address), texts)] }
        if conduct.slowSeconds > 0, let last = members[member]?.lastSaid {
            let next = last.advanced(by: conduct.slowSeconds * 1_000)
            guard now >= next else { throw .tooSoon(retry: UInt64(now.milliseconds(to: next))) }
        }
        let isHit = limits.words.match(accepted)
        if isHit, limits.words.consequence == .refuse { throw .wordRefused }
        guard isHit || conduct.holdsChat else { return [Draft(.chatSaid(address), texts)] }
        guard conduct.held.count < limits.heldMessages else {
            throw .roomFull(limit: limits.heldMessages)
        }
        return [Draft(.chatHeld(by: member, mentioning: address.mentions), texts)]
    }

    /// A message in a private channel: slow mode, approval and the stop of all output are for what
    /// everybody reads.
    func confided(
        _ text: String,
        to address: ChatAddress,
        by member: MemberID,
        as card: NameCard
    ) throws(Rejection) -> [Draft] {
        let accepted = try accepted(text, limit: limits.chatText)
        if !isModerator(member) {
            guard members[member]?.isMuted != true else { throw .muted }
            let isRefused = limits.words.consequence == .refuse && limits.words.match(accepted)
            guard !isRefused else { throw .wordRefused }
        }
        return [Draft(.chatSaid(address), .said(by: card.byline, text: accepted))]
    }

    /// Whether the member may write now; moderators always may.
    func requireVoice(of member: MemberID) throws(Rejection) {
        guard !isModerator(member) else { return }
        guard !conduct.isStopped else { throw .outputStopped }
        guard members[member]?.isMuted != true else { throw .muted }
    }

    func conductEvents(
        of command: Command,
        by speaker: Speaker
    ) throws(Rejection) -> [Draft] {
        switch command {
        case .setSlowMode(let seconds):
            guard seconds <= limits.slowMode else {
                throw .slowModeOutOfRange(limit: limits.slowMode)
            }
            return conduct.slowSeconds == seconds ? [] : [Draft(.slowModeSet(seconds: seconds))]
        case .holdChat(let holds):
            return conduct.holdsChat == holds ? [] : [Draft(.chatHoldSet(holds))]
        case .approve(let sequence, let words):
            guard let held = conduct.held[sequence], texts[sequence]?.isRedacted == false,
                let words
            else { throw .noSuchHeld(sequence) }
            let texts = Texts.said(by: words.byline, text: words.text)
            // Whoever left meanwhile is not called.
            let called = held.mentions.filter { reads(.everyone, $0) }
            let approval = Event.chatApproved(sequence, author: held.author, mentioning: called)
            return [Draft(approval, texts)]
        case .refuseHeld(let sequence, let reason):
            guard let author = conduct.held[sequence]?.author else { throw .noSuchHeld(sequence) }
            return [Draft(.chatDeclined(sequence, author: author), try self.reason(reason))]
        case .stopOutput: return conduct.isStopped ? [] : [Draft(.outputStopped)]
        case .resumeOutput: return conduct.isStopped ? [Draft(.outputResumed)] : []
        case .announce(let text):
            let accepted = try accepted(text, limit: limits.announcementText)
            return [Draft(.announced, .announcement(accepted))]
        default: return []
        }
    }

    mutating func applyConduct(_ recorded: Recorded) {
        switch recorded.event {
        case .chatSaid(let address):
            guard !address.channel.isPrivate else { return }
            if case .member(let author) = recorded.by { members[author]?.lastSaid = recorded.at }
        case .chatHeld(let author, let mentions):
            members[author]?.lastSaid = recorded.at
            conduct.held[recorded.sequence] = HeldMessage(author: author, mentions: mentions)
        case .chatApproved(let sequence, let author, _):
            conduct.held[sequence] = nil
            // It is its author's, whoever approved it.
            texts[recorded.sequence] = RedactableText(
                author: author,
                parts: recorded.event.textParts ?? [],
                heldIn: sequence,
                isSpoken: true,
                isRedacted: false
            )
        case .chatDeclined(let sequence, _): conduct.held[sequence] = nil
        case .slowModeSet(let seconds): conduct.slowSeconds = seconds
        case .chatHoldSet(let holds): conduct.holdsChat = holds
        case .outputStopped: conduct.isStopped = true
        case .outputResumed: conduct.isStopped = false
        default: applyPolls(recorded)
        }
    }
}
