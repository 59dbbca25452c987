internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import Mail
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

/// Getting in by an account. None of these answers tells whether there is an account: the same comes back
/// either way, after the same work.
extension API {
    func answer(_ route: AccountRoute, _ request: Request) async throws(WireError) -> Response {
        switch route {
        case .register: try await register(request)
        case .verify: try await verify(request)
        case .signIn: try await signIn(request)
        case .secondStep: try await secondStep(request)
        case .reset: try await reset(request)
        case .confirmReset: try await confirmReset(request)
        case .account: try await ownAccount()
        case .changeContact: try await changeContact(request)
        case .confirmContact: try await confirmContact(request)
        case .password: try await changePassword(request)
        case .profile: try await changeProfile(request)
        case .organisations: try await ownOrganisations()
        case .showOrganisation: try await showOrganisation(request)
        // Answered by `upload(_:_:)`, with the sink that its plan made.
        case .setPicture: throw .notAnImage
        case .removePicture: try await removePicture()
        case .page: try await changePage(request)
        case .signIns: try await signIns()
        case .endSignIns: try await endSignIns()
        case .endSignIn(let id): try await endSignIn(id)
        case .enrolTwoStep: try await enrolTwoStep(request)
        case .confirmTwoStep: try await confirmTwoStep(request)
        case .removeTwoStep: try await removeTwoStep(request)
        case .export: try await export()
        case .erase: try await erase(request)
        case .people: try await people(request)
        case .person(let id): try await changePerson(id, request)
        case .profilePage(let id): try await profilePage(id)
        case .picture(let id): try await picture(ofPage: id, request)
        }
    }

    /// Begins an account: sends a code to the contact, or says there that it has one already.
    private func register(_ request: Request) async throws(WireError) -> Response {
        try world.signIns.take(address: client)
        let json = try object(request)
        let contact = try Contact.reading(json)
        guard let given = json["name"]?.text else {
            throw .badAccount("name", "1 to 40 characters")
        }
        let name = try NameCard.accepted(name: given)
        let password = try PasswordRules.accepted(
            json["password"]?.text,
            contact: contact.text,
            name: name
        )
        try world.signIns.take(codeTo: contact.text)
        let hash = try await world.passwords.hash(password)
        let people = world.store.people
        let isFree = try await stored { try await people.account(of: contact.text) == nil }
        return try await send(
            isFree ? .code : .alreadyThere,
            to: contact,
            for: .register,
            name: name,
            password: "\(hash)"
        )
    }

    /// Proves the contact and makes the account: of the guest who calls, whose rooms stay theirs, or of
    /// a new person.
    private func verify(_ request: Request) async throws(WireError) -> Response {
        let pending = try await accepted(request, for: .register)
        let current = caller.account == nil ? caller.owner?.id : nil
        let now = world.clock.now()
        let registration = try await stored {
            try await world.store.people.register(
                pending.contact,
                password: pending.password,
                named: pending.name,
                as: current,
                at: now
            )
        }
        guard case .made(let person) = registration else { throw .codeRefused }
        return try await open(person, endingOthers: true)
    }

    /// A password; where the account has two steps, a token for the second comes back.
    private func signIn(_ request: Request) async throws(WireError) -> Response {
        try world.signIns.take(address: client)
        let json = try object(request)
        let contact = try Contact.reading(json)
        guard let password = json["password"]?.text, password.utf8.count <= 1_000 else {
            throw .badAccount("password", "a text")
        }
        // Where the owner is signed in already, strangers' wrong tries elsewhere lock nobody out.
        let from = client ?? ""
        let isKnown = try await stored {
            try await world.store.people.isSignedIn(contact.text, from: from, at: world.clock.now())
        }
        try world.signIns.take(account: isKnown ? "\(contact.text) from \(from)" : contact.text)
        let account = try await stored {
            try await world.store.people.account(of: contact.text)
        }
        let kept = account.flatMap { PasswordHash($0.password) }
        let isRight = try await world.passwords.check(password, against: kept)
        guard isRight, let account, !account.isDisabled else {
            throw WireError(
                .accountRefused,
                "contact or password is wrong, or the account is closed"
            )
        }
        if account.isTwoStep {
            let token = try await stored { try Token() }
            let expires = world.clock.now().advanced(byMilliseconds: Self.codeLife)
            let pending = Pending(
                token: token.digest,
                purpose: .twoStep,
                contact: contact.text,
                person: account.person,
                expires: expires
            )
            try await stored { try await world.store.people.add(pending) }
            return self.json { writer in
                writer.member("secondStep", token.text)
                writer.member("expires", expires.milliseconds)
            }
        }
        return try await open(personOf: account)
    }

