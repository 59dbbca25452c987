// Proves that files are kept by their digest, whole, once, and can be taken away.
import Foundation
import OpenSSL
import Storage
import Testing

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
        try await store.blobs.erase(digest)
        try await store.blobs.erase(digest)
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
}
