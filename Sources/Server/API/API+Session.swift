internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

extension API {
    func site() -> Response {
        let settings = world.settings
        return json { writer in
            writer.member(
                "name",
                object: { name in
                    name.member("zh-CN", settings.nameChinese)
                    name.member("en", settings.nameEnglish)
                }
            )
            writer.member("version", LiveServer.version)
            writer.member(
                "uploads",
                object: { uploads in
                    settings.uploads.slides.write("slide", to: &uploads)
                    settings.uploads.pictures.write("picture", to: &uploads)
                    // Where no images are made of a PDF, none is taken.
                    let document = SlideDocument.isPossible ? settings.uploads.documentBytes : 0
                    uploads.member("documentBytes", document)
                    uploads.member("presentations", PresentationConverter.isPossible)
                    uploads.member("recordingBytes", settings.media.uploadMegabytes << 20)
                }
            )
            writer.member("serverName", world.store.serverName)
            writer.member("key", world.store.key.publicKey.fingerprint.hex)
            writer.member("publicKey", world.store.key.publicKey.raw.hexText)
            writer.member(
                "languages",
                array: { languages in
                    languages.string("zh-CN")
                    languages.string("en")
                }
            )
        }
    }

    func session() async throws(WireError) -> Response {
        if let token = caller.owner == nil ? nil : caller.token.flatMap({ Token($0) }) {
            do throws(StorageError) {
                try await world.store.people.see(token.digest, at: world.clock.now())
            } catch {
                // A full disk keeps nobody from being known: when they were last here matters less.
                world.log.warning("a sign-in's time was not kept", metadata: ["cause": "\(error)"])
            }
        }
        let shown = try caller.owner.flatMap(shownCard)
        return json { writer in
            writer.name("person")
            if let person = caller.owner {
                person.write(person.card(as: shown), to: &writer)
            } else {
                writer.null()
            }
            writer.name("account")
            if let account = caller.account {
                writer.object { object in
                    object.member("contact", account.contact)
                    object.member("operator", caller.owner?.isOperator ?? false)
                    object.member("twoStep", account.isTwoStep)
                    object.member("shown", orNull: shown?.organisation.map { "\($0.id)" })
                }
            } else {
                writer.null()
            }
            writer.member("twoStepRequired", caller.isHeld)
        }
    }

    /// A name card: a new guest, or the card of whoever is signed in.
    func makeGuest(_ request: Request) async throws(WireError) -> Response {
        let json = try object(request)
        let card = try NameCard(reading: json)
        let expires = world.clock.now().advanced(byMilliseconds: World.sessionLife)
        if let person = caller.owner, let token = caller.token {
            var kept = card.kept
            // Words that nobody sees are not lost to a form that does not ask for them.
            if json["organisation"] == nil, try shownCard(of: person)?.organisation != nil {
                kept.organisation = person.organisation
            }
            try await stored { [kept] in try await world.store.people.update(person.id, kept) }
            return try entered(person, token: token)
        }
        let (person, token) = try await stored {
            let token = try Token()
            let person = try await world.store.people.add(card.kept)
            try await world.store.people.openSession(token.digest, of: person.id, until: expires)
            return (person, token)
        }
        return try entered(person, token: token.text)
    }

    /// A sign-in link: works once, until it expires.
    func redeemInvite(_ request: Request) async throws(WireError) -> Response {
        let json = try object(request)
        guard let text = json["token"]?.text, let token = Token(text) else {
            throw FieldFault("token", "the link's token: 64 hex digits").error
        }
        var name: String?
        if let given = json["name"]?.text { name = try NameCard.accepted(name: given) }
        let person = caller.owner
        let now = world.clock.now()
        let (session, redemption) = try await stored { [name] in
            let session = try Token()
            let redemption = try await world.store.people.redeem(
                token.digest,
                by: person,
                named: name,
                session: (session.digest, now.advanced(byMilliseconds: World.sessionLife)),
                at: now
            )
            return (session, redemption)
        }
        if case .needsName = redemption {
            let values = [JSON.Member("field", .string("name"))]
            throw WireError(.cardMalformed, "say a name; the link is not used up", values)
        }
        guard case .redeemed(let invite, let person) = redemption else {
            throw WireError(.inviteInvalid, "the link was used before, has expired or is not known")
        }
        return try entered(person, token: session.text) { writer in
            writer.member("room", orNull: invite.room.map { "\($0)" })
            writer.member("role", invite.role)
        }
    }

