// Proves what a room does when its log fails: who is told what, what is kept, and how it goes on.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct FailureTests {
    @Test func `all that was decided on a failed append is unavailable, in order`() throws {
        let hall = try Hall.live()
        let known = hall.log.events.count
        let ids = [
            hall.give(.pauseRoom, by: .moderator),
            hall.give(.callSlot(.first), by: .moderator),
            hall.give(.say("一"), by: .audience),
        ]
        hall.settle(.failed(.full))
        hall.settleAll()
        let answers = hall[Hall.desk].answers.suffix(3)
        #expect(answers.compactMap { $0["re"]?.text } == ids)
        #expect(
            answers.map { $0["error"]?["code"]?.text } == [
                "unavailable", "unavailable", "unavailable",
            ]
        )
        #expect(
            answers.map { $0["error"]?["data"]?["reason"]?.text }.allSatisfy { $0 == "disk_full" }
        )
        #expect(hall.log.events.count == known)
        #expect(hall.recoverAfter == UInt64(known))
        #expect(hall.faults == [])
    }

    @Test func `those who follow are told when it cannot keep anything, and when it can again`()
        throws
    {
        let hall = try Hall.live()
        let viewers = [hall.seat(.audience), hall.seat(.moderator), hall.seat(nil)]
        hall.give(.say("一"), by: .audience)
        hall.give(.say("二"), by: .audience)
        hall.settle(.failed(.readOnly))
        hall.settle()
        for viewer in viewers {
            #expect(hall[viewer].signals == ["unavailable"])
            #expect(hall[viewer].inbox.last?["data"]?["reason"]?.text == "read_only")
        }
        hall.recover()
        for viewer in viewers { #expect(hall[viewer].signals == ["unavailable", "available"]) }
        #expect(viewers.allSatisfy { hall[$0].events.isEmpty })
    }

    @Test func `nothing is taken until the log was read again; reading goes on`() throws {
        let hall = try Hall.live()
        hall.give(.say("一"), by: .audience)
        hall.settle(.failed(.full))
        let refused = hall.give(.say("二"), by: .audience)
        #expect(hall.answer(refused)?["error"]?["code"]?.text == "unavailable")
        let viewer = hall.seat(.otherAudience)
        let visitor = hall.seat(nil)
        let stranger = hall.seat(.stranger)
        for connection in [viewer, visitor, stranger] {
            #expect(hall[connection].inbox.first?["ok"]?["snapshot"] != nil)
        }
        #expect(hall.log.held.isEmpty)
        hall.recover()
        let taken = hall.give(.say("三"), by: .audience)
        hall.settle()
        #expect(hall.answer(taken)?["ok"] != nil)
        #expect(hall[viewer].events.count == 1)
        #expect(hall[viewer].faults == [])
    }

    @Test func `what was decided on lost events is forgotten`() throws {
        let hall = try Hall.live()
        hall.give(.pauseRoom, by: .moderator, id: "p")
        hall.settle(.failed(.full))
        hall.recover()
        #expect(hall.host.decided == hall.host.durable)
        #expect(hall.host.head == hall.host.durableHead)
        // The room was never paused: this is decided on the state that is durable.
        hall.give(.callSlot(.first), by: .moderator, id: "c")
        hall.give(.pauseRoom, by: .moderator, id: "p")
        hall.settleAll()
        #expect(hall.answer("c")?["ok"] != nil)
        #expect(hall.answer("p")?["ok"] != nil)
    }

    @Test func `what was gathered when the failure came is unavailable too`() throws {
        let hall = try Hall.live()
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        let first = hall.give(.say("一"), by: speaker)
        let second = hall.give(.say("二"), by: speaker, turning: false)
        hall.settle(.failed(.full))
        #expect([first, second].allSatisfy { hall.answer($0)?["error"] != nil })
        #expect(hall.log.held.isEmpty)
        #expect(hall.recoverAfter != nil)
    }

    @Test func `an admission that fails refuses the join`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.stranger)
        hall.settle(.failed(.full))
        #expect(hall[viewer].answers.map { $0["error"]?["code"]?.text } == ["unavailable"])
        #expect(hall.host.here == 0)
        hall.recover()
        hall.join(viewer)
        hall.settle()
        #expect(
            hall[viewer].answers.last?["ok"]?["you"]?["member"]?.text == "\(Person.stranger.id)"
        )
    }

    @Test func `in doubt and found in the log: it is told and answered`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.audience)
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settle(.doubtful(isKept: true))
        #expect(hall.answer("a") == nil)
        #expect(hall[viewer].events.isEmpty)
        hall.recover()
        #expect(hall.answer("a")?["ok"]?["seq"]?.integer == Int64(hall.log.events.count))
        #expect(hall[viewer].events.count == 1)
        let first = hall.answer("a")
        hall.give(.say("一"), by: .audience, id: "a")
        #expect(hall.answer("a") == first)
        #expect(hall.log.held.isEmpty)
    }

    @Test func `in doubt and not in the log: it is unavailable and may be sent again`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.audience)
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settle(.doubtful(isKept: false))
        #expect(hall.answer("a") == nil)
        hall.recover()
        #expect(hall.answer("a")?["error"]?["code"]?.text == "unavailable")
        #expect(hall[viewer].events.isEmpty)
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settle()
        #expect(hall.answer("a")?["ok"] != nil)
        #expect(hall[viewer].faults == [])
    }

    @Test(arguments: [true, false])
    func `batches behind one in doubt are answered after it`(isKept: Bool) throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.audience)
        let ids = ["一", "二", "三"].map { hall.give(.say($0), by: .audience) }
        hall.settle(.doubtful(isKept: isKept))
        hall.settleAll()
        #expect(ids.allSatisfy { hall.answer($0) == nil })
        hall.recover()
        #expect(hall[Hall.desk].answers.suffix(3).compactMap { $0["re"]?.text } == ids)
        let accepted = ids.filter { hall.answer($0)?["ok"] != nil }
        #expect(accepted == (isKept ? ids : []))
        #expect(hall[viewer].events.count == accepted.count)
        #expect(hall[viewer].faults == [])
        #expect(hall.faults == [])
    }

    @Test func `a large batch in doubt is known again by its events, however many`() throws {
        let hall = try Hall.live()
        let speaker = Speaker(Person.audience.actor, card: Person.audience.card)
        for place in 0..<(3 * RoomHost.recentLimit) {
            hall.give(.say("一"), by: speaker, id: "b-\(place)", turning: false)
        }
        hall.turn()
        hall.settle(.doubtful(isKept: true))
        hall.recover()
        #expect(hall.answer("b-0")?["ok"] != nil)
        hall.give(.say("一"), by: speaker, id: "b-0")
        #expect(hall.log.held.isEmpty)
    }

    @Test func `a log that fails again after it was read goes through the same again`() throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.audience)
        for _ in 1...3 {
            hall.give(.say("一"), by: .audience, id: "a")
            hall.settle(.failed(.full))
            #expect(hall.answer("a")?["error"]?["code"]?.text == "unavailable")
            hall.recover()
        }
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settle()
        #expect(hall.answer("a")?["ok"] != nil)
        #expect(hall[viewer].events.count == 1)
        let round = ["unavailable", "available"]
        #expect(hall[viewer].signals == round + round + round)
    }

    @Test func `what another server wrote is not taken for ours`() throws {
        let hall = try Hall.live()
        let other = try Hall.live()
        other.give(.say("二"), by: .audience)
        other.settleAll()
        hall.give(.say("一"), by: .audience, id: "a")
        hall.settle(.failed(.busy))
        let durable = hall.host.durable
        let strangers = Array(other.log.events.suffix(1))
        hall.host.recover(with: strangers.map { $0.moved(by: 5) })
        hall.turn()
        #expect(hall.host.durable == durable)
        #expect(hall.answer("a")?["error"]?["code"]?.text == "unavailable")
    }

    static let reasons: [(AppendFailure.Reason, String)] = [
        (.noSuchRoom, "no_such_room"), (.full, "disk_full"), (.readOnly, "read_only"),
        (.busy, "busy"), (.corrupt, "corrupt"), (.io(5), "io"), (.closed, "closing"),
        (.malformed, "malformed"),
    ]

    @Test(arguments: reasons)
    func `each cause has its word`(reason: AppendFailure.Reason, word: String) throws {
        let hall = try Hall.live()
        let viewer = hall.seat(nil)
        let id = hall.give(.say("一"), by: .audience)
        hall.settle(.failed(reason))
        #expect(hall.answer(id)?["error"]?["data"]?["reason"]?.text == word)
        #expect(hall[viewer].inbox.last?["data"]?["reason"]?.text == word)
        let later = hall.give(.say("二"), by: .audience)
        #expect(hall.answer(later)?["error"]?["data"]?["reason"]?.text == word)
    }
}

extension SealedEvent {
    /// The same event with another number, which fits nowhere.
    fileprivate func moved(by distance: UInt64) -> SealedEvent {
        let moved = EventHeader(
            room: header.room,
            sequence: header.sequence + distance,
            time: header.time,
            contentDigest: header.contentDigest
        )
        return SealedEvent(header: moved, parts: parts, hash: hash, command: command)
    }
}
