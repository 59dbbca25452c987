import Glibc
public import Ledger

/// Where bundles are kept: `bundles/ROOM/NAME.zip`; one that is being made is `NAME.part`, with how far
/// it is in `NAME.steps`.
public struct BundleShelf: Sendable {
    private let folder: String

    init(folder: String) throws(StorageError) {
        self.folder = folder
        try Files.makeFolder(folder)
    }

    public func bundles(of room: RoomID) -> BundleFolder {
        BundleFolder(path: "\(folder)/\(room)")
    }
}

/// The bundles of one room; names are of letters, digits and hyphens.
public struct BundleFolder: Sendable {
    public let path: String

    /// A folder of somebody's choice, which must be there.
    public init(path: String) { self.path = path }

    /// The names of bundles that were begun and are not finished.
    public func begun() throws(StorageError) -> [String] { try names(ending: ".part") }

    /// The names of finished bundles.
    public func finished() throws(StorageError) -> [String] { try names(ending: ".zip") }

    private func names(ending: String) throws(StorageError) -> [String] {
        guard try Files.exists(path) else { return [] }
        return try Files.names(in: path).filter { $0.hasSuffix(ending) }
            .map { String($0.dropLast(ending.utf8.count)) }.sorted()
    }

    public func file(_ name: String) throws(StorageError) -> BlobFile? {
        try BlobFile(path: "\(path)/\(name).zip")
    }

    /// What was written of a bundle that is being made.
    public func unfinished(_ name: String) throws(StorageError) -> BlobFile? {
        try BlobFile(path: "\(path)/\(name).part")
    }

    /// Goes on with a bundle, or begins it.
    public func open(_ name: String) throws(StorageError) -> AppendFile {
        try Files.makeFolder(path)
        return try AppendFile(path: "\(path)/\(name).part")
    }

    /// How far it is, as it was noted.
    public func steps(of name: String) throws(StorageError) -> [UInt8] {
        try Files.read("\(path)/\(name).steps") ?? []
    }

    /// Notes how far it is, behind what was noted before.
    public func openSteps(of name: String) throws(StorageError) -> AppendFile {
        try Files.makeFolder(path)
        return try AppendFile(path: "\(path)/\(name).steps")
    }

    /// It is whole: it gets its name, durably.
    public func finish(_ name: String) throws(StorageError) {
        guard rename("\(path)/\(name).part", "\(path)/\(name).zip") == 0 else {
            throw StorageError(errno: errno)
        }
        unlink("\(path)/\(name).steps")
        try Files.syncFolder(of: "\(path)/\(name).zip")
    }

    /// Takes a bundle away, and what was begun of it.
    public func remove(_ name: String) throws(StorageError) {
        for ending in ["zip", "part", "steps"] {
            guard unlink("\(path)/\(name).\(ending)") == 0 || errno == ENOENT else {
                throw StorageError(errno: errno)
            }
        }
        if try Files.exists(path) { try Files.syncFolder(of: "\(path)/\(name).zip") }
    }

    /// Takes all of them away.
    public func removeAll() throws(StorageError) {
        for name in try Set(finished() + begun()) { try remove(name) }
    }
}
