internal import Foundation
internal import HTTP
internal import OpenSSL

/// The pages' files, read once at the start.
enum PageFiles {
    /// Kinds of files that pages are made of; nothing else in the folder is served.
    private static let extensions: Set<String> = [
        "html", "js", "css", "json", "svg", "png", "ico", "webmanifest", "woff2", "txt",
    ]

    static func read(_ folder: String) throws(StartFailure) -> StaticFiles {
        let root = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
        var files = StaticFiles()
        do {
            guard FileManager.default.fileExists(atPath: root.appending(path: "index.html").path)
            else {
                throw StartFailure.pagesMissing(folder: folder, cause: "there is no index.html")
            }
            let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
            for path in paths where isServed(path) {
                let bytes = [UInt8](try Data(contentsOf: root.appending(path: path)))
                files.add(path, bytes: bytes, digest: SHA256.hash(bytes).bytes)
            }
        } catch let failure as StartFailure {
            throw failure
        } catch {
            throw .pagesMissing(folder: folder, cause: error.localizedDescription)
        }
        return files
    }

    private static func isServed(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard parts.first != "tests", !parts.contains(where: { $0.hasPrefix(".") }),
            let name = parts.last, let dot = name.lastIndex(of: ".")
        else { return false }
        return extensions.contains(String(name[name.index(after: dot)...]))
            && !name.hasSuffix(".d.ts") && name != "deno.json"
    }
}
