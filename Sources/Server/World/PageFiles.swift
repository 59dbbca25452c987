internal import Compression
internal import Foundation
internal import HTTP
internal import OpenSSL

/// The pages' files, read once at the start.
enum PageFiles {
    /// Kinds of files that pages are made of; nothing else in the folder is served.
    private static let extensions: Set<String> = [
        "html", "js", "css", "json", "svg", "png", "ico", "wasm", "webmanifest", "woff2", "txt",
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
                let file = root.appending(path: path)
                var bytes = [UInt8](try Data(contentsOf: file))
                // Licences stay with what is others' work.
                if path.hasSuffix(".js"), !path.hasPrefix("vendor/") {
                    bytes = ScriptComments.removed(from: bytes)
                }
                let changed = try file.resourceValues(forKeys: [.contentModificationDateKey])
                files.add(
                    path,
                    bytes: bytes,
                    digest: SHA256.hash(bytes).bytes,
                    modified: changed.contentModificationDate.map { date in
                        HTTPDate(secondsSinceEpoch: Int64(date.timeIntervalSince1970))
                    }
                )
            }
        } catch let failure as StartFailure {
            throw failure
        } catch {
            throw .pagesMissing(folder: folder, cause: error.localizedDescription)
        }
        return files
    }

    /// The files with what gzip and brotli make of them, each as small as it gets: some seconds of
    /// work, so that it is done beside the server's first answers.
    /// - Throws: `CompressionError`, or `CancellationError` when the server ends before.
    static func packed(_ files: StaticFiles) throws -> StaticFiles {
        var packed = files
        for path in files.paths {
            guard let file = files[path], file.type.isCompressible else { continue }
            try Task.checkCancellation()
            packed.add(try Gzip.compress(file.bytes), in: .gzip, of: path)
            packed.add(try Brotli.compress(file.bytes), in: .brotli, of: path)
        }
        return packed
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
