internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import Rooms
internal import Storage
internal import Wire

/// Answers the requests of one caller; the rights are checked here and nowhere else.
struct API: Sendable {
    let world: World
    let caller: Caller
    /// The client's address, where it is known.
    let client: String?
    /// What the client's program says it is.
    let agent: String

    func answer(_ route: Route, _ request: Request) async throws(WireError) -> Response {
        try caller.require(route.access)
        switch route {
        case .health: return Response(type: .plainText, body: Array("ok\n".utf8))
        case .readiness:
            guard !world.allShards.isEmpty else { throw .unavailable("starting") }
            return Response(type: .plainText, body: Array("ready\n".utf8))
        case .site: return site()
        case .templates: return templates()
        case .search: return try await search(request)
        case .session: return try await session()
        case .makeGuest: return try await makeGuest(request)
        case .redeemInvite: return try await redeemInvite(request)
        case .endSession: return try await endSession()
        case .rooms: return rooms()
        case .createRoom: return try await createRoom(request)
        case .room(let room): return try await self.room(room)
        case .people(let room): return try await people(of: room, request)
        case .disclosures(let room): return try await disclosures(of: room, request)
        case .invites(let room): return try await invites(to: room)
        case .revokeInvite(let room, let id): return try await revoke(id, in: room)
        case .code(let room): return try await code(of: room)
        case .renewCode(let room): return try await renewCode(of: room)
        case .enter(let room): return try await enter(room, request)
        case .hallCode(let room): return try await hallCode(of: room)
        case .checkIn(let room): return try await checkIn(to: room, request)
        case .ticket: return try ticket(request)
        case .invite(let room): return try await invite(to: room, request)
        // Answered by `upload(_:_:)`, with the sink that its plan made.
        case .upload, .uploadRecording, .uploadSlides: throw .notAnImage
        case .media(let room): return try await media(of: room)
        case .recordings(let room): return try await recordings(of: room)
        case .recording(let room, let id): return try await recording(id, in: room)
        case .removeRecording(let room, let id): return try await removeRecording(id, in: room)
        case .exportRecording(let room, let id): return try await export(id, in: room)
        case .recordingFile(let room, let id):
            return try await recordingFile(id, in: room, request)
        case .outcome(let room): return try await outcome(of: room, request)
        case .archive(let room): return try await archive(of: room)
        case .makeBundle(let room): return try await makeBundle(of: room, request)
        case .bundle(let room, let name):
            return try await bundle(named: name, of: room, request)
        case .calendar(let room): return try await calendar(of: room, request)
        case .slides(let room, let slot): return try await slides(of: slot, in: room)
        case .slideTexts(let room, let slot): return try await texts(of: slot, in: room)
        case .slideNotes(let room, let slot): return try await notes(of: slot, in: room)
        case .setSlideNote(let room, let slot, let page):
            return try await setNote(toPage: page, of: slot, in: room, request)
        case .captions(let room): return try await captions(of: room, request)
        case .file(let room, let name): return try await file(name, in: room, request)
        case .fileText(let room, let name):
            return try await text(of: name, in: room, request)
        case .events(let room): return try await events(of: room, request)
        case .proof(let room, let sequence): return try await proof(of: sequence, in: room)
        case .checkpoint(let room): return try await checkpoint(of: room)
        case .transcript(let room): return try await transcript(of: room, request)
        case .log(let room): return try await log(of: room, request)
        case .organisations: return try await organisations(request)
        case .foundOrganisation: return try await foundOrganisation(request)
        case .enterOrganisation: return try await enterOrganisation(request)
        case .organisation(let id): return try await organisation(id)
        case .changeOrganisation(let id): return try await changeOrganisation(id, request)
        case .organisationStanding(let id): return try await setStanding(of: id, request)
        case .organisationInvites(let id): return try await organisationInvites(id)
        case .inviteToOrganisation(let id): return try await inviteToOrganisation(id, request)
        case .organisationInvite(let id, let token):
            return try await revokeOrganisationInvite(token, of: id)
        case .organisationMember(let id, let member):
            return try await changeMember(member, of: id, request)
        case .publicEvent(let route): return try await answer(route, request)
        case .account(let route): return try await answer(route, request)
        // Other methods are refused by the plan, before their body.
        case .wrongMethod(let known): return StaticFiles.options(allowed: known + [.options])
        }
    }

    func stored<Value>(_ body: () async throws -> Value) async throws(WireError) -> Value {
        try await world.stored(body)
    }

    /// The request's body as an object.
    func object(_ request: Request) throws(WireError) -> JSON {
        let json: JSON
        do throws(JSONError) {
            json = try JSONParser.parse(request.body)
        } catch {
            let values = [JSON.Member("cause", .string("\(error)"))]
            throw WireError(.requestMalformed, "the body is no JSON", values)
        }
        guard json.members != nil else {
            throw WireError(.requestMalformed, "the body must be a JSON object")
        }
        return json
    }

