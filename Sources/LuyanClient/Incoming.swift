public import Ledger
public import Transport
public import Wire

/// What a connection has to tell, in order.
public enum Incoming: Equatable, Sendable {
    /// An event, each exactly once and without gaps, as long as no `snapshot` comes between.
    case event(RoomEvent)
    /// Not kept by the server: presence, checkpoints, drain, unavailable, available, restart.
    case signal(name: String, room: RoomID?, values: JSON)
    /// The room was joined again and is now so: more was missed than the server keeps at hand, or
    /// the roles changed.
    case snapshot(RoomEntry)
    /// Events between were lost on the way; the room is joined again, and they follow.
    case gap(RoomID, after: UInt64, before: UInt64)
    /// The line was lost and is made again after so long.
    case lost(CloseReason, retryAfter: Duration)
    /// The line stands again; rooms are joined and unanswered commands sent again.
    case back
    /// A room that was joined before could not be joined again.
    case left(RoomID, Refusal)
    /// The server could not read a message of ours.
    case fault(Refusal)
    /// The server sent what is no JSON.
    case unreadable(JSONError)
}
