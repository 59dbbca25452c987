public import Ledger

/// What a room is made from: its frame, which the rules keep, and its texts, which they do not.
public struct RoomPlan: Equatable, Sendable {
    public let frame: RoomFrame
    public let texts: RoomTexts
    /// `nil` where nothing is judged, or it is arranged later.
    public let judging: JudgingPlan?

    public init(frame: RoomFrame, texts: RoomTexts, judging: JudgingPlan? = nil) {
        self.judging = judging
        self.frame = frame
        self.texts = texts
    }
}

/// What of a room's plan decides anything.
public struct RoomFrame: Equatable, Sendable {
    /// BCP 47, the language the room is held in.
    public let language: String
    public let startsAt: Timestamp
    public let slots: [SlotFrame]
    /// Overtime after the pitch clock's 0, where the slot goes over to questions by itself.
    public let graceMilliseconds: UInt64
    public let rules: StageRules
    public let subject: Subject
    public let door: Door

    public init(
        language: String,
        startsAt: Timestamp,
        slots: [SlotFrame],
        graceMilliseconds: UInt64 = 30_000,
        rules: StageRules = StageRules(),
        subject: Subject = .project,
        door: Door = .open
    ) {
        self.subject = subject
        self.rules = rules
        self.door = door
        self.language = language
        self.startsAt = startsAt
        self.slots = slots
        self.graceMilliseconds = graceMilliseconds
    }
}

/// What slots present (`rooms.md`, Roadshow).
public enum Subject: String, CaseIterable, Sendable {
    case project
    /// A problem that is to be solved: a reverse roadshow (反向路演).
    case demand
}

/// One slot's times.
public struct SlotFrame: Equatable, Sendable {
    public let id: SlotID
    public let pitchMilliseconds: UInt64
    public let questionsMilliseconds: UInt64

    public init(id: SlotID, pitchMilliseconds: UInt64, questionsMilliseconds: UInt64) {
        self.id = id
        self.pitchMilliseconds = pitchMilliseconds
        self.questionsMilliseconds = questionsMilliseconds
    }
}

/// A slot's name within its room: 1 to 16 letters, digits or hyphens.
public struct SlotID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let description: String

    public init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard (1...16).contains(text.utf8.count), isPlain else { return nil }
        description = text
    }

    /// The slot of that place in the agenda, from 1.
    public init(place: Int) {
        description = String(place)
    }

    public static func < (one: SlotID, other: SlotID) -> Bool {
        one.description < other.description
    }
}

/// A room's texts: they can be erased, so no rule reads them.
public struct RoomTexts: Equatable, Sendable {
    public let title: String
    /// What kind of roadshow it is, by its template, in the room's language.
    public let genre: String?
    public let slots: [SlotTexts]
    /// The form of a room with registration; empty where there is none.
    public let form: [String]
    /// What is signed before a closed matter is shown.
    public let terms: String?

    public init(
        title: String,
        genre: String? = nil,
        slots: [SlotTexts],
        form: [String] = [],
        terms: String? = nil
    ) {
        self.genre = genre
        self.terms = terms
        self.title = title
        self.slots = slots
        self.form = form
    }
}

/// What a slot is about.
public struct SlotTexts: Equatable, Sendable {
    public let id: SlotID
    public let title: String
    public let abstract: String?
    public let field: String?
    public let presenters: String?
    public let organisation: String?
    /// Where the project's texts come from, with their licence.
    public let source: String?

    public init(
        id: SlotID,
        title: String,
        abstract: String? = nil,
        field: String? = nil,
        presenters: String? = nil,
        organisation: String? = nil,
        source: String? = nil
    ) {
        self.id = id
        self.title = title
        self.abstract = abstract
        self.field = field
        self.presenters = presenters
        self.organisation = organisation
        self.source = source
    }
}

/// One page image of a slot's slides; pixels.
public struct SlideFile: Equatable, Sendable {
    /// SHA-256 of the file, lower-case hex.
    public let file: String
    public let type: String
    public let width: Int
    public let height: Int

    public init(file: String, type: String, width: Int, height: Int) {
        self.file = file
        self.type = type
        self.width = width
        self.height = height
    }
}