    /// The second step: a code of the application, or a recovery code, which is used up.
    private func secondStep(_ request: Request) async throws(WireError) -> Response {
        try world.signIns.take(address: client)
        let json = try object(request)
        let (token, code) = try tokenAndCode(json, "secondStep")
        let now = world.clock.now()
        let people = world.store.people
        let account = try await stored { () -> Account? in
            let pending = try await people.pending(
                token.digest,
                for: .twoStep,
                tries: Self.codeTries,
                at: now
            )
            guard let person = pending?.person else { return nil }
            return try people.account(ofPerson: person)
        }
        guard let account, !account.isDisabled else { throw .codeRefused }
        try world.signIns.take(account: "second step of \(account.person)")
        guard try await isSecondStep(code, of: account, at: now),
            try await stored({ try await people.use(pending: token.digest) })
        else { throw .codeRefused }
        return try await open(personOf: account)
    }

    /// Begins a new password: sends a code to the contact where there is an account.
    private func reset(_ request: Request) async throws(WireError) -> Response {
        try world.signIns.take(address: client)
        let contact = try Contact.reading(try object(request))
        try world.signIns.take(codeTo: contact.text)
        let account = try await stored {
            try await world.store.people.account(of: contact.text)
        }
        let isOpen = account.map { !$0.isDisabled } ?? false
        return try await send(
            isOpen ? .code : .nothing,
            to: contact,
            for: .reset,
            person: account?.person
        )
    }

    /// Sets the new password; all sign-ins end.
    private func confirmReset(_ request: Request) async throws(WireError) -> Response {
        let json = try object(request)
        // The contact is not known before the code is right, and is then no secret to whoever has it.
        let password = try PasswordRules.accepted(json["password"]?.text, contact: "")
        let pending = try await accepted(request, for: .reset)
        let hash = try await world.passwords.hash(password)
        guard let person = pending.person else { throw .codeRefused }
        let ended = try await stored {
            try await world.store.people.setPassword("\(hash)", of: person, keeping: nil)
        }
        for session in ended { world.closeSockets(of: session) }
        return Response(status: .noContent)
    }

    // MARK: Sessions

    private func open(personOf account: Account) async throws(WireError) -> Response {
        let person = try await stored { try await world.store.people.person(account.person) }
        guard let person else { throw .codeRefused }
        return try await open(person, endingOthers: false)
    }

    /// A session of a person; with `endingOthers` it is the only one, so that nobody goes on with one
    /// from before.
    private func open(
        _ person: Person,
        endingOthers: Bool
    ) async throws(WireError) -> Response {
        let now = world.clock.now()
        let token = try await stored { try Token() }
        let session = NewSession(
            token: token.digest,
            opened: now,
            expires: now.advanced(byMilliseconds: World.sessionLife),
            device: device,
            address: client ?? ""
        )
        let ended = try await stored {
            try await world.store.people.open(session, of: person.id)
            guard endingOthers else { return [Digest]() }
            return try await world.store.people.endSessions(of: person.id, keeping: token.digest)
        }
        for session in ended { world.closeSockets(of: session) }
        return try entered(person, token: token.text)
    }
}
