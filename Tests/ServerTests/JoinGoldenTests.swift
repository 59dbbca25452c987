// Proves the answers to `room.join` by golden file: for each class of readers, for whoever comes back,
// and while nothing can be kept. `docs/protocol.md` and the pages' tests speak of the same file.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct JoinGoldenTests {
    @Test func `the answers to a join are the golden ones`() throws {
        let hall = try Self.busy()
        var answers: [(name: String, message: JSON?)] = []
        func keep(_ name: String, _ connection: ConnectionID) {
            answers.append((name, hall[connection].answers.last))
        }
        keep("a visitor", hall.seat(nil))
        let audience = hall.seat(.audience)
        keep("somebody of the audience", audience)
        keep("a presenter", hall.seat(.presenter))
        let moderator = hall.seat(.moderator)
        keep("a moderator", moderator)

        let note = hall[audience].answers.last?["ok"]?["checkpoint"]?.text
        hall.leave(audience)
        hall.clock.turn(byMilliseconds: 1_000)
        hall.give(.say("之后"), by: .moderator)
        hall.settleAll()
        let watcher = hall[audience]
        let request = JoinRequest(since: watcher.cursor, own: watcher.own, checkpoint: note)
        hall.join(audience, request, card: Person.audience.card)
        keep("somebody who comes back with a checkpoint", audience)

        hall.give(.say("没有写下"), by: .moderator)
        hall.settle(.failed(.full))
        keep("a visitor while the disk is full", hall.seat(nil))

        var lines: [String] = []
        for (name, message) in answers {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("name", name)
                writer.member("message", message ?? .null)
            }
            lines.append(String(decoding: writer.bytes, as: UTF8.self))
        }
        let text = "[\n" + lines.joined(separator: ",\n") + "\n]\n"
        #expect(try GoldenFile.text("joins.json", updatingTo: text) == text)
        #expect(answers.allSatisfy { $0.message?["ok"] != nil })
    }

    /// A live room with a pitch under way, page images, chat, questions and a text that was removed.
    private static func busy() throws -> Hall {
        let hall = try Hall.live()
        let file = String(repeating: "ab", count: 32)
        let page = SlideFile(file: file, type: "image/png", width: 1_600, height: 900)
        hall.give(.placeSlides(.first, [page, page]), by: .presenter)
        hall.give(.callSlot(.first), by: .moderator)
        hall.give(.startPitch, by: .moderator)
        hall.give(.showSlide(.first, page: 2), by: .presenter)
        hall.clock.turn(byMilliseconds: 1_000)
        hall.give(.say("大家好"), by: .audience)
        let said = hall.host.decided.sequence
        hall.give(.say("Hello"), by: .otherAudience)
        hall.give(.redact(said, .mistake), by: .audience)
        hall.give(.ask("成本如何？", about: .first), by: .otherAudience)
        hall.give(.vote(for: hall.host.decided.sequence), by: .audience)
        let texts = PollTexts(question: "投给谁？", options: ["甲", "乙"])
        hall.give(
            .openPoll(PollPlan(kind: .single, texts: texts, results: .closed)),
            by: .moderator
        )
        hall.give(.votePoll(hall.host.decided.sequence, [2]), by: .audience)
        for (person, isShared) in [(Person.audience, false), (.otherAudience, true)] {
            let amount = AmountRange(currency: "CNY", least: 100_000_000, most: 300_000_000)
            let offer = IntentOffer(
                .investor,
                .amount,
                amount: amount,
                note: "先看样机",
                isShared: isShared
            )
            hall.give(.giveIntent(.first, offer), by: person)
        }
        let presenter = Person.presenter.id
        hall.give(.say("内部", in: .staff), by: .moderator)
        hall.give(.say("准备好了", in: .slot(.first)), by: .presenter)
        hall.give(.say("@x", in: .slot(.first), mentioning: [presenter]), by: .moderator)
        hall.give(.redact(hall.host.decided.sequence, .mistake), by: .moderator)
        hall.give(.say("另一间", in: .slot(.second)), by: .moderator)
        hall.give(.say("@x 请上场", mentioning: [presenter]), by: .moderator)
        hall.settleAll()
        return hall
    }
}
