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
    /// Uploads that somebody still writes or holds, by their paths.
    private nonisolated let live = LiveUploads()
    /// How many are recording a file at the moment: until then it only seems to be nobody's.
    private var recording: [Digest: Int] = [:]
    /// Half-written files that were found at the start; told once.
    private var leftOver: Int
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
        leftOver = try Files.empty(folder + "/new")
    }

    /// Keeps bytes; they are durable on return.
    public func keep(_ bytes: [UInt8]) throws(StorageError) -> Digest {
        let digest = SHA256.hash(bytes)
        let path = path(of: digest)
        if try isKnown(path) { return digest }
        try Files.makeFolder(folder + "/" + digest.hex.prefix(2))
        try Files.replace(path, with: bytes, temporary: newPath(), mode: 0o600)
        return digest
    }

    private nonisolated func newPath() -> String {
        folder + "/new/\(count.add(1, ordering: .relaxed).newValue)"
    }

    /// Begins a file whose bytes come piece by piece; nothing is written yet.
    public nonisolated func beginUpload() -> BlobUpload {
        BlobUpload(path: newPath(), queue: uploads, among: live)
    }

    /// Keeps bytes and has them recorded; meanwhile nobody takes them for an orphan.
    public func keep<Value: Sendable>(
        _ bytes: [UInt8],
        record: @Sendable (Digest) async throws -> Value
    ) async throws -> Value {
        let digest = try keep(bytes)
        begin(recording: digest)
        defer { end(recording: digest) }
        return try await record(digest)
    }

    /// Keeps what was uploaded and has it recorded; meanwhile nobody takes it for an orphan. It is
    /// durable when it is recorded.
    /// - Throws: `noData` when nothing was uploaded.
    public func keep<Value: Sendable>(
        _ upload: BlobUpload,
        record: @Sendable (Digest) async throws -> Value
    ) async throws -> Value {
        let digest = try await upload.seal()
        begin(recording: digest)
        defer { end(recording: digest) }
        try place(upload, as: digest)
        return try await record(digest)
    }

    private func begin(recording digest: Digest) { recording[digest, default: 0] += 1 }

    private func end(recording digest: Digest) {
        let left = (recording[digest] ?? 1) - 1
        recording[digest] = left > 0 ? left : nil
    }

    private func place(_ upload: BlobUpload, as digest: Digest) throws(StorageError) {
        let path = path(of: digest)
        if try isKnown(path) { return }
        try Files.makeFolder(folder + "/" + digest.hex.prefix(2))
        guard rename(upload.path, path) == 0 else { throw StorageError(errno: errno) }
        upload.isKept()
        try Files.syncFolder(of: path)
    }

    /// Whether the file is there, durably: whoever put it there may not have come to the syncs of
    /// its name and of its folder's.
    private func isKnown(_ path: String) throws(StorageError) -> Bool {
        guard try Files.exists(path) else { return false }
        try Files.syncFolder(of: path)
        try Files.syncFolder(of: Files.folder(of: path))
        return true
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

    /// Takes the bytes away when nothing refers to them and nobody is recording them; `durably` also
    /// for a power cut, which costs a sync: a sweep of many does without, the next one finds them.
    /// - Returns: whether they went.
    func remove(
        _ digest: Digest,
        durably: Bool,
        unless isReferred: @Sendable (Digest) throws(StorageError) -> Bool
    ) throws(StorageError) -> Bool {
        // One turn of the actor: nobody keeps the same bytes between question and end.
        guard recording[digest] == nil, try !isReferred(digest) else { return false }
        verified.remove(digest)
        let path = path(of: digest)
        guard unlink(path) == 0 else {
            guard errno == ENOENT else { throw StorageError(errno: errno) }
            return false
        }
        if durably { try Files.syncFolder(of: path) }
        return true
    }

    /// Takes half-written files away that nobody holds and that are older than a moment, in seconds
    /// since 1970.
    /// - Returns: how many, with those that were found at the start.
    func removeUnfinished(before moment: Int64) throws(StorageError) -> Int {
        var count = leftOver
        leftOver = 0
        for name in try Files.names(in: folder + "/new") {
            let path = folder + "/new/" + name
            guard !live.contains(path), try Files.isOlder(path, than: moment) else { continue }
            guard unlink(path) == 0 || errno == ENOENT else { throw StorageError(errno: errno) }
            count += 1
        }
        return count
    }

    /// Digests whose hex begins with that byte, of files that are older than a moment, in seconds
    /// since 1970.
    nonisolated func files(
        under byte: UInt8,
        before moment: Int64
    ) throws(StorageError) -> [Digest] {
        let shelf = folder + "/" + Hex.encode([byte])
        guard try Files.exists(shelf) else { return [] }
        var found: [Digest] = []
        for name in try Files.names(in: shelf) {
            guard let digest = Digest(hex: name), digest.bytes.first == byte,
                try Files.isOlder(shelf + "/" + name, than: moment)
            else { continue }
            found.append(digest)
        }
        return found
    }

    /// Where the bytes of that digest stand, if they are kept.
    public nonisolated func path(of digest: Digest) -> String {
        folder + "/" + digest.hex.prefix(2) + "/" + digest.hex
    }
}
