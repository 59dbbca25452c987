internal import Ledger
internal import Rooms
internal import Storage
internal import Wire

extension PlainText {
    /// One line of a form, white space made single.
    static func line(
        _ text: String?,
        _ field: String,
        upTo limit: Int
    ) throws(WireError) -> String {
        let line = singleSpaced(text ?? "")
        guard isLine(line, upTo: limit) else {
            throw .organisation(field, "1 to \(limit) printable characters")
        }
        // A name does not pretend to a badge.
        return Badge.disarmed(line)
    }

    /// Some lines, or nothing.
    static func lines(
        _ text: String?,
        _ field: String,
        upTo limit: Int
    ) throws(WireError) -> String? {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
        guard areLines(text, upTo: limit) else {
            throw .organisation(field, "at most \(limit) printable characters")
        }
        return text
    }
}

extension Organisation {
    static let kinds = [
        "university", "institute", "enterprise", "fund", "agency", "society", "association",
        "government", "other",
    ]
    static let levels = ["central", "province", "city", "county"]

    /// What everybody reads of it who may see it.
    func write(to object: inout JSONWriter) {
        object.member("id", "\(id)")
        object.member("name", profile.name)
        object.member("englishName", orNull: profile.englishName)
        object.member("kind", profile.kind)
        object.member("level", orNull: profile.level)
        object.member("region", orNull: profile.region)
        object.member("introduction", orNull: profile.introduction)
        object.member("website", orNull: profile.website)
        object.member("standing", standing.rawValue)
        object.member("since", since.milliseconds)
        object.member("size", size)
    }
}

extension Organisation.Profile {
    /// A profile as the form sends it.
    init(reading json: JSON, regions: Regions) throws(WireError) {
        let name = try PlainText.line(json["name"]?.text, "name", upTo: 80)
        guard let kind = json["kind"]?.text, Organisation.kinds.contains(kind) else {
            throw .organisation("kind", "one of \(Organisation.kinds.joined(separator: ", "))")
        }
        self.init(name: name, kind: kind)
        if let given = json["englishName"]?.text, !given.isEmpty {
            englishName = try PlainText.line(given, "englishName", upTo: 120)
        }
        if let given = json["level"]?.text, !given.isEmpty {
            guard Organisation.levels.contains(given) else {
                throw .organisation(
                    "level",
                    "one of \(Organisation.levels.joined(separator: ", "))"
                )
            }
            level = given
        }
        if let given = json["region"]?.text, !given.isEmpty {
            guard regions.contains(given) else {
                throw .organisation("region", "a code of GB/T 2260")
            }
            region = given
        }
        introduction = try PlainText.lines(json["introduction"]?.text, "introduction", upTo: 2_000)
        if let given = json["website"]?.text, !given.isEmpty {
            let isAddress =
                given.hasPrefix("https://") && given.utf8.count <= 200 && given.utf8.count > 10
                && given.utf8.allSatisfy {
                    (0x21...0x7E).contains($0) && !"<>\"\\^`{|}".utf8.contains($0)
                }
            guard isAddress else { throw .organisation("website", "an address of https://") }
            website = given
        }
    }
}

extension OrganisationRefusal {
    var error: WireError {
        switch self {
        case .noSuchOrganisation: .noSuchOrganisation
        case .noSuchMember: WireError(.notFound, "there is no such member")
        case .lastAdmin:
            WireError(.organisationLastAdmin, "somebody else has to run it before")
        case .circular:
            WireError(
                .organisationMalformed,
                "what stands above it must not stand below it",
                [JSON.Member("field", .string("parent"))]
            )
        case .tooMany(let limit):
            WireError(
                .organisationTooMany,
                "one person runs at most \(limit)",
                [JSON.Member("limit", .integer(Int64(limit)))]
            )
        case .badInvite:
            WireError(.inviteInvalid, "the link was used up, has expired or is not known")
        }
    }
}

extension WireError {
    static let noSuchOrganisation = WireError(.notFound, "there is no such organisation")

    /// A field of a form has not the form it needs.
    static func organisation(_ field: String, _ expected: String) -> WireError {
        WireError(
            .organisationMalformed,
            "\(field) must be \(expected)",
            [JSON.Member("field", .string(field)), JSON.Member("expected", .string(expected))]
        )
    }
}
