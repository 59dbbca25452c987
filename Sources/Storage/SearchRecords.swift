public import Ledger

/// What a text is, among those that are found by words.
public enum SearchKind: String, CaseIterable, Sendable {
    /// A room's title.
    case room
    /// A line of its programme: title, abstract, presenters, organisation, field.
    case slot
    /// The words on a page of slides.
    case slide
    case chat
    case question
    case answer
    case announcement
    case caption
}

/// A text that is found by words, with whoever may read it.
public struct SearchDocument: Hashable, Sendable {
    /// The event that it stands in.
    public let sequence: UInt64
    public let kind: SearchKind
    public let slot: String?
    /// Of slides, from 1.
    public let page: Int?
    public let field: String?
    public let at: Timestamp
    /// Those for whom its parts are; none find it where it is empty.
    public let readers: Set<Audience>
    public let text: String

    public init(
        sequence: UInt64,
        kind: SearchKind,
        slot: String? = nil,
        page: Int? = nil,
        field: String? = nil,
        at: Timestamp,
        readers: Set<Audience>,
        text: String
    ) {
        self.sequence = sequence
        self.kind = kind
        self.slot = slot
        self.page = page
        self.field = field
        self.at = at
        self.readers = readers
        self.text = text
    }
}

/// What search has to know of a room.
public struct SearchRoom: Hashable, Sendable {
    /// When it was first opened: what was said is found by the seconds since then.
    public var opened: Timestamp?
    /// The year that it is planned for, by the clocks of China.
    public var year: Int
    public var isClosed: Bool
    /// Whether it is a closed matter: the words of its slides are shown page by page alone.
    public var isMatter: Bool

    public init(
        opened: Timestamp? = nil,
        year: Int = 0,
        isClosed: Bool = false,
        isMatter: Bool = false
    ) {
        self.opened = opened
        self.year = year
        self.isClosed = isClosed
        self.isMatter = isMatter
    }
}

/// What a stretch of a room's log changes.
public struct SearchChanges: Sendable {
    /// The last event of the stretch.
    public var sequence: UInt64
    public var room: SearchRoom
    public var documents: [SearchDocument] = []
    /// Events whose texts go.
    public var erased: [UInt64] = []
    /// Whether the time of its record is over: all texts go.
    public var isExpired = false
    /// Slots whose pages were placed anew: the words of those before go.
    public var replacedSlides: [String] = []

    public init(sequence: UInt64, room: SearchRoom) {
        self.sequence = sequence
        self.room = room
    }
}

/// How far somebody who searches may read.
public struct SearchReach: Hashable, Sendable {
    /// What it belongs to besides everybody.
    public var readers: Set<SearchReader> = []
    /// Rooms of which it finds nothing.
    public var hidden: Set<RoomID> = []

    public init(readers: Set<SearchReader> = [], hidden: Set<RoomID> = []) {
        self.readers = readers
        self.hidden = hidden
    }
}

/// One audience of one room, as somebody who searches belongs to it.
public struct SearchReader: Hashable, Sendable {
    let key: String

    public init(_ room: RoomID, _ audience: Audience) {
        key = "\(room) \(audience.name)"
    }
}
