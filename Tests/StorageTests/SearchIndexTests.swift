// Proves who finds what, that what is erased is in no byte, and that the index can always be made anew.
import Foundation
import GRDB
import Ledger
import Testing

@testable import Storage

struct SearchIndexTests {
    static let member = MemberID(bytes: [UInt8](repeating: 7, count: 8))

    private static func document(
        _ sequence: UInt64,
        _ text: String,
        for readers: Set<Audience> = [.everyone],
        kind: SearchKind = .chat,
        slot: String? = nil
    ) -> SearchDocument {
        SearchDocument(
            sequence: sequence,
            kind: kind,
            slot: slot,
            at: Timestamp(milliseconds: sequence),
            readers: readers,
            text: text
        )
    }

    private static func changes(_ documents: [SearchDocument]) -> SearchChanges {
        let last = documents.map(\.sequence).max() ?? 1
        var changes = SearchChanges(sequence: last, room: SearchRoom(year: 2026))
        changes.documents = documents
        return changes
    }

    private static func found(
        _ query: String,
        _ index: SearchIndex,
        for readers: Set<SearchReader> = [],
        but hidden: Set<RoomID> = [],
        in room: RoomID? = nil,
        limit: Int = 100
    ) async throws -> [UInt64] {
        let found = try await index.find(
            SearchQuery(query),
            .exact,
            for: SearchReach(readers: readers, hidden: hidden),
            in: room,
            limit: limit
        )
        return try await index.places(of: found).map(\.sequence).sorted()
    }

    @Test func `each reader finds what is for it, and nothing else counts`() async throws {
        let folder = try TemporaryFolder()
        let index = try SearchIndex(path: folder.path + "/search.sqlite")
        let member = try #require(Self.member)
        let rooms = try [RoomWriter.room(1), RoomWriter.room(2)]
        for room in rooms {
            let changes = Self.changes([
                Self.document(1, "量子 everyone"), Self.document(2, "量子 members", for: [.members]),
                Self.document(3, "量子 staff", for: [.staff, .member(member)]),
                Self.document(4, "量子 nobody", for: []),
            ])
            try await index.apply(changes, to: room)
        }
        #expect(try await Self.found("量子", index) == [1, 1])
        let members: Set = [SearchReader(rooms[0], .members)]
        #expect(try await Self.found("量子", index, for: members) == [1, 1, 2])
        let own: Set = [SearchReader(rooms[0], .member(member))]
        #expect(try await Self.found("量子", index, for: own) == [1, 1, 3])
        #expect(try await Self.found("量子", index, for: own, in: rooms[1]) == [1])
        // Of a sealed record that is not for it a reader finds nothing.
        #expect(try await Self.found("量子", index, for: members, but: [rooms[0]]) == [1])
        // What nobody may see takes no place among those that are ranked.
        #expect(try await Self.found("量子", index, in: rooms[0], limit: 1) == [1])
        try index.close()
    }

    @Test func `an erased text is in no byte of the folder`() async throws {
        let folder = try TemporaryFolder()
        let index = try SearchIndex(path: folder.path + "/search.sqlite")
        let room = try RoomWriter.room(1)
        for start in stride(from: UInt64(1), to: 200, by: 20) {
            let texts = (start..<(start + 20)).map { Self.document($0, "普通的话 ordinary\($0)") }
            try await index.apply(Self.changes(texts), to: room)
        }
        let secret = Self.document(300, "qzsecretqz 熵雘龘靐齉")
        try await index.apply(Self.changes([secret]), to: room)
        #expect(try await Self.found("qzsecretqz", index) == [300])
        #expect(try folder.contents().range(of: Data("qzsecretqz".utf8)) != nil)
        try await index.erase([300], in: room)
        #expect(try await Self.found("qzsecretqz", index) == [])
        for trace in ["qzsecretqz", "secretqz", "熵雘", "龘靐"] {
            #expect(try folder.contents().range(of: Data(trace.utf8)) == nil, "\(trace)")
        }
        #expect(try await Self.found("ordinary150", index) == [150])
        // An erasure that the log tells of does the same.
        try await index.apply(Self.changes([Self.document(301, "qzsecondqz")]), to: room)
        var later = SearchChanges(sequence: 302, room: SearchRoom())
        later.erased = [301, 299]
        try await index.apply(later, to: room)
        #expect(try folder.contents().range(of: Data("qzsecondqz".utf8)) == nil)
        // Of a record whose time is over nothing is left.
        var end = SearchChanges(sequence: 303, room: SearchRoom())
        end.isExpired = true
        try await index.apply(end, to: room)
        #expect(try await index.count() == 0)
        #expect(try folder.contents().range(of: Data("ordinary150".utf8)) == nil)
        try index.close()
    }

    @Test func `the store takes a text out of both`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let room = try RoomWriter.room(1)
        var writer = try await RoomWriter(room, in: store)
        _ = await store.append(try writer.request(["qzsecretqz"]))
        try await store.search.apply(Self.changes([Self.document(1, "qzsecretqz")]), to: room)
        try await store.erase([(1, [1])], in: room)
        #expect(try folder.contents().range(of: Data("qzsecretqz".utf8)) == nil)
        try await store.close()
    }

    @Test func `pages that are placed anew replace those before`() async throws {
        let folder = try TemporaryFolder()
        let index = try SearchIndex(path: folder.path + "/search.sqlite")
        let room = try RoomWriter.room(1)
        let old = [
            Self.document(2, "旧页", kind: .slide, slot: "1"),
            Self.document(3, "旧页", kind: .slide, slot: "2"),
        ]
        try await index.apply(Self.changes(old), to: room)
        var changes = Self.changes([Self.document(4, "新页", kind: .slide, slot: "1")])
        changes.replacedSlides = ["1"]
        try await index.apply(changes, to: room)
        #expect(try await Self.found("旧页", index) == [3])
        #expect(try await Self.found("新页", index) == [4])
        #expect(try await index.sequence(of: room) == 4)
        try index.close()
    }

    @Test(arguments: ["missing", "version", "damaged"])
    func `an index of no use is begun anew`(fault: String) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/search.sqlite"
        let room = try RoomWriter.room(1)
        let first = try SearchIndex(path: path)
        try await first.apply(Self.changes([Self.document(9, "量子")]), to: room)
        #expect(try await first.sequence(of: room) == 9)
        try first.close()
        let kept = try SearchIndex(path: path)
        #expect(try await kept.sequence(of: room) == 9)
        try kept.close()
        switch fault {
        case "missing": try FileManager.default.removeItem(atPath: path)
        case "version":
            try await DatabaseQueue(path: path).write {
                try $0.execute(sql: "PRAGMA user_version = 99")
            }
        default: try Data(repeating: 1, count: 8_192).write(to: URL(filePath: path))
        }
        let index = try SearchIndex(path: path)
        #expect(try await index.sequence(of: room) == 0)
        try await index.apply(Self.changes([Self.document(9, "量子")]), to: room)
        #expect(try await Self.found("量子", index) == [9])
        try index.close()
    }
}
