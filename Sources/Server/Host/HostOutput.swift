internal import Ledger
internal import Rooms
internal import Transport
internal import Wire

/// Who waits for what became of a command.
enum ReplyTo: Sendable {
    /// A client's message, by its id.
    case socket(ConnectionID, id: String)
    /// A part of the server.
    case call(@Sendable (Result<Answer, WireError>) -> Void)
    case nobody
}

/// What became of an accepted command; a function of its first event, so that it can be given again.
struct Answer: Equatable, Sendable {
    /// The number of its first event; where it changed nothing, of the last event before.
    let sequence: UInt64
    let at: Timestamp

    func write(to writer: inout JSONWriter) {
        writer.member("seq", sequence)
        writer.member("at", at.milliseconds)
    }
}

/// Somebody who wants to follow the room.
struct JoinCall: Sendable {
    let connection: ConnectionID
    /// The id of the message that asked.
    let id: String
    /// The member it reads as; `nil` for a visitor.
    let member: MemberID?
    let card: NameCard
    /// How well the place knows it.
    var standing = Standing.guest
    /// Whether it gave the room's entry code.
    var hasPassed = false
    let request: JoinRequest
}

/// What a room has to tell, in this order: what is published to all, then answers, then those who
/// join. Whoever joins has everything before in its snapshot and gets the segments after.
struct Segment: Sendable {
    /// Messages for each class, in order.
    var published: [ReaderClass: [[UInt8]]] = [:]
    /// Messages for single members, in order.
    var personal: [(member: MemberID, bytes: [UInt8])] = []
    var direct: [(connection: ConnectionID, bytes: [UInt8])] = []
    var joined: [Joined] = []
    /// Members whose roles changed: their streams end, and they join anew.
    var restarts: [MemberID] = []

    /// A connection that follows the room from now on.
    struct Joined: Sendable {
        let connection: ConnectionID
        let member: MemberID?
        let reader: ReaderClass
        let bytes: [UInt8]
    }
}

/// What the room's turn asks of its surroundings.
struct HostOutput {
    var segments: [Segment] = []
    /// To be appended to the log, in this order.
    var appends: [(batch: UInt64, request: AppendRequest)] = []
    /// What was made of the record is not of today any more.
    var hasRecordChanged = false
    /// Texts that are to be erased from the log.
    var erasures: [(sequence: UInt64, parts: [Int])] = []
    /// The log is to be read again after that event, and `recover` called with what it holds.
    var recoverAfter: UInt64?
}
