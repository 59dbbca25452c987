internal import Archive
internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

// The archive desk: what is left to do, who reads the record, its bundles.
extension API {
    /// `GET /rooms/R/archive`: for everybody when it was sealed, who reads it and for how long it is
    /// kept; for staff what is left to do; for presenters what they agreed to.
    func archive(of room: RoomID) async throws(WireError) -> Response {
        guard world.directory.contains(room) else { throw .noSuchRoom }
        let reading = try await reading(room)
        let (state, texts) = try await world.withHost(of: room) { host, _, _ in
            (host.durable, host.texts)
        }
        let isStaff = reading.reader.sees(.staff) && !reading.mustSign
        let own = isStaff ? Set(state.roadshow.slots.map(\.frame.id)) : reading.slots
        var places: [(ArchiveDesk.Place, ArchiveDesk.State?)] = []
        for place in bundles(for: reading, of: room, state) {
            places.append((place, try await self.state(of: place)))
        }
        var response = json { [places] object in
            object.member("state", state.lifecycle.name.rawValue)
            object.member("shown", reading.isInside)
            state.archival.writeFace(to: &object)
            object.member(
                "consents",
                array: { array in
                    for slot in state.roadshow.slots where own.contains(slot.frame.id) {
                        array.object { object in
                            slot.writeConsent(of: state, texts, to: &object)
                        }
                    }
                }
            )
            object.member(
                "supplements",
                array: { array in
                    guard reading.isInside else { return }
                    for line in texts.supplements { array.object { line.write(to: &$0) } }
                }
            )
            object.member(
                "bundles",
                array: { array in
                    for (place, state) in places {
                        array.object { place.write(state, of: room, to: &$0) }
                    }
                }
            )
            if isStaff { state.writeTasks(to: &object) }
        }
        response.fields[.cacheControl] = "no-store"
        return response
    }

    /// `POST /rooms/R/bundles {"view", "scope"}`: makes one, or makes it anew, in the background.
    func makeBundle(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        _ = try caller.signedIn()
        let isOperator = caller.standing == .operator
        if !isOperator { _ = try await staff(of: room) }
        let json = try object(request)
        let place = try place(in: room, json["view"]?.text, json["scope"]?.text ?? "room")
        guard place.view != .complete || isOperator else {
            throw WireError(.notPermitted, "the whole record is for those who run the site")
        }
        try await requireOver(place)
        guard world.archive.begin(place, in: world) else {
            throw .rateLimited(retryMilliseconds: 10_000)
        }
        let state = try await state(of: place)
        return self.json(status: .accepted) { place.write(state, of: room, to: &$0) }
    }

    /// `GET /rooms/R/bundles/NAME.zip`, with ranges.
    func bundle(
        named name: String,
        of room: RoomID,
        _ request: Request
    ) async throws(WireError) -> Response {
        guard world.directory.contains(room) else { throw .noSuchRoom }
        let reading = try await reading(room)
        try reading.requireSignature()
        let unknown = WireError(.notFound, "there is no such bundle")
        guard name.hasSuffix(".zip"),
            let place = ArchiveDesk.Place(String(name.dropLast(4)), in: room)
        else { throw unknown }
        try await requireRight(to: place, reading)
        let file = try await stored { try world.store.bundles.bundles(of: room).file(place.name) }
        guard let file, let tag = EntityTag("\(place.name)-\(file.count)-\(file.modified)") else {
            throw unknown
        }
        let fields: HTTPFields = [
            .contentDisposition: "attachment; filename=\"luyan-\(room)-\(place.name).zip\""
        ]
        let representation = Representation(
            source: .file(KeptFile(file, log: world.log)),
            type: MediaType("application/zip"),
            validators: Validators(tag: tag, modified: HTTPDate(secondsSinceEpoch: file.modified)),
            fields: [.cacheControl: "private, no-cache"],
            contentFields: fields
        )
        let response = representation.response(
            to: request.head,
            now: HTTPDate(world.clock.now())
        )
        if response.status.kind == .successful {
            try await disclose(.log, in: room, to: reading, request)
        }
        return response
    }

    private func state(
        of place: ArchiveDesk.Place
    ) async throws(WireError) -> ArchiveDesk.State? {
        try await stored { try world.archive.state(of: place, in: world.store.bundles) }
    }

    /// What a reader is offered: the room's own bundles; staff besides those that it made.
    private func bundles(
        for reading: Reading,
        of room: RoomID,
        _ state: Room
    ) -> [ArchiveDesk.Place] {
        let isOperator = caller.standing == .operator
        guard state.archival.seal != nil, !reading.mustSign else { return [] }
        let finished = (try? world.store.bundles.bundles(of: room).finished()) ?? []
        let known =
            finished.compactMap { ArchiveDesk.Place($0, in: room) }
            + world.archive.underWay(in: room)
        // Whoever runs the site has what it made, and what another server sent.
        let whole = ArchiveDesk.Place(room: room, view: .complete, scope: .room)
        let complete = isOperator && known.contains(whole) ? [whole] : []
        guard reading.isInside else { return complete }
        let staffs: BundleView? = reading.reader.sees(.staff) ? .staff : nil
        let own = [staffs, state.archival.sharedView].compactMap(\.self).map {
            ArchiveDesk.Place(room: room, view: $0, scope: .room)
        }
        guard reading.reader.sees(.staff) else { return own + complete }
        var places = own
        for place in known where place.view != .complete && !places.contains(place) {
            places.append(place)
        }
        return places + complete
    }

