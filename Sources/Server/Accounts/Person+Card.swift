internal import Rooms
internal import Storage

extension World {
    /// What others see of a person now.
    func card(of person: Person) throws(StorageError) -> NameCard {
        person.card(as: try store.people.shownCard(of: person.id))
    }
}

extension Person {
    /// What stands in the store just now, or what they typed: the one place where a badge is given.
    func card(as shown: ShownCard?) -> NameCard {
        shown.map { NameCard($0) } ?? typedCard
    }

    /// What they typed of themselves.
    var typedCard: NameCard {
        NameCard(name: name, organisation: organisation, kind: kind)
    }
}

extension NameCard {
    /// The organisation that the person chose, as registered, or the words that they typed; a badge
    /// where the organisation is verified.
    init(_ shown: ShownCard) {
        let typed = shown.card.organisation.map { Affiliation($0) }
        let affiliation = shown.organisation.map { Affiliation($0) } ?? typed
        self.init(Byline(shown.card.name, affiliation), kind: shown.card.kind)
    }
}

extension Affiliation {
    init(_ organisation: ShownOrganisation) {
        let id = organisation.isVerified ? UInt64(exactly: organisation.id) : nil
        self.init(organisation.name, badge: id.map(Badge.organisation))
    }
}

/// The card of whoever is behind a socket, read again when somebody's may have changed.
struct FreshCard {
    private var version: UInt64?
    private var card = NameCard.blank

    /// Another than at the last call only after a change that was answered before.
    mutating func read(of person: Person?, in world: World) throws(StorageError) -> NameCard {
        guard let person else { return .blank }
        // Before the card: what changes between the two is read at the next call.
        let now = world.store.people.cardsVersion
        guard version != now else { return card }
        card = try world.card(of: person)
        version = now
        return card
    }
}
