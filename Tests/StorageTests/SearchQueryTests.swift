// Proves how texts are split and folded, what a query finds, and that nothing typed is syntax.
import Foundation
import Testing
import TestSupport

@testable import Storage

struct SearchQueryTests {
    static let texts: [(text: String, words: String)] = [
        ("", ""), ("。！？ 🙂", ""), ("肺", "肺"), ("肺癌", "肺癌 癌"), ("控制系统", "控制 制系 系统 统"),
        ("Lyapunov函数", "lyapunov 函数 数"), ("5G网络", "5g 网络 络"), ("ＡＢＣ１２", "abc12"),
        ("Café naïve", "cafe naive"), ("Cafe\u{301}", "cafe"), ("ﬁn", "fin"),
        ("漢語軟體", "汉语 语软 软体 体"),
        ("カタ", "カタ タ"), ("ｶﾀ", "カタ タ"), ("a_b-c", "a b c"), ("don't", "don t"),
        ("甲，乙", "甲 乙"), ("👩‍🔬化学", "化学 学"), ("\u{200B}x\u{202E}", "x"),
        ("Ünïcode", "unicode"), ("Привет мир", "привет мир"), ("한국어 말", "한국어 말"),
    ]

    @Test(arguments: texts)
    func `a text has these words`(text: String, words: String) {
        let indexed = SearchWords(text).indexed
        #expect(indexed.precomposedStringWithCanonicalMapping == words)
    }

    @Test func `a word is no longer than it may be`() {
        #expect(SearchWords(String(repeating: "x", count: 500)).indexed.count == 64)
    }

    static let queries: [(query: String, exact: String, loose: String?)] = [
        ("肺", #""肺" *"#, nil),
        ("肺癌", #""肺癌""#, nil),
        ("控制系统", #""控制 制系 系统""#, #""制系" OR "控制" OR "系统""#),
        ("lyap", #""lyap" *"#, nil),
        ("5G网络", #""5g" * AND "网络""#, #""5g" OR "网络""#),
        ("\"optimal control\"", #""optimal control""#, #""control" OR "optimal""#),
        ("“最优 control", #""最优 优 control""#, #""control" OR "优" OR "最优""#),
        ("a OR b", #""a" * AND "or" * AND "b" *"#, #""a" OR "b" OR "or""#),
        ("text: x*", #""text" * AND "x" *"#, #""text" OR "x""#),
        (
            "NEAR(a b, 1)", #""near" * AND "a" * AND "b" * AND "1" *"#,
            #""1" OR "a" OR "b" OR "near""#
        ),
    ]

    @Test(arguments: queries)
    func `a query becomes these words`(query: String, exact: String, loose: String?) throws {
        let query = try SearchQuery(query)
        #expect(query.exact == exact)
        #expect(query.loose == loose)
    }

    static let refused: [(query: String, fault: SearchQuery.Fault)] = [
        ("", .empty), ("  ", .empty), ("\"\"", .empty), ("🙂🙂", .empty), ("*", .empty),
        (String(repeating: "x", count: 201), .tooLong(limit: 200)),
        (String(repeating: "x ", count: 17), .tooManyTerms(limit: 16)),
    ]

    @Test(arguments: refused)
    func `what cannot be looked for is refused`(query: String, fault: SearchQuery.Fault) {
        #expect(throws: fault) { try SearchQuery(query) }
    }

    @Test func `what is just short enough is taken`() throws {
        _ = try SearchQuery(String(repeating: "x", count: 200))
        _ = try SearchQuery(String(repeating: "x ", count: 16))
    }

    static let marks: [(query: String, text: String, marks: [String])] = [
        ("肺", "肺癌与肺", ["肺", "肺"]), ("控制", "姿态控制系统", ["控制"]),
        ("lyap", "the Lyapunov one", ["Lyapunov"]),
        ("yap", "the Lyapunov one", []), ("\"lyap\"", "the Lyapunov one", []),
        ("漢語", "汉语课", ["汉语"]),
        ("ABC", "ａｂｃ", ["ａｂｃ"]), ("a b", "b c a", ["b", "a"]),
        ("\"最优 control\"", "求最优 control", ["最优 control"]), ("\"优 control\"", "优x control", []),
        ("控制理论", "控制系统", ["控制"]), ("café", "Cafe\u{301}s", ["Cafe\u{301}s"]),
    ]

    @Test(arguments: marks)
    func `marks stand where words do`(query: String, text: String, marks: [String]) throws {
        let query = try SearchQuery(query)
        let found = query.marks(in: text).map { String(text[$0]) }
        #expect(found == marks)
    }

    @Test func `whatever is typed is refused as it should be or is sound to SQLite`() async throws {
        let folder = try TemporaryFolder()
        let index = try SearchIndex(path: folder.path + "/search.sqlite")
        let pieces = [
            "\"", "“", "'", "*", "AND", "OR", "NOT", "NEAR(", ")", "{", "}", ":", "^", "+", "-",
            ";", "--",
            "肺", "癌", "控制", "a", "É", "ﬁ", "🙂", "\u{301}", "\u{0}", "\u{FFFD}", " ", "　", "1", "ｱ",
            "ß",
        ]
        var generator = SplitMix64(seed: 32)
        for round in 0..<400 {
            let count = Int.random(in: 0...30, using: &generator)
            let text = (0..<count).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }
            .joined()
            let query: SearchQuery
            do throws(SearchQuery.Fault) { query = try SearchQuery(text) } catch { continue }
            for manner in [SearchManner.exact, .loose] {
                await #expect(throws: Never.self, "round \(round): \(text)") {
                    _ = try await index.find(query, manner, for: SearchReach(), limit: 9)
                }
            }
            _ = query.marks(in: text)
        }
        try index.close()
    }
}
