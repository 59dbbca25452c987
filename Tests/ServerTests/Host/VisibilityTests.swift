// Proves that what an audience may not see is in no message and no snapshot of that audience.
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct VisibilityTests {
    enum Sees { case nothing, body, texts }

    /// What each class sees of each event; its texts are told by a word that stands nowhere else.
    static let matrix:
        [(name: String, Command, Person?, visitor: Sees, audience: Sees, staff: Sees)] =
            [
                (
                    "admission", .admit(.sample(9), roles: [.audience], slots: []), nil,
                    .nothing, .nothing, .texts
                ),
                (
                    "role", .admit(Person.otherAudience.id, roles: [.presenter], slots: []), nil,
                    .nothing, .nothing, .texts
                ),
                ("chat", .say("SECRET"), .audience, .texts, .texts, .texts),
                ("question", .ask("SECRET", about: nil), .audience, .texts, .texts, .texts),
                ("skip", .skipSlot(.second, reason: "SECRET"), .moderator, .body, .body, .texts),
                (
                    "extension", .extendClock(milliseconds: 1_000, reason: "SECRET"), .moderator,
                    .body, .body, .texts
                ),
                (
                    "restart", .restartSlot(.first, reason: "SECRET"), .moderator, .body, .body,
                    .texts
                ),
                ("cancel", .cancelRoom(reason: "SECRET"), .moderator, .body, .body, .texts),
                ("pause", .pauseRoom, .moderator, .body, .body, .body),
                ("slides", .placeSlides(.first, [.secret]), .presenter, .texts, .texts, .texts),
            ]

    @Test(arguments: matrix.map(\.name))
    func `a class is told what it may see of an event, also in snapshots and when it comes back`(
        name: String
    ) throws {
        let row = try #require(Self.matrix.first { $0.name == name })
        let hall = try Hall.live()
        hall.give(.callSlot(.first), by: .moderator)
        hall.give(.startPitch, by: .moderator)
        hall.settleAll()
        let viewers = [hall.seat(nil), hall.seat(.audience), hall.seat(.moderator)]
        let away = [hall.seat(nil), hall.seat(.audience), hall.seat(.moderator)]
        for viewer in away { hall.leave(viewer) }
        let first = hall.log.events.count
        if let person = row.2 {
            hall.give(row.1, by: person)
        } else {
            hall.serve(row.1, card: NameCard(name: "SECRET"))
        }
        hall.settleAll()
        #expect(hall.log.events.count > first)
        for viewer in away { hall.resume(viewer) }
        let late = [hall.seat(nil), hall.seat(.audience), hall.seat(.moderator)]
        for (place, sees) in [row.visitor, row.audience, row.staff].enumerated() {
            let told = hall[viewers[place]].events
            #expect(told.isEmpty == (sees == .nothing))
            #expect(told.contains { $0.written.contains("SECRET") } == (sees == .texts))
            #expect(hall[away[place]].answers.last?["ok"]?["events"]?.items == told)
            if sees != .texts {
                #expect(!hall[late[place]].inbox.contains { $0.written.contains("SECRET") })
            }
            #expect(!told.contains { $0.written.contains("\"cmd\"") })
            #expect(hall.fault(of: viewers[place]) == nil)
        }
    }

    @Test func `the list of members is for staff alone`() throws {
        let hall = try Hall.live()
        for (person, isStaff) in [
            (Person?.none, false), (.audience, false), (.presenter, false), (.moderator, true),
        ] {
            let snapshot = hall[hall.seat(person)].answers.last?["ok"]?["snapshot"]
            #expect((snapshot?["members"] != nil) == isStaff)
            let names = ["otherPresenter", "otherAudience"]
            #expect(names.allSatisfy { snapshot?.written.contains($0) == isStaff })
        }
    }

    @Test func `a personal part goes to that member alone, on all of its pages`() throws {
        let hall = try Hall.live()
        let own = [hall.seat(.presenter), hall.seat(.presenter)]
        let others = [hall.seat(.otherPresenter), hall.seat(.audience), hall.seat(nil)]
        hall.serve(.admit(Person.presenter.id, roles: [.audience], slots: [.second]))
        hall.settle()
        for page in own {
            let personal = hall[page].inbox.filter { $0["to"] != nil }
            #expect(personal.map { $0["to"]?.text } == ["\(Person.presenter.id)"])
            #expect(personal.first?["prev"]?.integer == 3)
        }
        for page in others { #expect(hall[page].inbox.count == 1) }
    }

    @Test func `whose an anonymous question is goes to staff and its author alone`() throws {
        let hall = try Hall.live()
        hall.give(.allowAnonymous(true), by: .moderator)
        let (visitor, other) = (hall.seat(nil), hall.seat(.otherAudience))
        let (author, staff) = (hall.seat(.audience), hall.seat(.moderator))
        let away = hall.seat(.presenter)
        hall.leave(away)
        hall.settleAll()
        let first = hall.sent.count
        hall.give(.ask("SECRET", about: .first, anonymously: true), by: .audience)
        hall.settleAll()
        hall.resume(away)
        let late = hall.seat(.otherPresenter)
        let id = "\(Person.audience.id)"
        func heard(_ seat: ConnectionID) -> [String] {
            hall.sent[first...].filter { $0.to == seat }.map { "\($0.message)" }
        }
        for seat in [visitor, other, away, late] {
            let told = heard(seat)
            #expect(told.contains { $0.contains("SECRET") })
            // The name stands in the card that everybody of the room has; an id nowhere.
            #expect(!told.contains { $0.contains(id) || $0.contains(Person.audience.card.name) })
        }
        #expect(heard(staff).contains { $0.contains(id) })
        #expect(hall[author].inbox.last?["to"]?.text == id)
        hall.leave(author)
        hall.join(author)
        let you = hall[author].answers.last?["ok"]?["you"]
        #expect(you?["asked"]?.items?.count == 1)
        let shown = try JSONParser.parse(hall.host.snapshot(for: .visitor))["questions"]?.items
        #expect(shown?.first?["by"] == .null && shown?.first?["name"] == nil)
    }

    @Test func `the server's own part leaves it in no message`() throws {
        let hall = try Hall.live()
        for person in Person.allCases { _ = hall.seat(person) }
        hall.settleAll()
        for command in [Command.say("一"), .ask("二", about: nil), .pauseRoom, .resumeRoom, .endRoom]
        {
            hall.give(command, by: .moderator)
        }
        hall.settleAll()
        let places = hall.sent.flatMap { $0.message["parts"]?.items ?? [] }.map { $0["n"]?.integer }
        #expect(!places.isEmpty)
        #expect(!places.contains(0))
    }

    @Test func `what is said of the reader itself is no other reader's`() throws {
        let hall = try Hall.live()
        hall.give(.ask("一?", about: nil), by: .audience)
        hall.settleAll()
        let question = UInt64(hall.log.events.count)
        hall.give(.vote(for: question), by: .otherAudience)
        hall.settleAll()
        let voter = hall[hall.seat(.otherAudience)].answers.last?["ok"]
        #expect(voter?["you"]?["votes"]?.items == [.string("\(question)")])
        let asker = hall[hall.seat(.audience)].answers.last?["ok"]
        #expect(asker?["you"]?["votes"]?.items == [])
        #expect(voter?["snapshot"] == asker?["snapshot"])
        #expect(voter?["snapshot"]?["questions"]?.items?.first?["votes"]?.integer == 1)
    }

    @Test func `votes come in the order of the questions`() throws {
        let hall = try Hall.live()
        var ids: [UInt64] = []
        for place in 1...30 {
            hall.give(.ask("\(place)?", about: nil), by: .audience)
            hall.settleAll()
            ids.append(UInt64(hall.log.events.count))
        }
        for id in ids.shuffled() { hall.give(.vote(for: id), by: .otherAudience) }
        hall.settleAll()
        let you = hall[hall.seat(.otherAudience)].answers.last?["ok"]?["you"]
        #expect(you?["votes"]?.items == ids.map { .string("\($0)") })
    }
}

extension SlideFile {
    fileprivate static let secret = SlideFile(
        file: "SECRET",
        type: "image/png",
        width: 1,
        height: 1
    )
}

extension JSON {
    /// The value as it is written.
    var written: String { String(decoding: bytes, as: UTF8.self) }
}
