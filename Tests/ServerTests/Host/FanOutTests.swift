// Proves that an event is encoded once for each class that follows, however many follow or come back.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct FanOutTests {
    @Test func `a thousand viewers of two classes make two encodings an event`() throws {
        let hall = try Hall.live()
        for _ in 0..<500 {
            _ = hall.seat(nil)
            _ = hall.seat(.audience)
        }
        #expect(hall.host.here == 1_000)
        let before = hall.host.encodings
        for place in 1...10 {
            hall.give(.say("\(place)"), by: .audience)
            hall.settle()
            #expect(hall.host.encodings == before + 2 * place)
        }
        #expect(hall.sent.filter { $0.message["seq"] != nil }.count == 10_000)
    }

    @Test func `an event that one of the classes may not see is encoded for the other alone`()
        throws
    {
        let hall = try Hall.live()
        let viewers = [hall.seat(nil), hall.seat(.moderator), hall.seat(.moderator)]
        let before = hall.host.encodings
        hall.serve(.admit(.sample(9), roles: [.audience], slots: []))
        hall.settle()
        #expect(hall.host.encodings == before + 1)
        #expect(viewers.map { hall[$0].events.count } == [0, 1, 1])
    }

    @Test func `nobody follows, nothing is encoded`() throws {
        let hall = try Hall.live()
        hall.leave(hall.seat(.audience))
        let before = hall.host.encodings
        hall.give(.say("一"), by: .audience)
        hall.settle()
        #expect(hall.host.encodings == before)
    }

    @Test func `who comes back gets the bytes that were made for the others`() throws {
        let hall = try Hall.live()
        let away = (0..<20).map { _ in hall.seat(.audience) }
        let here = hall.seat(.audience)
        for viewer in away { hall.leave(viewer) }
        for place in 1...5 { hall.give(.say("\(place)"), by: .audience) }
        hall.settleAll()
        let before = hall.host.encodings
        for viewer in away { hall.resume(viewer) }
        #expect(hall.host.encodings == before)
        for viewer in away {
            #expect(hall[viewer].answers.last?["ok"]?["events"]?.items == hall[here].events)
        }
    }

    @Test func `who comes back where nobody was pays once for all`() throws {
        let hall = try Hall.live()
        let away = (0..<20).map { _ in hall.seat(.audience) }
        for viewer in away { hall.leave(viewer) }
        for place in 1...5 { hall.give(.say("\(place)"), by: .audience) }
        hall.settleAll()
        let before = hall.host.encodings
        for viewer in away { hall.resume(viewer) }
        #expect(hall.host.encodings == before + 5)
    }

    @Test func `a snapshot is made once for a class at an event`() throws {
        let hall = try Hall.live()
        _ = hall.seat(.audience)
        let first = try #require(hall.host.snapshots[ReaderClass(roles: [.audience])])
        _ = hall.seat(.otherAudience)
        #expect(hall.host.snapshots.count == 1)
        #expect(hall.host.snapshots[ReaderClass(roles: [.audience])]?.sequence == first.sequence)
        hall.give(.say("一"), by: .audience)
        hall.settle()
        _ = hall.seat(.audience)
        let next = try #require(hall.host.snapshots[ReaderClass(roles: [.audience])])
        #expect(next.sequence == first.sequence + 1)
        #expect(next.bytes != first.bytes)
    }

    static let distances: [(missed: Int, gets: String)] = [
        (0, "events"), (1, "events"), (RoomHost.recentLimit, "events"),
        (2 * RoomHost.recentLimit, "snapshot"),
    ]

    @Test(arguments: distances)
    func `who is near gets what it missed, who is far a snapshot`(missed: Int, gets: String) throws
    {
        let hall = try Hall.live()
        hall.give(.say("before"), by: .audience)
        hall.settleAll()
        let viewer = hall.seat(.audience)
        hall.leave(viewer)
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        for _ in 0..<missed { hall.give(.say("一"), by: speaker, turning: false) }
        hall.turn()
        hall.settleAll()
        hall.resume(viewer)
        let ok = try #require(hall[viewer].answers.last?["ok"])
        #expect(ok[gets] != nil)
        #expect((ok["events"]?.items?.count ?? missed) == missed)
        #expect(hall.fault(of: viewer) == nil)
    }

    static let disclosures: [(count: Int, gets: String)] = [
        (3 * RoomHost.recentLimit, "events"), (16 * RoomHost.recentLimit, "snapshot"),
    ]

    @Test(arguments: disclosures)
    func `what others were shown puts nobody far off, up to a bound`(
        count: Int,
        gets: String
    ) throws {
        let hall = try Hall.live(Terms.plan)
        let viewer = hall.seat(.audience)
        hall.leave(viewer)
        let server = Speaker(.server, card: .blank)
        for page in 0..<count {
            let shown = Disclosure(
                of: .file("\(page)", slot: nil, page: nil),
                to: Person.presenter.id
            )
            hall.give(.disclose(shown), by: server, turning: false)
        }
        hall.give(.say("一"), by: .otherAudience)
        hall.settleAll()
        #expect(hall.log.events.count > count)
        #expect(hall.host.recent.count < 16 * RoomHost.recentLimit)
        hall.resume(viewer)
        let ok = try #require(hall[viewer].answers.last?["ok"])
        #expect(ok[gets] != nil)
        #expect((ok["events"]?.items?.count ?? 1) == 1)
        #expect(hall.fault(of: viewer) == nil)
    }

    @Test func `the oldest event that is kept is the border`() throws {
        let hall = try Hall.live()
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        for _ in 0..<(2 * RoomHost.recentLimit) {
            hall.give(.say("一"), by: speaker, turning: false)
        }
        hall.turn()
        hall.settleAll()
        let first = try #require(hall.host.recent.first?.sealed.sequence)
        #expect(first > 2)
        let viewer = hall.connect(nil)
        hall.resume(viewer, since: first - 1, own: 0)
        #expect(
            hall[viewer].answers.last?["ok"]?["events"]?.items?.first?["seq"]?.integer
                == Int64(first)
        )
        hall.resume(viewer, since: first - 2, own: 0)
        #expect(hall[viewer].answers.last?["ok"]?["snapshot"] != nil)
    }

    @Test func `long texts that were missed give a snapshot before they fill the line`() throws {
        let hall = try Hall.live()
        let start = UInt64(hall.log.events.count)
        let text = String(repeating: "长", count: 1_000)
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        for _ in 0..<(RoomHost.missedBytesLimit / 3_000) {
            hall.give(.say(text), by: speaker, turning: false)
        }
        hall.turn()
        hall.settleAll()
        let viewer = hall.connect(nil)
        hall.resume(viewer, since: start, own: 0)
        #expect(hall[viewer].answers.last?["ok"]?["snapshot"] != nil)
        hall.resume(viewer, since: UInt64(hall.log.events.count) - 100, own: 0)
        #expect(hall[viewer].answers.last?["ok"]?["events"]?.items?.count == 100)
    }

    @Test func `a member whose admission is long ago is as near as any other`() throws {
        let hall = try Hall.live()
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        for _ in 0..<(3 * RoomHost.recentLimit) {
            hall.give(.say("一"), by: speaker, turning: false)
        }
        hall.turn()
        hall.settleAll()
        let viewer = hall.seat(.audience)
        hall.leave(viewer)
        hall.give(.say("二"), by: .otherAudience)
        hall.settle()
        hall.resume(viewer)
        #expect(hall[viewer].answers.last?["ok"]?["events"]?.items?.count == 1)
        #expect(hall.fault(of: viewer) == nil)
    }

    @Test func `a client that is ahead of the log gets a snapshot`() throws {
        let hall = try Hall.live()
        let viewer = hall.connect(nil)
        hall.resume(viewer, since: UInt64(hall.log.events.count) + 1, own: 0)
        #expect(hall[viewer].answers.last?["ok"]?["snapshot"] != nil)
        hall.resume(viewer, since: .max, own: .max)
        #expect(hall[viewer].answers.last?["ok"]?["snapshot"] != nil)
    }

    @Test func `those who follow are counted, also when they hang up while they join`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.stranger)
        hall.hangUp(viewer)
        hall.settleAll()
        #expect(hall.host.here == 0)
        #expect(hall.followers.isEmpty)
        let other = hall.seat(nil)
        hall.join(other)
        #expect(hall.host.here == 1)
        hall.leave(other)
        #expect(hall.host.here == 0)
        #expect(hall.host.audience.isEmpty)
    }
}
