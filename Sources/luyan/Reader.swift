import ArgumentParser
import Foundation
import Server

/// `luyan reader`: a downloaded log as a page that plays it again without a server.
struct Reader: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reader",
        abstract: "Makes one HTML file that plays a downloaded log again, without a server.",
        discussion: """
            Example: luyan reader luyan-ROOM.jsonl -o reader.html

            Slides are looked for beside it as files/DIGEST.png (or .jpg), recordings as media/ID.webm.
            """
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "A log (JSON Lines).")
    var log: String

    @Option(name: .shortAndLong, help: "The file to make.")
    var output: String

    func run() throws {
        let page: ReaderPage
        do {
            page = try ReaderPage(pagesIn: try options.settings().web)
        } catch let failure as StartFailure {
            Exit.complain("\(failure)")
            throw Exit.badConfiguration
        }
        guard let source = FileHandle(forReadingAtPath: log) else {
            Exit.complain("\(log) cannot be read")
            throw Exit.badData
        }
        do {
            try write(page, source)
        } catch {
            Exit.complain("\(output) cannot be written: \(error.localizedDescription)")
            throw Exit.unavailable
        }
    }

    /// Beside its place first, so that a half of it is never taken for the whole.
    private func write(_ page: ReaderPage, _ source: FileHandle) throws {
        let half = URL(filePath: output + ".half")
        try Data(page.head).write(to: half)
        let file = try FileHandle(forWritingTo: half)
        try file.seekToEnd()
        while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty {
            try file.write(contentsOf: Data(ReaderPage.escape([UInt8](piece))))
        }
        try file.write(contentsOf: Data(page.tail))
        try file.close()
        let place = URL(filePath: output)
        if FileManager.default.fileExists(atPath: place.path) {
            _ = try FileManager.default.replaceItemAt(place, withItemAt: half)
        } else {
            try FileManager.default.moveItem(at: half, to: place)
        }
    }
}
