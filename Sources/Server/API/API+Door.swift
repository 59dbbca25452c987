internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

// Invitations, entry codes and tickets.
extension API {
    func invites(to room: RoomID) async throws(WireError) -> Response {
        _ = try await moderator(of: room)
        let records = try await stored { try await world.store.people.invites(to: room) }
        return json { writer in
            writer.member(
                "invites",
                array: { array in for record in records { array.object { record.write(to: &$0) } } }
            )
        }
    }

    func revoke(_ id: String, in room: RoomID) async throws(WireError) -> Response {
        _ = try await moderator(of: room)
        let isKnown = try await stored { try await world.store.people.revokeInvite(id, to: room) }
        guard isKnown else { throw WireError(.notFound, "the room has no such link") }
        return Response(status: .noContent)
    }

    /// The entry code, for its moderators: made when it is first asked for.
    func code(of room: RoomID) async throws(WireError) -> Response {
        try await requireCodeDoor(of: room)
        let kept = try await stored { try await world.store.people.entryCode(of: room) }
        guard let kept else { return try await renewCode(of: room) }
        return json { $0.member("code", kept) }
    }

    /// Another code: who came by the one before stays in.
    func renewCode(of room: RoomID) async throws(WireError) -> Response {
        try await requireCodeDoor(of: room)
        let code = try await stored {
            let code = try SecureRandom.digits(EntryCode.length)
            try await world.store.people.setEntryCode(code, of: room)
            return code
        }
        return json { $0.member("code", code) }
    }

    private func requireCodeDoor(of room: RoomID) async throws(WireError) {
        _ = try await moderator(of: room)
        guard try await door(of: room).admission == .code else {
            throw WireError(.notFound, "the room is not entered by a code")
        }
    }

    private func door(of room: RoomID) async throws(WireError) -> Door {
        try await world.withHost(of: room) { host, _, _ in host.durable.door }
    }

    /// Somebody gives the entry code, and may join from then on.
    func enter(_ room: RoomID, _ request: Request) async throws(WireError) -> Response {
        let person = try caller.signedIn()
        guard let given = try object(request)["code"]?.text else {
            throw FieldFault("code", "the room's entry code").error
        }
        guard try await door(of: room).admission == .code else {
            throw WireError(.notFound, "the room is not entered by a code")
        }
        let people = world.store.people
        let event = try await stored { try await people.publicEvent(holding: room) }
        // Many addresses that guess at one room, or at the rooms of one event, are slowed down together.
        if let wait = world.codeTriesOfRoom.take(event.map { "\($0.id)" } ?? "\(room)") {
            throw .rateLimited(retryMilliseconds: wait)
        }
        let (kept, shared) = try await stored {
            let kept = try await people.entryCode(of: room)
            guard let event else { return (kept, String?.none) }
            return (kept, try await people.code(of: event.id))
        }
        var opened: [RoomID] = []
        if let kept, EntryCode.isSame(given, kept) {
            opened = [room]
        } else if let event, let shared, EntryCode.isSame(given, shared) {
            opened = event.halls.map(\.room)
        }
        guard !opened.isEmpty else {
            throw WireError(.doorWrongCode, "that is not the room's entry code")
        }
        try await stored { [opened] in
            try await people.give(Grant(role: Grant.passed), to: person.id, in: opened)
        }
        return Response(status: .noContent)
    }

    /// The code that is shown in the hall, for the room's moderators: made when it is first asked for.
    func hallCode(of room: RoomID) async throws(WireError) -> Response {
        _ = try await moderator(of: room)
        let people = world.store.people
        let code = try await stored {
            if let kept = try await people.hallCode(of: room) { return kept }
            // Of two who ask first at once the second gets what the first made.
            let made = try SecureRandom.digits(EntryCode.hallLength)
            try await people.makeHallCode(made, of: room)
            return try await people.hallCode(of: room) ?? made
        }
        return json { $0.member("code", code) }
    }

    /// A member gives the hall's code, and is counted as one who is there.
    ///
    /// Guesses are not slowed down: all in a hall come from one address, and the code is long.
    func checkIn(to room: RoomID, _ request: Request) async throws(WireError) -> Response {
        let person = try caller.signedIn()
        guard let given = try object(request)["code"]?.text else {
            throw FieldFault("code", "the hall's code").error
        }
        guard let member = person.member(in: room) else { throw .unavailable("member") }
        let isMember = try await world.withHost(of: room) { host, _, _ in
            host.durable.members[member] != nil
        }
        guard isMember else { throw WireError(Rejection.notAdmitted) }
        let kept = try await stored { try await world.store.people.hallCode(of: room) }
        guard let kept, EntryCode.isSame(given, kept) else {
            throw WireError(.checkInWrongCode, "that is not the hall's code")
        }
        let speaker = Speaker(.server, card: .blank)
        _ = try await world.perform(.checkIn(member), in: room, by: speaker)
        return Response(status: .noContent)
    }

