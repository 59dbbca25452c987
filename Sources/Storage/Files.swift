import Glibc

/// The few calls of the operating system that files need, with typed failures.
enum Files {
    /// Makes a folder unless it is there; what is above it must be. Its name is durable on return.
    static func makeFolder(_ path: String) throws(StorageError) {
        if mkdir(path, 0o700) == 0 { return try syncFolder(of: path) }
        guard errno == EEXIST else { throw StorageError(errno: errno) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw StorageError(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .io(ENOTDIR) }
    }

    /// Whether something has that name.
    static func exists(_ path: String) throws(StorageError) -> Bool {
        if access(path, F_OK) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw StorageError(errno: errno) }
        return false
    }

    /// The bytes of a file; `nil` when there is none.
    static func read(_ path: String) throws(StorageError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw StorageError(errno: errno)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw StorageError(errno: errno) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageError(errno: errno)
            }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    /// Puts a whole file in place, or leaves what was there: it is written beside, synced, renamed,
    /// and the folder is synced, so that it is durable on return.
    static func replace(
        _ path: String,
        with bytes: [UInt8],
        temporary: String,
        mode: mode_t
    ) throws(StorageError) {
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard file >= 0 else { throw StorageError(errno: errno) }
        do throws(StorageError) {
            defer { close(file) }
            try write(bytes, to: file)
            guard fsync(file) == 0 else { throw StorageError(errno: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw StorageError(errno: code)
        }
        try syncFolder(of: path)
    }

    /// Takes away every file in a folder.
    /// - Returns: how many there were.
    static func empty(_ folder: String) throws(StorageError) -> Int {
        var count = 0
        for name in try names(in: folder) {
            if unlink(folder + "/" + name) == 0 {
                count += 1
            } else if errno != EISDIR {
                throw StorageError(errno: errno)
            }
        }
        return count
    }

    /// The names in a folder.
    static func names(in folder: String) throws(StorageError) -> [String] {
        guard let entries = opendir(folder) else { throw StorageError(errno: errno) }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Whether a file was written before a moment, in seconds since 1970; what is no file, or is gone,
    /// was not.
    static func isOlder(_ path: String, than moment: Int64) throws(StorageError) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return false }
            throw StorageError(errno: errno)
        }
        return status.st_mode & S_IFMT == S_IFREG && Int64(status.st_mtim.tv_sec) < moment
    }

    /// The folder that a path stands in.
    static func folder(of path: String) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return folder.isEmpty ? "/" : folder
    }

    /// Makes what happened to the names in a file's folder durable.
    static func syncFolder(of path: String) throws(StorageError) {
        let file = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw StorageError(errno: errno) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw StorageError(errno: errno) }
    }

    /// Writes all of it: behind what was written, or over what stands at a place.
    static func write(
        _ bytes: [UInt8],
        to file: Int32,
        at offset: Int? = nil
    ) throws(StorageError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let (rest, count) = (
                    buffer.baseAddress?.advanced(by: written), buffer.count - written
                )
                return offset.map { pwrite(file, rest, count, off_t($0 + written)) }
                    ?? Glibc.write(file, rest, count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageError(errno: errno)
            }
            written += count
        }
    }
}
