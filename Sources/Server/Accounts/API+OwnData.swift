internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

/// Profile, export and erasure of a person's own data.
extension API {
    /// Texts that an export holds at most.
    private static let exportLimit = 20_000
    /// Days that the log of the server may keep an address.
    private static let logDays = 180

    /// Card and profile at once; name, organisation and kind are those of the card.
    func changeProfile(_ request: Request) async throws(WireError) -> Response {
        let person = try owned().person
        let json = try object(request)
        let card = try NameCard(reading: json)
        let profile = try Profile(reading: json, regions: world.regions)
        let kept = Card(name: card.name, organisation: card.organisation, kind: card.kind)
        try await stored {
            try await world.store.people.update(person.id, kept)
            try await world.store.people.setProfile(
                String(decoding: profile.json, as: UTF8.self),
                of: person.id
            )
        }
        return .json(profile.json)
    }

    /// Everything that is kept of whoever calls, but secrets: a JSON file.
    func export() async throws(WireError) -> Response {
        let (person, account) = try owned()
        let now = world.clock.now()
        let (signIns, organisations, events) = try await stored {
            (
                try await world.store.people.signIns(of: person.id, at: now),
                try await world.store.people.organisations(of: person.id),
                try await world.store.people.publicEvents(of: person.id)
            )
        }
        let shown = try shownCard(of: person)?.organisation
        let (page, picture) = try await ownPage(of: person)
        var rooms: [(mine: OwnTexts, events: [SealedEvent])] = []
        var left = Self.exportLimit
        for mine in try await ownTexts(of: person) {
            var events: [SealedEvent] = []
            for sequence in mine.sequences.prefix(left) {
                events += try await stored {
                    try await world.store.read(mine.room, after: sequence - 1, limit: 1)
                }
            }
            left -= events.count
            rooms.append((mine, events))
        }
        var response = json { writer in
            writer.member("made", now.milliseconds)
            writer.member("person", object: { account.write(person, to: &$0) })
            if let page { writer.member("page", object: { page.write(to: &$0) }) }
            if let picture { writer.member("picture", object: picture.write(to:)) }
            writer.member(
                "sessions",
                array: { array in for one in signIns { array.object { one.write(to: &$0) } } }
            )
            writer.member(
                "organisations",
                array: { array in for one in organisations { array.object { one.write(to: &$0) } } }
            )
            writer.member(
                "events",
                array: { array in for one in events { array.object { one.write(to: &$0) } } }
            )
            writer.member("shown", orNull: shown.map { "\($0.id)" })
            writer.member(
                "rooms",
                array: { array in for room in rooms { room.mine.write(room.events, to: &array) } }
            )
            writer.member("whole", left > 0)
        }
        response.fields[.contentDisposition] = #"attachment; filename="luyan-export.json""#
        return response
    }

    /// Erases whoever calls: their texts and cards where a room still takes that, and in every case
    /// account, profile, sign-ins, grants and the secret that linked them to their member ids.
    ///
    /// `200 {"erased", "kept", "pending", "logDays"}`: texts that went, texts that closed rooms keep
    /// without anybody knowing whose they are, whether a room could not take it now and the server goes
    /// on by itself, and the days that the server's own log may go back.
    func erase(_ request: Request) async throws(WireError) -> Response {
        let (person, account) = try owned()
        try await requirePassword(try object(request), of: account)
        let ended = try await stored {
            try await world.store.people.beginErasure(of: person.id)
        }
        for session in ended { world.closeSockets(of: session) }
        let outcome = await world.erase(person)
        return json { writer in
            writer.member("erased", outcome.erased)
            writer.member("kept", outcome.kept)
            writer.member("pending", outcome.isPending)
            writer.member("logDays", Self.logDays)
        }
    }

    /// A person's picture with its bytes.
    private struct OwnPicture: Sendable {
        let picture: ProfilePage.Picture
        let bytes: [UInt8]

        func write(to object: inout JSONWriter) {
            object.member("type", picture.type)
            object.member("width", picture.width)
            object.member("height", picture.height)
            object.member("sha256", picture.digest.hex)
            object.member("base64", Base64.encode(bytes))
        }
    }

    private func ownPage(
        of person: Person
    ) async throws(WireError) -> (page: ProfilePage?, picture: OwnPicture?) {
        try await stored {
            let page = try await world.store.people.page(ofPerson: person.id)
            guard let picture = page?.picture,
                let bytes = try await world.store.blobs.read(picture.digest)
            else { return (page, nil) }
            return (page, OwnPicture(picture: picture, bytes: bytes))
        }
    }

    /// Texts of a person in a room that are still there.
    private struct OwnTexts: Sendable {
        let room: RoomID
        let member: MemberID
        let sequences: [UInt64]

        func write(_ events: [SealedEvent], to writer: inout JSONWriter) {
            writer.object { writer in
                writer.member("room", "\(room)")
                writer.member("member", "\(member)")
                writer.member(
                    "texts",
                    array: { array in
                        for event in events {
                            guard let entry = Entry(event) else { continue }
                            array.object { object in
                                object.member("seq", event.sequence)
                                object.member("at", event.header.time.milliseconds)
                                object.member("type", entry.recorded.event.type.rawValue)
                                for part in event.parts.dropFirst().compactMap(\.part)
                                where String(decoding: part.bytes, as: UTF8.self).hasPrefix(
                                    #"{"texts""#
                                ) {
                                    object.member("body", raw: part.bytes)
                                }
                            }
                        }
                    }
                )
            }
        }
    }

    private func ownTexts(of person: Person) async throws(WireError) -> [OwnTexts] {
        var all: [OwnTexts] = []
        for summary in world.directory.all {
            let room = summary.room
            guard let member = person.member(in: room) else { continue }
            let sequences = try await world.withHost(of: room) { host, _, _ in
                host.durable.textsLeft(by: member)
            }
            if !sequences.isEmpty {
                all.append(OwnTexts(room: room, member: member, sequences: sequences))
            }
        }
        return all
    }
}
