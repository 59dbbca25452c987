public import Ledger

/// What somebody asks of a room. Words come in as typed; times, identities and names come beside it.
public enum Command: Equatable, Sendable {
    /// The first command of a room's log.
    case create(RoomPlan)
    /// Lets a member in, or gives roles and slots to one who is in.
    case admit(MemberID, roles: Set<Role>, slots: [SlotID])
    /// Somebody stands before a door that staff opens.
    case knock(MemberID)

    /// The answers to the form, in its order; by somebody outside.
    case apply(answers: [String])
    /// The server adds the cards of those who are let in: the rules keep none.
    case letIn(MemberID, card: NameCard?)
    /// Whoever waits, up to `RoomLimits.letInAtOnce`, longest waiting first.
    case letInAll(cards: [MemberID: NameCard])
    case decline(MemberID, reason: String?)
    case setRoles(MemberID, roles: Set<Role>, slots: [SlotID])
    case mute(MemberID)
    case unmute(MemberID)
    /// The member is in the hall, as a moderator sees or the hall's code shows.
    case checkIn(MemberID)
    case checkOut(MemberID)
    case remove(MemberID, reason: String?)
    case ban(MemberID, reason: String?)
    case unban(MemberID)

    /// The terms of that SHA-256, signed by clicking and writing one's name.
    case sign(terms: String, name: String)
    /// The server is about to send a part of a closed matter to a member.
    case disclose(Disclosure)
    /// A person wants to be forgotten: what it wrote and its cards go, up to
    /// `RoomLimits.forgottenAtOnce` of them.
    case forget(MemberID)

    case openRoom
    case startRoom
    case pauseRoom
    case resumeRoom
    case endRoom
    case confirmEnd
    case reopenRoom
    case closeRoom
    case cancelRoom(reason: String?)

    /// In a channel, calling members by name.
    case say(String, in: Channel = .everyone, mentioning: [MemberID] = [])
    /// Anonymously: its author is known to staff alone.
    case ask(String, about: SlotID?, anonymously: Bool = false)
    case vote(for: UInt64)
    case mark(UInt64, QuestionState)
    /// It asks what that other asks; `nil` takes the two apart again.
    case mergeQuestion(UInt64, into: UInt64?)
    /// In writing; again it takes the place of the answer before.
    case answerQuestion(UInt64, String)
    /// Whether questions may be asked anonymously from now on.
    case allowAnonymous(Bool)
    case redact(UInt64, RedactionReason)
    /// What was said, as it should read: the original is kept.
    case correct(UInt64, String)

    /// Seconds between two messages of one member; 0 turns it off.
    case setSlowMode(seconds: UInt64)
    /// Messages wait for approval from now on, or no longer.
    case holdChat(Bool)
    /// The held message of that event is told to all. The server adds its words: the rules keep none.
    case approve(UInt64, words: HeldWords?)
    case refuseHeld(UInt64, reason: String?)
    /// Nobody but moderators writes until it is resumed.
    case stopOutput
    case resumeOutput
    /// Told to everybody, those outside included.
    case announce(String)

    /// A member's question to all, with options to choose from.
    case openPoll(PollPlan)
    /// Numbers of options, from 1.
    case votePoll(UInt64, [Int])
    case closePoll(UInt64)
    /// Withdraws it with its results, also after it was closed.
    case cancelPoll(UInt64)

    case raiseHand
    /// One's own; with a name, staff lowers that member's.
    case lowerHand(MemberID?)
    /// Lets a member speak, or no longer.
    case giveFloor(MemberID)
    case takeFloor(MemberID)
    case muteMicrophone(MemberID)
    case unmuteMicrophone(MemberID)
    case arrangeStage(StageLayout, pinned: MemberID?)

    /// The server gives the recording its name.
    case startRecording(RecordingID?)
    case stopRecording(RecordingEnd)
    /// Whether the member agrees to be recorded.
    case consent(Bool)
    /// Gives a recording to be played. The server adds what stands behind the name.
    case offerRecording(RecordingID, OfferedRecording?)
    case addCaption(CaptionText)
    /// Milliseconds of the recording; by itself where the pitch on stage stands.
    case startPlayback(RecordingID, from: UInt64?)
    case pausePlayback
    case resumePlayback
    case seekPlayback(to: UInt64)
    case stopPlayback

