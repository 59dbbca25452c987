internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

/// Who may do what with an organisation: the one place that decides.
enum OrganisationRight {
    /// See it, verified or not.
    case see
    /// See who is in it.
    case seeMembers
    /// Change it, invite people, ask for verification.
    case administer
    /// Say that it is what it says.
    case vouch
}

extension API {
    /// What the caller may do with an organisation; nothing else is allowed.
    func rights(in organisation: Organisation) async throws(WireError) -> Set<OrganisationRight> {
        var rights: Set<OrganisationRight> = organisation.standing == .verified ? [.see] : []
        guard let person = caller.person else { return rights }
        if person.isOperator { return [.see, .seeMembers, .administer, .vouch] }
        let people = world.store.people
        switch try await stored({ try await people.role(of: person.id, in: organisation.id) }) {
        case .admin: rights.formUnion([.see, .seeMembers, .administer])
        case .member: rights.formUnion([.see, .seeMembers])
        case nil: break
        }
        // Whoever runs a verified organisation vouches for those below it.
        if let id = organisation.parent,
            let parent = try await stored({ try await people.organisation(id) }),
            parent.standing == .verified,
            try await stored({ try await people.role(of: person.id, in: id) }) == .admin
        {
            rights.formUnion([.see, .vouch])
        }
        return rights
    }

    /// The organisation and the caller's rights in it; one that the caller may not see is not there.
    func organisation(
        _ id: Int64,
        for right: OrganisationRight
    ) async throws(WireError) -> (Organisation, Set<OrganisationRight>) {
        let found = try await stored { try await world.store.people.organisation(id) }
        guard let found else { throw .noSuchOrganisation }
        let rights = try await rights(in: found)
        guard rights.contains(.see) else { throw .noSuchOrganisation }
        guard rights.contains(right) else {
            _ = try caller.signedIn()
            throw .needs(
                right == .vouch ? "operator" : "admin",
                "only those who run it may do that"
            )
        }
        return (found, rights)
    }

    // MARK: Finding and reading

    func organisations(_ request: Request) async throws(WireError) -> Response {
        let query = try organisationQuery(request.query)
        let (found, count) = try await stored {
            try await world.store.people.organisations(query)
        }
        return json { writer in
            writer.member("count", count)
            writer.member(
                "organisations",
                array: { array in for one in found { array.object { one.write(to: &$0) } } }
            )
        }
    }

    private func organisationQuery(_ given: Query) throws(WireError) -> OrganisationQuery {
        var query = OrganisationQuery()
        query.person = caller.person?.id
        query.text = String((given["q"] ?? "").prefix(100))
        if let kind = given["kind"], !kind.isEmpty {
            guard Organisation.kinds.contains(kind) else {
                throw .organisation("kind", "one of \(Organisation.kinds.joined(separator: ", "))")
            }
            query.kind = kind
        }
        if let region = given["region"], !region.isEmpty {
            guard world.regions.contains(region) else {
                throw .organisation("region", "a code of GB/T 2260")
            }
            query.regionPrefix = Regions.prefix(of: region)
        }
        if let standing = given["standing"], !standing.isEmpty {
            guard let known = Organisation.Standing(rawValue: standing) else {
                throw .organisation("standing", "one of unverified, requested, verified, declined")
            }
            // What is not verified is for operators; all others find their own.
            guard known == .verified || caller.person?.isOperator ?? false else {
                throw .needs("operator", "only operators list those that are not verified")
            }
            query.standing = known
        }
        if let offset = given["offset"] {
            guard let number = Int(offset), (0...1_000_000).contains(number) else {
                throw .organisation("offset", "0 to 1000000")
            }
            query.offset = number
        }
        return query
    }

    func organisation(_ id: Int64) async throws(WireError) -> Response {
        let (organisation, rights) = try await organisation(id, for: .see)
        return try await page(of: organisation, rights)
    }

