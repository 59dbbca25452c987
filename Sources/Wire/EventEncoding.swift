public import Ledger
public import Rooms

/// Makes the bytes of an event's parts: what is stored, hashed and sent, and never encoded again.
public enum EventEncoding {
    /// What of a command its first event keeps: its id and SHA-256 of its type and data as received.
    public struct CommandMark: Equatable, Sendable {
        public let id: String
        /// Lower-case hex.
        public let digest: String

        public init(id: String, digest: String) {
            self.id = id
            self.digest = digest
        }
    }

    /// The parts of a draft in their order.
    public static func parts(
        of draft: Draft,
        by actor: Actor,
        command: CommandMark?
    ) -> [(Audience, [UInt8])] {
        let body = body(of: draft.event, by: actor, command: nil)
        return draft.parts.map { part in
            switch part.projection {
            case .record where command == nil: (part.audience, body)
            case .record: (part.audience, self.body(of: draft.event, by: actor, command: command))
            case .body: (part.audience, body)
            case .notice: (part.audience, notice(of: draft.event, by: actor))
            case .texts: (part.audience, texts(of: draft))
            case .words: (part.audience, words(of: draft))
            case .unsigned:
                (part.audience, told(draft.event, by: nil) { draft.event.write(to: &$0) })
            }
        }
    }

    private static func notice(of event: Event, by actor: Actor) -> [UInt8] {
        // Whose an anonymous question is stands in staff's part and its author's alone.
        let isUnsigned = if case .questionAsked = event { true } else { false }
        return told(event, by: isUnsigned ? nil : actor) { event.writeNotice(to: &$0) }
    }

    private static func told(
        _ event: Event,
        by actor: Actor?,
        _ data: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("type", event.type.rawValue)
            if let actor { write(actor, to: &writer) }
            writer.member("data", object: data)
        }
        return writer.bytes
    }

    private static func write(_ actor: Actor, to writer: inout JSONWriter) {
        if case .member(let id) = actor {
            writer.member("by", "\(id)")
        } else {
            writer.name("by")
            writer.null()
        }
    }

    private static func body(
        of event: Event,
        by actor: Actor,
        command: CommandMark?
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("type", event.type.rawValue)
            write(actor, to: &writer)
            if let command {
                writer.member(
                    "cmd",
                    object: { writer in
                        writer.member("id", command.id)
                        writer.member("sha256", command.digest)
                    }
                )
            }
            writer.member("data", object: { event.write(to: &$0) })
        }
        return writer.bytes
    }

    private static func words(of draft: Draft) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("texts", object: { draft.texts?.writeWords(to: &$0) })
        }
        return writer.bytes
    }

    private static func texts(of draft: Draft) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("texts", object: { draft.texts?.write(to: &$0) })
        }
        return writer.bytes
    }
}

