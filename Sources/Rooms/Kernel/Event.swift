public import Ledger

/// What was decided, as the rules need it: no texts, no names.
public enum Event: Equatable, Sendable {
    case roomCreated(RoomFrame)
    case memberAdmitted(MemberID, roles: Set<Role>, slots: [SlotID])
    case rolesChanged(MemberID, roles: Set<Role>, slots: [SlotID])
    case memberWaiting(MemberID)
    case memberApplied(MemberID)
    case memberDeclined(MemberID)
    case memberMuted(MemberID)
    case memberUnmuted(MemberID)
    /// In the hall, and not only online (`rooms.md`, In the hall).
    case memberCheckedIn(MemberID)
    case memberCheckedOut(MemberID)
    case attendanceCounted(AttendanceCount)
    case memberRemoved(MemberID)
    case memberBanned(MemberID)
    case memberUnbanned(MemberID)
    /// The member signed the terms with that SHA-256.
    case termsSigned(MemberID, terms: String)
    /// That part of a closed matter is sent to that member.
    case disclosed(Disclosure)

    case roomOpened
    case roomStarted
    case roomPaused
    case roomResumed
    case endRequested(until: Timestamp)
    case roomEnded(reopenUntil: Timestamp)
    case roomReopened
    case roomClosed
    case roomCancelled

    case chatSaid(ChatAddress = .everyone)
    /// `hiding` is an author whom staff alone is told of.
    case questionAsked(about: SlotID?, hiding: MemberID? = nil)
    /// `votes` is the count after this vote.
    case questionVoted(UInt64, votes: Int)
    case questionMarked(UInt64, QuestionState)
    /// Into `nil`: taken apart again. `counts` are the votes that this changed.
    case questionMerged(UInt64, into: UInt64?, counts: [QuestionVotes])
    case questionAnswered(UInt64)
    case anonymitySet(Bool)
    /// The parts of that event's texts are erased.
    case contentRedacted(UInt64, parts: [Int], RedactionReason)
    /// The text of that event, as it should read.
    case contentCorrected(UInt64)

    case slowModeSet(seconds: UInt64)
    case chatHoldSet(Bool)
    /// A message waits for approval: its author and staff see it.
    case chatHeld(by: MemberID, mentioning: [MemberID] = [])
    /// The held message of that event is told to all.
    case chatApproved(UInt64, author: MemberID, mentioning: [MemberID] = [])
    case chatDeclined(UInt64, author: MemberID)
    case outputStopped
    case outputResumed
    case announced

    case pollOpened(PollFrame)
    /// Told to the voter alone.
    case pollVoted(UInt64, by: MemberID, Ballot)
    /// Votes by option, and how many members voted.
    case pollClosed(UInt64, counts: [Int], voters: Int)
    case pollCancelled(UInt64)

    case handRaised
    case handLowered(MemberID)
    case floorGiven(MemberID)
    case floorTaken(MemberID)
    case microphoneMuted(MemberID)
    case microphoneUnmuted(MemberID)
    case stageArranged(StageLayout, pinned: MemberID?)

    case recordingStarted(RecordingID)
    case recordingStopped(RecordingID, RecordingEnd)
    case recordingConsented(MemberID, Bool)
    case recordingOffered(OfferedRecording)
    case captionAdded(CaptionFrame)
    /// From that millisecond of the recording on.
    case playbackStarted(OfferedRecording, from: UInt64)
    case playbackPaused(at: UInt64)
    case playbackResumed(from: UInt64)
    case playbackStopped

    case slotReady(SlotID)
    case slotCalled(SlotID, remaining: UInt64)
    case pitchStarted(SlotID, endsAt: Timestamp)
    case overtimeStarted(SlotID, endsAt: Timestamp)
    case questionsStarted(SlotID, endsAt: Timestamp)
    case slotFinished(SlotID)
    case slotSkipped(SlotID)
    /// Nobody came for it: it goes to the last place, or is out.
    case slotMissed(SlotID, isForfeited: Bool)
    case slotRecalled(SlotID)
    /// What its viewers did page by page, for its presenters and staff.
    case slotFollowed(SlotID, [PageTally])
    case slotRestarted(SlotID, remaining: UInt64)

    /// `withRoom`: stopped by the room's pause or end, so that resuming the room lets it run again.
    case clockPaused(SlotID, remaining: UInt64, withRoom: Bool)
    case clockResumed(SlotID, endsAt: Timestamp)
    case clockExtended(SlotID, by: UInt64, total: UInt64, reading: Clock.Reading)
    case clockShifted(SlotID, by: UInt64, endsAt: Timestamp)