    private func page(
        of organisation: Organisation,
        _ rights: Set<OrganisationRight>,
        status: HTTPResponse.Status = .ok
    ) async throws(WireError) -> Response {
        let people = world.store.people
        let parent = try await stored { () -> Organisation? in
            guard let id = organisation.parent else { return nil }
            return try await people.organisation(id)
        }
        let members = try await stored { () -> [OrganisationMember] in
            rights.contains(.seeMembers) ? try await people.members(of: organisation.id) : []
        }
        let me = caller.person?.id
        return json(status: status) { writer in
            organisation.write(to: &writer)
            // The name of what stands above is known only where that is verified.
            writer.name("parent")
            if let parent, parent.standing == .verified || rights.contains(.administer) {
                writer.object { parent.write(to: &$0) }
            } else {
                writer.null()
            }
            if rights.contains(.administer) { writer.member("reason", orNull: organisation.reason) }
            writer.member("mayAdminister", rights.contains(.administer))
            writer.member("mayVouch", rights.contains(.vouch))
            guard rights.contains(.seeMembers) else { return }
            writer.member(
                "members",
                array: { array in
                    for member in members {
                        array.object { object in
                            object.member("member", "\(member.id)")
                            NameCard(member.shown).byline.write(to: &object)
                            object.member("role", member.role.rawValue)
                            object.member("since", member.since.milliseconds)
                            object.member("you", member.person == me)
                            object.member("page", orNull: member.page?.description)
                        }
                    }
                }
            )
        }
    }

    // MARK: Making and changing

    func foundOrganisation(_ request: Request) async throws(WireError) -> Response {
        let person = try caller.signedIn()
        let json = try object(request)
        let profile = try Organisation.Profile(reading: json, regions: world.regions)
        let parent = try await parent(in: json)
        let now = world.clock.now()
        let result = try await stored {
            try await world.store.people.found(profile, below: parent, by: person.id, at: now)
        }
        return try await page(
            of: try allowed(result),
            [.see, .seeMembers, .administer],
            status: .created
        )
    }

    func changeOrganisation(_ id: Int64, _ request: Request) async throws(WireError) -> Response {
        let (before, rights) = try await organisation(id, for: .administer)
        let json = try object(request)
        let profile = try Organisation.Profile(reading: json, regions: world.regions)
        let parent = try await parent(in: json, known: before.parent)
        let now = world.clock.now()
        let result = try await stored {
            try await world.store.people.change(id, to: profile, below: parent, at: now)
        }
        return try await page(of: try allowed(result), rights)
    }

    /// Asked for by those who run it, given or declined by those who vouch.
    func setStanding(of id: Int64, _ request: Request) async throws(WireError) -> Response {
        let json = try object(request)
        let standing = json["standing"]?.text.flatMap(Organisation.Standing.init(rawValue:))
        guard let standing, standing != .unverified else {
            throw .organisation("standing", "one of requested, verified, declined")
        }
        let right: OrganisationRight = standing == .requested ? .administer : .vouch
        let (before, rights) = try await organisation(id, for: right)
        var reason: String?
        if standing == .declined {
            reason = try PlainText.line(json["reason"]?.text, "reason", upTo: 300)
        }
        // A request that was granted meanwhile stays granted.
        guard before.standing != standing, !(standing == .requested && before.standing == .verified)
        else { return try await page(of: before, rights) }
        let now = world.clock.now()
        let changed = try await stored { [reason] in
            try await world.store.people.set(standing, because: reason, of: id, at: now)
        }
        guard let changed else { throw .noSuchOrganisation }
        return try await page(of: changed, rights)
    }

    // MARK: People