/// The type of an event as it is written.
public enum EventType: String, CaseIterable, Sendable {
    case roomCreated = "room.created"
    case memberAdmitted = "member.admitted"
    case rolesChanged = "member.roles_changed"
    case memberWaiting = "member.waiting"
    case memberApplied = "member.applied"
    case memberDeclined = "member.declined"
    case memberMuted = "member.muted"
    case memberUnmuted = "member.unmuted"
    case memberCheckedIn = "member.checked_in"
    case memberCheckedOut = "member.checked_out"
    case attendanceCounted = "attendance.counted"
    case memberRemoved = "member.removed"
    case memberBanned = "member.banned"
    case memberUnbanned = "member.unbanned"
    case termsSigned = "terms.signed"
    case disclosed = "matter.disclosed"
    case roomOpened = "room.opened"
    case roomStarted = "room.started"
    case roomPaused = "room.paused"
    case roomResumed = "room.resumed"
    case endRequested = "room.end_requested"
    case roomEnded = "room.ended"
    case roomReopened = "room.reopened"
    case roomClosed = "room.closed"
    case roomCancelled = "room.cancelled"
    case chatSaid = "chat.said"
    case questionAsked = "question.asked"
    case questionVoted = "question.voted"
    case questionMarked = "question.marked"
    case questionMerged = "question.merged"
    case questionAnswered = "question.answered"
    case anonymitySet = "question.anonymity_set"
    case contentRedacted = "content.redacted"
    case slowModeSet = "chat.slow_mode_set"
    case chatHoldSet = "chat.hold_set"
    case chatHeld = "chat.held"
    case chatApproved = "chat.approved"
    case chatDeclined = "chat.declined"
    case outputStopped = "output.stopped"
    case outputResumed = "output.resumed"
    case announced = "announcement.made"
    case pollOpened = "poll.opened"
    case pollVoted = "poll.voted"
    case pollClosed = "poll.closed"
    case pollCancelled = "poll.cancelled"
    case handRaised = "hand.raised"
    case handLowered = "hand.lowered"
    case floorGiven = "floor.given"
    case floorTaken = "floor.taken"
    case microphoneMuted = "microphone.muted"
    case microphoneUnmuted = "microphone.unmuted"
    case stageArranged = "stage.arranged"
    case recordingStarted = "recording.started"
    case recordingStopped = "recording.stopped"
    case recordingConsented = "recording.consented"
    case recordingOffered = "recording.offered"
    case captionAdded = "caption.added"
    case playbackStarted = "playback.started"
    case playbackPaused = "playback.paused"
    case playbackResumed = "playback.resumed"
    case playbackStopped = "playback.stopped"
    case slotReady = "slot.ready"
    case slotCalled = "slot.called"
    case pitchStarted = "pitch.started"
    case overtimeStarted = "overtime.started"
    case questionsStarted = "qa.started"
    case slotFinished = "slot.finished"
    case slotSkipped = "slot.skipped"
    case slotMissed = "slot.missed"
    case slotFollowed = "slot.followed"
    case slotRecalled = "slot.recalled"
    case slotRestarted = "slot.restarted"
    case clockPaused = "clock.paused"
    case clockResumed = "clock.resumed"
    case clockExtended = "clock.extended"
    case clockShifted = "clock.shifted"
    case judgingArranged = "judging.arranged"
    case judgeSeated = "judge.seated"
    case judgeRecused = "judge.recused"
    case recusalEnded = "judge.returned"
    case sheetSubmitted = "sheet.submitted"
    case scoringOpened = "scoring.opened"
    case scoringClosed = "scoring.closed"
    case scoresPublished = "scores.published"
    case sheetOpened = "sheet.opened"
    case slotsOrdered = "slots.ordered"
    case drawStarted = "draw.started"
    case drawCommitted = "draw.committed"
    case drawClosed = "draw.closed"
    case drawRevealed = "draw.revealed"
    case drawFinished = "draw.finished"
    case drawFailed = "draw.failed"
    case slidesPlaced = "slides.placed"
    case slideShown = "slide.shown"
    case intentGiven = "intent.given"
    case intentUnshared = "intent.unshared"
    case intentWithdrawn = "intent.withdrawn"
    case intentAnswered = "intent.answered"
    case intentFollowedUp = "intent.followed_up"
    case contactOffered = "contact.offered"
    case contactTold = "contact.told"
    case contactWithdrawn = "contact.withdrawn"
    case feedbackGiven = "feedback.given"
    case noteKept = "note.kept"
    case contentCorrected = "content.corrected"
    case archiveArranged = "archive.arranged"
    case archiveReviewed = "archive.reviewed"
    case archiveConsented = "archive.consented"
    case sealRequested = "archive.seal_requested"
    case archiveSealed = "archive.sealed"
    case archiveSupplemented = "archive.supplemented"
    case archiveHeld = "archive.held"
    case archiveReleased = "archive.released"
    case archiveExpired = "archive.expired"
}

