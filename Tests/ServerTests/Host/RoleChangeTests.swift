// Proves that a change of role ends the streams of the old class and gives a snapshot of the new one.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct RoleChangeTests {
    @Test func `a member whose role changes is told, and joins anew`() throws {
        let hall = try Hall.live()
        let pages = [hall.seat(.audience), hall.seat(.audience)]
        let other = hall.seat(.otherAudience)
        hall.serve(.admit(Person.audience.id, roles: [.moderator], slots: []))
        hall.give(.say("一"), by: .otherAudience)
        hall.settleAll()
        for page in pages {
            #expect(hall[page].inbox.suffix(2).first?["to"]?.text == "\(Person.audience.id)")
            #expect(hall[page].signals == ["restart"])
            #expect(hall[page].following == nil)
            hall.join(page)
            let ok = hall[page].answers.last?["ok"]
            #expect(ok?["you"]?["roles"]?.items == [.string("moderator"), .string("audience")])
            #expect(ok?["snapshot"]?["members"] != nil)
        }
        #expect(hall[other].signals == [])
        #expect(hall.host.here == 3)
        #expect(pages.allSatisfy { hall.fault(of: $0) == nil })
    }

    @Test func `nothing is told to the old class's stream after the change`() throws {
        let hall = try Hall.live()
        let page = hall.seat(.audience)
        let other = hall.seat(.otherAudience)
        hall.give(.say("一"), by: .otherAudience)
        hall.serve(.admit(Person.audience.id, roles: [.moderator], slots: []))
        hall.give(.say("二"), by: .otherAudience)
        while !hall.log.held.isEmpty { hall.settle(turning: false) }
        hall.turn()
        #expect(hall[page].events.count == 1)
        #expect(hall[page].signals == ["restart"])
        #expect(hall[other].events.count == 2)
        // The line is cut before the signal: what it has shows that it was there before the change.
        hall.resume(page)
        #expect(hall[page].answers.last?["ok"]?["snapshot"]?["members"] != nil)
    }

    @Test func `the join that changes the role is not told to join again`() throws {
        let hall = try Hall.live()
        let old = hall.seat(.audience)
        let new = hall.connect(Person.audience.id)
        hall.join(new, grants: [(.presenter, .second)])
        hall.settleAll()
        #expect(hall[old].signals == ["restart"])
        #expect(hall[new].signals == [])
        #expect(hall[new].following?.reader == ReaderClass(roles: [.presenter]))
        #expect(hall[new].answers.last?["ok"]?["you"]?["slots"]?.items == [.string("2")])
        hall.give(.say("一"), by: .otherAudience)
        hall.settle()
        #expect(hall[new].events.count == 1)
    }

    @Test(arguments: [Person.moderator, .presenter, .audience])
    func `a member who joins is given nothing it has, nor what it does not need`(
        person: Person
    ) throws {
        let hall = try Hall.live()
        let known = hall.log.events.count
        let viewer = hall.seat(person)
        #expect(hall.log.held.isEmpty)
        #expect(hall.log.events.count == known)
        let roles = hall[viewer].answers.last?["ok"]?["you"]?["roles"]?.items?.compactMap(\.text)
        #expect(roles == person.membership?.roles.sorted().map(\.rawValue))
    }

    @Test(arguments: [true, false])
    func `who resumes across a change of role gets a snapshot`(wasTold: Bool) throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .otherAudience)
        hall.settle()
        let viewer = hall.seat(.audience)
        if !wasTold { hall.leave(viewer) }
        hall.serve(.admit(Person.audience.id, roles: [.moderator], slots: []))
        hall.settle()
        hall.resume(viewer)
        #expect(hall[viewer].answers.last?["ok"]?["snapshot"]?["members"] != nil)
        #expect(hall.fault(of: viewer) == nil)
    }

    @Test func `a visitor who becomes a member and resumes gets a snapshot`() throws {
        let hall = try Hall.live()
        let visitor = hall.seat(nil)
        let cursor = hall[visitor].cursor
        let member = hall.connect(Person.stranger.id)
        hall.resume(member, since: cursor, own: 0)
        hall.settle()
        #expect(hall[member].answers.last?["ok"]?["snapshot"] != nil)
        #expect(hall.fault(of: member) == nil)
    }

    @Test func `a room that is over admits nobody new to its log when it was cancelled`() throws {
        let hall = try Hall.live()
        hall.give(.cancelRoom(reason: nil), by: .moderator)
        hall.settle()
        let known = hall.log.events.count
        let viewer = hall.seat(.stranger)
        #expect(hall.log.held.isEmpty)
        #expect(hall.log.events.count == known)
        #expect(hall[viewer].answers.last?["ok"]?["you"]?["member"] == .null)
        #expect(hall[viewer].answers.last?["ok"]?["snapshot"]?["state"]?.text == "cancelled")
    }

    @Test func `a full room refuses new people and lets in those who are in`() throws {
        var limits = RoomLimits()
        limits.members = Person.allCases.count - 1
        let hall = try Hall.live(limits: limits)
        let stranger = hall.seat(.stranger)
        #expect(hall[stranger].answers.last?["error"]?["code"]?.text == "room.full")
        let member = hall.seat(.audience)
        #expect(hall[member].answers.last?["ok"]?["you"]?["member"] != .null)
        #expect(hall.host.here == 1)
    }
}
