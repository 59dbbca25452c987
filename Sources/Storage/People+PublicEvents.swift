import Foundation
import GRDB
public import Ledger
import OpenSSL

extension PeopleSchema {
    /// Events with their rooms and codes.
    static func registerPublicEvents(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("public-events") { database in
            try database.execute(
                sql: """
                    CREATE TABLE public_events (
                        id BLOB PRIMARY KEY,
                        owner INTEGER REFERENCES persons ON DELETE SET NULL,
                        title TEXT NOT NULL,
                        introduction TEXT,
                        venue TEXT,
                        language TEXT NOT NULL,
                        code TEXT,
                        made INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX public_events_by_owner ON public_events (owner);
                    CREATE INDEX public_events_by_made ON public_events (made);
                    CREATE TABLE public_event_rooms (
                        room BLOB PRIMARY KEY,
                        event BLOB NOT NULL REFERENCES public_events ON DELETE CASCADE,
                        hall TEXT,
                        place INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX public_event_rooms_by_event ON public_event_rooms (event, place);
                    """
            )
        }
    }
}

extension Person {
    /// The event that this person makes by a request of that id: sent again, it is the same event.
    public func event(madeBy request: String) -> PublicEvent.ID? {
        let input = Array("luyan/event/1".utf8) + secret + Array(request.utf8)
        return PublicEvent.ID(bytes: Array(SHA256.hash(input).bytes.prefix(16)))
    }
}

extension People {
    /// Events of one person, at most.
    public static let publicEventLimit = 200
    /// Rooms of one event, at most.
    public static let publicEventRoomLimit = 50

    /// Makes an event, as `chosen` or under a random id; one of that id stays as it is. `person` may
    /// change it; where there is none, operators alone.
    /// - Returns: `tooMany` where the person has as many as one may have.
    public func makePublicEvent(
        _ profile: PublicEvent.Profile,
        as chosen: PublicEvent.ID?,
        by person: Int64?,
        at now: Timestamp
    ) async throws(StorageError) -> Result<PublicEvent, PublicEventRefusal> {
        try await write { database in
            if let chosen, let known = try Self.publicEvent(chosen, database) {
                return .success(known)
            }
            let count =
                try Int.fetchOne(
                    database,
                    sql: "SELECT count(*) FROM public_events WHERE owner = ?",
                    arguments: [person]
                ) ?? 0
            guard count < Self.publicEventLimit else {
                return .failure(.tooMany(limit: Self.publicEventLimit))
            }
            let bytes = try chosen?.bytes ?? SecureRandom.bytes(PublicEvent.ID.byteCount)
            try database.execute(
                sql: """
                    INSERT INTO public_events
                    (id, owner, title, introduction, venue, language, made)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [Data(bytes), person] + profile.arguments + [now.integer]
            )
            guard let id = PublicEvent.ID(bytes: bytes),
                let made = try Self.publicEvent(id, database)
            else { return .failure(.noSuchEvent) }
            return .success(made)
        }
    }

    /// What is said of an event, and its rooms in their order, are these from now on.
    /// - Returns: `noSuchEvent`, `tooManyRooms`, or `roomTaken` for a room of another event.
    public func change(
        _ id: PublicEvent.ID,
        to profile: PublicEvent.Profile,
        halls: [PublicEvent.Hall]
    ) async throws(StorageError) -> Result<PublicEvent, PublicEventRefusal> {
        try await write { database in
            guard try Self.publicEvent(id, database) != nil else { return .failure(.noSuchEvent) }
            guard halls.count <= Self.publicEventRoomLimit else {
                return .failure(.tooManyRooms(limit: Self.publicEventRoomLimit))
            }
            for hall in halls {
                let other = try Self.eventID(of: hall.room, database)
                if let other, other != id { return .failure(.roomTaken(hall.room)) }
            }
            try database.execute(
                sql: """
                    UPDATE public_events SET title = ?, introduction = ?, venue = ?, language = ?
                    WHERE id = ?
                    """,
                arguments: profile.arguments + [id.blob]
            )
            try database.execute(
                sql: "DELETE FROM public_event_rooms WHERE event = ?",
                arguments: [id.blob]
            )
            for (place, hall) in halls.enumerated() {
                try Self.insert(hall, at: place, in: id, database)
            }
            guard let changed = try Self.publicEvent(id, database) else {
                return .failure(.noSuchEvent)
            }
            return .success(changed)
        }
    }

    /// Puts a room last in an event; one that stands in it already stays where it is.
    /// - Returns: why not, or `nil`.
    public func add(
        _ hall: PublicEvent.Hall,
        to id: PublicEvent.ID
    ) async throws(StorageError) -> PublicEventRefusal? {
        try await write { database in
            guard let event = try Self.publicEvent(id, database) else { return .noSuchEvent }
            if let other = try Self.eventID(of: hall.room, database) {
                return other == id ? nil : .roomTaken(hall.room)
            }
            guard event.halls.count < Self.publicEventRoomLimit else {
                return .tooManyRooms(limit: Self.publicEventRoomLimit)
            }
            let place = try Int.fetchOne(
                database,
                sql: "SELECT max(place) FROM public_event_rooms WHERE event = ?",
                arguments: [id.blob]
            )
            try Self.insert(hall, at: place.map { $0 + 1 } ?? 0, in: id, database)
            return nil
        }
    }

    /// Takes an event away; its rooms stay.
    public func removePublicEvent(_ id: PublicEvent.ID) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM public_events WHERE id = ?",
                arguments: [id.blob]
            )
        }
    }

    /// An event; `nil` where there is none of that id.
    public func publicEvent(_ id: PublicEvent.ID) async throws(StorageError) -> PublicEvent? {
        try await read { try Self.publicEvent(id, $0) }
    }

    /// The same at once, well under a millisecond, on any thread.
    public func publicEventNow(_ id: PublicEvent.ID) throws(StorageError) -> PublicEvent? {
        try readNow { try Self.publicEvent(id, $0) }
    }

    /// The event that a room stands in.
    public func publicEvent(holding room: RoomID) async throws(StorageError) -> PublicEvent? {
        try await read { database in
            try Self.eventID(of: room, database).flatMap { try Self.publicEvent($0, database) }
        }
    }

    /// The newest events, or those of one person.
    public func publicEvents(
        of person: Int64? = nil,
        limit: Int = 200
    ) async throws(StorageError) -> [PublicEvent] {
        try await read { database in
            let chosen = """
                FROM public_events WHERE ?1 IS NULL OR owner = ?1 ORDER BY made DESC, id LIMIT ?2
                """
            let arguments: StatementArguments = [person, limit]
            let rows = try Row.fetchAll(database, sql: "SELECT * " + chosen, arguments: arguments)
            // All their rooms at once: a home page lists many events.
            let halls = Dictionary(
                grouping: try Row.fetchAll(
                    database,
                    sql: """
                        SELECT event, room, hall FROM public_event_rooms
                        WHERE event IN (SELECT id \(chosen)) ORDER BY place
                        """,
                    arguments: arguments
                ),
                by: { $0["event"] as Data }
            )
            return try rows.map { try PublicEvent(row: $0, halls: halls[$0["id"]] ?? []) }
        }
    }

    /// The code that opens an event's rooms; `nil` where nobody asked for one.
    public func code(of id: PublicEvent.ID) async throws(StorageError) -> String? {
        try await read { database in
            try String.fetchOne(
                database,
                sql: "SELECT code FROM public_events WHERE id = ?",
                arguments: [id.blob]
            )
        }
    }

    /// The event's code is that from now on.
    public func setCode(_ code: String, of id: PublicEvent.ID) async throws(StorageError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE public_events SET code = ? WHERE id = ?",
                arguments: [code, id.blob]
            )
        }
    }

    /// Rooms that a person was made moderator of, and that stand in no event.
    public func roomsWithoutPublicEvent(
        moderatedBy person: Int64,
        limit: Int = 500
    ) async throws(StorageError) -> [RoomID] {
        try await read { database in
            try Data.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT room FROM grants
                    WHERE person = ? AND role = 'moderator'
                    AND room NOT IN (SELECT room FROM public_event_rooms) LIMIT ?
                    """,
                arguments: [person, limit]
            ).compactMap { RoomID(bytes: Array($0)) }
        }
    }

