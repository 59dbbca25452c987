import Dispatch
import Glibc
public import OpenSSL
import Synchronization

/// Files' bytes, named by their SHA-256: `blobs/ab/abcd…`. The same bytes are kept once, and what
/// has a name is whole and durable.
public actor Blobs {
    private nonisolated let executor = QueueExecutor(label: "luyan.blobs")
    private nonisolated let folder: String
    /// Writes what is uploaded; apart from the executor's, which reads whole files.
    private nonisolated let uploads = DispatchQueue(label: "luyan.uploads")
    private nonisolated let count = Atomic<UInt64>(0)
    /// Files whose bytes were compared with their name since the start; at most `verifiedLimit`.
    private var verified: Set<Digest> = []
    private static let verifiedLimit = 10_000

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(folder: String) throws(StorageError) {
        self.folder = folder
        try Files.makeFolder(folder)
        try Files.makeFolder(folder + "/new")
        // What a crash left half written; the folder's lock sees to it that nobody else writes there.
        try Files.empty(folder + "/new")
    }

    /// Keeps bytes; they are durable on return.
    public func keep(_ bytes: [UInt8]) throws(StorageError) -> Digest {
        let digest = SHA256.hash(bytes)
        let path = path(of: digest)
        if try Files.exists(path) { return digest }
        try Files.makeFolder(folder + "/" + digest.hex.prefix(2))
        try Files.replace(path, with: bytes, temporary: newPath(), mode: 0o600)
        return digest
    }

    private nonisolated func newPath() -> String {
        folder + "/new/\(count.add(1, ordering: .relaxed).newValue)"
    }

    /// Begins a file whose bytes come piece by piece; nothing is written yet.
    public nonisolated func beginUpload() -> BlobUpload {
        BlobUpload(path: newPath(), queue: uploads)
    }

    /// Keeps what was uploaded; it is durable on return.
    /// - Throws: `noData` when nothing was.
    public func keep(_ upload: BlobUpload) async throws(StorageError) -> Digest {
        let digest = try await upload.seal()
        let path = path(of: digest)
        if try Files.exists(path) { return digest }
        try Files.makeFolder(folder + "/" + digest.hex.prefix(2))
        guard rename(upload.path, path) == 0 else { throw StorageError(errno: errno) }
        upload.isKept()
        try Files.syncFolder(of: path)
        return digest
    }

    /// The file of that digest, to be read piece by piece; `nil` when it is not kept. Its bytes are
    /// compared with the digest once after each start.
    /// - Throws: `corrupt` when the disk gives other bytes.
    public func open(_ digest: Digest) throws(StorageError) -> BlobFile? {
        guard let file = try BlobFile(path: path(of: digest)) else { return nil }
        guard !verified.contains(digest) else { return file }
        guard try file.digest() == digest else { throw .corrupt }
        if verified.count >= Self.verifiedLimit { verified = [] }
        verified.insert(digest)
        return file
    }

    /// The bytes of that digest; `nil` when they are not kept.
    /// - Throws: `corrupt` when the disk gives other bytes.
    public func read(_ digest: Digest) throws(StorageError) -> [UInt8]? {
        guard let bytes = try Files.read(path(of: digest)) else { return nil }
        guard SHA256.hash(bytes) == digest else { throw .corrupt }
        return bytes
    }

    /// Takes the bytes away; that they are gone is durable on return.
    public func erase(_ digest: Digest) throws(StorageError) {
        verified.remove(digest)
        let path = path(of: digest)
        guard unlink(path) == 0 else {
            if errno == ENOENT { return }
            throw StorageError(errno: errno)
        }
        try Files.syncFolder(of: path)
    }

    /// Where the bytes of that digest stand, if they are kept.
    public nonisolated func path(of digest: Digest) -> String {
        folder + "/" + digest.hex.prefix(2) + "/" + digest.hex
    }
}
