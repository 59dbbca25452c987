// Proves rooms, checkpoints, marks, and that erased bytes are gone from every file.
import Foundation
import Ledger
import OpenSSL
import Storage
import TestSupport
import Testing

struct RoomTests {
    @Test
    func `a room is made once and keeps its genesis`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let (first, second) = (try RoomWriter.room(9), try RoomWriter.room(3))
        let genesis = Array(#"{"v":1}"#.utf8)
        let time = Timestamp(milliseconds: 5)
        try await store.createRoom(first, genesis: genesis, at: time)
        try await store.createRoom(second, genesis: [], at: time)
        await #expect(throws: StorageError.roomExists(first)) {
            try await store.createRoom(first, genesis: [1], at: time)
        }
        #expect(try await store.rooms() == [first, second])
        #expect(try await store.genesis(of: first) == genesis)
        #expect(try await store.genesis(of: RoomWriter.room(1)) == nil)
        #expect(try await store.head(of: first) == .start(room: first, genesis: genesis))
        #expect(try await store.lastMark() == nil)
        try await store.close()
    }

    @Test
    func `the example is remembered by its id`() async throws {
        let folder = try TemporaryFolder()
        let room = try RoomWriter.room(9)
        let store = try Store(.init(folder: folder.path))
        #expect(try await store.example() == nil)
        try await store.keepExample(room)
        try await store.close()
        let again = try Store(.init(folder: folder.path))
        #expect(try await again.example() == room)
        try await again.close()
    }

    @Test
    func `erased bytes are in no file, and the chain still fits`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let room = try RoomWriter.room(1)
        var writer = try await RoomWriter(room, in: store)
        var random = SplitMix64(seed: 7)
        var salts: [UInt64: [UInt8]] = [:]
        let erased: Set<UInt64> = [2, 7, 8, 20, 30]
        for number in 1...30 as ClosedRange<UInt64> {
            // From a cell on a page to a chain of overflow pages.
            let length = Int.random(in: 0...12_000, using: &random)
            let text = "needle-\(number)-" + String(repeating: "\(number % 10)", count: length)
            let request = try writer.request([text + "-end-\(number)."])
            salts[number] = request.events[0].parts[1].part?.salt
            _ = try await store.append(request).get()
        }
        let before = try await store.read(room, after: 0, limit: 100)
        for sequence in erased { try await store.erase([(sequence, [1])], in: room) }
        try await store.erase([(2, [1])], in: room)
        let files = try folder.contents()
        for number in 1...30 as ClosedRange<UInt64> {
            let isThere = !erased.contains(number)
            #expect((files.range(of: Data("needle-\(number)-".utf8)) != nil) == isThere)
            #expect((files.range(of: Data("-end-\(number).".utf8)) != nil) == isThere)
            let salt = try #require(salts[number])
            #expect((files.range(of: Data(salt)) != nil) == isThere)
        }
        var head = ChainHead.start(room: room, genesis: Array("{}".utf8))
        for event in try await store.read(room, after: 0, limit: 100) {
            let fits = head.advance(to: event)
            #expect(fits)
            let old = before[Int(event.sequence) - 1]
            #expect(event.parts[0] == old.parts[0])
            #expect(event.parts[1].digest == old.parts[1].digest)
            #expect((event.parts[1].part == nil) == erased.contains(event.sequence))
            #expect(event.parts[1].audience == .members)
        }
        #expect(head == writer.head)
        for (sequence, part) in [(0, 0), (31, 0), (1, 2), (1, -1)] as [(UInt64, Int)] {
            await #expect(throws: StorageError.noSuchPart(sequence: sequence)) {
                try await store.erase([(sequence, [part])], in: room)
            }
        }
        _ = try await store.append(try writer.request(["after"])).get()
        try await store.close()
    }

    @Test
    func `the newest checkpoint is kept`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let room = try RoomWriter.room(1)
        _ = try await RoomWriter(room, in: store)
        #expect(try await store.checkpoint(of: room) == nil)
        func checkpoint(_ size: UInt64) throws -> SignedCheckpoint {
            try Checkpoint(
                server: store.serverName,
                room: room,
                size: size,
                root: SHA256.hash([]),
                time: Timestamp(milliseconds: size)
            ).signed(by: store.key)
        }
        for (kept, newest) in [(3, 3), (5, 5), (4, 5), (5, 5)] as [(UInt64, UInt64)] {
            try await store.keep(try checkpoint(kept))
            #expect(try await store.checkpoint(of: room) == checkpoint(newest))
        }
        try await store.close()
    }

    @Test
    func `the last mark is the newest of marks and events`() async throws {
        let folder = try TemporaryFolder()
        var store = try Store(.init(folder: folder.path))
        let room = try RoomWriter.room(1)
        for (mark, last) in [(500, 500), (400, 500), (600, 600)] as [(UInt64, UInt64)] {
            try await store.mark(Timestamp(milliseconds: mark))
            #expect(try await store.lastMark() == Timestamp(milliseconds: last))
        }
        var writer = try await RoomWriter(room, in: store)
        _ = try await store.append(try writer.request(["a"])).get()
        #expect(try await store.lastMark() == Timestamp(milliseconds: 1_000))
        try await store.close()
        store = try Store(.init(folder: folder.path))
        #expect(try await store.lastMark() == Timestamp(milliseconds: 1_000))
        try await store.close()
    }

    @Test
    func `a log is read beside its server and without it`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path, serverName: "hall"))
        let room = try RoomWriter.room(1)
        var writer = try await RoomWriter(room, in: store)
        let request = try writer.request(["a", "b"])
        _ = try await store.append(request).get()
        func check() throws {
            let log = try StoredLog(folder: folder.path)
            #expect(try log.rooms() == [room])
            #expect(try log.genesis(of: room) == Array("{}".utf8))
            #expect(try log.read(room, after: 0, limit: 9) == request.events)
            #expect(try log.head(of: room) == writer.head)
            #expect(try log.checkpoint(of: room) == nil)
        }
        try check()
        try await store.close()
        try check()
    }
}