    func endSession() async throws(WireError) -> Response {
        if let token = caller.token {
            try await stored {
                guard let token = Token(token) else { return }
                try await world.store.people.endSession(token.digest)
                world.closeSockets(of: token.digest)
            }
        }
        var response = Response(status: .noContent)
        if var cookie = SetCookie(
            name: Hub.sessionCookie,
            value: "",
            isSecure: world.settings.isReachedByTLS
        ) {
            cookie.maxAgeSeconds = 0
            response.set(cookie)
        }
        return response
    }

    func entered(
        _ person: Person,
        token: String,
        also body: (inout JSONWriter) -> Void = { _ in }
    ) throws(WireError) -> Response {
        let card = try card(of: person)
        var response = json(status: .created) { writer in
            writer.name("person")
            person.write(card, to: &writer)
            writer.member("token", token)
            body(&writer)
        }
        let isTLS = world.settings.isReachedByTLS
        if var cookie = SetCookie(name: Hub.sessionCookie, value: token, isSecure: isTLS) {
            cookie.maxAgeSeconds = Int(World.sessionLife / 1_000)
            response.set(cookie)
        }
        return response
    }
}

extension Person {
    fileprivate func write(_ card: NameCard, to writer: inout JSONWriter) {
        writer.object { object in
            card.write(to: &object)
            object.member("organiser", isOrganiser)
            object.member("operator", isOperator)
        }
    }
}

extension NameCard {
    /// As the store keeps it.
    fileprivate var kept: Card {
        Card(name: name, organisation: organisation, kind: kind)
    }

    static let kinds = [
        "scientist", "entrepreneur", "investor", "expert", "agency", "government", "media",
        "student", "other",
    ]

    /// A card as it was sent: name, and organisation and kind where they are given.
    init(reading json: JSON) throws(WireError) {
        guard let name = json["name"]?.text else { throw Self.fault("name", "1 to 40 characters") }
        var organisation: String?
        if let given = json["organisation"], !given.isNull, given.text != "" {
            guard let text = given.text, PlainText.isLine(text, upTo: 80) else {
                throw Self.fault("organisation", "at most 80 printable characters")
            }
            organisation = text
        }
        var kind: String?
        if let given = json["kind"], !given.isNull, given.text != "" {
            guard let text = given.text, Self.kinds.contains(text) else {
                throw Self.fault("kind", "one of \(Self.kinds.joined(separator: ", "))")
            }
            kind = text
        }
        self.init(name: try Self.accepted(name: name), organisation: organisation, kind: kind)
    }

    static func accepted(name: String) throws(WireError) -> String {
        let trimmed = PlainText.singleSpaced(name)
        guard PlainText.isLine(trimmed, upTo: 40),
            trimmed.unicodeScalars.contains(where: \.isLegible)
        else {
            throw fault("name", "1 to 40 printable characters, of which one is a letter or digit")
        }
        return trimmed
    }

    private static func fault(_ field: String, _ expected: String) -> WireError {
        WireError(
            .cardMalformed,
            "\(field) must be \(expected)",
            [JSON.Member("field", .string(field)), JSON.Member("expected", .string(expected))]
        )
    }
}

extension UploadSettings.Limits {
    /// The limits of a kind of image, for clients that look before they send.
    fileprivate func write(_ kind: String, to object: inout JSONWriter) {
        object.member(
            kind,
            object: { object in
                object.member("bytes", bytes)
                object.member("pixels", pixels)
            }
        )
    }
}
