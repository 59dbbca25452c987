import Glibc
public import OpenSSL

/// Files' bytes, named by their SHA-256: `blobs/ab/abcd…`. The same bytes are kept once, and what
/// has a name is whole and durable.
public actor Blobs {
    private nonisolated let executor = QueueExecutor(label: "luyan.blobs")
    private nonisolated let folder: String
    private var count: UInt64 = 0

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(folder: String) throws(StorageError) {
        self.folder = folder
        try Files.makeFolder(folder)
        try Files.makeFolder(folder + "/new")
    }

    /// Keeps bytes; they are durable on return.
    public func keep(_ bytes: [UInt8]) throws(StorageError) -> Digest {
        let digest = SHA256.hash(bytes)
        let path = path(of: digest)
        if try Files.exists(path) { return digest }
        try Files.makeFolder(folder + "/" + digest.hex.prefix(2))
        count += 1
        let temporary = folder + "/new/\(count)"
        try Files.replace(path, with: bytes, temporary: temporary, mode: 0o600)
        return digest
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