    func changeMember(
        _ member: Int64,
        of id: Int64,
        _ request: Request
    ) async throws(WireError) -> Response {
        let (_, rights) = try await organisation(id, for: .seeMembers)
        let json = try object(request)
        let role = json["role"]?.text.flatMap(OrganisationMember.Role.init(rawValue:))
        guard role != nil || json["role"]?.isNull ?? false else {
            throw .organisation("role", "admin, member, or null to take the person out")
        }
        let people = world.store.people
        let person = try await stored { try await people.person(ofMember: member, in: id) }
        let isOwn = person != nil && person == caller.person?.id
        // Everybody may leave by themselves.
        guard rights.contains(.administer) || (isOwn && role == nil) else {
            throw .needs("admin", "only those who run it may do that")
        }
        if let refusal = try await stored({
            try await people.change(member: member, of: id, to: role)
        }) {
            throw refusal.error
        }
        if isOwn, role == nil { return Response(status: .noContent) }
        return try await organisation(id)
    }

    func inviteToOrganisation(_ id: Int64, _ request: Request) async throws(WireError) -> Response {
        _ = try await organisation(id, for: .administer)
        let json = try object(request)
        guard let role = json["role"]?.text.flatMap(OrganisationMember.Role.init(rawValue:)) else {
            throw .organisation("role", "admin or member")
        }
        let uses = json["uses"]?.integer ?? 1
        let hours = json["hours"]?.integer ?? 168
        guard (1...1_000).contains(uses) else { throw .organisation("uses", "1 to 1000") }
        guard (1...8_760).contains(hours) else { throw .organisation("hours", "1 to 8760") }
        let expires = world.clock.now().advanced(byMilliseconds: hours * 3_600_000)
        let token = try await stored {
            let token = try Token()
            let invite = OrganisationInvite(
                token: token.digest,
                organisation: id,
                role: role,
                uses: Int(uses),
                expires: expires
            )
            try await world.store.people.add(invite)
            return token
        }
        return self.json(status: .created) { writer in
            writer.member("invite", token.digest.hex)
            writer.member("url", "/enter#\(token.text)")
            writer.member("expires", expires.milliseconds)
        }
    }

    func organisationInvites(_ id: Int64) async throws(WireError) -> Response {
        _ = try await organisation(id, for: .administer)
        let now = world.clock.now()
        let invites = try await stored { try await world.store.people.invites(of: id, at: now) }
        return json { writer in
            writer.member(
                "invites",
                array: { array in
                    for invite in invites {
                        array.object { object in
                            object.member("invite", invite.token.hex)
                            object.member("role", invite.role.rawValue)
                            object.member("uses", invite.uses)
                            object.member("expires", invite.expires.milliseconds)
                        }
                    }
                }
            )
        }
    }

    func revokeOrganisationInvite(_ token: Digest, of id: Int64) async throws(WireError) -> Response
    {
        _ = try await organisation(id, for: .administer)
        let isGone = try await stored { try await world.store.people.revoke(token, of: id) }
        guard isGone else { throw WireError(.notFound, "there is no such link") }
        return Response(status: .noContent)
    }

    func enterOrganisation(_ request: Request) async throws(WireError) -> Response {
        let person = try caller.signedIn()
        guard let token = try object(request)["token"]?.text.flatMap({ Token($0) }) else {
            throw FieldFault("token", "the link's token: 64 hex digits").error
        }
        let now = world.clock.now()
        let result = try await stored {
            try await world.store.people.enter(by: token.digest, person: person.id, at: now)
        }
        let entered = try allowed(result)
        return try await page(of: entered, try await rights(in: entered), status: .created)
    }

    // MARK: Shared

    private func allowed(
        _ result: Result<Organisation, OrganisationRefusal>
    ) throws(WireError) -> Organisation {
        switch result {
        case .success(let organisation): return organisation
        case .failure(let refusal): throw refusal.error
        }
    }

    /// The one above, by its number; it has to be one that the caller may see, or the `known` one.
    private func parent(
        in json: JSON,
        known: Int64? = nil
    ) async throws(WireError) -> Int64? {
        guard let given = json["parent"], !given.isNull else { return nil }
        guard let id = given.text.flatMap({ Int64($0) }) else {
            throw .organisation("parent", "an organisation's id, or null")
        }
        if id != known { _ = try await organisation(id, for: .see) }
        return id
    }
}
