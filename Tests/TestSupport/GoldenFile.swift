import Foundation

/// A file of expected text beside the tests that compare with it.
public enum GoldenFile {
    /// What the file of that name in `Golden/`, beside the calling test, holds. With `UPDATE_GOLDEN=1`
    /// in the environment it is first written anew, to be read in the diff.
    public static func text(
        _ name: String,
        updatingTo new: String,
        beside test: String = #filePath
    ) throws -> String {
        let file = URL(filePath: test).deletingLastPathComponent()
            .appending(path: "Golden").appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try Data(new.utf8).write(to: file)
        }
        return try String(contentsOf: file, encoding: .utf8)
    }
}