    /// A right to open one socket within 30 s: for this session, and for pages of the same origin.
    func ticket(_ request: Request) throws(WireError) -> Response {
        _ = try caller.signedIn()
        guard let session = caller.token else { throw WireError(.sessionRequired, "no session") }
        let now = world.clock.now()
        let ticket = Ticket(
            session: session,
            origin: request.head.fields[.origin],
            expires: now.advanced(byMilliseconds: Ticket.life)
        )
        guard let token = try? Token() else { throw .unavailable("no random bytes") }
        guard world.tickets.add(ticket, as: token.digest, at: now) else {
            throw .rateLimited(retryMilliseconds: Ticket.life)
        }
        var response = json(status: .created) { writer in
            writer.member("ticket", token.text)
            writer.member("protocol", Ticket.offer + token.text)
            writer.member("expires", ticket.expires.milliseconds)
        }
        response.fields[.cacheControl] = "no-store"
        return response
    }
}

/// Eight digits that let somebody into a room.
enum EntryCode {
    static let length = 8
    /// Of the hall's, which nobody types.
    static let hallLength = 20

    /// In the same time whatever is given; spaces between digits count for nothing.
    static func isSame(_ given: String, _ kept: String) -> Bool {
        let digits = Array(given.prefix(32).filter { $0 != " " }.utf8)
        return SHA256.hash(digits) == SHA256.hash(Array(kept.utf8))
    }
}

extension InviteRecord {
    fileprivate func write(to object: inout JSONWriter) {
        object.member("id", id)
        object.member("role", invite.role)
        object.member("slot", orNull: invite.slot)
        object.member("name", orNull: invite.name)
        object.member("uses", invite.uses)
        object.member("used", count)
        object.member("expires", invite.expires.milliseconds)
        object.member("revoked", isRevoked)
    }
}

extension RoomPlan {
    /// The door of a plan's form, and the questions of its own form.
    static func door(
        reading json: JSON
    ) throws(WireError) -> (Door, form: [String], terms: String?) {
        guard let given = json["door"], !given.isNull else { return (.open, [], nil) }
        guard given.members != nil else { throw FieldFault("door", "an object").error }
        let admission = try given.choice("admission", in: "door.", default: Admission.open)
        let least = try given.choice("least", in: "door.", default: Standing.guest)
        var hasWaitingArea = false
        if let flag = given["waiting"], !flag.isNull {
            guard let waiting = flag.flag else {
                throw FieldFault("door.waiting", "true or false").error
            }
            hasWaitingArea = waiting
        }
        var form: [String] = []
        for item in given["form"]?.items ?? [] {
            guard let question = item.text else {
                throw FieldFault("door.form", "an array of strings").error
            }
            form.append(question)
        }
        var terms: String?
        if let value = given["terms"], !value.isNull {
            guard let text = value.text else { throw FieldFault("door.terms", "a string").error }
            // Forms send lines as the platform has them; the digest is over one kind.
            terms = text.split(separator: "\r\n", omittingEmptySubsequences: false)
                .joined(separator: "\n")
        }
        let door = Door(
            admission: admission,
            hasWaitingArea: hasWaitingArea,
            least: least,
            questions: form.count,
            terms: terms.map { SHA256.hash(Array($0.utf8)).hex }
        )
        return (door, form, terms)
    }
}

extension JSON {
    /// One of an enumeration's cases, where it is given; `place` stands before the name in an error.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        in place: String = "",
        default standard: Choice
    ) throws(WireError) -> Choice where Choice.RawValue == String {
        guard let value = self[name], !value.isNull else { return standard }
        guard let choice = value.text.flatMap(Choice.init(rawValue:)) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw FieldFault(place + name, "one of \(names)").error
        }
        return choice
    }

    /// A whole number in a range, where it is given.
    func natural(
        _ name: String,
        _ range: ClosedRange<Int>,
        default standard: Int
    ) throws(WireError) -> Int {
        guard let value = self[name], !value.isNull else { return standard }
        guard let number = value.integer.map({ Int(clamping: $0) }), range.contains(number) else {
            let expected = "an integer from \(range.lowerBound) to \(range.upperBound)"
            throw FieldFault(name, expected).error
        }
        return number
    }
}
