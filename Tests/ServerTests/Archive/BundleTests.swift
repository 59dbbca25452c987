// Proves that bundles of random rooms pass the check, hold the room, go on after a crash with the same
// bytes, and that each changed byte of one is found.
import Archive
import Foundation
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import Storage
import TestSupport
import Testing
import Wire

@testable import Server

struct BundleTests {
    static let room = RoomID.sample
    static let now = Timestamp(milliseconds: 1_790_100_000_000)

    /// A record in memory: the log of a rehearsal, signed to its end.
    struct Record {
        let maker: BundleMaker
        let rehearsal: Rehearsal

        init(
            _ rehearsal: Rehearsal,
            seed: UInt64 = 1,
            view: BundleView = .complete,
            scope: BundleScope = .room
        ) throws {
            let room = BundleTests.room
            let key = try Ed25519PrivateKey(raw: [UInt8](repeating: 42, count: 32))
            let genesis = Array(
                #"{"v":1,"server":"test","kind":"roadshow","at":1790000000000,"hash":"sha256","sign":"ed25519","key":"\#(key.publicKey.raw.hexText)","rules":1}"#
                    .utf8
            )
            var (head, tree) = (ChainHead.start(room: room, genesis: genesis), MerkleTree())
            var random = SplitMix64(seed: seed)
            var events: [SealedEvent] = []
            for (recorded, draft) in zip(rehearsal.log, rehearsal.drafts) {
                let parts = EventEncoding.parts(of: draft, by: recorded.by, command: nil)
                let event = head.seal(parts, at: recorded.at, command: nil) {
                    (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
                }
                tree.append(event.hash)
                // Pages of nobody's files.
                if case .slidesPlaced = draft.event {
                    events.append(event.erasing([2]))
                } else {
                    events.append(event)
                }
                if case .contentRedacted(let sequence, let parts, _) = draft.event {
                    events[Int(sequence) - 1] = events[Int(sequence) - 1].erasing(parts)
                }
            }
            let checkpoint = try CheckpointMaker(server: "test", key: key)
                .checkpoint(of: room, tree, at: BundleTests.now)
            let kept = events
            maker = BundleMaker(
                record: BundleMaker.Record(
                    server: "test",
                    room: room,
                    genesis: genesis,
                    key: key,
                    checkpoint: checkpoint,
                    read: { after in Array(kept.dropFirst(Int(after)).prefix(7)) },
                    blob: { _ in nil },
                    media: { _ in nil }
                ),
                view: view,
                scope: scope,
                now: BundleTests.now,
                stride: 1
            )
            self.rehearsal = rehearsal
        }
    }

    private func random(_ seed: UInt64) -> Rehearsal {
        var generator = CommandGenerator(seed: seed)
        var rehearsal = Rehearsal()
        for _ in 0..<200 {
            let step = generator.next(for: rehearsal.room)
            let (actor, card) = (step.speaker.actor, step.speaker.card)
            rehearsal.give(step.command, by: actor, card: card, after: step.elapsed)
        }
        return rehearsal
    }

    /// Makes the bundle in a folder of its own and gives its bytes.
    private func bytes(of maker: BundleMaker) async throws -> [UInt8] {
        try await withFolder { folder in
            try await maker.run(in: folder, as: "b") { _ in }
            return try Self.bytes("b", in: folder)
        }
    }

    private func withFolder<Value>(
        _ body: (BundleFolder) async throws -> Value
    ) async throws -> Value {
        let path = FileManager.default.temporaryDirectory.path + "/luyan-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(BundleFolder(path: path))
    }

    private static func bytes(_ name: String, in folder: BundleFolder) throws -> [UInt8] {
        let file = try #require(try folder.file(name))
        return try file.bytes(in: 0..<file.count)
    }

    private func verdict(_ bytes: [UInt8]) throws -> BundleVerdict {
        let key = try Ed25519PrivateKey(raw: [UInt8](repeating: 42, count: 32))
        return BundleVerifier(key: key.publicKey.fingerprint).verify(Memory(bytes))
    }

    struct Memory: BundleSource {
        let bytes: [UInt8]

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var byteCount: UInt64 { UInt64(bytes.count) }

