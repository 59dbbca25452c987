internal import Ledger
internal import Rooms
internal import Synchronization

/// What every shard knows of every room: enough for the home page. Each entry is written by the
/// shard that the room lives on.
final class Directory: Sendable {
    /// Rooms that the home page lists, newest first; beyond it older ones are found by their link.
    static let listLimit = 200

    private let rooms = Mutex<[RoomID: RoomSummary]>([:])

    func set(_ summary: RoomSummary) {
        rooms.withLock { $0[summary.room] = summary }
    }

    subscript(room: RoomID) -> RoomSummary? {
        rooms.withLock { $0[room] }
    }

    func contains(_ room: RoomID) -> Bool {
        rooms.withLock { $0[room] != nil }
    }

    var all: [RoomSummary] { rooms.withLock { Array($0.values) } }

    /// Live rooms first, then coming ones by their start, then past ones from the newest.
    func listed(at now: Timestamp) -> [RoomSummary] {
        // A room that a crash left before its first event has nothing to show.
        let sorted = all.filter { $0.state != .unborn }.sorted { one, other in
            let group = one.group(at: now)
            guard group == other.group(at: now) else { return group < other.group(at: now) }
            guard one.startsAt != other.startsAt else { return "\(one.room)" < "\(other.room)" }
            return group == .past
                ? one.startsAt > other.startsAt : one.startsAt < other.startsAt
        }
        return Array(sorted.prefix(Self.listLimit))
    }
}

/// A room in a list.
struct RoomSummary: Equatable, Sendable {
    let room: RoomID
    let title: String
    let state: Lifecycle.Name
    let startsAt: Timestamp
    let language: String
    let slots: Int
    let here: Int
    /// The first page of its slides, where visitors see slides.
    let picture: String?

    enum Group: Int, Comparable {
        case live, coming, past

        static func < (one: Group, other: Group) -> Bool { one.rawValue < other.rawValue }

        var name: String {
            switch self {
            case .live: "live"
            case .coming: "coming"
            case .past: "past"
            }
        }
    }

    /// So long after its start a room that nobody opened is no longer expected.
    private static let expectedFor: Int64 = 86_400_000  // milliseconds

    func group(at now: Timestamp) -> Group {
        switch state {
        case .open, .live, .paused: .live
        case .unborn, .scheduled:
            now > startsAt.advanced(byMilliseconds: Self.expectedFor) ? .past : .coming
        case .followUp, .closed, .archived, .cancelled: .past
        }
    }
}

extension RoomHost {
    private var firstSlide: String? {
        durable.roadshow.slots.lazy.compactMap { self.texts.slides[$0.frame.id]?.first?.file }.first
    }

    var summary: RoomSummary {
        RoomSummary(
            room: id,
            title: texts.room?.title ?? "",
            state: durable.lifecycle.name,
            startsAt: durable.roadshow.frame?.startsAt ?? Timestamp(milliseconds: 0),
            language: durable.roadshow.frame?.language ?? "zh-CN",
            slots: durable.roadshow.slots.count,
            here: here,
            picture: !durable.door.isClosed && durable.shows(to: .visitor) ? firstSlide : nil
        )
    }
}
