import Dispatch
import Glibc
import OpenSSL
import Synchronization

/// Bytes on their way to become a kept file: written beside, hashed as they come, and gone when
/// nobody kept them before the upload was released.
public final class BlobUpload: Sendable {
    private enum State {
        case empty
        case writing(file: Int32, SHA256)
        case sealed(Digest)
        /// Kept, or undone.
        case over
    }

    let path: String
    private let queue: DispatchQueue
    private let live: LiveUploads
    /// Touched on the queue only; the lock is for the compiler.
    private let state = Mutex(State.empty)

    init(path: String, queue: DispatchQueue, among live: LiveUploads) {
        self.path = path
        self.queue = queue
        self.live = live
        live.insert(path)
    }

    deinit {
        let (state, path, live) = (state.withLock { $0 }, path, live)
        queue.async {
            Self.undo(state, path)
            live.remove(path)
        }
    }

    /// Writes the next bytes, in the order of the calls, and replies when the operating system has
    /// them: with what kept it from taking them, then and ever after.
    public func append(
        _ bytes: [UInt8],
        then reply: @escaping @Sendable (StorageError?) -> Void
    ) {
        queue.async {
            do throws(StorageError) {
                try self.write(bytes)
                reply(nil)
            } catch {
                reply(error)
            }
        }
    }

    private func write(_ bytes: [UInt8]) throws(StorageError) {
        try state.withLock { (state) throws(StorageError) in
            switch state {
            case .sealed, .over: throw .closed
            case .empty:
                let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
                guard file >= 0 else { throw StorageError(errno: errno) }
                state = .writing(file: file, SHA256())
            case .writing: break
            }
            guard case .writing(let file, var hash) = state else { return }
            do throws(StorageError) {
                try Files.write(bytes, to: file)
            } catch {
                // Room for others at once: a full disk must not wait for the peer to leave.
                Self.undo(state, path)
                state = .over
                throw error
            }
            hash.update(bytes)
            state = .writing(file: file, hash)
        }
    }

    /// Makes what was written durable; nothing can be appended then.
    /// - Throws: `noData` when nothing was written, or what kept the disk from it.
    func seal() async throws(StorageError) -> Digest {
        let result: Result<Digest, StorageError> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(StorageError) {
                    continuation.resume(returning: .success(try self.sealNow()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    /// What was written, to be read; it is gone when the upload and the file are released.
    public func sealed() async throws -> BlobFile {
        _ = try await seal()
        guard let file = try BlobFile(path: path) else { throw StorageError.noData }
        return file
    }

    /// Where what was written stands, for programs; it is gone when the upload is released.
    public func sealedPath() async throws -> String {
        _ = try await seal()
        return path
    }

    private func sealNow() throws(StorageError) -> Digest {
        try state.withLock { (state) throws(StorageError) in
            guard case .writing(let file, let hash) = state else { throw .noData }
            guard fsync(file) == 0 else { throw StorageError(errno: errno) }
            close(file)
            let digest = hash.finalize()
            state = .sealed(digest)
            return digest
        }
    }

    /// The file has its name, or another one with the same bytes had it already.
    func isKept() { state.withLock { $0 = .over } }

    private static func undo(_ state: State, _ path: String) {
        switch state {
        case .empty, .over: return
        case .writing(let file, _): close(file)
        case .sealed: break
        }
        unlink(path)
    }
}

/// The paths of uploads that somebody holds: whatever their age, they are no leftovers.
final class LiveUploads: Sendable {
    private let paths = Mutex<Set<String>>([])

    func insert(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    func contains(_ path: String) -> Bool { paths.withLock { $0.contains(path) } }
}
