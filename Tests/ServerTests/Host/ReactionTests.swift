// Proves that reactions are counted once a member and signal, answered at once, and kept nowhere.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct ReactionTests {
    private func react(_ hall: Hall, _ reaction: Reaction, by person: Person, on seat: ConnectionID)
    {
        hall.host.react(reaction, by: .member(person.id), on: seat, id: "r")
        hall.turn()
    }

    @Test func `what many show is one signal, and whoever hammers counts once`() throws {
        let hall = try Hall.live(.sample())
        let (one, other) = (hall.seat(.audience), hall.seat(.presenter))
        let before = hall.host.durable.sequence
        for _ in 0..<5 { react(hall, .applause, by: .audience, on: one) }
        react(hall, .applause, by: .presenter, on: other)
        react(hall, .puzzled, by: .audience, on: one)
        #expect(hall[one].answers.last?["ok"] != nil)
        let signals = hall.host.takeReactions()
        let signal = try JSONParser.parse(try #require(signals.values.first))
        #expect(signal["signal"]?.text == "reactions")
        #expect(signal["data"]?["applause"]?.integer == 2)
        #expect(signal["data"]?["puzzled"]?.integer == 1)
        #expect(signal["data"]?["like"] == nil)
        #expect(hall.host.takeReactions().isEmpty)
        #expect(hall.host.durable.sequence == before)
    }

    @Test func `who may not speak shows nothing`() throws {
        let hall = try Hall.live(.sample())
        let (seat, visitor) = (hall.seat(.audience), hall.seat(nil))
        hall.host.react(.like, by: .visitor, on: visitor, id: "r")
        hall.turn()
        #expect(hall[visitor].answers.last?["error"]?["code"]?.text == "not_admitted")
        hall.give(.mute(Person.audience.id), by: .moderator)
        hall.settleAll()
        react(hall, .like, by: .audience, on: seat)
        #expect(hall[seat].answers.last?["error"]?["code"]?.text == "member.muted")
        hall.give(.unmute(Person.audience.id), by: .moderator)
        hall.give(.stopOutput, by: .moderator)
        hall.settleAll()
        react(hall, .like, by: .audience, on: seat)
        #expect(hall[seat].answers.last?["error"]?["code"]?.text == "output.stopped")
        #expect(hall.host.takeReactions().isEmpty)
    }
}
