/// One module of the pages, with others asked for by name instead of by their place beside it.
///
/// It reads the pages' own modules, which their formatter keeps to one spelling: what is imported at
/// the start of a line, what is fetched later by `import(` on one line.
struct ReaderModule {
    let path: String
    /// With names in place of relative addresses.
    let source: String
    /// The paths that it cannot begin without.
    let imports: [String]

    init(_ path: String, _ text: String) {
        self.path = path
        var (lines, imports): ([String], [String]) = ([], [])
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isImport = ["import ", "} from ", "export "].contains { line.hasPrefix($0) }
            if isImport, line.hasSuffix(#"";"#), let place = Self.quoted(in: line, after: ""),
                place.hasPrefix("."), let found = Self.resolve(place, from: path)
            {
                imports.append(found)
                lines.append(Self.replacing(place, by: Self.name(of: found), in: line))
            } else {
                lines.append(Self.naming(line, from: path))
            }
        }
        source = lines.joined(separator: "\n")
        self.imports = imports
    }

    /// The name by which others import it.
    static func name(of path: String) -> String { "luyan/\(path)" }

    /// What stands between the first two quotation marks behind a word.
    static func quoted(in line: Substring, after word: String) -> Substring? {
        var rest = line
        if !word.isEmpty {
            guard let place = line.firstRange(of: word) else { return nil }
            rest = line[place.upperBound...]
        }
        guard let open = rest.firstIndex(of: "\"") else { return nil }
        let text = rest[rest.index(after: open)...]
        return text.firstIndex(of: "\"").map { text[..<$0] }
    }

    /// The line with the name of what it fetches later, whose place may be made up behind its folder.
    private static func naming(_ line: Substring, from path: String) -> String {
        for call in [#"import("."#, "import(`."] {
            guard let begin = line.firstRange(of: call) else { continue }
            let start = line.index(before: begin.upperBound)
            let rest = line[start...]
            guard let slash = rest.prefix(while: { !"$\"`)".contains($0) }).lastIndex(of: "/"),
                let folder = resolve(rest[..<slash], from: path)
            else { continue }
            return line[..<start] + name(of: folder) + line[slash...]
        }
        return String(line)
    }

    private static func replacing(_ part: Substring, by name: String, in line: Substring) -> String
    {
        line[..<part.startIndex] + name + line[part.endIndex...]
    }

    /// A relative address from a file's folder; `nil` where it leads outside.
    private static func resolve(_ address: Substring, from path: String) -> String? {
        var parts = path.split(separator: "/").dropLast()
        for step in address.split(separator: "/") {
            switch step {
            case ".": continue
            case "..": guard parts.popLast() != nil else { return nil }
            default: parts.append(step)
            }
        }
        return parts.joined(separator: "/")
    }
}
