// Proves that a vote stays between voter and server, and that how a poll stands is told as it says.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct PollTests {
    /// A live room with a poll open, an audience, a moderator and a visitor.
    private struct Poll {
        let hall: Hall
        let id: UInt64
        let audience: ConnectionID
        let moderator: ConnectionID
        let visitor: ConnectionID
    }

    private func open(_ results: PollResults, closedDoor: Bool = false) throws -> Poll {
        var limits = RoomLimits()
        limits.ballotChanges = 200
        let hall = try Hall.live(closedDoor ? Self.closed : .sample(), limits: limits)
        let seats = (hall.seat(.audience), hall.seat(.moderator), hall.seat(nil))
        let texts = PollTexts(question: "投给谁？", options: ["甲", "乙"])
        hall.give(
            .openPoll(PollPlan(kind: .single, texts: texts, results: results)),
            by: .moderator
        )
        hall.settleAll()
        let id = hall.host.durable.sequence
        return Poll(hall: hall, id: id, audience: seats.0, moderator: seats.1, visitor: seats.2)
    }

    private static let voters: [Person] = [.audience, .otherAudience, .presenter, .otherPresenter]

    private static let closed: RoomPlan = {
        let (frame, texts) = (RoomPlan.sample().frame, RoomPlan.sample().texts)
        let door = Door(hasWaitingArea: true)
        return RoomPlan(
            frame: RoomFrame(
                language: frame.language,
                startsAt: frame.startsAt,
                slots: frame.slots,
                door: door
            ),
            texts: texts
        )
    }()

    @Test func `a vote is told to the voter and to nobody else`() throws {
        let poll = try open(.live)
        let (hall, id) = (poll.hall, poll.id)
        let before = [poll.audience, poll.moderator, poll.visitor].map { hall[$0].inbox.count }
        hall.give(.votePoll(id, [2]), by: .audience)
        hall.settleAll()
        let after = [poll.audience, poll.moderator, poll.visitor].map { hall[$0].inbox.count }
        #expect(zip(after, before).map { $0 - $1 } == [1, 0, 0])
        let told = try #require(hall[poll.audience].inbox.last)
        #expect(told["to"]?.text == "\(Person.audience.id)")
    }

    @Test(arguments: PollResults.allCases)
    func `staff is always told the counts, others when the poll says so`(
        results: PollResults
    ) throws {
        let poll = try open(results)
        poll.hall.give(.votePoll(poll.id, [2]), by: .audience)
        poll.hall.settleAll()
        let signals = poll.hall.host.tally()
        for (reader, message) in signals {
            let signal = try JSONParser.parse(message)
            #expect(signal["data"]?["voters"]?.integer == 1)
            let isTold = signal["data"]?["counts"] != nil
            #expect(isTold == (results == .live || reader.sees(.staff)))
        }
        #expect(signals.count == 3)
        let snapshot = try JSONParser.parse(poll.hall.host.snapshot(for: .visitor))
        let shown = try #require(snapshot["polls"]?.items?.first)
        #expect((shown["counts"] != nil) == (results == .live))
        #expect(shown["voters"]?.integer == 1)
    }

    @Test func `those outside a closed door are told nothing of it`() throws {
        let poll = try open(.live, closedDoor: true)
        let readers = poll.hall.host.tally().keys
        #expect(!readers.contains(.visitor))
        #expect(readers.count == 2)
    }

    @Test func `whoever comes back finds its own vote, after a restart too`() throws {
        let poll = try open(.closed)
        let hall = poll.hall
        hall.give(.votePoll(poll.id, [2]), by: .audience)
        hall.settleAll()
        try hall.restart()
        hall.join(poll.audience)
        let you = hall[poll.audience].answers.last?["ok"]?["you"]
        let ballot = you?["ballots"]?.items?.first
        #expect(ballot?["poll"]?.text == String(poll.id))
        #expect(ballot?["choices"]?.items?.map(\.integer) == [2])
        #expect(hall.host.decided.openPoll?.poll.counts == [0, 1])
        hall.join(poll.moderator)
        #expect(hall[poll.moderator].answers.last?["ok"]?["you"]?["ballots"] == nil)
    }

    @Test func `a crowd's votes push nothing out that others may have missed`() throws {
        let poll = try open(.live)
        let hall = poll.hall
        hall.leave(poll.visitor)
        for turn in 0..<600 {
            hall.give(.votePoll(poll.id, [1 + turn / 4 % 2]), by: Self.voters[turn % 4])
        }
        hall.settleAll()
        hall.resume(poll.visitor)
        #expect(hall[poll.visitor].answers.last?["ok"]?["events"] != nil)
    }

    @Test func `words of a poll that were removed stand in no snapshot`() throws {
        let poll = try open(.live)
        poll.hall.give(.redact(poll.id, .mistake), by: .moderator)
        poll.hall.settleAll()
        let text = String(decoding: poll.hall.host.snapshot(for: .visitor), as: UTF8.self)
        #expect(!text.contains("投给谁") && !text.contains("乙"))
        #expect(text.contains(#""removed":true"#))
    }
}
