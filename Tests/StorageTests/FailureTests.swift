// Proves that a folder that cannot be used says why, and that a log recovers when the cause is gone.
import Foundation
import GRDB
import Ledger
import OpenSSL
import Testing

@testable import Storage

struct FailureTests {
    @Test
    func `a full log refuses, keeps what it has, and goes on when there is space`() async throws {
        let folder = try TemporaryFolder()
        let room = try RoomWriter.room(1)
        let store = try Store(.init(folder: folder.path))
        var writer = try await RoomWriter(room, in: store)
        #expect(await store.append(try writer.request(["a"])) == .success(1))
        try await store.limitLog(bytes: 1)
        let before = writer
        let long = String(repeating: "x", count: 200_000)
        for _ in 0..<2 {
            writer = before
            #expect(
                await store.append(try writer.request([long])) == .failure(.unavailable(.full))
            )
        }
        #expect(try await store.head(of: room) == before.head)
        #expect(try await store.read(room, after: 0, limit: 9).count == 1)
        try await store.limitLog(bytes: nil)
        writer = before
        #expect(await store.append(try writer.request([long])) == .success(2))
        try await store.close()
    }

    @Test
    func `a log that somebody else holds is busy, and is not when they let go`() async throws {
        let folder = try TemporaryFolder()
        let room = try RoomWriter.room(1)
        let store = try Store(.init(folder: folder.path))
        var writer = try await RoomWriter(room, in: store)
        let other = try Connection(path: folder.path + "/events.sqlite", mode: .readWrite)
        try other.execute("BEGIN IMMEDIATE")
        let before = writer
        #expect(await store.append(try writer.request(["a"])) == .failure(.unavailable(.busy)))
        try other.execute("ROLLBACK")
        writer = before
        #expect(await store.append(try writer.request(["a"])) == .success(1))
        try await store.close()
    }

    @Test
    func `a second process is refused and told who holds the folder`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let id = ProcessInfo.processInfo.processIdentifier
        #expect(throws: StorageError.locked(by: id)) { try Store(.init(folder: folder.path)) }
        try await store.close()
        let next = try Store(.init(folder: folder.path))
        try await next.close()
    }

    @Test(arguments: ["events.sqlite", "people.sqlite"])
    func `a newer file is refused and left alone`(name: String) async throws {
        let folder = try TemporaryFolder()
        try await Store(.init(folder: folder.path)).close()
        let path = folder.path + "/" + name
        do {
            let queue = try DatabaseQueue(path: path)
            try await queue.write { database in
                try database.execute(sql: "PRAGMA user_version = 7")
                if name == "people.sqlite" {
                    try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('2')")
                }
            }
        }
        let isPeople = name == "people.sqlite"
        let known = isPeople ? PeopleSchema.migrator.migrations.count : 1
        #expect(throws: StorageError.newer(found: isPeople ? known + 1 : 7, known: known)) {
            try Store(.init(folder: folder.path))
        }
        if name == "events.sqlite" {
            #expect(throws: StorageError.newer(found: 7, known: 1)) {
                try StoredLog(folder: folder.path)
            }
        }
    }

    @Test(arguments: ["events.sqlite", "people.sqlite"])
    func `what is no database is corrupt`(name: String) throws {
        let folder = try TemporaryFolder()
        try Data(repeating: 7, count: 8_192).write(to: URL(filePath: folder.path + "/" + name))
        #expect(throws: StorageError.corrupt) { try Store(.init(folder: folder.path)) }
    }

    @Test
    func `a damaged page is corrupt where it is met`() async throws {
        let folder = try TemporaryFolder()
        let room = try RoomWriter.room(1)
        let store = try Store(.init(folder: folder.path))
        var writer = try await RoomWriter(room, in: store)
        for _ in 0..<20 {
            let text = String(repeating: "x", count: 2_000)
            _ = try await store.append(try writer.request([text])).get()
        }
        try await store.close()
        let path = folder.path + "/events.sqlite"
        var bytes = try Data(contentsOf: URL(filePath: path))
        // All but the first page, which holds the schema.
        for place in stride(from: 4_096, to: bytes.count, by: 4_096) {
            bytes.replaceSubrange(place..<place + 64, with: Data(repeating: 0xee, count: 64))
        }
        try bytes.write(to: URL(filePath: path))
        #expect(throws: StorageError.corrupt) { try Store(.init(folder: folder.path)) }
    }

    @Test
    func `data and key belong together`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let fingerprint = store.key.publicKey.fingerprint
        try await store.close()
        let path = folder.path + "/key.ed25519"
        let kept = try String(contentsOfFile: path, encoding: .utf8)
        let permissions = try FileManager.default.attributesOfItem(atPath: path)
        #expect(permissions[.posixPermissions] as? Int == 0o600)
        try removeFile(path)
        #expect(throws: StorageError.keyMissing(fingerprint)) {
            try Store(.init(folder: folder.path))
        }
        let other = Hex.encode([UInt8](repeating: 1, count: 32)) + "\n"
        try Data(other.utf8).write(to: URL(filePath: path))
        #expect(throws: StorageError.keyMismatch(expected: fingerprint)) {
            try Store(.init(folder: folder.path))
        }
        for wrong in ["", "\n", String(kept.dropLast()), kept.uppercased(), kept + kept] {
            try Data(wrong.utf8).write(to: URL(filePath: path))
            #expect(throws: StorageError.corrupt) { try Store(.init(folder: folder.path)) }
        }
        try Data(kept.utf8).write(to: URL(filePath: path))
        let again = try Store(.init(folder: folder.path))
        #expect(again.key.publicKey.fingerprint == fingerprint)
        try await again.close()
    }

    @Test
    func `the first name stays, and a bad one is refused`() async throws {
        let folder = try TemporaryFolder()
        #expect(throws: StorageError.serverName("a b")) {
            try Store(.init(folder: folder.path, serverName: "a b"))
        }
        try await Store(.init(folder: folder.path, serverName: "hall")).close()
        let store = try Store(.init(folder: folder.path, serverName: "other"))
        #expect(store.serverName == "hall")
        #expect(try StoredLog(folder: folder.path).serverName() == "hall")
        try await store.close()
    }

    @Test
    func `a folder that is none, or has no log, has no data`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StorageError.noData) { try StoredLog(folder: folder.path) }
        #expect(throws: StorageError.noData) { try StoredLog(folder: folder.path + "/no") }
        try Data().write(to: URL(filePath: folder.path + "/events.sqlite"))
        #expect(throws: StorageError.noData) { try StoredLog(folder: folder.path) }
        #expect(throws: StorageError.io(ENOENT)) {
            try Store(.init(folder: folder.path + "/no/such"))
        }
        #expect(throws: StorageError.io(ENOTDIR)) {
            try Store(.init(folder: folder.path + "/events.sqlite"))
        }
    }

    static let codes: [(Int32, StorageError)] = [
        (13, .full), (8, .readOnly), (8 | 6 << 8, .readOnly), (11, .corrupt), (26, .corrupt),
        (5, .busy), (6, .busy), (10 | 4 << 8, .sqlite(10 | 4 << 8)), (14, .sqlite(14)),
    ]

    @Test(arguments: codes)
    func `each code of the database has its meaning`(code: Int32, error: StorageError) {
        #expect(StorageError(sqlite: code) == error)
    }

    static let numbers: [(Int32, StorageError)] = [
        (ENOSPC, .full), (EDQUOT, .full), (EROFS, .readOnly), (EACCES, .readOnly),
        (EPERM, .readOnly), (EIO, .io(EIO)),
    ]

    @Test(arguments: numbers)
    func `each number of the operating system has its meaning`(code: Int32, error: StorageError) {
        #expect(StorageError(errno: code) == error)
    }
}

func removeFile(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
