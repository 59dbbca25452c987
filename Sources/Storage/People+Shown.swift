import GRDB

extension People {
    /// Organisations that a person may choose from, at most.
    static let choiceLimit = 200

    /// What others see of a person now; `nil` when there is none of that number.
    ///
    /// Well under a millisecond, on any thread: a shard asks before somebody joins or speaks, where
    /// `cardsVersion` is another than before.
    public func shownCard(of person: Int64) throws(StorageError) -> ShownCard? {
        try readNow { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT p.name, p.organisation, p.kind, \(Self.shownColumns)
                    FROM persons p \(Self.shownJoin) WHERE p.id = ?
                    """,
                arguments: [person]
            ).map { row in
                ShownCard(row: row)
            }
        }
    }

    /// The number of the organisation beside the name of the person `p`. Without an account nothing
    /// but words stands there; a choice that the person is no longer in shows none.
    private static let shown = """
        SELECT m.organisation FROM organisation_members m JOIN accounts USING (person)
        WHERE m.person = p.id AND CASE WHEN p.shown IS NULL
        THEN (SELECT count(*) FROM organisation_members WHERE person = p.id) = 1
        ELSE m.organisation = p.shown END
        """

    /// What stands beside the name of the person `p`, to be read by `ShownOrganisation.init(row:)`.
    static let shownJoin = "LEFT JOIN organisations o ON o.id = (\(shown))"
    static let shownColumns = "o.id AS shown_id, o.name AS shown_name, o.standing AS shown_standing"

    /// Chooses which organisation stands beside a person's name.
    /// - Returns: whether they may: nobody chooses one that they are not in.
    public func show(
        _ choice: OrganisationChoice,
        of person: Int64
    ) async throws(StorageError) -> Bool {
        try await writeCards { database in
            if case .organisation(let id) = choice {
                let sql = "SELECT 1 FROM organisation_members WHERE person = ? AND organisation = ?"
                guard try Bool.fetchOne(database, sql: sql, arguments: [person, id]) ?? false else {
                    return false
                }
            }
            try database.execute(
                sql: "UPDATE persons SET shown = ? WHERE id = ?",
                arguments: [choice.number, person]
            )
            return true
        }
    }

    /// What a person chose.
    public func choice(of person: Int64) throws(StorageError) -> OrganisationChoice {
        try readNow { database in
            let sql = "SELECT shown FROM persons WHERE id = ?"
            let number = try Int64?.fetchOne(database, sql: sql, arguments: [person])
            return OrganisationChoice(number: number ?? nil)
        }
    }

    /// The organisations that a person is in, by name.
    public func organisations(of person: Int64) async throws(StorageError) -> [Organisation] {
        try await read { database in
            let condition =
                "id IN (SELECT organisation FROM organisation_members WHERE person = ?)"
            return try Self.organisations(
                where: condition,
                arguments: [person],
                limit: Self.choiceLimit,
                database
            )
        }
    }
}

extension OrganisationChoice {
    /// No organisation has the number 0.
    fileprivate var number: Int64? {
        switch self {
        case .automatic: nil
        case .none: 0
        case .organisation(let id): id
        }
    }

    fileprivate init(number: Int64?) {
        switch number {
        case nil: self = .automatic
        case .some(0): self = .none
        case .some(let id): self = .organisation(id)
        }
    }
}

extension ShownCard {
    /// Of a row with `name`, `organisation` and `kind` of a person, and `People.shownColumns`.
    init(row: Row) {
        let card = Card(name: row["name"], organisation: row["organisation"], kind: row["kind"])
        self.init(card: card, organisation: ShownOrganisation(row: row))
    }
}

extension ShownOrganisation {
    /// Of a row with `People.shownColumns`.
    init?(row: Row) {
        guard let id = row["shown_id"] as Int64?, let name = row["shown_name"] as String? else {
            return nil
        }
        let standing = row["shown_standing"] as String?
        self.init(
            id: id,
            name: name,
            isVerified: standing == Organisation.Standing.verified.rawValue
        )
    }
}
