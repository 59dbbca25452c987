internal import Archive
internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

// What a room came to, and when it is.
extension API {
    /// `GET /rooms/R/outcome?format=json|md|csv&lang=&offset=`: for staff at any time, for others who may
    /// read the room once it is over.
    func outcome(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        let reading = try await reading(room)
        try reading.requireSignature()
        guard !reading.isClosed || reading.member != nil else {
            throw WireError(Rejection.notAdmitted)
        }
        let (state, texts) = try await world.withHost(of: room) { host, _, _ in
            (host.durable, host.texts)
        }
        let over: [Lifecycle.Name] = [.followUp, .closed, .cancelled]
        guard reading.reader.sees(.staff) || over.contains(state.lifecycle.name) else {
            throw WireError(Rejection.wrongState(state.lifecycle.name, allowed: over))
        }
        let (language, zone) = try place(request)
        try await disclose(.transcript, in: room, to: reading, request)
        let key = world.store.key.publicKey.fingerprint
        let outcome = Outcome(of: room, state, texts, key: key)
        switch request.query["format"] ?? "json" {
        case "json":
            var response = json { outcome.write(to: &$0) }
            response.fields[.cacheControl] = "no-store"
            return response
        case "md":
            let text = outcome.markdown(in: language, zone: zone)
            return download(.bytes(Array(text.utf8)), .markdown, "luyan-\(room)-outcome.md")
        case "csv":
            let table = outcome.table(in: language)
            return download(.bytes(table.bytes), .csv, "luyan-\(room)-outcome.csv")
        default: throw FieldFault("format", "json, md or csv").error
        }
    }

    /// `GET /rooms/R/calendar.ics`: title, time and address, which everybody is told.
    func calendar(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        let (state, texts) = try await world.withHost(of: room) { host, _, _ in
            (host.durable, host.texts)
        }
        guard let entry = calendarEntry(of: room, state, texts, request) else {
            throw WireError(.notFound, "there is no such room")
        }
        let file = CalendarFile([entry], made: world.clock.now())
        return download(.bytes(file.bytes), .calendar, "luyan-\(room).ics")
    }

    /// `nil` for a room that was never made.
    func calendarEntry(
        of room: RoomID,
        _ state: Room,
        _ texts: RoomTextBook,
        _ request: Request
    ) -> CalendarFile.Entry? {
        guard let frame = state.roadshow.frame, let title = texts.room?.title else { return nil }
        return CalendarFile.Entry(
            id: "\(room)@\(world.store.key.publicKey.fingerprint.hex.prefix(16))",
            title: title,
            url: "\(world.settings.base(reachedAs: request.head.authority))/r/\(room)",
            from: frame.startsAt,
            milliseconds: frame.plannedMilliseconds,
            isCancelled: state.lifecycle.name == .cancelled
        )
    }
}
