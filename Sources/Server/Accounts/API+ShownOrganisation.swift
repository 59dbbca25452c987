internal import HTTP
internal import Storage
internal import Wire

/// Which of their organisations stands beside the name of somebody with an account.
extension API {
    /// `{shown, chosen, organisations}`: the id of what stands there now or `null`, whether that was
    /// chosen, and what there is to choose from.
    func ownOrganisations() async throws(WireError) -> Response {
        let person = try owned().person
        let people = world.store.people
        let (organisations, choice) = try await stored {
            (try await people.organisations(of: person.id), try people.choice(of: person.id))
        }
        let shown = try shownCard(of: person)?.organisation
        return json { writer in
            writer.member("shown", orNull: shown.map { "\($0.id)" })
            writer.member("chosen", choice != .automatic)
            writer.member(
                "organisations",
                array: { array in
                    for one in organisations { array.object { one.write(to: &$0) } }
                }
            )
        }
    }

    /// `{"shown"}`: the id of one that the caller is in, or `null` for none.
    func showOrganisation(_ request: Request) async throws(WireError) -> Response {
        let person = try owned().person
        let expected = "the id of an organisation that you are in, or null"
        let choice: OrganisationChoice
        switch try object(request)["shown"] {
        case .some(.null): choice = .none
        case .some(.string(let text)):
            guard let id = Int64(text), id > 0, "\(id)" == text else {
                throw .badAccount("shown", expected)
            }
            choice = .organisation(id)
        default: throw .badAccount("shown", expected)
        }
        let isTaken = try await stored {
            try await world.store.people.show(choice, of: person.id)
        }
        guard isTaken else { throw .badAccount("shown", expected) }
        return try await ownOrganisations()
    }
}
