/// A folder of small texts beside the databases. Each is whole and durable once it is written, or
/// what was there before, and a secret is readable by its owner alone from its first byte.
public struct TextFolder: Sendable {
    private let path: String

    /// Makes the folder and the one it is in, unless they are there; what is above them must be.
    /// - Throws: what keeps the disk from it.
    public init(_ name: String, in folder: String) throws(StorageError) {
        path = folder + "/" + name
        try Files.makeFolder(folder)
        try Files.makeFolder(path)
    }

    /// Where a text is, for those who read it themselves.
    public func path(of name: String) -> String { path + "/" + name }

    /// The text of that name; `nil` when there is none.
    /// - Throws: what keeps it from being read.
    public func read(_ name: String) throws(StorageError) -> String? {
        try Files.read(path(of: name)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Puts a text in place of what has that name.
    /// - Throws: what keeps it from being written; what was there is there still.
    public func write(
        _ text: String,
        to name: String,
        isSecret: Bool
    ) throws(StorageError) {
        try Files.replace(
            path(of: name),
            with: Array(text.utf8),
            temporary: path(of: name) + ".new",
            mode: isSecret ? 0o600 : 0o644
        )
    }
}