extension Event {
    /// The event's type as it is written.
    public var type: EventType {
        switch self {
        case .roomCreated: .roomCreated
        case .memberAdmitted: .memberAdmitted
        case .rolesChanged: .rolesChanged
        case .memberWaiting: .memberWaiting
        case .memberApplied: .memberApplied
        case .memberDeclined: .memberDeclined
        case .memberMuted: .memberMuted
        case .memberUnmuted: .memberUnmuted
        case .memberCheckedIn: .memberCheckedIn
        case .memberCheckedOut: .memberCheckedOut
        case .attendanceCounted: .attendanceCounted
        case .memberRemoved: .memberRemoved
        case .memberBanned: .memberBanned
        case .memberUnbanned: .memberUnbanned
        case .termsSigned: .termsSigned
        case .disclosed: .disclosed
        case .slowModeSet: .slowModeSet
        case .chatHoldSet: .chatHoldSet
        case .chatHeld: .chatHeld
        case .chatApproved: .chatApproved
        case .chatDeclined: .chatDeclined
        case .outputStopped: .outputStopped
        case .outputResumed: .outputResumed
        case .announced: .announced
        case .pollOpened: .pollOpened
        case .pollVoted: .pollVoted
        case .pollClosed: .pollClosed
        case .pollCancelled: .pollCancelled
        case .handRaised: .handRaised
        case .handLowered: .handLowered
        case .floorGiven: .floorGiven
        case .floorTaken: .floorTaken
        case .microphoneMuted: .microphoneMuted
        case .microphoneUnmuted: .microphoneUnmuted
        case .stageArranged: .stageArranged
        case .recordingStarted: .recordingStarted
        case .recordingStopped: .recordingStopped
        case .recordingConsented: .recordingConsented
        case .recordingOffered: .recordingOffered
        case .captionAdded: .captionAdded
        case .playbackStarted: .playbackStarted
        case .playbackPaused: .playbackPaused
        case .playbackResumed: .playbackResumed
        case .playbackStopped: .playbackStopped
        case .roomOpened: .roomOpened
        case .roomStarted: .roomStarted
        case .roomPaused: .roomPaused
        case .roomResumed: .roomResumed
        case .endRequested: .endRequested
        case .roomEnded: .roomEnded
        case .roomReopened: .roomReopened
        case .roomClosed: .roomClosed
        case .roomCancelled: .roomCancelled
        case .chatSaid: .chatSaid
        case .questionAsked: .questionAsked
        case .questionVoted: .questionVoted
        case .questionMarked: .questionMarked
        case .questionMerged: .questionMerged
        case .questionAnswered: .questionAnswered
        case .anonymitySet: .anonymitySet
        case .contentRedacted: .contentRedacted
        case .slotReady: .slotReady
        case .slotCalled: .slotCalled
        case .pitchStarted: .pitchStarted
        case .overtimeStarted: .overtimeStarted
        case .questionsStarted: .questionsStarted
        case .slotFinished: .slotFinished
        case .slotSkipped: .slotSkipped
        case .slotMissed: .slotMissed
        case .slotFollowed: .slotFollowed
        case .slotRecalled: .slotRecalled
        case .slotRestarted: .slotRestarted
        case .clockPaused: .clockPaused
        case .clockResumed: .clockResumed
        case .clockExtended: .clockExtended
        case .clockShifted: .clockShifted
        case .judgingArranged: .judgingArranged
        case .judgeSeated: .judgeSeated
        case .judgeRecused: .judgeRecused
        case .recusalEnded: .recusalEnded
        case .sheetSubmitted: .sheetSubmitted
        case .scoringOpened: .scoringOpened
        case .scoringClosed: .scoringClosed
        case .scoresPublished: .scoresPublished
        case .sheetOpened: .sheetOpened
        case .slotsOrdered: .slotsOrdered
        case .drawStarted: .drawStarted
        case .drawCommitted: .drawCommitted
        case .drawClosed: .drawClosed
        case .drawRevealed: .drawRevealed
        case .drawFinished: .drawFinished
        case .drawFailed: .drawFailed
        case .slidesPlaced: .slidesPlaced
        case .slideShown: .slideShown
        case .intentGiven: .intentGiven
        case .intentUnshared: .intentUnshared
        case .intentWithdrawn: .intentWithdrawn
        case .intentAnswered: .intentAnswered
        case .intentFollowedUp: .intentFollowedUp
        case .contactOffered: .contactOffered
        case .contactTold: .contactTold
        case .contactWithdrawn: .contactWithdrawn
        case .feedbackGiven: .feedbackGiven
        case .noteKept: .noteKept
        case .contentCorrected: .contentCorrected
        case .archiveArranged: .archiveArranged
        case .archiveReviewed: .archiveReviewed
        case .archiveConsented: .archiveConsented
        case .sealRequested: .sealRequested
        case .archiveSealed: .archiveSealed
        case .archiveSupplemented: .archiveSupplemented
        case .archiveHeld: .archiveHeld
        case .archiveReleased: .archiveReleased
        case .archiveExpired: .archiveExpired
        }
    }
}
