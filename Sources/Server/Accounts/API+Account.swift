internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

/// What somebody does with their own account.
extension API {
    /// The account that calls; `RouteAccess` has asked for one.
    func owned() throws(WireError) -> (person: Person, account: Account) {
        guard let person = caller.owner, let account = caller.account else {
            throw WireError(.accountRequired, "this needs an account; sign in or register")
        }
        return (person, account)
    }

    /// The digest of the session that calls.
    var session: Digest? { caller.token.flatMap { Token($0) }?.digest }

    func ownAccount() async throws(WireError) -> Response {
        let (person, account) = try owned()
        let page = try await stored { try await world.store.people.page(ofPerson: person.id) }
        let left: Int
        do {
            left = try world.store.people.recoveryCodes(of: person.id)
        } catch {
            throw .unavailable("people")
        }
        return json { writer in
            account.write(person, to: &writer)
            if let page { writer.member("page", object: { page.write(to: &$0) }) }
            writer.member("recoveryCodes", left)
            writer.member("twoStepRequired", caller.isHeld)
        }
    }

    /// A new password; the old one is asked for, and other sign-ins end.
    func changePassword(_ request: Request) async throws(WireError) -> Response {
        let (person, account) = try owned()
        let json = try object(request)
        try await requirePassword(json, "current", of: account)
        let password = try PasswordRules.accepted(
            json["password"]?.text,
            contact: account.contact,
            name: person.name
        )
        let hash = try await world.passwords.hash(password)
        let kept = session
        let ended = try await stored {
            try await world.store.people.setPassword("\(hash)", of: person.id, keeping: kept)
        }
        for session in ended { world.closeSockets(of: session) }
        return self.json { $0.member("ended", ended.count) }
    }

    /// The password again, before something that a stolen session must not do.
    /// - Throws: `account.refused` when it is wrong, `rate_limited` after too many tries.
    func requirePassword(
        _ json: JSON,
        _ field: String = "password",
        of account: Account
    ) async throws(WireError) {
        guard let password = json[field]?.text, password.utf8.count <= 1_000 else {
            throw .badAccount(field, "the password")
        }
        // Not the tries of strangers who sign in: those lock nobody out of their own page.
        try world.signIns.take(account: "password of \(account.person)")
        let kept = PasswordHash(account.password)
        guard try await world.passwords.check(password, against: kept) else {
            throw WireError(.accountRefused, "the password is wrong")
        }
    }

    func signIns() async throws(WireError) -> Response {
        let person = try owned().person
        let now = world.clock.now()
        let all = try await stored {
            try await world.store.people.signIns(of: person.id, at: now)
        }
        let current = session
        return json { writer in
            writer.member(
                "sessions",
                array: { array in
                    for one in all {
                        array.object { object in
                            object.member("id", one.id)
                            object.member("current", one.token == current)
                            one.write(to: &object)
                            object.member("expires", one.expires.milliseconds)
                        }
                    }
                }
            )
        }
    }

    /// Ends all sign-ins but this one.
    func endSignIns() async throws(WireError) -> Response {
        let person = try owned().person
        let kept = session
        let ended = try await stored {
            try await world.store.people.endSessions(of: person.id, keeping: kept)
        }
        for session in ended { world.closeSockets(of: session) }
        return self.json { $0.member("ended", ended.count) }
    }

    func endSignIn(_ id: String) async throws(WireError) -> Response {
        let person = try owned().person
        let now = world.clock.now()
        let people = world.store.people
        let all = try await stored { try await people.signIns(of: person.id, at: now) }
        guard let one = all.first(where: { $0.id == id }) else {
            throw WireError(.notFound, "there is no such sign-in")
        }
        try await stored { try await people.endSession(one.token, of: person.id) }
        world.closeSockets(of: one.token)
        return Response(status: .noContent)
    }

    /// What the browser says it is, shortened: enough to know one's own again.
    var device: String {
        let printable = agent.unicodeScalars.filter { $0.value >= 32 && $0.value < 127 }
        return String(String.UnicodeScalarView(printable.prefix(200)))
    }
}

extension SignIn {
    /// How it is named to its owner: the session's token cannot be found from it.
    var id: String { Hex.encode(SHA256.hash(token.bytes).bytes.prefix(8)) }

    /// Where and when it was.
    func write(to object: inout JSONWriter) {
        object.member("device", device)
        object.member("address", address)
        object.member("since", opened.milliseconds)
        object.member("seen", seen.milliseconds)
    }
}

extension Account {
    /// What its owner, and operators, see of it.
    func write(_ owner: Person, to writer: inout JSONWriter) {
        writer.member("name", owner.typedCard.name)
        writer.member("organisation", orNull: owner.organisation)
        writer.member("kind", orNull: owner.kind)
        writer.member("contact", contact)
        writer.member("organiser", owner.isOrganiser)
        writer.member("operator", owner.isOperator)
        writer.member("disabled", isDisabled)
        writer.member("twoStep", isTwoStep)
        writer.member("created", created.milliseconds)
        writer.member("profile", raw: Array(profile.utf8))
    }
}
