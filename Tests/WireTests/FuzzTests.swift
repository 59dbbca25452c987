// Proves on seeded mutations that no bytes trap a reader, and that what is read is written back the same.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing
import Wire

struct FuzzTests {
    /// Changes, cuts, repeats and joins bytes, and puts in what a grammar trips over.
    struct Mutator {
        private var random: SplitMix64
        private static let tokens = [
            "{", "}", "[", "]", "\"", "\\", ",", ":", "\\u", "\\ud800", "\\udc00", "-", "0",
            "1e999",
            "1.5", "9007199254740992", "9223372036854775808", "null", "true", "\"\"", "{}", "[]",
            " ", "\u{0}", "路", "e\u{301}", "\"type\":", "\"by\":", "\"data\":", "\"slot\":\"1\"",
        ].map { Array($0.utf8) }

        init(seed: UInt64) {
            random = SplitMix64(seed: seed)
        }

        mutating func mutate(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
            var bytes = bytes
            for _ in 0...Int.random(in: 0..<4, using: &random) { change(&bytes, other) }
            return bytes
        }

        private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(place + Int.random(in: 0..<12, using: &random), bytes.count)
            switch Int.random(in: 0..<7, using: &random) {
            case 0 where place < bytes.count:
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1 where place < bytes.count: bytes[place] = .random(in: 0...255, using: &random)
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 4: bytes = Array(bytes[..<place])
            case 5:
                let cut = Int.random(in: 0...other.count, using: &random)
                bytes = Array(bytes[..<place] + other[cut...])
            default:
                let token = Self.tokens[Int.random(in: Self.tokens.indices, using: &random)]
                bytes.replaceSubrange(place..<end, with: token)
            }
        }

        mutating func pick<Item>(_ items: [Item]) -> Item {
            items[Int.random(in: items.indices, using: &random)]
        }
    }

    static let texts: [[UInt8]] =
        CommandSample.all.map { Array($0.message.utf8) }
        + JSONParserTests.good.map { Array($0.text.utf8) }

    static let records: [[UInt8]] = EventSamples.all.flatMap { draft in
        let actor = Actor.member(EventSamples.member)
        return EventEncoding.parts(of: draft, by: actor, command: EventSamples.mark).map(\.1)
    }

    @Test(arguments: Seeds.first(20))
    func `bytes are JSON that writes back to itself, or an error`(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        var taken = 0
        for _ in 0..<500 {
            let bytes = mutator.mutate(mutator.pick(Self.texts), with: mutator.pick(Self.texts))
            guard let value = try? JSONParser.parse(bytes) else { continue }
            taken += 1
            let written = value.bytes
            let again = try JSONParser.parse(written)
            try #require(again == value, "SEED=\(seed)")
            try #require(again.bytes == written, "SEED=\(seed)")
        }
        #expect(taken > 0, "SEED=\(seed)")
    }

    @Test(arguments: Seeds.first(20))
    func `bytes are messages or refusals, each of them answered`(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        for _ in 0..<500 {
            let bytes = mutator.mutate(mutator.pick(Self.texts), with: mutator.pick(Self.texts))
            let results = ClientMessage.read(bytes)
            try #require((1...ClientMessage.batchLimit).contains(results.count), "SEED=\(seed)")
            for result in results {
                guard case .failure(let bad) = result else { continue }
                let answer = ServerMessage.refusal(to: bad.id, bad.error)
                let json = try JSONParser.parse(answer)
                try #require(json["error"]?["code"]?.text != nil, "SEED=\(seed)")
            }
        }
    }

    /// A record that is read from damaged bytes may be another event, but one that a room takes and
    /// that is written and read to the same.
    @Test(arguments: Seeds.first(20))
    func `bytes are an event's record that a room takes, or an error`(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let live = Rehearsal.live(.pitch)
        for _ in 0..<500 {
            let bytes = mutator.mutate(mutator.pick(Self.records), with: mutator.pick(Self.records))
            for type in EventType.allCases { _ = try? EventDecoding.texts(from: bytes, of: type) }
            guard let record = try? EventDecoding.record(from: bytes) else { continue }
            let parts = EventEncoding.parts(
                of: Draft(record.event),
                by: record.by,
                command: record.command
            )
            let again = try EventDecoding.record(from: try #require(parts.first).1)
            try #require(again == record, "SEED=\(seed)")
            var room = live.room
            room.apply(
                Recorded(
                    sequence: room.sequence + 1,
                    at: live.now,
                    by: record.by,
                    event: record.event
                )
            )
            for command in [Command.keepTime, .makeUp(milliseconds: .max)] {
                _ = room.decide(command, by: .server, at: live.now)
            }
            let moderator = Speaker(Person.moderator.actor)
            for sample in CommandSample.all {
                guard case .act(let command) = sample.request else { continue }
                _ = room.decide(command, by: moderator, at: live.now)
            }
        }
    }

    @Test(arguments: EventSamples.all)
    func `a record cut anywhere is an error`(draft: Draft) throws {
        let parts = EventEncoding.parts(of: draft, by: .server, command: EventSamples.mark)
        let bytes = try #require(parts.first).1
        for length in bytes.indices {
            #expect(throws: EventDecodingError.self) {
                try EventDecoding.record(from: Array(bytes[..<length]))
            }
        }
    }
}
