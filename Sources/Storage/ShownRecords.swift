/// Which organisation somebody with an account wants beside their name.
public enum OrganisationChoice: Hashable, Sendable {
    /// None was chosen: the only one that they are in stands there.
    case automatic
    /// None: the words on their card stand there.
    case none
    /// That one, as long as they are in it.
    case organisation(Int64)
}

/// An organisation that stands beside a name, as it is now.
public struct ShownOrganisation: Hashable, Sendable {
    public let id: Int64
    /// As registered.
    public let name: String
    public let isVerified: Bool

    /// One of these values.
    public init(id: Int64, name: String, isVerified: Bool) {
        self.id = id
        self.name = name
        self.isVerified = isVerified
    }
}

/// What others see of a person, as it is now.
public struct ShownCard: Hashable, Sendable {
    /// What the person typed.
    public let card: Card
    /// Stands in place of the typed organisation; only somebody with an account has one.
    public let organisation: ShownOrganisation?

    /// One of these values.
    public init(card: Card, organisation: ShownOrganisation?) {
        self.card = card
        self.organisation = organisation
    }
}
