internal import HTTP
internal import Ledger
internal import Rooms
internal import Storage
internal import Wire

/// What is asked of `GET /search`.
struct SearchRequest: Sendable {
    /// What is found: texts of rooms, events (活动), and people by their public pages.
    enum Kind: Hashable, Sendable {
        case text(SearchKind)
        case event
        case person

        init?(_ name: String) {
            switch name {
            case "event": self = .event
            case "person": self = .person
            default:
                guard let kind = SearchKind(rawValue: name) else { return nil }
                self = .text(kind)
            }
        }

        var name: String {
            switch self {
            case .text(let kind): kind.rawValue
            case .event: "event"
            case .person: "person"
            }
        }

        static let all = SearchKind.allCases.map(Kind.text) + [.event, .person]
    }

    /// Hits that are left out at most before those of a page.
    static let furthest = 10_000

    let query: SearchQuery
    let kind: Kind?
    let field: String?
    let year: Int?
    let state: RoomSummary.Group?
    let room: RoomID?
    /// Hits before those that are asked for.
    let after: Int

    init(_ items: Query) throws(WireError) {
        do throws(SearchQuery.Fault) {
            query = try SearchQuery(items["q"] ?? "")
        } catch {
            throw FieldFault("q", error.expected).error
        }
        kind = try Self.read(
            "kind",
            items,
            "one of \(Kind.all.map(\.name).joined(separator: ", "))"
        ) {
            Kind($0)
        }
        field = try Self.read("field", items, "1 to 200 characters") {
            (1...200).contains($0.unicodeScalars.count) ? $0 : nil
        }
        year = try Self.read("year", items, "a year, 1970 to 9999") {
            Int($0).flatMap { (1970...9999).contains($0) ? $0 : nil }
        }
        state = try Self.read("state", items, "live, coming or past") { name in
            [RoomSummary.Group.live, .coming, .past].first { $0.name == name }
        }
        room = try Self.read("room", items, "a room's id") { RoomID($0) }
        after =
            try Self.read("after", items, "0 to \(Self.furthest)") {
                Int($0).flatMap { (0...Self.furthest).contains($0) ? $0 : nil }
            } ?? 0
    }

    private static func read<Value>(
        _ name: String,
        _ items: Query,
        _ expected: String,
        _ parse: (String) -> Value?
    ) throws(WireError) -> Value? {
        guard let text = items[name], !text.isEmpty else { return nil }
        guard let value = parse(text) else { throw FieldFault(name, expected).error }
        return value
    }

    /// Whether only texts of rooms can be meant.
    var isOfRooms: Bool { field != nil || year != nil || state != nil || room != nil }
}

extension SearchQuery.Fault {
    fileprivate var expected: String {
        switch self {
        case .tooLong(let limit): "at most \(limit) characters"
        case .tooManyTerms(let limit): "at most \(limit) words"
        case .empty: "at least one letter, digit or Chinese character"
        }
    }
}
