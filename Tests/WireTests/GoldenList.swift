// Lists of JSON as golden files: one array, each item a line, so that a diff shows what changed.
import TestSupport
import Wire

struct GoldenList {
    private var lines: [String] = []

    /// Adds an object with these members, whose values are JSON already.
    mutating func add(_ members: [(name: String, json: [UInt8])]) {
        var writer = JSONWriter()
        writer.object { writer in
            for member in members { writer.member(member.name, raw: member.json) }
        }
        lines.append(String(decoding: writer.bytes, as: UTF8.self))
    }

    /// The whole file.
    var text: String { "[\n" + lines.joined(separator: ",\n") + "\n]\n" }

    /// What the golden file of that name holds.
    func expected(_ name: String, beside test: String = #filePath) throws -> String {
        try GoldenFile.text(name, updatingTo: text, beside: test)
    }
}

extension JSON {
    init(_ text: String) throws {
        self = try JSONParser.parse(Array(text.utf8))
    }
}