    case judgingArranged(JudgingScheme)
    case judgeSeated(MemberID, Int)
    case judgeRecused(SlotID, MemberID)
    case recusalEnded(SlotID, MemberID)
    case sheetSubmitted(SubmittedSheet)
    case scoringOpened(SlotID)
    case scoringClosed(SlotID)
    case scoresPublished(PublishedScores)
    case sheetOpened(OpenedSheet)

    /// All slots in their order.
    case slotsOrdered([SlotID])
    case drawStarted(DrawFrame)
    case drawCommitted(UInt64, SlotID, DrawBytes)
    /// Commitments are in: from here on they are revealed.
    case drawClosed(UInt64)
    case drawRevealed(UInt64, SlotID, DrawBytes)
    /// The slots that were drawn, in the order that follows from seed and contributions.
    case drawFinished(UInt64, seed: DrawBytes, order: [SlotID])
    case drawFailed(UInt64, DrawFailure)

    case slidesPlaced(SlotID, pages: Int)
    case slideShown(SlotID, page: Int)

    /// Said for the first time, or anew in place of what was said before.
    case intentGiven(IntentKey, IntentTerms, IntentCircle)
    /// Staff are no longer told of it.
    case intentUnshared(IntentKey, IntentCircle)
    case intentWithdrawn(IntentKey, IntentCircle)
    case intentAnswered(IntentKey, IntentAnswer, IntentCircle)
    case intentFollowedUp(IntentKey, FollowUp, IntentCircle)
    /// Its text is for the writer alone, until both agree.
    case contactOffered(ContactKey, by: MemberID)
    case contactTold(ContactKey, of: MemberID)
    case contactWithdrawn(ContactKey, by: MemberID)
    case feedbackGiven(IntentKey, [FeedbackCode], IntentCircle)
    case noteKept(IntentKey)

    case archiveArranged(ArchiveTerms)
    case archiveReviewed(ArchiveReview, Bool)
    /// By a presenter, or by staff for it.
    case archiveConsented(SlotID, by: MemberID, Bool)
    case sealRequested(until: Timestamp)
    case archiveSealed
    case archiveSupplemented
    case archiveHeld
    case archiveReleased
    /// Every text and file of the record goes.
    case archiveExpired
}

/// The texts that come with an event; they stand in parts of their own, which can be erased.
public enum Texts: Equatable, Sendable {
    case room(RoomTexts)
    case card(NameCard)
    case said(by: Byline, text: String)
    case asked(by: Byline, text: String)
    case reason(String)
    case announcement(String)
    case poll(PollTexts)
    case raised(by: Byline)
    case captioned(by: Byline, text: String)
    /// The card of an applicant, and its answers in the form's order.
    case application(NameCard, answers: [String])
    /// The name as it was written under the terms.
    case signature(name: String)
    case slides([SlideFile])
    case judging(JudgingTexts)
    case sheet(by: Byline, comment: String?)
    /// Who would do it, and what it adds.
    case intent(NameCard, note: String?)
    /// Whose word it is, and what it adds.
    case remark(by: Byline, text: String?)
}

/// An event with its texts, before it has a number.
public struct Draft: Equatable, Sendable {
    public let event: Event
    public let texts: Texts?
    /// Whether it happened behind a closed door: those outside are told of it only where it is part
    /// of what the room shows to everybody.
    public let isBehindDoor: Bool
    /// Whether staff alone is told whose act it is: whoever removes its anonymous question would
    /// say whose it was.
    public let hidesActor: Bool
    /// Who alone is told, in place of those whom the event's kind is for.
    public let told: [Audience]?

    public init(
        _ event: Event,
        _ texts: Texts? = nil,
        isBehindDoor: Bool = false,
        hidesActor: Bool = false,
        told: [Audience]? = nil
    ) {
        self.event = event
        self.texts = texts
        self.isBehindDoor = isBehindDoor
        self.hidesActor = hidesActor
        self.told = told
    }

    /// The same, behind a closed door.
    func behindDoor() -> Draft {
        Draft(event, texts, isBehindDoor: true, hidesActor: hidesActor, told: told)
    }
}

/// An event that stands in the log, as the rules take it over.
public struct Recorded: Equatable, Sendable {
    public let sequence: UInt64
    public let at: Timestamp
    public let by: Actor
    public let event: Event

    public init(sequence: UInt64, at: Timestamp, by: Actor, event: Event) {
        self.sequence = sequence
        self.at = at
        self.by = by
        self.event = event
    }
}
