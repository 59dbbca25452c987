internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

extension API {
    func rooms() -> Response {
        json { writer in
            writer.member(
                "rooms",
                array: { array in
                    let now = world.clock.now()
                    for summary in world.directory.listed(at: now) {
                        array.object { summary.writeMembers(to: &$0, at: now) }
                    }
                }
            )
        }
    }

    /// What rooms can be made from, as the site has it.
    func templates() -> Response {
        json { writer in
            writer.member(
                "templates",
                array: { array in
                    for template in world.templates.all { array.value(template.json) }
                }
            )
        }
    }

    /// A room in short, with the event that it stands in.
    func room(_ room: RoomID) async throws(WireError) -> Response {
        guard let summary = world.directory[room] else { throw .noSuchRoom }
        let event = try await stored { try await world.store.people.publicEvent(holding: room) }
        return json { object in
            summary.writeMembers(to: &object, at: world.clock.now())
            guard let event else { return }
            object.member("hall", orNull: event.halls.first { $0.room == room }?.name)
            object.member("event", object: { event.write(to: &$0) })
        }
    }

    /// A room of one's own: an organiser's, who becomes its moderator.
    func createRoom(_ request: Request) async throws(WireError) -> Response {
        let person = try caller.signedIn()
        let json = try world.templates.filled(try object(request))
        let plan = try RoomPlan(reading: json)
        let chosen = try json.requestID().flatMap { person.room(madeBy: $0) }
        let event = try await event(of: json)
        let maker = RoomMaker(world: world)
        let room = try await maker.make(plan, as: chosen) { (room) throws(WireError) in
            // First the right, then the room: a crash between leaves no room without a moderator.
            try await stored {
                let grant = Grant(role: Role.moderator.rawValue)
                try await world.store.people.give(grant, to: person.id, in: room)
            }
        }
        guard let member = person.member(in: room) else { throw .unavailable("member") }
        if let event {
            let hall = PublicEvent.Hall(room: room, name: try json.hallName())
            let refusal = try await stored { try await world.store.people.add(hall, to: event) }
            if let refusal { throw refusal.error }
        }
        let isKnown = try await world.withHost(of: room) { host, _, _ in
            host.durable.members[member] != nil
        }
        if !isKnown {
            _ = try await world.perform(
                .admit(member, roles: [.moderator], slots: []),
                in: room,
                by: Speaker(.server, card: try card(of: person))
            )
        }
        return self.json(status: .created) { $0.member("room", "\(room)") }
    }

    /// The event that a new room is to stand in; it must be the caller's, and have a place left.
    private func event(of json: JSON) async throws(WireError) -> PublicEvent.ID? {
        guard let given = json["event"], !given.isNull else { return nil }
        guard let id = given.text.flatMap({ PublicEvent.ID($0) }) else {
            throw FieldFault("event", "an event's id").error
        }
        _ = try json.hallName()
        guard try await own(id).halls.count < People.publicEventRoomLimit else {
            throw PublicEventRefusal.tooManyRooms(limit: People.publicEventRoomLimit).error
        }
        return id
    }

    /// A sign-in link into a room, made by its moderator.
    func invite(to room: RoomID, _ request: Request) async throws(WireError) -> Response {
        _ = try await moderator(of: room)
        let json = try object(request)
        guard let role = json["role"]?.text.flatMap(Role.init(rawValue:)) else {
            let names = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw FieldFault("role", "one of \(names)").error
        }
        let uses = try json.natural("uses", 1...Self.mostUses, default: 1)
        let hours = try json.natural("hours", 1...Self.mostHours, default: 7 * 24)
        var slot: SlotID?
        let given = json["slot"].flatMap { $0.isNull ? nil : $0 }
        guard (given != nil) == (role == .presenter) else {
            throw FieldFault("slot", "a slot's id for a presenter, none for another").error
        }
        if let given {
            guard let known = given.text.flatMap({ SlotID($0) }) else {
                throw FieldFault("slot", "a slot's id").error
            }
            slot = known
            let exists = try await world.withHost(of: room) { host, _, _ in
                host.durable.roadshow.slots.contains { $0.frame.id == known }
            }
            guard exists else { throw WireError(Rejection.noSuchSlot(known)) }
        }
        var name: String?
        if let given = json["name"]?.text, !given.isEmpty {
            name = try NameCard.accepted(name: given)
        }
        let (token, expires) = try await stored { [slot, name] in
            try await world.invite(
                to: room,
                role: role.rawValue,
                slot: slot?.description,
                name: name,
                uses: uses,
                lives: Int64(hours) * 3_600_000
            )
        }
        return self.json(status: .created) { writer in
            writer.member("token", token.text)
            writer.member("url", "/join#\(token.text)")
            writer.member("expires", expires.milliseconds)
            writer.member("id", InviteRecord.id(of: token.digest))
        }
    }

