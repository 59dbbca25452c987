public import Ledger

/// Why a room refuses a command; the cases carry what was seen and what is allowed.
public enum Rejection: Error, Equatable, Sendable {
    /// Only members do this: show a name card first.
    case notAdmitted
    case notPermitted(needs: [Role])
    /// Known to the room and not in it: waiting, declined, removed, banned.
    case outside(Outside.Name)
    case alreadyIn
    /// Nobody of that id is in the room, or waits before it.
    case noSuchMember(MemberID)
    case notBanned(MemberID)
    /// A room keeps a moderator.
    case lastModerator
    case noRoles
    /// The room has no form to answer.
    case noForm
    case wrongAnswers(expected: Int)
    /// The door asks for people whom the place knows better.
    case standingTooLow(least: Standing)
    /// The room is a closed matter: its terms come first.
    case termsNotSigned
    /// The room has no terms.
    case noTerms
    /// Others than the room's were signed.
    case wrongTerms(expected: String)

    case muted
    case outputStopped
    /// The member spoke too shortly before; in milliseconds.
    case tooSoon(retry: UInt64)
    /// A word of the list that the place does not take.
    case wordRefused
    case tooManyMentions(limit: Int)
    /// Whoever is called by name reads the channel, and this member does not.
    case mentionsOutsider(MemberID)
    case slowModeOutOfRange(limit: UInt64)
    case noSuchHeld(UInt64)
    case wrongState(Lifecycle.Name, allowed: [Lifecycle.Name])
    case endNotRequested
    case reopenOver(since: Timestamp)
    case roomFull(limit: Int)
    case badPlan(PlanFault)

    case textEmpty
    case textTooLong(length: Int, limit: Int)
    case textHasControlCharacters

    case noSuchText(UInt64)
    case alreadyRedacted(UInt64)
    case noSuchQuestion(UInt64)
    /// What keeps the record from being sealed, or shown to so many.
    case archiveNotReady([ArchiveTask])
    case sealNotRequested
    case alreadyVoted(UInt64)
    case tooManyQuestions(limit: Int)
    /// The room takes no anonymous questions.
    case namedOnly
    /// It was merged into another, which stands for it.
    case questionMerged(UInt64)
    case tooManyAnswers(limit: Int)

    case noSuchPoll(UInt64)
    /// That one takes votes: it is closed or cancelled first.
    case pollRunning(UInt64)
    case pollNotOpen(UInt64)
    case tooManyPolls(limit: Int)
    /// So many options, each said once; none where the kind has its own.
    case badPollOptions(ClosedRange<Int>)
    /// A ballot has 1 to `most` of the options, which are numbered from 1.
    case badBallot(options: Int, most: Int)
    /// The vote stands: the poll takes no change, or this member changed it too often.
    case ballotFixed(UInt64)
    case registeredOnly

    /// Only those who have the floor send voice or pictures: raise a hand.
    case noFloor
    case recordingRunning
    /// None runs.
    case noRecording
    /// Nobody gave that recording to be played.
    case recordingNotOffered(RecordingID)
    case noPlayback
    /// In milliseconds of the recording.
    case positionOutOfRange(length: UInt64)
    /// A caption is of a moment between these, and ends after it begins.
    case captionTimes(earliest: Timestamp, latest: Timestamp)
    /// Not a name as in BCP 47; bytes.
    case badLanguage(limit: Int)

    /// Nothing is judged here.
    case noJudging
    /// There are sheets already.
    case judgingBegun
    case badJudging(JudgingFault)
    case notJudge(MemberID)
    case noSuchPanel(limit: Int)
    /// The judge stood back from that slot.
    case recused(SlotID)
    /// It is the judge's own.
    case conflictOfInterest(SlotID)
    case slotNotScored(SlotID)
    /// A sheet has a whole mark from 0 to 100 for each of so many criteria.
    case badMarks(criteria: Int)
    case tooManySheets(limit: Int)
    case alreadyPublished(SlotID)
    /// So many slots come first.
    case scoresTooEarly(left: Int)
    case nothingToPublish

    case noSuchSlot(SlotID)
    case slotState(SlotID, SlotState, allowed: [SlotState])
    case slotOnStage(SlotID)
    case nothingOnStage
    /// Its presenters are waited for until then.
    case stillAwaited(SlotID, until: Timestamp)
    case clockNotRunning
    case clockNotStopped
    case extensionOutOfRange(limit: UInt64)
    /// A slot was called: the order stands.
    case orderFixed
    /// An order has each slot of the room once.
    case badOrder
    /// Finish or cancel that draw first.
    case drawRunning(UInt64)
    case noSuchDraw(UInt64)
    case drawPhase(UInt64, Draw.Phase, needs: Draw.Phase)
    /// The slot was not waiting when the draw began.
    case notInDraw(SlotID)
    case alreadyCommitted(SlotID)
    /// It is not what was committed.
    case wrongContribution(SlotID)
    case tooFewSlots(least: Int)
    case tooManyDraws(limit: Int)
    case noSuchPage(Int, pages: Int)
    case tooManyPages(limit: Int)

    /// Who has to do with the slot gives no intent for it.
    case intentConflict(IntentConflict)
    /// The name card says too little for an intent.
    case cardIncomplete([CardField])
    /// The side's ladder has other steps.
    case noSuchStep([IntentStep])
    /// Steps are taken upwards: withdraw first.
    case stepDown(from: IntentStep)
    /// The intent that stands is of the other side: withdraw it first.
    case otherSide(IntentSide)
    case badAmount(AmountFault)
    /// The step says what is done together, or must not.
    case badCooperation(isNeeded: Bool)
    /// None stands.
    case noSuchIntent
    /// Nobody asked for that: the intent stands below that step.
    case notAsked(IntentStep)
    /// One's contact is neither offered nor told there.
    case noSuchContact
}

/// What is wrong with a room's plan, and what is allowed.
public enum PlanFault: Equatable, Sendable {
    case title(limit: Int)
    case genre(limit: Int)
    case language(limit: Int)
    case startsAt(latest: Timestamp)
    case grace(most: UInt64)
    case awaited(most: UInt64)
    case slotCount(limit: Int)
    case slotTitle(SlotID, limit: Int)
    case slotText(SlotID, limit: Int)
    /// All slots' texts together are too long.
    case agendaText(limit: Int)
    case pitch(SlotID, least: UInt64, most: UInt64)
    case questions(SlotID, most: UInt64)
    case duplicateSlot(SlotID)
    case textsDoNotMatch
    /// Registration needs 1 to so many questions; other doors have none.
    case formQuestions(limit: Int)
    case formText(limit: Int)
    /// The terms of a closed matter are too long, or stand where there is none.
    case terms(limit: Int)
    case judging(JudgingFault)
    case alreadyCreated
}
