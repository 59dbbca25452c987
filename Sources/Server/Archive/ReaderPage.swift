internal import Foundation
internal import HTTP

/// The replay as one document that needs no server and no line: modules, looks and texts within it, the
/// log between `head` and `tail`.
///
/// A browser imports no module from a file, so that each stands in an import map as a `data:` address,
/// under the name by which the others ask for it. What a replay never asks for is left out.
public struct ReaderPage: Sendable {
    /// What goes before the log.
    public let head: [UInt8]
    /// What goes behind it.
    public let tail: [UInt8]

    /// The module that shows the log.
    private static let entry = "replay/offline.js"
    /// What is imported by a name that is made up: the texts.
    private static let catalogues = ["", "replay.", "polls.", "judging."].flatMap { part in
        ["zh-CN", "en"].map { "i18n/\(part)\($0).js" }
    }
    /// Looks beside those of every page.
    private static let styles = ["styles/replay.css", "styles/polls.css", "styles/judging.css"]
    private static let document = "index.html"

    /// Makes it of the pages in a folder.
    /// - Throws: `StartFailure.pagesMissing` where the folder lacks what a replay needs.
    public init(pagesIn folder: String) throws(StartFailure) {
        do {
            try self.init(try PageFiles.read(folder))
        } catch let missing as MissingPart {
            throw .pagesMissing(folder: folder, cause: "there is no \(missing.path)")
        } catch let failure as StartFailure {
            throw failure
        } catch {
            throw .pagesMissing(folder: folder, cause: "\(error)")
        }
    }

    init(_ pages: StaticFiles) throws(MissingPart) {
        let linked = try Self.text(Self.document, in: pages).split(separator: "\n")
            .filter { $0.contains(#"rel="stylesheet""#) }
            .compactMap { ReaderModule.quoted(in: $0, after: "href=")?.dropFirst() }
        var looks: [String] = []
        for path in linked.map(String.init) + Self.styles {
            looks.append(try Self.text(path, in: pages))
        }
        let modules = try Self.modules(of: pages).sorted { $0.path < $1.path }
        let map = modules.map { module in
            let address = Data(module.source.utf8).base64EncodedString()
            return #""\#(ReaderModule.name(of: module.path))":"#
                + #""data:text/javascript;base64,\#(address)""#
        }
        head = Array(
            """
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>路演 Luyan</title>
            <link rel="icon" href="data:,">
            <style>
            \(looks.joined(separator: "\n"))
            </style>
            <script type="importmap">{"imports":{\(map.joined(separator: ","))}}</script>
            </head>
            <body>
            <div id="app"><noscript>需要 JavaScript。 This page needs JavaScript.</noscript></div>
            <script type="application/jsonl" id="log">

            """.utf8
        )
        tail = Array(
            """
            </script>
            <script type="module">import "\(ReaderModule.name(of: Self.entry))";</script>
            </body>
            </html>

            """.utf8
        )
    }

    /// A piece of the log as it may stand in the document, whatever was written in it.
    ///
    /// In a log `<` stands within strings alone, where JSON may spell it otherwise: so nothing ends the
    /// block that holds the log, wherever its pieces are cut.
    public static func escape(_ piece: [UInt8]) -> [UInt8] {
        guard piece.contains(UInt8(ascii: "<")) else { return piece }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(piece.count + 64)
        for byte in piece {
            if byte == UInt8(ascii: "<") {
                escaped += Array(#"\u003c"#.utf8)
            } else {
                escaped.append(byte)
            }
        }
        return escaped
    }

    /// The entry and all that is imported from there, but what is fetched later.
    private static func modules(of pages: StaticFiles) throws(MissingPart) -> [ReaderModule] {
        var found: [String: ReaderModule] = [:]
        var left = [entry] + catalogues
        while let path = left.popLast() {
            guard found[path] == nil else { continue }
            let module = ReaderModule(path, try text(path, in: pages))
            found[path] = module
            left += module.imports
        }
        return Array(found.values)
    }

    private static func text(_ path: String, in pages: StaticFiles) throws(MissingPart) -> String {
        guard let file = pages[path] else { throw MissingPart(path: path) }
        return String(decoding: file.bytes, as: UTF8.self)
    }

    /// What the pages' folder lacks.
    struct MissingPart: Error {
        let path: String
    }
}
