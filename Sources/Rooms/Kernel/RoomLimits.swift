public import Ledger

/// How much a room holds; each limit has its typed refusal.
public struct RoomLimits: Equatable, Sendable {
    /// Events of one room's log; beyond it only what ends the room is taken.
    public var events = 500_000
    public var members = 50_000
    public var questions = 1_000
    public var slots = 60
    /// Draws of the order of slots, failed ones too.
    public var draws = 10
    /// People known to the room who are not in it: waiting, declined, removed, banned.
    public var outside = 50_000
    /// People whom one command lets in.
    public var letInAtOnce = 500
    /// Texts of a person that one command takes away.
    public var forgottenAtOnce = 500
    /// Questions of a form, and Unicode scalars of a question and of an answer.
    public var formQuestions = 10
    public var formQuestion = 200
    public var formAnswer = 500
    /// Unicode scalars of the terms of a closed matter, and of a name under them.
    public var termsText = 10_000
    public var signature = 80
    /// Milliseconds within which the same sent again to the same person is one disclosure.
    public var disclosure: UInt64 = 600_000
    /// Disclosures of one room's log, so that they leave it room for what is said.
    public var disclosures = 200_000
    /// Seconds.
    public var slowMode: UInt64 = 3_600
    /// Members whom one message calls by name.
    public var mentions = 10
    /// Members in a private channel besides staff: each is told in parts of its own.
    public var channelTold = 50
    public var announcementText = 300
    /// Messages that wait for approval at once.
    public var heldMessages = 500
    /// Words that messages must not hold, and what becomes of those that do.
    public var words = WordList()
    /// In writing, to one question.
    public var answers = 10
    public var answerText = 2_000  // Unicode scalars
    public var polls = 50
    /// Unicode scalars.
    public var pollQuestion = 200
    public var pollOption = 100
    /// Options that whoever opens a poll gives.
    public var pollOptions: ClosedRange<Int> = 2...10
    /// How often a member may change one vote.
    public var ballotChanges = 20
    /// Raised hands at once.
    public var hands = 500
    /// Members who have the floor by no role.
    public var floorHolders = 50
    /// Recordings given to be played.
    public var recordings = 200
    /// Unicode scalars.
    public var captionText = 500
    /// Milliseconds within which a caption may come after it was spoken, and before.
    public var captionDelay: UInt64 = 600_000
    public var captionAhead: UInt64 = 10_000
    public var criteria = 12
    public var panels = 5
    public var groups = 10
    public var prizes = 10
    /// Unicode scalars of a criterion's, panel's or group's name and a prize, and of anchors.
    public var judgingName = 60
    public var anchors = 500
    /// Judges of one slot.
    public var sheets = 15
    public var sheetComment = 1_000
    /// Intents, those withdrawn included.
    public var intents = 50_000
    /// Presenters of one slot who are told of its intents.
    public var presentersTold = 20
    /// Unicode scalars.
    public var intentNote = 500
    public var contactText = 200
    public var ownNote = 2_000
    /// Pairs of members who exchange contacts.
    public var contacts = 20_000
    /// Slide pages of one slot.
    public var pages = 200
    /// Unicode scalars.
    public var chatText = 1_000
    public var questionText = 500
    public var reasonText = 200
    public var title = 200
    public var slotText = 5_000
    /// Unicode scalars of all slots' texts together: a snapshot holds them.
    public var agendaText = 100_000
    /// Milliseconds.
    public var pitch: ClosedRange<UInt64> = 10_000...7_200_000
    public var questionsTime: ClosedRange<UInt64> = 0...7_200_000
    public var grace: ClosedRange<UInt64> = 0...600_000
    public var awaited: ClosedRange<UInt64> = 0...3_600_000
    public var clockExtension: ClosedRange<UInt64> = 1_000...3_600_000
    public var endConfirmation: UInt64 = 60_000
    /// Corrections of one text.
    public var corrections = 20
    /// Unicode scalars: of the longest text that can be corrected.
    public var correctionText = 2_000
    public var supplements = 500
    public var supplementText = 2_000
    public var reopening: UInt64 = 600_000

    /// The last moment of the year 9999: every later one is a mistake, and dates are not written.
    public var latestStart = Timestamp(milliseconds: 253_402_300_799_999)
    /// Bytes of a language's name (RFC 5646 §4.4.1 counts 35 for the longest common one).
    public var language = 35

    public init() {}
}