    /// What others see of a person now; `nil` where they are gone.
    func shownCard(of person: Person) throws(WireError) -> ShownCard? {
        do throws(StorageError) {
            return try world.store.people.shownCard(of: person.id)
        } catch {
            world.log.error("a card was not read", metadata: ["cause": "\(error)"])
            throw .unavailable("people")
        }
    }

    func card(of person: Person) throws(WireError) -> NameCard {
        person.card(as: try shownCard(of: person))
    }

    /// How the caller reads a room.
    func reading(_ room: RoomID) async throws(WireError) -> Reading {
        let member = caller.person?.member(in: room)
        let standing = caller.standing
        return try await world.withHost(of: room) { host, _, _ in
            Reading(member, standing, in: host)
        }
    }

    /// Texts of a room that nobody reads any more, by event.
    func redacted(in room: RoomID) async throws(WireError) -> [UInt64: [Int]] {
        try await world.withHost(of: room) { host, _, _ in host.durable.redactedParts }
    }

    /// How the caller reads a room, where it must be a moderator: an auditor changes nothing.
    func moderator(of room: RoomID) async throws(WireError) -> Reading {
        _ = try caller.signedIn()
        let reading = try await reading(room)
        try reading.requireSignature()
        guard reading.roles.contains(.moderator) else {
            throw WireError(Rejection.notPermitted(needs: [.moderator]))
        }
        return reading
    }

    /// How the caller reads a room, where it must read as staff does.
    func staff(of room: RoomID) async throws(WireError) -> Reading {
        _ = try caller.signedIn()
        let reading = try await reading(room)
        try reading.requireSignature()
        guard reading.reader.sees(.staff) else {
            throw WireError(Rejection.notPermitted(needs: [.moderator, .auditor]))
        }
        return reading
    }

    /// Throws what the room's rules say against it, where they do.
    func require(
        in room: RoomID,
        _ refusal: @escaping @Sendable (Room, MemberID?) -> Rejection?
    ) async throws(WireError) {
        _ = try caller.signedIn()
        let member = try await reading(room).member
        let found = try await world.withHost(of: room) { host, _, _ in
            refusal(host.durable, member)
        }
        if let found { throw WireError(found) }
    }

    /// A member's rights in a room.
    struct Reading: Sendable {
        let member: MemberID?
        let reader: ReaderClass
        let roles: Set<Role>
        let slots: Set<SlotID>
        /// Whether it was let into the live room, or might have been.
        let isLetIn: Bool
        /// Whether it is shown more than what everybody is: title, programme, state.
        let isInside: Bool
        /// Whether the record is sealed: it is shown to its audience alone.
        let isArchived: Bool
        /// Whether it is a closed matter: what is sent of it is noted.
        let isMatter: Bool
        /// Whether the member has yet to sign its terms.
        let mustSign: Bool

        /// How `member` reads the room, or anybody where the room has no such member.
        init(_ member: MemberID?, _ standing: Standing, in host: RoomHost) {
            let known = member.flatMap { host.durable.members[$0] == nil ? nil : $0 }
            let membership = known.flatMap { host.durable.members[$0] }
            let mustSign = known.map { host.durable.mustSign($0) } ?? false
            self.member = known
            // Nobody here is its staff: whoever runs the site reads another server's record.
            let isOperators = host.isForeign && standing == .operator
            reader =
                isOperators
                ? ReaderClass(roles: [.moderator]) : host.durable.readerClass(of: known)
            roles = mustSign ? [] : membership?.roles ?? []
            slots = mustSign ? [] : membership?.slots ?? []
            isLetIn = known != nil || !host.durable.door.isClosed
            isInside = isOperators || host.durable.shows(to: known, standing)
            isArchived = host.durable.lifecycle == .archived
            isMatter = host.durable.door.terms != nil
            self.mustSign = mustSign
        }

        func sees(_ audience: Audience) -> Bool {
            // Of a record that is not for this reader there are digests alone; those who were outside
            // its door still see of it what everybody does.
            if isArchived, !isInside, isLetIn { return false }
            if case .member(let id) = audience { return id == member }
            return reader.sees(audience)
        }

        /// Throws where it sees no more than everybody does.
        func requireInside() throws(WireError) {
            if isInside { return }
            throw isArchived
                ? WireError(.archiveNotShared, "the record is not open to you")
                : WireError(Rejection.notAdmitted)
        }

        func requireSignature() throws(WireError) {
            if mustSign { throw WireError(Rejection.termsNotSigned) }
        }
    }

    func json(
        status: HTTPResponse.Status = .ok,
        _ body: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter()
        writer.object(body)
        return .json(writer.bytes, status: status)
    }
}
