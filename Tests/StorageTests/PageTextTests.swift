// Proves that a page's text belongs to one room's file, and goes with it.
import GRDB
import Ledger
import OpenSSL
import Testing

@testable import Storage

struct PageTextTests {
    @Test func `a text is one room's, the newest counts, and a file without one has none`()
        async throws
    {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let rooms = try [UInt8(1), 2].map { byte in
            try #require(RoomID(bytes: [UInt8](repeating: byte, count: 16)))
        }
        let files = [SHA256.hash([1]), SHA256.hash([2])]
        for room in rooms {
            for file in files {
                let record = FileRecord(
                    room: room,
                    digest: file,
                    type: "image/png",
                    width: 1,
                    height: 1,
                    size: 1
                )
                #expect(try await store.people.add(record, upTo: 9))
            }
        }
        #expect(try await store.people.texts(of: Set(files), in: rooms[0]).isEmpty)
        try await store.people.setText("before", of: files[0], in: rooms[0])
        try await store.people.setText("第一页", of: files[0], in: rooms[0])
        #expect(try await store.people.texts(of: Set(files), in: rooms[0]) == [files[0]: "第一页"])
        #expect(try await store.people.texts(of: [files[1]], in: rooms[0]).isEmpty)
        #expect(try await store.people.texts(of: Set(files), in: rooms[1]).isEmpty)
        // Nothing stays of a file that is taken away, and none is kept of what is no file.
        try await store.people.write { database in
            try database.execute(
                sql: "DELETE FROM files WHERE digest = ?",
                arguments: [files[0].blob]
            )
        }
        #expect(try await store.people.texts(of: Set(files), in: rooms[0]).isEmpty)
        await #expect(throws: StorageError.self) {
            try await store.people.setText("x", of: SHA256.hash([3]), in: rooms[0])
        }
        try await store.close()
    }
}
