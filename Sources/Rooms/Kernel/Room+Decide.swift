public import Ledger

/// The events of a command, in order, or why there are none.
public typealias Decision = Result<[Draft], Rejection>

extension Room {
    /// Decides one command at `now`, the time it was received, and changes nothing.
    public func decide(_ command: Command, by speaker: Speaker, at now: Timestamp) -> Decision {
        do throws(Rejection) {
            let position = position(of: speaker.actor)
            if let refusal = Rights.refusal(of: command.kind, to: position, in: lifecycle.name) {
                throw refusal
            }
            var drafts = try events(of: command, by: speaker, at: now)
            if door.isClosed {
                drafts = drafts.map { $0.behindDoor() }
            }
            if lifecycle == .archived { drafts = drafts.map(narrowed) }
            if command.needsSpace, !drafts.isEmpty { try requireSpace() }
            return .success(drafts)
        } catch {
            return .failure(error)
        }
    }

    private func events(
        of command: Command,
        by speaker: Speaker,
        at now: Timestamp
    ) throws(Rejection) -> [Draft] {
        let actor = speaker.actor
        switch command {
        case .create(let plan): return try create(plan)
        case .admit(let member, let roles, let slots):
            return try admit(member, roles: roles, slots: slots, card: speaker.card)
        case .keepTime: return dueEvents(at: now) + endedPlayback(at: now)
        case .makeUp(let milliseconds):
            return shiftedClock(by: milliseconds) + heldPlayback(for: milliseconds, at: now)
        case .knock, .apply, .letIn, .letInAll, .decline, .setRoles, .mute, .unmute, .remove, .ban,
            .unban, .checkIn, .checkOut:
            return try admissionEvents(of: command, by: speaker)
        case .sign(let terms, let name): return try signature(of: actor, under: terms, name: name)
        case .disclose(let disclosure): return try disclosed(disclosure, at: now)
        case .countAttendance, .tellPages: return try attendanceEvents(of: command)
        case .forget(let member): return forgotten(member)
        case .setSlowMode, .holdChat, .approve, .refuseHeld, .stopOutput, .resumeOutput, .announce:
            return try conductEvents(of: command, by: speaker)
        case .openPoll, .votePoll, .closePoll, .cancelPoll:
            return try pollEvents(of: command, by: speaker)
        case .raiseHand, .lowerHand, .giveFloor, .takeFloor, .muteMicrophone, .unmuteMicrophone,
            .arrangeStage:
            return try floorEvents(of: command, by: speaker)
        case .startRecording, .stopRecording, .consent, .offerRecording, .addCaption,
            .startPlayback, .pausePlayback, .resumePlayback, .seekPlayback, .stopPlayback:
            return try recordingEvents(of: command, by: speaker, at: now)
        case .openRoom, .startRoom, .pauseRoom, .resumeRoom, .endRoom, .confirmEnd, .reopenRoom,
            .closeRoom, .cancelRoom:
            return try lifecycleEvents(of: command, at: now)
        case .arrangeArchive, .reviewArchive, .consentArchive, .seal, .confirmSeal, .supplement,
            .holdArchive, .releaseArchive, .expire:
            return try archiveEvents(of: command, by: speaker, at: now)
        case .correct(let sequence, let text): return try corrected(sequence, text, by: speaker)
        case .arrangeJudging, .seatJudge, .recuse, .endRecusal, .submitSheet, .closeScoring,
            .openScoring, .publishScores:
            return try judgingEvents(of: command, by: speaker)
        case .orderSlots, .startDraw, .commitDraw, .revealDraw, .closeDraw, .finishDraw,
            .cancelDraw:
            return try orderEvents(of: command, by: actor)
        case .say, .ask, .vote, .mark, .mergeQuestion, .answerQuestion, .allowAnonymous, .redact:
            return try conversationEvents(of: command, by: speaker, at: now)
        case .giveIntent, .withdrawIntent: return try intentEvents(of: command, by: speaker)
        case .answerIntent, .followUp, .offerContact, .withdrawContact, .giveFeedback, .keepNote:
            return try answerEvents(of: command, by: speaker)
        default:
            return try roadshowEvents(of: command, by: actor, at: now)
        }
    }

    /// A text as it is kept: trimmed, not empty, within its limit, without control characters.
    func accepted(_ text: String, limit: Int) throws(Rejection) -> String {
        let trimmed = text.trimmed
        guard !trimmed.isEmpty else { throw .textEmpty }
        let length = trimmed.unicodeScalars.count
        guard length <= limit else { throw .textTooLong(length: length, limit: limit) }
        guard trimmed.unicodeScalars.allSatisfy(\.isPrintable) else {
            throw .textHasControlCharacters
        }
        return trimmed
    }

    /// A reason, where one was given.
    func reason(_ text: String?) throws(Rejection) -> Texts? {
        guard let text else { return nil }
        return .reason(try accepted(text, limit: limits.reasonText))
    }

    func requireSpace() throws(Rejection) {
        guard sequence < UInt64(limits.events) else { throw .roomFull(limit: limits.events) }
    }
}

extension Command {
    /// Everything but what ends or tidies a room stops when its log is full; an admission asks for
    /// space itself, where it lets somebody in.
    fileprivate var needsSpace: Bool {
        switch self {
        case .create, .admit, .keepTime, .makeUp, .forget, .redact, .remove, .ban, .mute,
            .stopOutput, .closePoll, .cancelPoll, .lowerHand, .takeFloor, .muteMicrophone,
            .stopRecording, .stopPlayback, .finishDraw, .cancelDraw:
            false
        case .endRoom, .confirmEnd, .closeRoom, .cancelRoom: false
        case .reviewArchive, .arrangeArchive, .seal, .confirmSeal, .holdArchive, .expire: false
        default: true
        }
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}

extension Unicode.Scalar {
    /// A letter or digit that shows: a name without one is none.
    public var isLegible: Bool {
        (properties.isAlphabetic || properties.numericType != nil)
            && !properties.isDefaultIgnorableCodePoint
    }

    /// Anything but control characters (line feed and tab aside) and the marks that turn text around.
    var isPrintable: Bool {
        switch value {
        case 0x09, 0x0a: true
        case 0..<0x20, 0x7f..<0xa0: false
        // Bidirectional overrides and isolates let a text show in another order than it was said.
        case 0x202a...0x202e, 0x2066...0x2069: false
        default: true
        }
    }
}
