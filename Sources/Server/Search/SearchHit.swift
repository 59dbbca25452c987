internal import Ledger
internal import Rooms
internal import Storage
internal import Wire

/// What was found, as its finder may see it.
enum SearchHit: Sendable {
    case text(SearchPlace, (text: String, by: String?), API.RoomView)
    case event(PublicEvent)
    case person(ProfilePage, Person, Account)

    var kind: SearchRequest.Kind {
        switch self {
        case .text(let place, _, _): .text(place.kind)
        case .event: .event
        case .person: .person
        }
    }

    func write(to object: inout JSONWriter, for query: SearchQuery, at now: Timestamp) {
        object.member("kind", kind.name)
        switch self {
        case .text(let place, let found, let view):
            object.member("room", "\(place.room)")
            object.member("title", view.summary.title)
            object.member("state", view.summary.state.rawValue)
            object.member("group", view.summary.group(at: now).name)
            object.member("startsAt", view.summary.startsAt.milliseconds)
            object.member("language", view.summary.language)
            Self.write(place, found, view, to: &object)
            SearchSnippet(of: found.text, for: query).write("snippet", to: &object)
        case .event(let event):
            object.member("event", "\(event.id)")
            object.member("title", event.profile.title)
            SearchSnippet(of: event.findable, for: query).write("snippet", to: &object)
        case .person(let page, let owner, let account):
            object.member("profile", "\(page.id)")
            object.member("title", owner.typedCard.name)
            let text = owner.findable(with: account)
            SearchSnippet(of: text, for: query).write("snippet", to: &object)
        }
    }

    private static func write(
        _ place: SearchPlace,
        _ found: (text: String, by: String?),
        _ view: API.RoomView,
        to object: inout JSONWriter
    ) {
        object.member("sequence", place.sequence)
        object.member("at", place.at.milliseconds)
        if let opened = place.opened, place.at >= opened {
            object.member("seconds", (place.at.milliseconds - opened.milliseconds) / 1_000)
        }
        if let by = found.by, !by.isEmpty { object.member("by", by) }
        if let slot = place.slot {
            object.member("slot", slot)
            object.member("slotTitle", orNull: view.slot(slot)?.title)
        }
        if let page = place.page { object.member("page", page) }
    }
}

extension PublicEvent {
    /// What of it is found by words.
    var findable: String {
        [profile.title, profile.introduction, profile.venue].compactMap(\.self)
            .joined(separator: "\n")
    }
}

extension Person {
    /// What of a person's page is found by words.
    func findable(with account: Account) -> String {
        var texts = [typedCard.name]
        // What is kept was accepted as JSON once; of anything else the name alone is found.
        if let profile = try? JSONParser.parse(Array(account.profile.utf8)) {
            for list in ["titles", "fields"] {
                texts += profile[list]?.items?.compactMap(\.text) ?? []
            }
            if let introduction = profile["introduction"]?.text { texts.append(introduction) }
        }
        return texts.joined(separator: "\n")
    }
}
