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
        // Who reads the outcome is a rule of its own, whoever reads the record.
        guard reading.isLetIn else { throw WireError(Rejection.notAdmitted) }
        let (state, texts) = try await world.withHost(of: room) { host, _, _ in
            (host.durable, host.texts)
        }
        let over: [Lifecycle.Name] = [.followUp, .closed, .archived, .cancelled]
        guard reading.reader.sees(.staff) || over.contains(state.lifecycle.name) else {
            throw WireError(Rejection.wrongState(state.lifecycle.name, allowed: over))
        }
        try reading.requireOutcome(of: state)
        let (language, zone) = try place(request)
        try await disclose(.transcript, in: room, to: reading, request)
        let key = world.store.key.publicKey.fingerprint
        let regions = try await regions(of: state, texts)
        let whole = Outcome(of: room, state, texts, regions: regions, key: key)
        // What was said stands in the record, and is for its audience alone.
        let outcome = reading.isArchived && !reading.isInside ? whole.withoutWords() : whole
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

    /// Where members come from, by the verified organisations on their cards.
    private func regions(
        of room: Room,
        _ texts: RoomTextBook
    ) async throws(WireError) -> [Outcome.Region] {
        var byOrganisation: [Int64: Int] = [:]
        for member in room.members.keys {
            guard let badge = texts.members[member]?.card.byline.affiliation?.badge,
                case .organisation(let number) = badge
            else { continue }
            byOrganisation[Int64(clamping: number), default: 0] += 1
        }
        let known = byOrganisation
        let places = try await stored { try await world.store.people.regions(of: Set(known.keys)) }
        var byProvince: [String: Int] = [:]
        for (organisation, region) in places {
            byProvince[Regions.province(of: region), default: 0] += known[organisation] ?? 0
        }
        return byProvince.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, members in
            let name = world.regions.name(of: code)
            return Outcome.Region(
                code: code,
                chinese: name?.chinese ?? code,
                english: name?.english,
                members: members
            )
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

extension API.Reading {
    /// Staff reads it in any case, others as the room's rules say.
    fileprivate func requireOutcome(of room: Room) throws(WireError) {
        guard !reader.sees(.staff) else { return }
        switch room.roadshow.rules.outcome {
        case .published: return
        case .members: if member == nil { throw WireError(Rejection.notAdmitted) }
        case .kept: throw WireError(Rejection.notPermitted(needs: [.moderator, .auditor]))
        }
    }
}
