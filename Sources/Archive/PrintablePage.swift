/// A transcript's Markdown as one page of HTML that prints well. It knows what transcripts are written
/// with and no more: headings, lists, rules, paragraphs, bold, italic, code.
public enum PrintablePage {
    public static func bytes(of markdown: String, in language: String) -> [UInt8] {
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
        let title =
            lines.first.map { HTMLText.escaped(unescaped($0.drop { $0 == "#" || $0 == " " })) }
            ?? ""
        var body = ""
        var isList = false
        for line in lines {
            let item = line.hasPrefix("- ") ? line.dropFirst(2) : nil
            if isList, item == nil, !line.hasPrefix("  - ") {
                body += "</ul>\n"
                isList = false
            }
            if let item {
                if !isList { body += "<ul>\n" }
                isList = true
                body += "<li>\(inline(item))</li>\n"
            } else if line.hasPrefix("  - ") {
                body += "<li class=\"deep\">\(inline(line.dropFirst(4)))</li>\n"
            } else if line == "---" {
                body += "<hr>\n"
            } else if let level = (1...3).last(where: {
                line.hasPrefix(String(repeating: "#", count: $0) + " ")
            }) {
                body += "<h\(level)>\(inline(line.dropFirst(level + 1)))</h\(level)>\n"
            } else if !line.isEmpty {
                body += "<p>\(inline(line))</p>\n"
            }
        }
        if isList { body += "</ul>\n" }
        return Array(
            """
            <!doctype html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6;
              font-family: "Noto Serif CJK SC", "Source Han Serif SC", Songti SC, serif; }
            ul { list-style: none; padding: 0; } li { margin: .3rem 0; overflow-wrap: anywhere; }
            li.deep { margin-left: 2rem; } code { color: #555; }
            h3 { break-after: avoid; } @page { margin: 2cm; }
            </style>
            </head>
            <body>
            \(body)</body>
            </html>

            """.utf8
        )
    }

    /// One line: escapes are undone, marks become elements, everything else is text.
    private static func inline(_ line: Substring) -> String {
        var html = ""
        var open: [String] = []
        var rest = line[...]
        while let character = rest.first {
            rest = rest.dropFirst()
            switch character {
            case "\\":
                guard let next = rest.popFirst() else { break }
                html += HTMLText.escaped(String(next))
            case "*":
                let isBold = rest.first == "*"
                if isBold { rest = rest.dropFirst() }
                let name = isBold ? "strong" : "em"
                if open.last == name {
                    html += "</\(open.removeLast())>"
                } else {
                    html += "<\(name)>"
                    open.append(name)
                }
            case "`":
                let code = rest.prefix { $0 != "`" }
                rest = rest.dropFirst(code.count + 1)
                html += "<code>\(HTMLText.escaped(String(code)))</code>"
            default: html += HTMLText.escaped(String(character))
            }
        }
        for name in open.reversed() { html += "</\(name)>" }
        return html
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let character = rest.popFirst() {
            result.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
        }
        return result
    }
}
