public import Ledger
public import Wire

/// What the server answers to who joins a room.
public struct RoomEntry: Equatable, Sendable {
    public let room: RoomID
    /// The server's time when it answered.
    public let now: Timestamp
    /// Who one is here; `nil` for a visitor.
    public let member: MemberID?
    /// Member, roles, slots, name and votes, as they were sent.
    public let you: JSON
    /// How far a reader of this answer has come.
    public let cursor: Cursor
    public let content: Content
    /// The newest signed checkpoint of the room's log.
    public let checkpoint: String?
    /// The proof that the log continues the checkpoint that was sent with the join.
    public let consistency: JSON?

    public enum Content: Equatable, Sendable {
        /// The whole room as it is now.
        case snapshot(JSON)
        /// The events after those the reader has, in order.
        case events([RoomEvent])
    }

    init?(_ json: JSON) {
        guard let room = json["room"]?.text.flatMap({ RoomID($0) }),
            let now = json["now"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let ofClass = json["cursor"]?["class"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let own = json["cursor"]?["own"]?.integer.flatMap({ UInt64(exactly: $0) })
        else { return nil }
        if let snapshot = json["snapshot"] {
            content = .snapshot(snapshot)
        } else if let events = json["events"]?.items {
            content = .events(events.compactMap(RoomEvent.init))
        } else {
            return nil
        }
        self.room = room
        self.now = Timestamp(milliseconds: now)
        you = json["you"] ?? .object([])
        member = you["member"]?.text.flatMap { MemberID($0) }
        cursor = Cursor(ofClass: ofClass, own: own)
        checkpoint = json["checkpoint"]?.text
        consistency = json["consistency"]
    }
}
