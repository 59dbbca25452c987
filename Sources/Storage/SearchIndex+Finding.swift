import Foundation
import GRDB
public import Ledger

/// A text that was found and that its reader may see, in short.
public struct SearchCandidate: Hashable, Sendable {
    public let id: Int64
    public let room: RoomID
    public let kind: SearchKind
    public let field: String?
    public let year: Int
    /// The less, the better (BM25, as FTS5 has it).
    public let score: Double

    public init(
        id: Int64,
        room: RoomID,
        kind: SearchKind,
        field: String?,
        year: Int,
        score: Double
    ) {
        self.id = id
        self.room = room
        self.kind = kind
        self.field = field
        self.year = year
        self.score = score
    }
}

/// Where a text that was found stands.
public struct SearchPlace: Hashable, Sendable {
    public let id: Int64
    public let room: RoomID
    public let sequence: UInt64
    public let kind: SearchKind
    public let slot: String?
    public let page: Int?
    public let field: String?
    public let at: Timestamp
    /// When its room was first opened.
    public let opened: Timestamp?
}

/// How closely a text has to fit.
public enum SearchManner: Sendable {
    /// All that is looked for.
    case exact
    /// Any part of it.
    case loose
}

extension SearchIndex {
    /// Texts that fit and that are within somebody's reach, at most `limit`; of more the newest, so that what nobody may see neither counts nor takes a place.
    public func find(
        _ query: SearchQuery,
        _ manner: SearchManner,
        for reach: SearchReach,
        in room: RoomID? = nil,
        limit: Int
    ) async throws(StorageError) -> [SearchCandidate] {
        guard let match = manner == .exact ? query.exact : query.loose else { return [] }
        let keys = String(decoding: try Self.json(reach.readers.map(\.key)), as: UTF8.self)
        let hidden = String(
            decoding: try Self.json(reach.hidden.map(\.description)),
            as: UTF8.self
        )
        return try await pool.reading { database in
            var rooms: [Int64: RoomID] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT number, id FROM rooms") {
                rooms[row[0]] = RoomID(bytes: Array(row[1] as Data))
            }
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT d.id, d.room, d.kind, d.field, r.year, bm25(words)
                    FROM words JOIN documents d ON d.id = words.rowid
                    JOIN rooms r ON r.number = d.room
                    WHERE words MATCH ?1 AND (d.open OR EXISTS (
                        SELECT 1 FROM readers WHERE document = d.id
                        AND reader IN (SELECT value FROM json_each(?2))
                    )) AND (?3 IS NULL OR r.id = ?3)
                    AND lower(hex(r.id)) NOT IN (SELECT value FROM json_each(?5))
                    ORDER BY words.rowid DESC LIMIT ?4
                    """,
                arguments: [match, keys, room?.blob, limit, hidden]
            )
            var found: [SearchCandidate] = []
            while let row = try rows.next() {
                guard let room = rooms[row[1]], let kind = SearchKind(rawValue: row[2]) else {
                    continue
                }
                found.append(
                    SearchCandidate(
                        id: row[0],
                        room: room,
                        kind: kind,
                        field: row[3],
                        year: row[4],
                        score: row[5]
                    )
                )
            }
            return found
        }
    }

    /// The places of some of them, in the order given; what went meanwhile is left out.
    public func places(of found: [SearchCandidate]) async throws(StorageError) -> [SearchPlace] {
        try await pool.reading { database in
            try found.compactMap { candidate in
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT d.*, r.opened FROM documents d JOIN rooms r ON r.number = d.room
                        WHERE d.id = ?
                        """,
                    arguments: [candidate.id]
                )
                guard let row else { return nil }
                let opened: Int64? = row["opened"]
                return SearchPlace(
                    id: candidate.id,
                    room: candidate.room,
                    sequence: UInt64(clamping: row["sequence"] as Int64),
                    kind: candidate.kind,
                    slot: row["slot"],
                    page: row["page"],
                    field: row["field"],
                    at: Timestamp(milliseconds: UInt64(clamping: row["at"] as Int64)),
                    opened: opened.map { Timestamp(milliseconds: UInt64(clamping: $0)) }
                )
            }
        }
    }

    /// Texts in all.
    public func count() async throws(StorageError) -> Int {
        try await pool.reading { try Int.fetchOne($0, sql: "SELECT count(*) FROM documents") ?? 0 }
    }

    private static func json(_ texts: [String]) throws(StorageError) -> Data {
        try StorageError.typed { try JSONEncoder().encode(texts) }
    }
}
