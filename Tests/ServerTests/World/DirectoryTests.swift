// Proves the order of the home page: live rooms, then coming ones by start, then past ones from the newest.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

@testable import Server

struct DirectoryTests {
    /// When the rooms of these tests, which start within a second after 0, are looked at.
    private static let now = Timestamp(milliseconds: 1_000)

    private func summary(
        _ number: Int,
        _ state: Lifecycle.Name,
        startsAt: UInt64 = 0
    ) throws -> RoomSummary {
        let bytes = [UInt8](repeating: 0, count: 14) + [UInt8(number >> 8), UInt8(number & 0xff)]
        return RoomSummary(
            room: try #require(RoomID(bytes: bytes)),
            title: "\(number)",
            state: state,
            startsAt: Timestamp(milliseconds: startsAt),
            language: "en",
            slots: 1,
            here: 0,
            picture: nil
        )
    }

    static let groups: [(Lifecycle.Name, String)] = [
        (.unborn, "coming"), (.scheduled, "coming"), (.open, "live"), (.live, "live"),
        (.paused, "live"), (.followUp, "past"), (.closed, "past"), (.archived, "past"),
        (.cancelled, "past"),
    ]

    @Test func `each state has its group`() throws {
        #expect(Self.groups.map(\.0) == Lifecycle.Name.allCases)
        for (state, group) in Self.groups {
            #expect(try summary(1, state).group(at: Self.now).name == group)
        }
    }

    @Test func `a room that nobody opened is expected for a day`() throws {
        let room = try summary(1, .scheduled, startsAt: 5_000)
        let day: UInt64 = 86_400_000
        #expect(room.group(at: Timestamp(milliseconds: 5_000 + day)) == .coming)
        #expect(room.group(at: Timestamp(milliseconds: 5_001 + day)) == .past)
        #expect(try summary(1, .open).group(at: Timestamp(milliseconds: 2 * day)) == .live)
    }

    @Test func `a room without its first event is not listed`() throws {
        let directory = Directory()
        directory.set(try summary(1, .unborn))
        #expect(directory.listed(at: Self.now).isEmpty && directory.all.count == 1)
    }

    @Test func `live first, then coming by start, then past from the newest`() throws {
        let directory = Directory()
        let rows: [(Lifecycle.Name, UInt64)] = [
            (.closed, 10), (.scheduled, 90), (.live, 50), (.cancelled, 30), (.scheduled, 70),
            (.open, 40), (.followUp, 20), (.paused, 60),
        ]
        for (number, row) in rows.enumerated() {
            directory.set(try summary(number, row.0, startsAt: row.1))
        }
        #expect(
            directory.listed(at: Self.now).map(\.startsAt.milliseconds) == [
                40, 50, 60, 70, 90, 30, 20, 10,
            ]
        )
    }

    @Test func `rooms that start together keep one order`() throws {
        let directory = Directory()
        for number in (0..<50).shuffled() { directory.set(try summary(number, .live)) }
        #expect(directory.listed(at: Self.now).map(\.title) == (0..<50).map(String.init))
    }

    @Test func `the list has its limit; the rest is found by its link`() throws {
        let directory = Directory()
        for number in 0...Directory.listLimit {
            directory.set(try summary(number, .scheduled, startsAt: UInt64(number)))
        }
        #expect(directory.listed(at: Self.now).count == Directory.listLimit)
        let last = try summary(Directory.listLimit, .scheduled)
        #expect(!directory.listed(at: Self.now).contains { $0.room == last.room })
        #expect(directory.contains(last.room))
        #expect(directory[last.room]?.title == "\(Directory.listLimit)")
    }

    @Test func `an entry is replaced, and a stranger is unknown`() throws {
        let directory = Directory()
        directory.set(try summary(1, .scheduled))
        directory.set(try summary(1, .live))
        #expect(directory.listed(at: Self.now).map(\.state) == [.live])
        #expect(directory[try summary(2, .live).room] == nil)
    }

    @Test func `a room is listed by what is durable`() throws {
        let hall = try Hall()
        #expect(hall.host.summary.state == .unborn)
        hall.serve(.create(.sample()))
        #expect(hall.host.summary.title == "")
        hall.settle()
        let summary = hall.host.summary
        #expect(summary.title == "路演 Roadshow")
        #expect(summary.state == .scheduled)
        #expect(summary.startsAt == .start)
        #expect(summary.slots == 3)
        _ = hall.seat(nil)
        #expect(hall.host.summary.here == 1)
    }
}