    /// Whether the reader may have that bundle: no view shows more than its reader sees.
    private func requireRight(
        to place: ArchiveDesk.Place,
        _ reading: Reading
    ) async throws(WireError) {
        switch place.view {
        case .complete:
            guard caller.standing == .operator else {
                throw WireError(.notPermitted, "the whole record is for those who run the site")
            }
        case .staff: _ = try await staff(of: place.room)
        case .members, .everyone:
            try reading.requireInside()
            let isForMembers = place.view == .members
            guard !isForMembers || reading.reader.sees(.members) else {
                throw WireError(Rejection.notAdmitted)
            }
            guard reading.isArchived || reading.reader.sees(.staff) else {
                throw WireError(.notFound, "the record is not sealed")
            }
        }
    }

    /// Throws where there is nothing yet, or never, to make that bundle of.
    private func requireOver(_ place: ArchiveDesk.Place) async throws(WireError) {
        let (room, isForeign) = try await world.withHost(of: place.room) { host, _, _ in
            (host.durable, host.isForeign)
        }
        guard !isForeign else {
            throw WireError(.roomImported, "another server signed this record")
        }
        let over: [Lifecycle.Name] = [.followUp, .closed, .archived, .cancelled]
        guard over.contains(room.lifecycle.name) else {
            throw WireError(Rejection.wrongState(room.lifecycle.name, allowed: over))
        }
        switch place.scope {
        case .room: return
        case .slot(let id):
            guard room.roadshow.slots.contains(where: { $0.frame.id.description == id }) else {
                throw FieldFault("scope", "a slot of this room").error
            }
        case .question(let id):
            guard room.questions[id] != nil else { throw WireError(Rejection.noSuchQuestion(id)) }
        }
    }

    private func place(
        in room: RoomID,
        _ view: String?,
        _ scope: String
    ) throws(WireError) -> ArchiveDesk.Place {
        guard let view = view.flatMap({ BundleView(rawValue: $0) }) else {
            throw FieldFault("view", "complete, staff, members or everyone").error
        }
        guard let scope = BundleScope(scope) else {
            throw FieldFault("scope", "room, slot:ID or question:NUMBER").error
        }
        return ArchiveDesk.Place(room: room, view: view, scope: scope)
    }

}

extension ArchiveDesk.Place {
    fileprivate func write(
        _ state: ArchiveDesk.State?,
        of room: RoomID,
        to object: inout JSONWriter
    ) {
        object.member("name", name)
        object.member("view", view.rawValue)
        object.member("scope", "\(scope)")
        switch state {
        case nil: object.member("state", "none")
        case .making(let written, let about):
            object.member("state", "making")
            object.member("written", written)
            object.member("about", about)
        case .failed(let cause):
            object.member("state", "failed")
            object.member("cause", cause)
        case .ready(let bytes, let made):
            object.member("state", "ready")
            object.member("bytes", bytes)
            object.member("made", UInt64(clamping: made) * 1_000)
        }
    }
}

extension Archival {
    /// What everybody is told of a record.
    fileprivate func writeFace(to object: inout JSONWriter) {
        object.member("audience", orNull: terms?.audience.rawValue)
        object.member("retention", orNull: terms?.retention.rawValue)
        object.member("sealedAt", orNull: seal?.at.milliseconds)
        object.member("sealed", orNull: seal?.sequence)
        object.member("keptUntil", orNull: keptUntil?.milliseconds)
        object.member("held", isHeld)
        object.member("expired", isExpired)
    }
}

extension Slot {
    fileprivate func writeConsent(
        of room: Room,
        _ texts: RoomTextBook,
        to object: inout JSONWriter
    ) {
        let id = frame.id
        object.member("slot", id.description)
        object.member("title", orNull: texts.room?.slots.first { $0.id == id }?.title)
        object.member("shown", [.scoring, .done].contains(state))
        object.member("agree", room.archival.consents[id].map(JSON.bool) ?? .null)
    }
}

extension Room {
    /// What is left to do, for staff.
    fileprivate func writeTasks(to object: inout JSONWriter) {
        object.member(
            "tasks",
            array: { array in for task in archiveTasks { array.string(task.rawValue) } }
        )
        object.member(
            "reviewed",
            array: { array in
                for review in ArchiveReview.allCases where archival.reviewed.contains(review) {
                    array.string(review.rawValue)
                }
            }
        )
        object.member("sealRequestedUntil", orNull: archival.sealRequestedUntil?.milliseconds)
    }
}
