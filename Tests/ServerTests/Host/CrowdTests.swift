// Proves what a crowd is told together: what is durable with what the log has at hand, nothing later.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct CrowdTests {
    /// A live room with so many who follow it, and one of them.
    private static func hall(followers: Int) throws -> (Hall, ConnectionID) {
        let hall = try Hall.live()
        let viewers = (0..<followers).map { _ in hall.seat(.audience) }
        return (hall, try #require(viewers.last))
    }

    @Test func `a crowd is told of two batches at once, a smaller audience of each`() throws {
        for (followers, afterFirst) in [(RoomHost.crowd, 0), (RoomHost.crowd - 1, 1)] {
            let (hall, viewer) = try Self.hall(followers: followers)
            let first = hall.give(.say("一"), by: .audience)
            let second = hall.give(.say("二"), by: .audience)
            hall.settle()
            #expect(hall[viewer].events.count == afterFirst, "\(followers) follow")
            #expect((hall.answer(first) != nil) == (afterFirst == 1))
            hall.settle()
            #expect(hall[viewer].events.count == 2)
            #expect(hall.answer(first)?["ok"] != nil && hall.answer(second)?["ok"] != nil)
            #expect(hall.faults == [])
        }
    }

    @Test func `nothing waits for what was decided while it waited`() throws {
        let (hall, viewer) = try Self.hall(followers: RoomHost.crowd)
        hall.give(.say("一"), by: .audience)
        hall.give(.say("二"), by: .audience)
        hall.settle()
        hall.give(.say("三"), by: .audience)
        hall.settle()
        #expect(hall[viewer].events.count == 2)
        hall.settle()
        #expect(hall[viewer].events.count == 3)
        #expect(hall.faults == [])
    }

    @Test func `one that is alone with the log is told of at once`() throws {
        let (hall, viewer) = try Self.hall(followers: RoomHost.crowd)
        for count in 1...3 {
            hall.give(.say("\(count)"), by: .audience)
            hall.settle()
            #expect(hall[viewer].events.count == count)
        }
    }

    @Test func `what is durable is told when the batch that it waits for fails`() throws {
        for fate in [HeldLog.Fate.failed(.full), .doubtful(isKept: false)] {
            let (hall, viewer) = try Self.hall(followers: RoomHost.crowd)
            let kept = hall.give(.say("一"), by: .audience)
            let lost = hall.give(.say("二"), by: .audience)
            hall.settle()
            hall.settle(fate)
            #expect(hall[viewer].events.count == 1)
            #expect(hall.answer(kept)?["ok"] != nil)
            hall.recover()
            #expect(hall.answer(lost)?["error"]?["code"]?.text == "unavailable")
            #expect(hall[viewer].signals == ["unavailable", "available"])
            #expect(hall.faults == [])
        }
    }
}
