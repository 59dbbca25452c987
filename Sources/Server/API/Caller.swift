internal import HTTP
internal import HTTPTypes
internal import Rooms
internal import Storage
internal import Wire

/// Who makes a request: by the session's cookie, or by `Authorization: Bearer`.
struct Caller: Sendable {
    /// `nil` for a visitor.
    let person: Person?
    /// The session's token as it came, whether it is still good or not.
    let token: String?

    init(_ head: RequestHead, in world: World) throws(StorageError) {
        let bearer = head.fields[.authorization].flatMap { value -> String? in
            let words = value.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
            return String(words[1])
        }
        let found = bearer ?? head.cookies[Hub.sessionCookie]
        token = found
        if let found {
            person = try world.person(ofSession: found)
        } else {
            person = nil
        }
    }

    /// Whose session that is.
    init(session token: String, in world: World) throws(StorageError) {
        self.token = token
        person = try world.person(ofSession: token)
    }

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
            throw WireError(.sessionRequired, "get a session first: a name card, or a sign-in link")
        }
        return person
    }
}
