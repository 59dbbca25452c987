// Proves who removes which text, how often, until when, and which part of the event is erased.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct RedactionTests {
    /// A chat line and a question of the same author.
    static let said: Rehearsal = {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.say("hi"), by: Person.audience.actor)
        rehearsal.give(.ask("why?", about: nil), by: Person.audience.actor)
        return rehearsal
    }()
    static let sequences = [said.room.sequence - 1, said.room.sequence]

    static let people: [(person: Person, refusal: Rejection?)] = [
        (.audience, nil),
        (.moderator, nil),
        (.otherAudience, .notPermitted(needs: [.moderator])),
        (.presenter, .notPermitted(needs: [.moderator])),
        (.stranger, .notAdmitted),
    ]

    @Test(arguments: people, sequences)
    func `a text is removed by its author or a moderator`(
        row: (person: Person, refusal: Rejection?),
        sequence: UInt64
    ) {
        let decision = Self.said.answer(to: .redact(sequence, .abuse), by: row.person.actor)
        let redacted = Draft(.contentRedacted(sequence, parts: [2], .abuse))
        #expect(decision == (row.refusal.map { .failure($0) } ?? .success([redacted])))
    }

    @Test(arguments: sequences, [Person.audience, .moderator])
    func `a text is removed once`(sequence: UInt64, person: Person) {
        var rehearsal = Self.said
        rehearsal.give(.redact(sequence, .spam), by: person.actor)
        for other in [Person.audience, .moderator] {
            #expect(
                rehearsal.answer(to: .redact(sequence, .spam), by: other.actor)
                    == .failure(.alreadyRedacted(sequence))
            )
        }
    }

    /// Nothing recorded, an admission, the room's own texts, the room's start, nothing recorded yet.
    @Test(arguments: [0, 2, 1, sequences[0] - 1, sequences[1] + 1, .max])
    func `where no text stands there is nothing to remove`(sequence: UInt64) {
        #expect(
            Self.said.answer(to: .redact(sequence, .other)) == .failure(.noSuchText(sequence))
        )
    }

    @Test
    func `a redaction holds no text of its own to remove`() {
        var rehearsal = Self.said
        rehearsal.give(.redact(Self.sequences[0], .spam))
        let sequence = rehearsal.room.sequence
        #expect(
            rehearsal.answer(to: .redact(sequence, .spam)) == .failure(.noSuchText(sequence))
        )
    }

    @Test(arguments: [[], [.closeRoom], Rehearsal.toSeal()] as [[Command]])
    func `texts are removed after the end too, also of a sealed record`(commands: [Command]) {
        var rehearsal = Self.said
        rehearsal.give([.endRoom, .confirmEnd] + commands)
        let decision = rehearsal.answer(to: .redact(Self.sequences[0], .spam))
        #expect((try? decision.get())?.count == 1)
    }

    @Test(arguments: sequences)
    func `the part that a redaction names holds the texts and nothing else`(sequence: UInt64) {
        let parts = Self.said.drafts[Int(sequence) - 1].parts
        #expect(parts.map(\.projection) == [.record, .body, .texts])
        #expect(parts.map(\.audience) == [.server, .everyone, .everyone])
    }
}
