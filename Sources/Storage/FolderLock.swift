import Glibc

/// Holds a data folder for this process. The lock ends with the process, however it ends.
struct FolderLock: ~Copyable {
    private let file: Int32

    /// Takes the lock of `lock` in the folder and writes this process's id into it.
    /// - Throws: `locked` when another process has it.
    init(folder: String) throws(StorageError) {
        let file = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StorageError(errno: errno) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let owner = Self.owner(in: file)
            close(file)
            throw code == EWOULDBLOCK ? .locked(by: owner) : StorageError(errno: code)
        }
        // The id is for people: who holds the folder is told by the lock alone.
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(file, 0) == 0, pwrite(file, text, text.count, 0) == text.count else {
            let code = errno
            close(file)
            throw StorageError(errno: code)
        }
        self.file = file
    }

    deinit {
        // A child that is being started has a copy of the descriptor until it runs its program; to
        // close ours would leave it holding the lock.
        flock(file, LOCK_UN)
        close(file)
    }

    private static func owner(in file: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes.prefix(count).prefix { $0 != 10 }, as: UTF8.self))
    }
}
