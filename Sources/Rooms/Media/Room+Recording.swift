public import Ledger

/// Recording with consent, captions, and recordings that are played to the room.
extension Room {
    func recordingEvents(
        of command: Command,
        by speaker: Speaker,
        at now: Timestamp
    ) throws(Rejection) -> [Draft] {
        switch command {
        case .startRecording(let id):
            guard recording.running == nil else { throw .recordingRunning }
            // Without a name there is no recording: the server gives one.
            guard let id else { throw .noRecording }
            return [Draft(.recordingStarted(id))]
        case .stopRecording(let end):
            guard let running = recording.running else { throw .noRecording }
            return [Draft(.recordingStopped(running.id, end))]
        case .consent(let agrees):
            guard case .member(let member) = speaker.actor else { throw .notAdmitted }
            guard recording.consents.contains(member) != agrees else { return [] }
            return [Draft(.recordingConsented(member, agrees))]
        case .addCaption(let caption):
            return [try captioned(caption, by: speaker, at: now)]
        case .offerRecording(let id, let offer):
            // The server says what stands behind the name; without it there is no such recording.
            guard let offer, recording.offered.count < limits.recordings else {
                throw .recordingNotOffered(id)
            }
            try requirePresenter(speaker.actor, of: offer.slot)
            return recording.offered[id] == nil ? [Draft(.recordingOffered(offer))] : []
        default:
            return try playbackEvents(of: command, at: now)
        }
    }

    private func captioned(
        _ caption: CaptionText,
        by speaker: Speaker,
        at now: Timestamp
    ) throws(Rejection) -> Draft {
        guard caption.language.isLanguage(limit: limits.language) else {
            throw .badLanguage(limit: limits.language)
        }
        let text = try accepted(caption.text, limit: limits.captionText)
        let to = caption.to ?? now
        let earliest = now.before(limits.captionDelay)
        let start = max(recording.captionEnds[caption.language] ?? .zero, to.before(5_000))
        let from = caption.from ?? min(start, to.before(1))
        guard from < to, from >= earliest, to <= now.advanced(by: limits.captionAhead) else {
            throw .captionTimes(earliest: earliest, latest: now.advanced(by: limits.captionAhead))
        }
        let frame = CaptionFrame(language: caption.language, from: from, to: to)
        return Draft(.captionAdded(frame), .captioned(by: speaker.card.byline, text: text))
    }

    private func playbackEvents(
        of command: Command,
        at now: Timestamp
    ) throws(Rejection) -> [Draft] {
        if case .startPlayback(let id, let from) = command {
            guard let offer = recording.offered[id] else { throw .recordingNotOffered(id) }
            // By itself it goes on where the pitch on stage stands: the line dropped then.
            let from = from ?? min(elapsedPitch(of: offer.slot, at: now), offer.length)
            guard from < offer.length else { throw .positionOutOfRange(length: offer.length) }
            let ended = recording.playback == nil ? [] : [Draft(.playbackStopped)]
            return ended + [Draft(.playbackStarted(offer, from: from))]
        }
        guard let playback = recording.playback else { throw .noPlayback }
        switch (command, playback.reading) {
        case (.pausePlayback, .running): return pausedPlayback(at: now)
        case (.resumePlayback, .stopped(let position)):
            return [Draft(.playbackResumed(from: position))]
        case (.seekPlayback(let to), let reading):
            guard to < playback.recording.length else {
                throw .positionOutOfRange(length: playback.recording.length)
            }
            if case .running = reading { return [Draft(.playbackResumed(from: to))] }
            return [Draft(.playbackPaused(at: to))]
        case (.stopPlayback, _): return [Draft(.playbackStopped)]
        default: return []
        }
    }

    /// How long the pitch of that slot runs already; 0 where another is on stage.
    private func elapsedPitch(of slot: SlotID, at now: Timestamp) -> UInt64 {
        guard let stage = roadshow.stage, stage.frame.id == slot, let clock = roadshow.clock,
            clock.phase == .pitch
        else { return 0 }
        let left = clock.remaining(at: now)
        return clock.total > left ? clock.total - left : 0
    }

    /// The playback stops with the room; no event where none runs.
    func pausedPlayback(at now: Timestamp) -> [Draft] {
        guard let playback = recording.playback, case .running = playback.reading else { return [] }
        return [Draft(.playbackPaused(at: playback.position(at: now)))]
    }

    /// What was played to its end is over.
    func endedPlayback(at now: Timestamp) -> [Draft] {
        guard let end = recording.playback?.endsAt, end <= now else { return [] }
        return [Draft(.playbackStopped)]
    }

    /// While the server was down nothing played: it stands where it stood.
    func heldPlayback(for milliseconds: UInt64, at now: Timestamp) -> [Draft] {
        guard milliseconds > 0 else { return [] }
        return pausedPlayback(at: now.before(milliseconds))
    }

    /// Nothing is recorded or played when the room is over.
    func endedRecording() -> [Draft] {
        let recorded = recording.running.map { [Draft(.recordingStopped($0.id, .room))] } ?? []
        return recorded + (recording.playback == nil ? [] : [Draft(.playbackStopped)])
    }

    mutating func applyRecording(_ recorded: Recorded) {
        switch recorded.event {
        case .recordingStarted(let id):
            recording.running = Recording.Running(id: id, since: recorded.at)
        case .recordingStopped: recording.running = nil
        case .recordingConsented(let member, true): recording.consents.insert(member)
        case .recordingConsented(let member, false): recording.consents.remove(member)
        case .recordingOffered(let offer): recording.offered[offer.id] = offer
        case .captionAdded(let frame): recording.captionEnds[frame.language] = frame.to
        case .playbackStarted(let offer, let from):
            let reading = Playback.Reading.running(from: from, since: recorded.at)
            recording.playback = Playback(recording: offer, reading: reading)
        case .playbackPaused(let position): recording.playback?.reading = .stopped(at: position)
        case .playbackResumed(let from):
            recording.playback?.reading = .running(from: from, since: recorded.at)
        case .playbackStopped: recording.playback = nil
        default: applyJudging(recorded)
        }
    }

    /// When the room is next to be asked what is due; `nil` while nothing runs towards a deadline.
    public var nextDeadline: Timestamp? {
        [roadshow.nextDeadline, recording.playback?.endsAt].compactMap(\.self).min()
    }
}

extension Timestamp {
    static let zero = Timestamp(milliseconds: 0)

    /// So many milliseconds earlier; not before the epoch.
    func before(_ milliseconds: UInt64) -> Timestamp {
        Timestamp(
            milliseconds: self.milliseconds > milliseconds ? self.milliseconds - milliseconds : 0
        )
    }
}
