// Proves that files are kept by their digest, whole, once, and can be taken away.
import Foundation
import OpenSSL
import Testing

@testable import Storage

struct BlobTests {
    @Test(arguments: [0, 1, 100_000])
    func `bytes are kept under their digest`(count: Int) async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let digest = try await store.blobs.keep(bytes)
        #expect(digest == SHA256.hash(bytes))
        #expect(try await store.blobs.keep(bytes) == digest)
        #expect(try await store.blobs.read(digest) == bytes)
        #expect(FileManager.default.fileExists(atPath: store.blobs.path(of: digest)))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/blobs/new") == []
        )
        #expect(try await store.blobs.remove(digest, durably: true) { _ in false })
        #expect(try await !store.blobs.remove(digest, durably: true) { _ in false })
        #expect(try await store.blobs.read(digest) == nil)
        try await store.close()
    }

    @Test
    func `bytes that the disk changed are not given out`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let digest = try await store.blobs.keep([1, 2, 3])
        try Data([1, 2, 4]).write(to: URL(filePath: store.blobs.path(of: digest)))
        await #expect(throws: StorageError.corrupt) { try await store.blobs.read(digest) }
        try await store.close()
    }

    // MARK: In pieces

    /// Appends and waits for the answer.
    private func append(_ bytes: [UInt8], to upload: BlobUpload) async -> StorageError? {
        await withCheckedContinuation { continuation in
            upload.append(bytes) { continuation.resume(returning: $0) }
        }
    }

    private func files(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/blobs/new")
    }

    @Test(arguments: [1, 2, 1_000])
    func `what comes in pieces is kept as what comes whole`(piece: Int) async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let bytes = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        // Twice: the second finds the first one's file.
        for _ in 0..<2 {
            let upload = store.blobs.beginUpload()
            for start in stride(from: 0, to: bytes.count, by: piece) {
                let end = min(bytes.count, start + piece)
                #expect(await append(Array(bytes[start..<end]), to: upload) == nil)
            }
            #expect(try await store.blobs.keep(upload) { $0 } == SHA256.hash(bytes))
            #expect(await append([1], to: upload) == .closed)
        }
        #expect(try await store.blobs.read(SHA256.hash(bytes)) == bytes)
        while try !files(folder).isEmpty { await Task.yield() }
        let file = try #require(try await store.blobs.open(SHA256.hash(bytes)))
        #expect(file.count == 5_000)
        #expect(try file.bytes(in: 0..<5_000) == bytes)
        #expect(try file.bytes(in: 4_998..<5_000) == Array(bytes.suffix(2)))
        // What is open stays readable.
        #expect(try await store.blobs.remove(SHA256.hash(bytes), durably: true) { _ in false })
        #expect(try file.bytes(in: 1..<3) == Array(bytes[1..<3]))
        #expect(try await store.blobs.open(SHA256.hash(bytes)) == nil)
        try await store.close()
    }

    @Test func `an upload that nobody keeps leaves nothing`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        var upload: BlobUpload? = store.blobs.beginUpload()
        if let upload { #expect(await append([1, 2, 3], to: upload) == nil) }
        #expect(try files(folder).count == 1)
        upload = nil
        while try !files(folder).isEmpty { await Task.yield() }
        let empty = store.blobs.beginUpload()
        await #expect(throws: StorageError.noData) { try await store.blobs.keep(empty) { $0 } }
        try await store.close()
        // As a crash would leave it.
        try Data([1]).write(to: URL(filePath: folder.path + "/blobs/new/7"))
        let next = try Store(.init(folder: folder.path))
        #expect(try files(folder) == [])
        try await next.close()
    }

    @Test func `a full disk refuses at once, and nothing is left behind`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        // The first upload's file is on a device that is always full.
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/blobs/new/1",
            withDestinationPath: "/dev/full"
        )
        let upload = store.blobs.beginUpload()
        #expect(await append([1, 2, 3], to: upload) == .full)
        #expect(try files(folder) == [])
        #expect(await append([1], to: upload) == .closed)
        await #expect(throws: StorageError.noData) { try await store.blobs.keep(upload) { $0 } }
        let second = store.blobs.beginUpload()
        #expect(await append([1, 2, 3], to: second) == nil)
        #expect(try await store.blobs.keep(second) { $0 } == SHA256.hash([1, 2, 3]))
        try await store.close()
    }

    @Test func `a file that the disk changed is not opened`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let digest = try await store.blobs.keep([1, 2, 3])
        try Data([1, 2, 4]).write(to: URL(filePath: store.blobs.path(of: digest)))
        await #expect(throws: StorageError.corrupt) { try await store.blobs.open(digest) }
        try await store.close()
    }
}
