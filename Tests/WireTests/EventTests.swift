// Proves the bytes of every event's parts by golden file, and that they read back to the same event.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing
import Wire

struct EventTests {
    @Test
    func `there is a sample of every type`() {
        #expect(Set(EventSamples.all.map(\.event.type)) == Set(EventType.allCases))
    }

    @Test
    func `the parts of every event are the golden ones`() throws {
        var list = GoldenList()
        for draft in EventSamples.all {
            let actor = Actor.member(EventSamples.member)
            let parts = EventEncoding.parts(of: draft, by: actor, command: EventSamples.mark)
            var writer = JSONWriter()
            writer.array { array in
                for (audience, bytes) in parts {
                    array.object { object in
                        object.member("audience", audience.name)
                        object.member("body", raw: bytes)
                    }
                }
            }
            let type = JSON.string(draft.event.type.rawValue).bytes
            list.add([("type", type), ("parts", writer.bytes)])
        }
        #expect(list.text == (try list.expected("events.json")))
    }

    @Test(arguments: EventSamples.all, [nil, EventSamples.mark])
    func `a record reads back to the same event`(
        draft: Draft,
        mark: EventEncoding.CommandMark?
    ) throws {
        for actor in [Actor.server, .member(EventSamples.member)] {
            let parts = EventEncoding.parts(of: draft, by: actor, command: mark)
            let record = try EventDecoding.record(from: try #require(parts.first).1)
            #expect(record.event == draft.event)
            #expect(record.by == actor)
            #expect(record.command == mark)
        }
    }

    /// What those read who are not told whose it is.
    private static func unsigned(_ texts: Texts?) -> Texts? {
        guard case .asked(_, let text) = texts else { return nil }
        return .asked(by: Byline(""), text: text)
    }

    @Test(arguments: EventSamples.all)
    func `texts read back from their own parts, and from no other`(draft: Draft) throws {
        let parts = EventEncoding.parts(of: draft, by: .server, command: EventSamples.mark)
        #expect(parts.count == draft.parts.count)
        for (place, part) in parts.enumerated() {
            let texts = try EventDecoding.texts(from: part.1, of: draft.event.type)
            let expected: Texts? =
                switch draft.parts[place].projection {
                case .texts: draft.texts
                case .words: Self.unsigned(draft.texts)
                default: nil
                }
            #expect(texts == expected)
        }
    }

    @Test(arguments: EventSamples.all)
    func `only the server's part holds the command, and no text stands in a record`(draft: Draft) {
        let actor = Actor.member(EventSamples.member)
        let parts = EventEncoding.parts(of: draft, by: actor, command: EventSamples.mark)
        for (audience, bytes) in parts {
            let json = try? JSONParser.parse(bytes)
            #expect((json?["cmd"] != nil) == (audience == .server))
            #expect(json?["texts"] == nil || json?["data"] == nil)
        }
    }

    /// Records that are none, each for another reason.
    static let bad: [(record: String, error: EventDecodingError)] = [
        ("", .notJSON(.unexpectedEnd)),
        ("[]", .fault(FieldFault("data", "an object"))),
        ("{}", .fault(FieldFault("type", "a string"))),
        (#"{"type":"room.exploded","by":null,"data":{}}"#, .unknownType("room.exploded")),
        (#"{"type":"room.opened","by":null}"#, .fault(FieldFault("data", "an object"))),
        (
            #"{"type":"room.opened","by":"A1","data":{}}"#,
            .fault(FieldFault("by", "16 lower-case hex digits"))
        ),
        (
            #"{"type":"room.opened","cmd":{"id":"x"},"data":{}}"#,
            .fault(FieldFault("sha256", "a string"))
        ),
        (
            #"{"type":"clock.extended","data":{"slot":"1","ms":1,"totalMs":1,"remainingMs":1}}"#,
            .fault(FieldFault("withRoom", "true or false"))
        ),
        (
            #"{"type":"question.marked","data":{"question":"017","state":"open"}}"#,
            .fault(FieldFault("question", "a question's id"))
        ),
        (
            #"{"type":"pitch.started","data":{"slot":"1","endsAt":9007199254740992}}"#,
            .fault(FieldFault("endsAt", "an integer from 0 to 2^53 - 1"))
        ),
    ]

    @Test(arguments: bad)
    func `a record that is none says why`(record: String, error: EventDecodingError) {
        #expect(throws: error) { try EventDecoding.record(from: Array(record.utf8)) }
    }

    static let byline = Byline("a", Affiliation("o", badge: .organisation(12)))

    /// Texts of a message, and whose they are.
    static let bylines: [(texts: String, read: Result<Byline, FieldFault>)] = [
        (#""name":"a""#, .success(Byline("a"))),
        (#""name":"a","organisation":null"#, .success(Byline("a"))),
        (#""name":"a","organisation":"o""#, .success(Byline("a", Affiliation("o")))),
        (
            #""name":"a","organisation":"o","badge":"organisation","organisationId":"12""#,
            .success(byline)
        ),
        (
            #""name":"a","organisation":"o","badge":"organisation","organisationId":"12","x":1"#,
            .success(byline)
        ),
        // What a later version may say is no badge to this one, and there is none without a name.
        (#""name":"a","organisation":"o","badge":"seal""#, .success(Byline("a", Affiliation("o")))),
        (
            #""name":"a","organisation":"o","organisationId":"12""#,
            .success(Byline("a", Affiliation("o")))
        ),
        (#""name":"a","badge":"organisation","organisationId":"12""#, .success(Byline("a"))),
        (
            #""name":"a","organisation":"o","badge":"organisation""#,
            .failure(FieldFault("organisationId", "a string"))
        ),
        (
            #""name":"a","organisation":"o","badge":"organisation","organisationId":"012""#,
            .failure(FieldFault("organisationId", "an organisation's id"))
        ),
        (
            #""name":"a","organisation":"o","badge":1"#, .failure(FieldFault("badge", "a string"))
        ),
        (#""organisation":"o""#, .failure(FieldFault("name", "a string"))),
    ]

    @Test(arguments: bylines)
    func `a byline reads with its badge, or without one`(
        texts: String,
        read: Result<Byline, FieldFault>
    ) throws {
        let bytes = Array(#"{"texts":{\#(texts),"text":"t"}}"#.utf8)
        for type in [EventType.chatSaid, .chatHeld, .chatApproved] {
            switch read {
            case .success(let byline):
                let said = Texts.said(by: byline, text: "t")
                #expect(try EventDecoding.texts(from: bytes, of: type) == said)
            case .failure(let fault):
                #expect(throws: EventDecodingError.fault(fault)) {
                    try EventDecoding.texts(from: bytes, of: type)
                }
            }
        }
    }

    @Test(arguments: Seeds.first(60))
    func `a random show written and read back gives the same room`(seed: UInt64) throws {
        var generator = CommandGenerator(seed: seed)
        var rehearsal = Rehearsal()
        for _ in 0..<300 {
            let step = generator.next(for: rehearsal.room)
            let speaker = step.speaker
            rehearsal.give(
                step.command,
                by: speaker.actor,
                card: speaker.card,
                after: step.elapsed
            )
        }
        var replayed = Room()
        for (recorded, draft) in zip(rehearsal.log, rehearsal.drafts) {
            let parts = EventEncoding.parts(of: draft, by: recorded.by, command: nil)
            let record = try EventDecoding.record(from: try #require(parts.first).1)
            try #require(record.event == draft.event, "SEED=\(seed)")
            let texts = try parts.compactMap {
                try EventDecoding.texts(from: $0.1, of: draft.event.type)
            }
            try #require(texts.first == draft.texts, "SEED=\(seed)")
            let others = [draft.texts, Self.unsigned(draft.texts)]
            try #require(texts.allSatisfy(others.contains), "SEED=\(seed)")
            try #require(texts.isEmpty == (draft.texts == nil), "SEED=\(seed)")
            replayed.apply(
                Recorded(
                    sequence: recorded.sequence,
                    at: recorded.at,
                    by: record.by,
                    event: record.event
                )
            )
        }
        #expect(replayed == rehearsal.room, "SEED=\(seed)")
    }
}
