// Proves that a removed text is told to nobody any more, and that its erasure is asked for until done.
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct RedactionTests {
    /// What can be removed.
    static let texts: [(name: String, command: Command, list: String)] = [
        ("chat", .say("UNSAID"), "chat"),
        ("question", .ask("UNSAID", about: .first), "questions"),
    ]

    private func hall(_ name: String) throws -> (hall: Hall, sequence: UInt64, list: String) {
        let row = try #require(Self.texts.first { $0.name == name })
        let hall = try Hall.live()
        hall.give(row.command, by: .audience)
        hall.settleAll()
        return (hall, UInt64(hall.log.events.count), row.list)
    }

    @Test(arguments: texts.map(\.name))
    func `a removed text is gone from snapshots and from what is sent again`(name: String) throws {
        let (hall, sequence, list) = try hall(name)
        let viewer = hall.seat(.otherAudience)
        #expect(hall[viewer].inbox.contains { $0.written.contains("UNSAID") })
        let away = hall.connect(nil)
        hall.give(.redact(sequence, .abuse), by: .moderator)
        // Not before the removal is durable.
        hall.resume(away, since: sequence - 1, own: 0)
        #expect(hall[away].inbox.last?.written.contains("UNSAID") == true)
        #expect(hall.erasures.isEmpty)
        hall.leave(away)
        hall.settle()
        #expect(hall.erasures.map(\.sequence) == [sequence])
        #expect(hall.erasures.map(\.parts) == [[2]])
        #expect(
            hall[viewer].events.last?["parts"]?.items?.first?["body"]?["type"]?.text
                == "content.redacted"
        )
        for person in [Person?.none, .audience, .moderator] {
            let late = hall.seat(person)
            #expect(!hall[late].inbox.contains { $0.written.contains("UNSAID") })
            let line = hall[late].inbox.last?["ok"]?["snapshot"]?[list]?.items?.last
            #expect(line?["removed"]?.flag == true)
            #expect(line?["seq"]?.integer == Int64(sequence))
            #expect(line?["text"] == nil && line?["name"] == nil)
        }
        let back = hall.connect(nil)
        hall.resume(back, since: sequence - 1, own: 0)
        let missed = hall[back].inbox.last?["ok"]?["events"]?.items ?? []
        #expect(missed.map { $0["seq"]?.integer } == [Int64(sequence), Int64(sequence) + 1])
        #expect(missed.first?["parts"]?.items?.map { $0["n"]?.integer } == [1])
        #expect(!missed.contains { $0.written.contains("UNSAID") })
        #expect(hall.fault(of: back) == nil)
    }

    @Test(arguments: texts.map(\.name))
    func `a removed text takes its badge with it`(name: String) throws {
        let row = try #require(Self.texts.first { $0.name == name })
        let hall = try Hall.live()
        let byline = Byline("UNSAID", Affiliation("UNSAID 大学", badge: .organisation(77)))
        let speaker = Speaker(Person.audience.actor, card: NameCard(byline))
        hall.give(row.command, by: speaker)
        hall.settleAll()
        let sequence = UInt64(hall.log.events.count)
        let before = hall[hall.seat(nil)].inbox.last?["ok"]?["snapshot"]?[row.list]?.items?.last
        #expect(before?["organisation"]?.text == "UNSAID 大学")
        #expect(before?["badge"]?.text == "organisation")
        #expect(before?["organisationId"]?.text == "77")
        hall.give(.redact(sequence, .abuse), by: .moderator)
        hall.settleAll()
        hall.eraseAll()
        for person in [Person?.none, .audience, .moderator] {
            let line = hall[hall.seat(person)].inbox.last?["ok"]?["snapshot"]?[row.list]?.items?
                .last
            #expect(line?["removed"]?.flag == true)
            for member in ["name", "organisation", "badge", "organisationId"] {
                #expect(line?[member] == nil)
            }
        }
        let left = hall.log.events.flatMap { $0.parts.compactMap(\.part) }
            .map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(!left.contains { $0.contains("UNSAID") || $0.contains(#""badge""#) })
    }

    @Test(arguments: texts.map(\.name))
    func `after the erasure the log proves as before and replays to the same room`(
        name: String
    ) throws {
        let (hall, sequence, _) = try hall(name)
        hall.give(.redact(sequence, .spam), by: .audience)
        hall.settleAll()
        hall.eraseAll()
        #expect(
            !hall.log.events.contains { event in
                event.parts.contains {
                    $0.part.map { String(decoding: $0.bytes, as: UTF8.self) }?.contains("UNSAID")
                        ?? false
                }
            }
        )
        let fresh = try hall.reloaded()
        #expect(hall.host.difference(from: fresh) == nil)
        #expect(fresh.durableHead.hash == hall.log.originals.last?.hash)
    }

    @Test(arguments: texts.map(\.name))
    func `a crash before the erasure shows nothing, and asks for it again`(name: String) throws {
        let (hall, sequence, _) = try hall(name)
        hall.give(.redact(sequence, .private), by: .moderator)
        hall.settleAll()
        try hall.restart()
        #expect(hall.erasures.map(\.sequence) == [sequence])
        #expect(hall.erasures.map(\.parts) == [[2]])
        let viewer = hall.seat(nil)
        hall.resume(viewer, since: sequence - 1, own: 0)
        #expect(!hall[viewer].inbox.contains { $0.written.contains("UNSAID") })
        hall.eraseAll()
        try hall.restart()
        // The log's file may still hold what the erasure left in it: asking again empties it.
        #expect(hall.erasures.map(\.sequence) == [sequence])
    }

    @Test func `a redaction in doubt that turns out durable is carried out`() throws {
        let (hall, sequence, _) = try hall("chat")
        hall.give(.redact(sequence, .other), by: .moderator)
        hall.settle(.doubtful(isKept: true))
        #expect(hall.erasures.isEmpty)
        hall.recover()
        #expect(hall.erasures.map(\.sequence) == [sequence])
        #expect(!hall[hall.seat(nil)].inbox.contains { $0.written.contains("UNSAID") })
    }

    @Test func `said and removed in one turn: told in order, and gone for whoever comes later`()
        throws
    {
        let hall = try Hall.live()
        let viewer = hall.seat(nil)
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        hall.give(.say("UNSAID"), by: speaker, turning: false)
        hall.give(.redact(UInt64(hall.log.events.count) + 1, .mistake), by: speaker)
        hall.settleAll()
        #expect(hall[viewer].events.count == 2)
        #expect(hall[viewer].faults == [])
        #expect(hall.erasures.count == 1)
        #expect(!hall[hall.seat(nil)].inbox.contains { $0.written.contains("UNSAID") })
    }

    @Test func `a text that left the recent events and the snapshot is erased all the same`() throws
    {
        let (hall, sequence, _) = try hall("chat")
        let speaker = Speaker(Person.otherAudience.actor, card: Person.otherAudience.card)
        for _ in 0..<(2 * RoomHost.recentLimit) {
            hall.give(.say("一"), by: speaker, turning: false)
        }
        hall.turn()
        hall.settleAll()
        hall.give(.redact(sequence, .abuse), by: .moderator)
        hall.settle()
        #expect(hall.erasures.map(\.sequence) == [sequence])
    }
}
