internal import HTTP
internal import HTTPTypes
internal import Rooms
internal import Storage
internal import Wire

/// Who makes a request: by the session's cookie, or by `Authorization: Bearer`.
struct Caller: Sendable {
    /// `nil` for a visitor, and for whoever has yet to turn on the two-step sign-in that is demanded
    /// of them.
    let person: Person?
    /// Whose session it is; also while two-step sign-in is demanded of them.
    let owner: Person?
    /// The owner's account; `nil` for a guest.
    let account: Account?
    /// The session's token as it came, whether it is still good or not.
    let token: String?

    init(_ head: RequestHead, in world: World) throws(StorageError) {
        try self.init(session: head.bearer ?? head.cookies[Hub.sessionCookie], in: world)
    }

    /// Whose session that is.
    init(session found: String?, in world: World) throws(StorageError) {
        token = found
        guard let digest = found.flatMap({ Token($0) })?.digest,
            let (owner, account) = try world.store.people.session(digest, at: world.clock.now())
        else {
            (owner, account, person) = (nil, nil, nil)
            return
        }
        (self.owner, self.account) = (owner, account)
        var isHeld = false
        if account?.isTwoStep != true {
            isHeld = try world.demandsTwoSteps(of: owner, account)
        }
        person = isHeld ? nil : owner
    }

    /// How well the place knows whoever calls: the one value where accounts and rooms meet. An account
    /// is there once its contact is verified.
    var standing: Standing {
        guard let person else { return .guest }
        if person.isOperator { return .operator }
        return account != nil ? .verified : person.isOrganiser ? .registered : .guest
    }

    /// Whether two-step sign-in is demanded of whoever calls, and they have not turned it on.
    var isHeld: Bool { owner != nil && person == nil }

    static func reading(_ head: RequestHead, in world: World) throws(WireError) -> Caller {
        do {
            return try Caller(head, in: world)
        } catch {
            throw .unavailable("people")
        }
    }

    /// The person, where there must be one.
    func signedIn() throws(WireError) -> Person {
        guard let person else {
            if isHeld {
                throw WireError(.twoStepRequired, "turn on two-step sign-in for your account first")
            }
            throw WireError(.sessionRequired, "get a session first: a name card, or a sign-in link")
        }
        return person
    }
}

extension RequestHead {
    /// The token of `Authorization: Bearer` (RFC 6750 §2.1).
    var bearer: String? {
        fields[.authorization].flatMap { value -> String? in
            let words = value.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
            return String(words[1])
        }
    }
}

extension World {
    /// Whether configuration demands two-step sign-in of a person: of everyone, or of staff, who are
    /// operators, organisers, and moderators of any room.
    func demandsTwoSteps(of person: Person, _ account: Account?) throws(StorageError) -> Bool {
        switch settings.people.twoStep {
        case .off: false
        case .everyone: account != nil || person.isOrganiser
        case .staff:
            if person.isOperator || person.isOrganiser {
                true
            } else {
                try store.people.moderates(person.id)
            }
        }
    }
}
