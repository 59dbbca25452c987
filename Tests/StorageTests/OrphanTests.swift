// Proves that what nobody refers to is removed after its grace, and nothing else ever is.
import Foundation
import Ledger
import OpenSSL
import Testing

@testable import Storage

struct OrphanTests {
    private static let later = Timestamp(milliseconds: 4_000_000_000_000)
    private static let long = Date(timeIntervalSince1970: 1_000_000)
    private static let ago = Timestamp(milliseconds: 1_000_001_000)

    private func record(_ digest: Digest, in room: RoomID) -> FileRecord {
        FileRecord(room: room, digest: digest, type: "image/png", width: 1, height: 1, size: 1)
    }

    @Test func `files of rooms, of people and in slots stay, others go`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let room = try RoomWriter.room(1)
        let shown = try await store.blobs.keep([1])
        #expect(try await store.people.add(record(shown, in: room), upTo: 10))
        let face = try await store.blobs.keep([2])
        let made = try await store.people.register(
            "ann@example.org",
            password: "",
            named: "Ann",
            as: nil,
            at: Self.ago
        )
        guard case .made(let ann) = made else { throw StorageError.noData }
        let picture = ProfilePage.Picture(
            digest: face,
            type: "image/png",
            width: 1,
            height: 1,
            size: 1
        )
        let change = try await store.people.setPicture(picture, ofPerson: ann.id)
        #expect(change?.page.picture == picture && change?.former == nil)
        let placed = try await store.blobs.keep([3])
        let nobodys = try await store.blobs.keep([4])
        // Younger than the grace, all of them stay.
        #expect(try await store.removeOrphans(before: Self.ago, but: [placed]) == Sweep())
        let sweep = try await store.removeOrphans(before: Self.later, but: [placed])
        #expect(sweep.files == 1 && sweep.failures == 0 && sweep.uploads == 0)
        for file in [shown, face, placed] { #expect(try await store.blobs.read(file) != nil) }
        #expect(try await store.blobs.read(nobodys) == nil)
        // The picture goes with its person.
        #expect(try await store.people.erase(ann.id) == face)
        try await store.removeUnlessNeeded(shown)
        try await store.removeUnlessNeeded(face)
        #expect(try await store.blobs.read(face) == nil)
        #expect(try await store.blobs.read(shown) != nil)
        try await store.close()
    }

    @Test func `what is being recorded stays, however old its bytes are`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let room = try RoomWriter.room(1)
        // A crash came between the bytes and their record; now they come again.
        let digest = try await store.blobs.keep([7])
        try await store.blobs.keep([7]) { digest in
            #expect(try await store.removeOrphans(before: Self.later, but: []).files == 0)
            try await store.removeUnlessNeeded(digest)
            #expect(try await store.people.add(record(digest, in: room), upTo: 10))
        }
        #expect(try await store.removeOrphans(before: Self.later, but: []).files == 0)
        #expect(try await store.blobs.read(digest) == [7])
        // A record that failed leaves an orphan, and no hold on it.
        await #expect(throws: StorageError.full) {
            try await store.blobs.keep([8]) { _ in throw StorageError.full }
        }
        #expect(try await store.removeOrphans(before: Self.later, but: []).files == 1)
        try await store.close()
    }

    @Test func `an upload that somebody holds stays, one that nobody finished goes`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let upload = store.blobs.beginUpload()
        let failure = await withCheckedContinuation { continuation in
            upload.append([1, 2, 3]) { continuation.resume(returning: $0) }
        }
        #expect(failure == nil)
        let left = folder.path + "/blobs/new/left"
        try Data([1]).write(to: URL(filePath: left))
        #expect(try await store.removeOrphans(before: Self.ago, but: []).uploads == 0)
        try FileManager.default.setAttributes([.modificationDate: Self.long], ofItemAtPath: left)
        #expect(try await store.removeOrphans(before: Self.ago, but: []).uploads == 1)
        #expect(try await store.removeOrphans(before: Self.later, but: []).uploads == 0)
        #expect(try await store.blobs.keep(upload) { $0 } == SHA256.hash([1, 2, 3]))
        try await store.close()
    }

    @Test func `what a crash left half written is counted once`() async throws {
        let folder = try TemporaryFolder()
        try await Store(.init(folder: folder.path)).close()
        for name in ["1", "2"] {
            try Data([1]).write(to: URL(filePath: folder.path + "/blobs/new/" + name))
        }
        let store = try Store(.init(folder: folder.path))
        #expect(try await store.removeOrphans(before: Self.ago, but: []).uploads == 2)
        #expect(try await store.removeOrphans(before: Self.later, but: []).uploads == 0)
        try await store.close()
    }

    @Test func `what is none of ours among the files is left alone`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let digest = try await store.blobs.keep([1])
        let shelf = folder.path + "/blobs/" + digest.hex.prefix(2)
        let strange = ["notes.txt", String(repeating: "0", count: 64), digest.hex.uppercased()]
        for name in strange { try Data([1]).write(to: URL(filePath: shelf + "/" + name)) }
        #expect(try await store.removeOrphans(before: Self.later, but: []).files == 1)
        let left = try FileManager.default.contentsOfDirectory(atPath: shelf)
        // The name of zeros stands in its own folder only where that is `00`.
        #expect(left.sorted() == strange.sorted())
        try await store.close()
    }

    @Test func `a room's limit holds however many files come at once`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let (room, other) = (try RoomWriter.room(1), try RoomWriter.room(2))
        let kept = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in UInt8.min...40 {
                let record = record(SHA256.hash([number]), in: room)
                group.addTask { try await store.people.add(record, upTo: 10) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(kept == 10)
        #expect(try store.people.fileCount(in: room) == 10)
        // One that is there already is no more; another room has its own.
        let there = try #require(
            (UInt8.min...40).map { SHA256.hash([$0]) }.first {
                try store.people.file($0, in: room) != nil
            }
        )
        #expect(try await store.people.add(record(there, in: room), upTo: 10))
        #expect(try await store.people.add(record(there, in: other), upTo: 1))
        try await store.close()
    }
}