    case markReady(SlotID)
    case callSlot(SlotID)
    case skipSlot(SlotID, reason: String?)
    /// Nobody came for the slot that was called.
    case noShow
    case recallSlot(SlotID)
    case restartSlot(SlotID, reason: String)
    case startPitch
    case startQuestions
    case finishSlot
    case pauseClock
    case resumeClock
    case extendClock(milliseconds: UInt64, reason: String?)
    /// Criteria, panels and policies; until the first sheet.
    case arrangeJudging(JudgingPlan)
    case seatJudge(MemberID, panel: Int)
    /// A judge stands back from a slot: oneself, or whom a moderator names.
    case recuse(SlotID, MemberID?, reason: String?)
    case endRecusal(SlotID, MemberID?)
    /// Signs a sheet: marks in the scheme's order. Another one takes its place while scoring is open.
    case submitSheet(SlotID, marks: [Int], comment: String?)
    /// The server adds the sheets' words to what may publish: the rules keep none.
    case closeScoring(SlotID, words: SheetBook)
    case openScoring(SlotID, reason: String)
    case publishScores(words: SheetBook)

    /// All slots in their new order; until the first is called.
    case orderSlots([SlotID])
    /// The waiting slots' order is drawn (抽签). The server gives its random bytes.
    case startDraw(seed: DrawBytes?)
    /// A presenter's page commits to a contribution, and reveals it once all have committed.
    case commitDraw(UInt64, SlotID, DrawBytes)
    case revealDraw(UInt64, SlotID, DrawBytes)
    /// Whoever has not committed by now does not contribute.
    case closeDraw(UInt64)
    /// The server reveals its seed. It adds the room, which the rules do not know by name.
    case finishDraw(UInt64, in: RoomID?)
    case cancelDraw(UInt64)

    case placeSlides(SlotID, [SlideFile])
    case showSlide(SlotID, page: Int)

    /// What the member would do with the slot's project; said again it takes the place of before.
    case giveIntent(SlotID, IntentOffer)
    case withdrawIntent(SlotID, note: String?)
    /// A presenter's word to somebody's intent.
    case answerIntent(IntentKey, IntentAnswer, note: String?)
    case followUp(IntentKey, FollowUp, note: String?)
    /// One's contact for the other of an intent, told when both agree. The server adds what the
    /// other wrote: the rules keep none.
    case offerContact(SlotID, with: MemberID, text: String, theirs: HeldWords?)
    case withdrawContact(SlotID, with: MemberID)
    case giveFeedback(SlotID, [FeedbackCode], text: String?)
    /// For oneself alone; without a text there is none any more.
    case keepNote(SlotID, String?)

    case arrangeArchive(ArchiveTerms)
    /// Staff looked that through, or not yet.
    case reviewArchive(ArchiveReview, isDone: Bool)
    /// Whether others than those who were there may see the slot.
    case consentArchive(SlotID, agrees: Bool)
    case seal
    case confirmSeal
    /// What came after the seal (补充归档).
    case supplement(String)
    /// Nothing of the record goes, whatever its retention.
    case holdArchive(reason: String)
    case releaseArchive(reason: String)
    /// The record's time may be over.
    case expire

    /// How many follow the room, by the server.
    case countAttendance(AttendanceCount)
    /// What the slot's viewers did page by page, as the server saw it.
    case tellPages(SlotID, [PageTally])
    /// A deadline of the room may have passed: decides whatever is due.
    case keepTime
    /// The server was away for so long: running clocks shift by it (`ledger.md`, Time).
    case makeUp(milliseconds: UInt64)
}

/// Who gives a command.
public enum Actor: Hashable, Sendable {
    case member(MemberID)
    /// The server itself: creation, admission, deadlines, restarts.
    case server
    /// A visitor, who watches and has no card.
    case visitor

    /// The name under which commands are unique (`ledger.md`, Commands).
    public var name: String {
        switch self {
        case .member(let id): "\(id)"
        case .server: "server"
        case .visitor: "visitor"
        }
    }
}

/// Who speaks: an actor and the card that others see. The rules pass the card on and keep none of it.
public struct Speaker: Equatable, Sendable {
    public let actor: Actor
    public let card: NameCard
    /// How well the place knows it.
    public let standing: Standing

    public init(_ actor: Actor, card: NameCard = .blank, standing: Standing = .guest) {
        self.standing = standing
        self.actor = actor
        self.card = card
    }

    public static let server = Speaker(.server)
}

/// What a held message says, and whose name stands on it.
public struct HeldWords: Equatable, Sendable {
    public let byline: Byline
    public let text: String

    public init(by byline: Byline, text: String) {
        self.byline = byline
        self.text = text
    }
}

/// Why a text was removed.
public enum RedactionReason: String, CaseIterable, Sendable {
    case spam, abuse, `private`, mistake, other
}

/// How a question stands.
public enum QuestionState: String, CaseIterable, Sendable {
    case open, answering, answered
    /// It is answered another time.
    case later
    case dismissed
}
