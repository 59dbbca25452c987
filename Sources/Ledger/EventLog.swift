/// Where rooms' events are kept. SQLite is the first of these; what holds here holds for all.
public protocol EventLog: Sendable {
    /// Appends all of a request's events or none. `reply` is called once, not on the caller's
    /// stack, and only when the answer is true for good: a success is durable. The number is the
    /// sequence of the last event. Nothing is tried twice.
    func append(
        _ request: AppendRequest,
        then reply: @escaping @Sendable (Result<UInt64, AppendFailure>) -> Void
    )

    /// The durable end of a room's chain; `nil` when there is no such room.
    func head(of room: RoomID) async throws -> ChainHead?

    /// The durable events after a sequence number, at most `limit`, in order.
    func read(_ room: RoomID, after sequence: UInt64, limit: Int) async throws -> [SealedEvent]

    /// What became of these commands: the sequence number of each one's first event. A command
    /// that is not in the answer left nothing and never will.
    func resolve(_ room: RoomID, _ keys: [CommandKey]) async throws -> [CommandKey: UInt64]
}

/// Events to append to one room's log.
public struct AppendRequest: Sendable {
    /// The room whose log it is.
    public let room: RoomID
    /// The sequence number that must be the last one before.
    public let expecting: UInt64
    /// Under which ownership of the room they were decided; an older one than the log has seen is
    /// fenced off.
    public let epoch: UInt64
    /// The events in order, the first of sequence `expecting + 1`.
    public let events: [SealedEvent]

    /// A request of these values.
    public init(room: RoomID, expecting: UInt64, epoch: UInt64, events: [SealedEvent]) {
        self.room = room
        self.expecting = expecting
        self.epoch = epoch
        self.events = events
    }

    /// The commands whose first events these are.
    public var commands: [CommandKey] { events.compactMap(\.command) }
}

/// Why events were not appended, or are not known to be.
public enum AppendFailure: Error, Hashable, Sendable {
    /// The room's last event has another sequence number.
    case conflict(actual: UInt64)
    /// The room is owned by a later epoch.
    case fenced(current: UInt64)
    /// These commands have events in the log already.
    case duplicate([CommandKey])
    /// It is not known whether they are durable: `resolve` tells, once the log can be reached.
    case inDoubt([CommandKey])
    /// Nothing was appended; the same request may succeed later.
    case unavailable(Reason)

    /// Why a log cannot be appended to.
    public enum Reason: Hashable, Sendable {
        /// There is no such room.
        case noSuchRoom
        /// The disk, or the space given to the log, is full.
        case full
        /// The log cannot be written to.
        case readOnly
        /// Somebody else holds the log.
        case busy
        /// What the log says of itself does not fit.
        case corrupt
        /// The operating system or the database refused; its code.
        case io(Int32)
        /// The log was closed.
        case closed
        /// The events do not follow `expecting`, or belong to another room.
        case malformed
    }
}