        func bytes(in range: Range<UInt64>) -> [UInt8] {
            Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)])
        }
    }

    @Test(arguments: Seeds.first(20))
    func `a random room is whole in its bundle`(seed: UInt64) async throws {
        let record = try Record(random(seed), seed: seed)
        let bytes = try await bytes(of: record.maker)
        guard case .verified(let report) = try verdict(bytes) else {
            Issue.record("SEED=\(seed) \(try verdict(bytes))")
            return
        }
        #expect(report.log.events == UInt64(record.rehearsal.log.count))
        // Another server reads the log and comes to the same room.
        let reader = try BundleReader(Memory(bytes))
        let entry = try #require(reader.entries.first { $0.name == BundleManifest.logName })
        var room = Room()
        for line in try reader.content(of: entry, upTo: 64 << 20).split(
            separator: UInt8(ascii: "\n")
        ) {
            guard case .event(let event) = try LogLine(parsing: Array(line)),
                let first = event.parts.first?.part
            else { continue }
            let found = try EventDecoding.record(from: first.bytes)
            let recorded = Recorded(
                sequence: event.sequence,
                at: event.time,
                by: found.by,
                event: found.event
            )
            room.apply(recorded)
        }
        #expect(room == record.rehearsal.room, "SEED=\(seed)")
    }

    @Test(arguments: Seeds.first(10), [BundleView.staff, .members, .everyone])
    func `no view shows what is not for it`(seed: UInt64, view: BundleView) async throws {
        let bytes = try await bytes(of: try Record(random(seed), seed: seed, view: view).maker)
        guard case .verified = try verdict(bytes) else {
            Issue.record("SEED=\(seed) \(try verdict(bytes))")
            return
        }
        let reader = try BundleReader(Memory(bytes))
        let entry = try #require(reader.entries.first { $0.name == BundleManifest.logName })
        for line in try reader.content(of: entry, upTo: 64 << 20).split(
            separator: UInt8(ascii: "\n")
        ) {
            guard case .event(let event) = try LogLine(parsing: Array(line)) else { continue }
            #expect(event.parts.allSatisfy { $0.audience.map(view.sees) ?? true })
        }
    }

    @Test(arguments: [1, 10_000, 30_000, 40_000])
    func `a bundle that was cut short goes on with the same bytes`(limit: Int) async throws {
        let maker = try Record(random(3)).maker
        let whole = try await bytes(of: maker)
        let again = try await withFolder { folder in
            let task = Task {
                do throws(BundleMaker.Failure) {
                    try await maker.run(in: folder, as: "b") { progress in
                        if progress.written >= limit { withUnsafeCurrentTask { $0?.cancel() } }
                    }
                    return true
                } catch {
                    return false
                }
            }
            #expect(await !task.value)
            #expect(try folder.file("b") == nil)
            try await maker.run(in: folder, as: "b") { _ in }
            return try Self.bytes("b", in: folder)
        }
        #expect(again == whole)
    }

    @Test
    func `what was begun for another state of the room is begun anew`() async throws {
        let bytes = try await withFolder { folder in
            let other = try Record(random(4)).maker
            try folder.openSteps(of: "b").append(Array("bundle 1 complete room 9\n".utf8))
            try folder.open("b").append([1, 2, 3])
            try await other.run(in: folder, as: "b") { _ in }
            return try Self.bytes("b", in: folder)
        }
        guard case .verified = try verdict(bytes) else {
            Issue.record("\(try verdict(bytes))")
            return
        }
    }

    /// Every 97th byte, so that all kinds of places are met.
    @Test
    func `each changed, missing or added byte is found`() async throws {
        let whole = try await bytes(of: try Record(random(5)).maker)
        for place in stride(from: 0, to: whole.count, by: 97) {
            var changed = whole
            changed[place] ^= 0x20
            guard case .broken = try verdict(changed) else {
                Issue.record("byte \(place) was changed unseen")
                continue
            }
            guard place.isMultiple(of: 970) else { continue }
            var shorter = whole
            shorter.remove(at: place)
            var longer = whole
            longer.insert(0, at: place)
            for forged in [shorter, longer, Array(whole[..<place])] {
                guard case .broken = try verdict(forged) else {
                    Issue.record("byte \(place) was taken or added unseen")
                    continue
                }
            }
        }
    }

    @Test
    func `scores that do not follow from their sheets are found`() async throws {
        var rehearsal = Rehearsal.live(.scoring)
        rehearsal.give(.submitSheet(.first, marks: [90, 80], comment: nil), by: Person.judge.actor)
        rehearsal.give(.closeScoring(.first, words: [:]))
        let told = rehearsal.log.contains {
            if case .scoresPublished = $0.event { true } else { false }
        }
        if !told {
            for place in 2...3 { rehearsal.give(.skipSlot(SlotID(place: place), reason: nil)) }
            rehearsal.give(.publishScores(words: [:]))
        }
        let bytes = try await bytes(of: try Record(rehearsal).maker)
        guard case .verified(let report) = try verdict(bytes) else {
            Issue.record("\(try verdict(bytes))")
            return
        }
        #expect(report.log.scores == 1)
    }

    /// Written once: every later version reads it.
    @Test
    func `the first bundle that was ever made is still read`() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Golden")
        let path = folder.appending(path: "bundle-1.zip")
        if !FileManager.default.fileExists(atPath: path.path),
            ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil
        {
            try Data(try await bytes(of: try Record(random(1)).maker)).write(to: path)
        }
        let bytes = [UInt8](try Data(contentsOf: path))
        guard case .verified(let report) = try verdict(bytes) else {
            Issue.record("\(try verdict(bytes))")
            return
        }
        #expect(report.manifest.view == .complete && report.manifest.scope == .room)
    }
}
