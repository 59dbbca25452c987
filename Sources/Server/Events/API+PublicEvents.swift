internal import Archive
internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

// Events (活动): rooms under one page, one programme and one code.
extension API {
    func answer(_ route: PublicEventRoute, _ request: Request) async throws(WireError) -> Response {
        switch route {
        case .list: try await publicEvents()
        case .make: try await makePublicEvent(request)
        case .read(let id): try await publicEvent(id)
        case .change(let id): try await changePublicEvent(id, request)
        case .remove(let id): try await removePublicEvent(id)
        case .code(let id): try await code(of: id)
        case .renewCode(let id): try await renewCode(of: id)
        case .calendar(let id): try await calendar(of: id, request)
        }
    }

    // MARK: Reading

    /// Events with rooms, and those of whoever asks also without.
    private func publicEvents() async throws(WireError) -> Response {
        let events = try await stored { try await world.store.people.publicEvents() }
        let now = world.clock.now()
        return json { writer in
            writer.member(
                "events",
                array: { array in
                    for event in events {
                        let isMine = mayChange(event)
                        let rooms = event.halls.compactMap { world.directory[$0.room] }
                        guard !rooms.isEmpty || isMine else { continue }
                        array.object { object in
                            event.write(to: &object)
                            object.member("mine", isMine)
                            object.member("rooms", rooms.count)
                            object.member("live", rooms.count { $0.group(at: now) == .live })
                            let group = rooms.map { $0.group(at: now) }.min()
                            object.member("group", (group ?? .coming).name)
                            let starts = rooms.map(\.startsAt.milliseconds)
                            object.member("from", orNull: starts.min())
                            object.member("until", orNull: starts.max())
                        }
                    }
                }
            )
        }
    }

    private func publicEvent(_ id: PublicEvent.ID) async throws(WireError) -> Response {
        try await shown(try await known(id))
    }

    /// An event with its programme, and for its organiser the rooms that could stand in it.
    private func shown(_ event: PublicEvent) async throws(WireError) -> Response {
        var halls: [HallProgramme] = []
        for hall in event.halls {
            guard world.directory[hall.room] != nil else { continue }
            halls.append(try await programme(of: hall))
        }
        let isMine = mayChange(event)
        let candidates = isMine ? try await candidates() : []
        let now = world.clock.now()
        return json { writer in
            event.write(to: &writer)
            writer.member("mine", isMine)
            writer.member(
                "rooms",
                array: { array in
                    for hall in halls { array.object { hall.write(to: &$0, at: now) } }
                }
            )
            guard isMine else { return }
            writer.member(
                "candidates",
                array: { array in
                    for room in candidates {
                        array.object { object in
                            object.member("room", "\(room.room)")
                            object.member("title", room.title)
                            object.member("startsAt", room.startsAt.milliseconds)
                        }
                    }
                }
            )
        }
    }

    private func programme(of hall: PublicEvent.Hall) async throws(WireError) -> HallProgramme {
        try await world.withHost(of: hall.room) { host, _, _ in HallProgramme(hall.name, host) }
    }

    /// Rooms that the caller moderates and that stand in no event, the newest first.
    private func candidates() async throws(WireError) -> [RoomSummary] {
        guard let person = caller.person else { return [] }
        let rooms = try await stored {
            try await world.store.people.roomsWithoutPublicEvent(moderatedBy: person.id)
        }
        return rooms.compactMap { world.directory[$0] }
            .filter { ![.unborn, .cancelled].contains($0.state) }
            .sorted { ($1.startsAt, "\($1.room)") < ($0.startsAt, "\($0.room)") }
    }

    // MARK: Changing

    private func makePublicEvent(_ request: Request) async throws(WireError) -> Response {
        let person = try caller.signedIn()
        let json = try object(request)
        let profile = try PublicEvent.Profile(reading: json)
        let chosen = try json.requestID().flatMap { person.event(madeBy: $0) }
        let now = world.clock.now()
        let made = try await stored {
            try await world.store.people.makePublicEvent(
                profile,
                as: chosen,
                by: person.id,
                at: now
            )
        }
        let event = try made.orWireError()
        return self.json(status: .created) { $0.member("event", "\(event.id)") }
    }

    /// All of it at once: what is said of it, and its rooms in their order.
    private func changePublicEvent(
        _ id: PublicEvent.ID,
        _ request: Request
    ) async throws(WireError) -> Response {
        let before = try await own(id)
        let json = try object(request)
        let profile = try PublicEvent.Profile(reading: json)
        let halls = try [PublicEvent.Hall](reading: json["rooms"])
        for hall in halls where !before.halls.contains(where: { $0.room == hall.room }) {
            guard world.directory[hall.room] != nil else { throw .noSuchRoom }
            _ = try await moderator(of: hall.room)
        }
        let changed = try await stored {
            try await world.store.people.change(id, to: profile, halls: halls)
        }
        return try await shown(try changed.orWireError())
    }

    private func removePublicEvent(_ id: PublicEvent.ID) async throws(WireError) -> Response {
        _ = try await own(id)
        try await stored { try await world.store.people.removePublicEvent(id) }
        return Response(status: .noContent)
    }

    /// The code that opens all its rooms which are entered by one; made when it is first asked for.
    private func code(of id: PublicEvent.ID) async throws(WireError) -> Response {
        _ = try await own(id)
        let kept = try await stored { try await world.store.people.code(of: id) }
        guard let kept else { return try await renewCode(of: id) }
        return json { $0.member("code", kept) }
    }

    private func renewCode(of id: PublicEvent.ID) async throws(WireError) -> Response {
        _ = try await own(id)
        let code = try await stored {
            let code = try SecureRandom.digits(EntryCode.length)
            try await world.store.people.setCode(code, of: id)
            return code
        }
        return json { $0.member("code", code) }
    }

    private func calendar(
        of id: PublicEvent.ID,
        _ request: Request
    ) async throws(WireError) -> Response {
        let event = try await known(id)
        var entries: [CalendarFile.Entry] = []
        for hall in event.halls where world.directory[hall.room] != nil {
            let (state, texts) = try await world.withHost(of: hall.room) { host, _, _ in
                (host.durable, host.texts)
            }
            guard let entry = calendarEntry(of: hall.room, state, texts, request) else { continue }
            let title = [event.profile.title, hall.name, entry.title].compactMap(\.self)
            entries.append(
                entry.titled(title.joined(separator: " · "), at: event.profile.venue)
            )
        }
        let file = CalendarFile(entries, made: world.clock.now())
        return download(.bytes(file.bytes), .calendar, "luyan-\(id).ics")
    }

    // MARK: Rights

    private func known(_ id: PublicEvent.ID) async throws(WireError) -> PublicEvent {
        let found = try await stored { try await world.store.people.publicEvent(id) }
        guard let found else { throw WireError(.notFound, "there is no such event") }
        return found
    }

    /// An event that the caller may change.
    func own(_ id: PublicEvent.ID) async throws(WireError) -> PublicEvent {
        let event = try await known(id)
        guard mayChange(event) else {
            throw .needs("organiser", "only who made the event changes it")
        }
        return event
    }

    private func mayChange(_ event: PublicEvent) -> Bool {
        guard let person = caller.person else { return false }
        return person.isOperator || event.owner == person.id
    }
}
