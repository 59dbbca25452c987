// Proves that comments on lines of their own go, that everything else stays, and lines keep their numbers.
import Testing

@testable import Server

struct ScriptCommentsTests {
    static let scripts: [(before: String, after: String)] = [
        ("", ""), ("a;\n", "a;\n"), ("// one\na;\n", "\na;\n"),
        ("  // one\n  a; // two\n", "\n  a; // two\n"),
        ("/** @type {A} */\na;\n", "\na;\n"), ("/* a\n * b\n */\na;\n", "\n\n\na;\n"),
        ("/** @type {A} */ (a);\n", "/** @type {A} */ (a);\n"),
        ("a = \"// no\";\n", "a = \"// no\";\n"),
        ("const b = `x ${y}`;\n// c\n", "const b = `x ${y}`;\n\n"),
        // What is not certain stays as it is.
        ("a = `\n// text\n`;\n", "a = `\n// text\n`;\n"), ("/* a\n */ b;\n", "/* a\n */ b;\n"),
        ("// a\n/* no end\n", "// a\n/* no end\n"),
    ]

    @Test(arguments: scripts)
    func `comments that fill lines go`(script: (before: String, after: String)) {
        let found = ScriptComments.removed(from: Array(script.before.utf8))
        #expect(String(decoding: found, as: UTF8.self) == script.after)
    }
}
