public import Ledger

/// An event (活动): a day or a series of rooms, with one page, one programme and one code. Not an
/// event of a room's log.
public struct PublicEvent: Hashable, Sendable {
    public typealias ID = RandomID<PublicEvent>

    /// What its organiser says of it.
    public struct Profile: Hashable, Sendable {
        public var title: String
        /// What it is about; lines.
        public var introduction: String?
        /// Where it is held, for those who come.
        public var venue: String?
        /// The language that it is held in: `zh-CN` or `en`.
        public var language: String

        public init(
            title: String,
            introduction: String? = nil,
            venue: String? = nil,
            language: String
        ) {
            self.title = title
            self.introduction = introduction
            self.venue = venue
            self.language = language
        }
    }

    /// A room in its place of the programme.
    public struct Hall: Hashable, Sendable {
        public let room: RoomID
        /// What the hall is called (主会场, 分会场); `nil` where it has no name of its own.
        public let name: String?

        public init(room: RoomID, name: String?) {
            self.room = room
            self.name = name
        }
    }

    public let id: ID
    /// Who may change it; `nil` once that person is gone.
    public let owner: Int64?
    public let profile: Profile
    /// In the order of the programme.
    public let halls: [Hall]
    public let made: Timestamp
}

/// Why an event is not as it was to be.
public enum PublicEventRefusal: Error, Hashable, Sendable {
    case noSuchEvent
    /// One person has so many at most.
    case tooMany(limit: Int)
    /// An event has so many rooms at most.
    case tooManyRooms(limit: Int)
    /// The room stands in another event.
    case roomTaken(RoomID)
}