    /// People whom one link lets in, and hours that it lives.
    private static let mostUses = 10_000
    private static let mostHours = 90 * 24
}

extension RoomSummary {
    func writeMembers(to object: inout JSONWriter, at now: Timestamp) {
        object.member("room", "\(room)")
        object.member("kind", "roadshow")
        object.member("title", title)
        object.member("state", state.rawValue)
        object.member("startsAt", startsAt.milliseconds)
        object.member("language", language)
        object.member("slots", slots)
        object.member("here", here)
        object.member("group", group(at: now).name)
    }
}

extension RoomPlan {
    /// A plan as the form sends it; times in minutes, 8 and 7 where they are not given.
    init(reading json: JSON) throws(WireError) {
        guard let title = json["title"]?.text else { throw FieldFault("title", "a string").error }
        guard let start = json["startsAt"]?.integer, (0...(1 << 53 - 1)).contains(start) else {
            throw FieldFault("startsAt", "milliseconds since the epoch").error
        }
        let (door, form, terms) = try Self.door(reading: json)
        let (rules, grace) = try StageRules.reading(json["rules"] ?? .null)
        let language = json["language"]?.text ?? "zh-CN"
        guard ["zh-CN", "en"].contains(language) else {
            throw FieldFault("language", "zh-CN or en").error
        }
        guard let items = json["slots"]?.items else { throw FieldFault("slots", "an array").error }
        var frames: [SlotFrame] = []
        var texts: [SlotTexts] = []
        for (index, item) in items.enumerated() {
            let id = SlotID(place: index + 1)
            guard let title = item["title"]?.text else {
                throw FieldFault("slots.title", "a string").error
            }
            frames.append(
                SlotFrame(
                    id: id,
                    pitchMilliseconds: try Self.minutes(item, "pitchMinutes", default: 8),
                    questionsMilliseconds: try Self.minutes(item, "qaMinutes", default: 7)
                )
            )
            texts.append(
                SlotTexts(
                    id: id,
                    title: title,
                    abstract: item["abstract"]?.nonEmptyText,
                    field: item["field"]?.nonEmptyText,
                    presenters: item["presenters"]?.nonEmptyText,
                    organisation: item["organisation"]?.nonEmptyText,
                    source: item["source"]?.nonEmptyText
                )
            )
        }
        var judging: JudgingPlan?
        if let given = json["judging"], !given.isNull {
            judging = try JudgingPlan(reading: given)
        }
        self.init(
            frame: RoomFrame(
                language: language,
                startsAt: Timestamp(milliseconds: UInt64(start)),
                slots: frames,
                graceMilliseconds: grace,
                rules: rules,
                subject: try json.choice("subject", default: Subject.project),
                door: door
            ),
            texts: RoomTexts(
                title: title,
                genre: json["genre"]?.nonEmptyText,
                slots: texts,
                form: form,
                terms: terms
            ),
            judging: judging
        )
    }

    private static func minutes(
        _ item: JSON,
        _ name: String,
        default standard: UInt64
    ) throws(WireError) -> UInt64 {
        guard let value = item[name], !value.isNull else { return standard * 60_000 }
        guard let minutes = value.integer, (0...600).contains(minutes) else {
            throw FieldFault("slots.\(name)", "whole minutes from 0 to 600").error
        }
        return UInt64(minutes) * 60_000
    }
}

extension JSON {
    /// What a request that makes something is called, so that it makes one thing however often it comes.
    func requestID() throws(WireError) -> String? {
        guard let id = self["id"], !id.isNull else { return nil }
        guard let text = id.text, (1...64).contains(text.utf8.count) else {
            throw FieldFault("id", "1 to 64 characters").error
        }
        return text
    }

    fileprivate var nonEmptyText: String? {
        guard let text, !text.isEmpty else { return nil }
        return text
    }
}
