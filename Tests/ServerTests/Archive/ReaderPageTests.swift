// Proves what a reader's document is made of, and that no log breaks out of its place in it.
import HTTP
import OpenSSL
import TestSupport
import Testing
import Wire

@testable import Server

struct ReaderPageTests {
    /// The least pages that a reader can be made of.
    private static let sources: [String: String] = [
        "index.html": #"<head>\#n<link rel="stylesheet" href="/styles/tokens.css">\#n</head>"#,
        "styles/tokens.css": "a{}", "styles/replay.css": "b{}", "styles/polls.css": "c{}",
        "styles/judging.css": "d{}",
        "replay/offline.js": #"import { a } from "../app/a.js";"#,
        "app/a.js": "export const a = 1;",
        "app/b.js": "export const b = 1;",
        "i18n/zh-CN.js": "", "i18n/en.js": "", "i18n/replay.zh-CN.js": "", "i18n/replay.en.js": "",
        "i18n/polls.zh-CN.js": "", "i18n/polls.en.js": "",
        "i18n/judging.zh-CN.js": "", "i18n/judging.en.js": "",
    ]

    private static func pages(_ sources: [String: String]) -> StaticFiles {
        var files = StaticFiles()
        for (path, text) in sources {
            let bytes = Array(text.utf8)
            files.add(path, bytes: bytes, digest: SHA256.hash(bytes).bytes)
        }
        return files
    }

    @Test func `a reader holds what it imports, and no more`() throws {
        let page = try ReaderPage(Self.pages(Self.sources))
        let head = String(decoding: page.head, as: UTF8.self)
        #expect(head.contains(#""luyan/app/a.js":"data:text/javascript;base64,"#))
        #expect(!head.contains("app/b.js"))
        #expect(head.contains("a{}\nb{}\nc{}\nd{}"))
        #expect(head.hasSuffix("id=\"log\">\n"))
        #expect(String(decoding: page.tail, as: UTF8.self).hasPrefix("</script>"))
        for path in Self.sources.keys where path != "app/b.js" {
            var fewer = Self.sources
            fewer[path] = nil
            #expect(throws: ReaderPage.MissingPart.self) { try ReaderPage(Self.pages(fewer)) }
        }
    }

    static let lines: [(line: String, becomes: String)] = [
        (#"import { a } from "../app/a.js";"#, #"import { a } from "luyan/app/a.js";"#),
        (#"import "./b.js";"#, #"import "luyan/rooms/b.js";"#),
        (#"} from "./x/y.js";"#, #"} from "luyan/rooms/x/y.js";"#),
        (#"export { a } from "../a.js";"#, #"export { a } from "luyan/a.js";"#),
        (
            #"  (await import("./late.js")).Late;"#,
            #"  (await import("luyan/rooms/late.js")).Late;"#
        ),
        ("import(`../i18n/${name}.js`)", "import(`luyan/i18n/${name}.js`)"),
        (#"/** @import { A } from "./a.js" */"#, #"/** @import { A } from "./a.js" */"#),
        (#"import { z } from "../../../z.js";"#, #"import { z } from "../../../z.js";"#),
        (#"const words = "./a.js";"#, #"const words = "./a.js";"#),
    ]
    @Test(arguments: lines)
    func `what is asked for has a name`(line: String, becomes: String) {
        #expect(ReaderModule("rooms/c.js", line).source == becomes)
    }

    @Test func `no log ends its block, wherever its pieces are cut`() throws {
        let log = Array(#"{"text":"</script><!--<script>\u003c 项目"}"#.utf8)
        let whole = ReaderPage.escape(log)
        #expect(!whole.contains(UInt8(ascii: "<")))
        for cut in log.indices {
            let pieces =
                ReaderPage.escape(Array(log[..<cut])) + ReaderPage.escape(Array(log[cut...]))
            #expect(pieces == whole)
        }
        let read = try JSONParser.parse(whole)["text"]?.text
        #expect(read == "</script><!--<script>< 项目")
    }
}
