// Proves what is shown of a hit, how hits are counted, and who reads which text of an event.
import HTTP
import Ledger
import Rooms
import Storage
import Testing
import Wire

@testable import Server

struct SearchTests {
    static let snippets: [(text: String, query: String, pieces: [String])] = [
        ("肺癌的早期诊断", "早期", ["肺癌的", "[早期]", "诊断"]),
        ("一\n二", "二", ["一 ", "[二]"]),
        ("abc", "x", ["abc"]),
        ("", "x", []),
        (
            String(repeating: "前", count: 200) + "靶" + String(repeating: "后", count: 200), "靶",
            [
                "…", String(repeating: "前", count: 30), "[靶]", String(repeating: "后", count: 129),
                "…",
            ]
        ),
    ]

    @Test(arguments: snippets)
    func `a snippet has its marks`(text: String, query: String, pieces: [String]) throws {
        let snippet = SearchSnippet(of: text, for: try SearchQuery(query))
        #expect(snippet.pieces.map { $0.isMarked ? "[\($0.text)]" : $0.text } == pieces)
    }

    static let queries: [(query: [(String, String)], field: String?)] = [
        ([("q", "x")], nil), ([("q", "x"), ("kind", "slide")], nil),
        ([("q", "x"), ("kind", "")], nil),
        ([], "q"), ([("q", "…")], "q"), ([("q", "x"), ("kind", "notes")], "kind"),
        ([("q", "x"), ("year", "1969")], "year"), ([("q", "x"), ("state", "open")], "state"),
        ([("q", "x"), ("room", "r")], "room"), ([("q", "x"), ("after", "x")], "after"),
    ]

    @Test(arguments: queries)
    func `a bad field is named`(query: [(String, String)], field: String?) throws {
        let items = Query(query.map { Query.Item(name: $0.0, value: $0.1) })
        do throws(WireError) {
            _ = try SearchRequest(items)
            #expect(field == nil)
        } catch {
            #expect(error.values.first?.value.text == field)
        }
    }

    @Test func `each sort is counted as if nothing of it were chosen`() throws {
        let rooms = try [UInt8(1), 2].map { byte in
            try #require(RoomID(bytes: [UInt8](repeating: byte, count: 16)))
        }
        func hit(_ id: Int64, _ room: Int, _ kind: SearchKind, _ field: String?) -> SearchCandidate
        {
            SearchCandidate(
                id: id,
                room: rooms[room],
                kind: kind,
                field: field,
                year: 2025 + room,
                score: Double(id)
            )
        }
        let found = [
            hit(1, 0, .slot, "A"), hit(2, 0, .slot, "B"), hit(3, 0, .chat, nil),
            hit(4, 1, .slot, "A"), hit(5, 1, .chat, nil),
        ]
        let query = Query(
            [("q", "x"), ("kind", "slot"), ("year", "2025")].map {
                Query.Item(name: $0.0, value: $0.1)
            }
        )
        let facets = SearchFacets(of: found, for: try SearchRequest(query)) { room in
            room == rooms[0] ? .past : .live
        }
        #expect(facets.chosen.map(\.id) == [1, 2])
        #expect(facets.kinds == ["slot": 2, "chat": 1])
        #expect(facets.years == [2025: 2, 2026: 1])
        #expect(facets.fields == ["A": 1, "B": 1])
        #expect(facets.states == ["past": 2])
        // A room that is known to nobody counts for nothing.
        let unknown = SearchFacets(of: found, for: try SearchRequest(query)) { _ in nil }
        #expect(unknown.chosen.isEmpty && unknown.kinds.isEmpty)
    }
}