    private static func publicEvent(
        _ id: PublicEvent.ID,
        _ database: Database
    ) throws -> PublicEvent? {
        let sql = "SELECT * FROM public_events WHERE id = ?"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [id.blob]) else {
            return nil
        }
        let halls = try Row.fetchAll(
            database,
            sql: "SELECT room, hall FROM public_event_rooms WHERE event = ? ORDER BY place",
            arguments: [id.blob]
        )
        return try PublicEvent(row: row, halls: halls)
    }

    private static func eventID(of room: RoomID, _ database: Database) throws -> PublicEvent.ID? {
        let sql = "SELECT event FROM public_event_rooms WHERE room = ?"
        let blob = try Data.fetchOne(database, sql: sql, arguments: [room.blob])
        return blob.flatMap { PublicEvent.ID(bytes: Array($0)) }
    }

    private static func insert(
        _ hall: PublicEvent.Hall,
        at place: Int,
        in id: PublicEvent.ID,
        _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO public_event_rooms (room, event, hall, place) VALUES (?, ?, ?, ?)",
            arguments: [hall.room.blob, id.blob, hall.name, place]
        )
    }
}

extension RandomID {
    fileprivate var blob: Data { Data(bytes) }
}

extension PublicEvent.Profile {
    fileprivate var arguments: StatementArguments { [title, introduction, venue, language] }
}

extension PublicEvent {
    fileprivate init(row: Row, halls: [Row]) throws {
        guard let id = ID(bytes: Array(row["id"] as Data)) else { throw StorageError.corrupt }
        self.init(
            id: id,
            owner: row["owner"],
            profile: Profile(
                title: row["title"],
                introduction: row["introduction"],
                venue: row["venue"],
                language: row["language"]
            ),
            halls: try halls.map { hall in
                guard let room = RoomID(bytes: Array(hall["room"] as Data)) else {
                    throw StorageError.corrupt
                }
                return Hall(room: room, name: hall["hall"])
            },
            made: Timestamp(milliseconds: UInt64(clamping: row["made"] as Int64))
        )
    }
}
