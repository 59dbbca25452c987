internal import HTTP
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

/// People, for whoever runs the site.
extension API {
    /// `?q=&after=&limit=`: accounts whose name, organisation or contact begins so.
    func people(_ request: Request) async throws(WireError) -> Response {
        let text = request.query["q"] ?? ""
        guard text.unicodeScalars.count <= 100 else {
            throw FieldFault("q", "at most 100 characters").error
        }
        let limit = request.query["limit"].map { Int($0) ?? 0 } ?? 50
        guard (1...200).contains(limit) else { throw FieldFault("limit", "1 to 200").error }
        let after = request.query["after"]
        let (found, next) = try await stored {
            try await world.store.people.find(text, after: after, limit: limit)
        }
        return json { writer in
            writer.member(
                "people",
                array: { array in
                    for one in found {
                        array.object { object in
                            object.member("id", one.person.id)
                            one.account.write(one.person, to: &object)
                            Self.write(one.shown, to: &object)
                        }
                    }
                }
            )
            writer.member("next", orNull: next)
        }
    }

    /// `{"operator"?, "organiser"?, "disabled"?}` of an account; nobody changes their own.
    func changePerson(_ id: Int64, _ request: Request) async throws(WireError) -> Response {
        let json = try object(request)
        guard id != caller.person?.id else {
            throw .badAccount("id", "another person's: nobody changes their own rights")
        }
        let people = world.store.people
        let known = try await stored { try people.account(ofPerson: id) }
        guard known != nil else { throw WireError(.notFound, "there is no such account") }
        let ended = try await stored { () -> [Digest] in
            try await people.setRole(
                isOperator: json["operator"]?.flag,
                isOrganiser: json["organiser"]?.flag,
                of: id
            )
            guard let isDisabled = json["disabled"]?.flag else { return [] }
            return try await people.setDisabled(isDisabled, of: id)
        }
        for session in ended { world.closeSockets(of: session) }
        let metadata: Logger.Metadata = [
            "by": "\(caller.person?.id ?? 0)", "of": "\(id)",
        ]
        world.log.notice("an operator changed an account", metadata: metadata)
        let (account, person) = try await stored {
            (try people.account(ofPerson: id), try await people.person(id))
        }
        guard let account, let person else {
            throw WireError(.notFound, "there is no such account")
        }
        let shown = try shownCard(of: person)?.organisation
        return self.json { writer in
            writer.member("id", id)
            account.write(person, to: &writer)
            Self.write(shown, to: &writer)
        }
    }

    /// What stands beside the name in place of what the person typed, or `null`.
    private static func write(_ shown: ShownOrganisation?, to object: inout JSONWriter) {
        object.name("shown")
        if let shown {
            object.object { Affiliation(shown).write(to: &$0) }
        } else {
            object.null()
        }
    }
}
