import Glibc
public import Ledger

/// Where recordings are kept: `recordings/ROOM/ID/`, each with what it is (`head.json`), its segments
/// (`00000001.seg`), where reading can begin (`index`), and, once it has ended, how (`end.json`).
public struct RecordingShelf: Sendable {
    private let folder: String

    init(folder: String) throws(StorageError) {
        self.folder = folder
        try Files.makeFolder(folder)
    }

    /// A recording's folder; `id` is a name of hex digits, never a path.
    public func recording(_ id: String, in room: RoomID) -> RecordingFolder {
        RecordingFolder(path: "\(folder)/\(room)/\(id)")
    }

    /// The ids of a room's recordings, in no order.
    public func recordings(in room: RoomID) throws(StorageError) -> [String] {
        let path = "\(folder)/\(room)"
        guard try Files.exists(path) else { return [] }
        // What else lies there is none.
        return try Files.names(in: path).filter { name in
            name.utf8.count == 16 && name.allSatisfy(\.isHexDigit)
        }
    }

    /// Bytes of all recordings of a room.
    public func byteCount(in room: RoomID) throws(StorageError) -> Int {
        var count = 0
        for id in try recordings(in: room) { count += try recording(id, in: room).byteCount() }
        return count
    }

    /// Bytes that the disk has left for those who are not its root.
    public func freeByteCount() throws(StorageError) -> Int {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { throw StorageError(errno: errno) }
        let (bytes, overflow) = Int(clamping: status.f_bavail)
            .multipliedReportingOverflow(by: Int(clamping: status.f_frsize))
        return overflow ? .max : bytes
    }
}

/// The files of one recording.
public struct RecordingFolder: Sendable {
    public let path: String

    /// Makes the folder with its head, durably; one that is there keeps its own.
    public func create(head: [UInt8]) throws(StorageError) {
        try Files.makeFolder(Files.folder(of: path))
        try Files.makeFolder(path)
        guard try !Files.exists(path + "/head.json") else { return }
        try write("head.json", head)
        try Files.syncFolder(of: path)
    }

    /// What it is; `nil` where there is no such recording.
    public func head() throws(StorageError) -> [UInt8]? { try Files.read(path + "/head.json") }

    /// How it ended; `nil` while it runs, or where a crash ended it.
    public func end() throws(StorageError) -> [UInt8]? { try Files.read(path + "/end.json") }

    public func writeEnd(_ bytes: [UInt8]) throws(StorageError) { try write("end.json", bytes) }

    public func index() throws(StorageError) -> [UInt8] { try Files.read(path + "/index") ?? [] }

    /// The numbers of its segments, in order.
    public func segments() throws(StorageError) -> [UInt32] {
        guard try Files.exists(path) else { return [] }
        return try Files.names(in: path).filter { $0.hasSuffix(".seg") }
            .compactMap { $0.utf8.count == 12 ? UInt32($0.dropLast(4)) : nil }.sorted()
    }

    /// A segment to be read piece by piece.
    public func segment(_ number: UInt32) throws(StorageError) -> BlobFile? {
        try BlobFile(path: segmentPath(number))
    }

    /// A segment that is written, or one that is begun.
    public func append(to number: UInt32) throws(StorageError) -> AppendFile {
        try AppendFile(path: segmentPath(number))
    }

    /// The index, to be written behind its last whole entry of so many bytes.
    public func appendToIndex(entry: Int) throws(StorageError) -> AppendFile {
        let file = try AppendFile(path: path + "/index")
        try file.truncate(toMultipleOf: entry)
        return file
    }

    /// A file that is made of the recording, under its name; `nil` where it was not made.
    public func made(_ name: String) throws(StorageError) -> BlobFile? {
        try BlobFile(path: "\(path)/\(name)")
    }

    /// A file that is being made; `finish` gives it its name.
    public func make(_ name: String) throws(StorageError) -> AppendFile {
        unlink("\(path)/\(name).part")
        return try AppendFile(path: "\(path)/\(name).part")
    }

    /// It is not made after all.
    public func abandon(_ name: String) { unlink("\(path)/\(name).part") }

    public func finish(_ name: String) throws(StorageError) {
        guard rename("\(path)/\(name).part", "\(path)/\(name)") == 0 else {
            throw StorageError(errno: errno)
        }
        try Files.syncFolder(of: "\(path)/\(name)")
    }

    /// Takes all of it away.
    public func remove() throws(StorageError) {
        guard try Files.exists(path) else { return }
        // The head last: what has none is no recording.
        let names = try Files.names(in: path).sorted { one, _ in one != "head.json" }
        for name in names { unlink("\(path)/\(name)") }
        guard rmdir(path) == 0 || errno == ENOENT else { throw StorageError(errno: errno) }
        try Files.syncFolder(of: path)
    }

    public func byteCount() throws(StorageError) -> Int {
        var count = 0
        for name in try Files.names(in: path) {
            var status = stat()
            if stat("\(path)/\(name)", &status) == 0 { count += Int(status.st_size) }
        }
        return count
    }

    private func segmentPath(_ number: UInt32) -> String {
        let digits = String(number)
        return "\(path)/\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).seg"
    }

    private func write(_ name: String, _ bytes: [UInt8]) throws(StorageError) {
        try Files.replace(
            "\(path)/\(name)",
            with: bytes,
            temporary: "\(path)/\(name).new",
            mode: 0o600
        )
    }
}

/// A file that grows; it is closed when it is released.
public final class AppendFile: Sendable {
    private let file: Int32

    init(path: String) throws(StorageError) {
        file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StorageError(errno: errno) }
    }

    public func append(_ bytes: [UInt8]) throws(StorageError) {
        try Files.write(bytes, to: file)
    }

    /// Makes what was written durable.
    public func sync() throws(StorageError) {
        guard fdatasync(file) == 0 else { throw StorageError(errno: errno) }
    }

    deinit { close(file) }

    /// Cuts off what stands behind so many bytes.
    public func truncate(to size: Int) throws(StorageError) {
        guard ftruncate(file, off_t(size)) == 0 else { throw StorageError(errno: errno) }
    }

    fileprivate func truncate(toMultipleOf size: Int) throws(StorageError) {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw StorageError(errno: errno) }
        let whole = Int(status.st_size) / max(size, 1) * max(size, 1)
        guard ftruncate(file, off_t(whole)) == 0 else { throw StorageError(errno: errno) }
    }

    /// Writes over bytes at a place. A file opened to append takes no place of `pwrite` on Linux: the
    /// mode is given up before.
    public func overwrite(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        let flags = fcntl(file, F_GETFL)
        guard fcntl(file, F_SETFL, flags & ~O_APPEND) == 0 else {
            throw StorageError(errno: errno)
        }
        try Files.write(bytes, to: file, at: offset)
        guard fcntl(file, F_SETFL, flags) == 0 else { throw StorageError(errno: errno) }
    }
}
