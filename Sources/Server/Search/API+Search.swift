internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport
internal import Wire

// Search over what the caller may read. The index says where something may stand; whether it is shown,
// and its words, come from the room's log at that moment.
extension API {
    /// Hits of one answer.
    private static let hitsPerPage = 20
    /// Texts that are ranked and counted; of more the newest.
    private static let mostRanked = 10_000

    /// `GET /search?q=&kind=&field=&year=&state=&room=&after=`.
    func search(_ request: Request) async throws(WireError) -> Response {
        try limitSearches()
        let asked = try SearchRequest(request.query)
        let reach = await reach(in: asked.room)
        let beside = try await besideRooms(asked)
        let (found, isLoose) = try await found(asked, reach, orLoosely: beside.isEmpty)
        let now = world.clock.now()
        var facets = SearchFacets(of: found, for: asked) { world.directory[$0]?.group(at: now) }
        for (kind, hits) in Dictionary(grouping: beside, by: \.kind) {
            facets.count(hits.count, of: kind)
        }
        let chosen = facets.chosen
        let page = chosen.dropFirst(asked.after).prefix(Self.hitsPerPage)
        let places = try await stored { try await world.store.search.places(of: Array(page)) }
        let hits = try await hits(at: places)
        let shown = asked.kind.map { kind in beside.filter { $0.kind == kind } } ?? beside
        let next = asked.after + page.count
        return json { object in
            object.member("loose", isLoose)
            object.member("count", chosen.count + shown.count)
            object.member("more", found.count >= Self.mostRanked)
            if let progress = world.search.progress {
                object.member(
                    "building",
                    object: { building in
                        building.member("done", progress.done)
                        building.member("of", progress.of)
                    }
                )
            }
            object.member(
                "hits",
                array: { array in
                    for hit in (asked.after == 0 ? shown : []) + hits {
                        array.object { hit.write(to: &$0, for: asked.query, at: now) }
                    }
                }
            )
            object.member("facets", object: { facets.write(to: &$0) })
            object.member("next", orNull: next < chosen.count ? next : nil)
        }
    }

    /// By address and by person: who has many of one does not get around the other.
    private func limitSearches() throws(WireError) {
        let keys = [client, caller.person.map { "person \($0.id)" }].compactMap(\.self)
        for key in keys.isEmpty ? [""] : keys {
            if let wait = world.searches.take(key) { throw .rateLimited(retryMilliseconds: wait) }
        }
    }

    /// All of it, or where nobody reads anything with all of it, any part.
    private func found(
        _ asked: SearchRequest,
        _ reach: SearchReach,
        orLoosely mayBeLoose: Bool
    ) async throws(WireError) -> ([SearchCandidate], isLoose: Bool) {
        for manner in mayBeLoose ? [SearchManner.exact, .loose] : [.exact] {
            let found = try await stored {
                try await world.store.search.find(
                    asked.query,
                    manner,
                    for: reach,
                    in: asked.room,
                    limit: Self.mostRanked
                )
            }
            if !found.isEmpty { return (found, manner == .loose) }
        }
        return ([], false)
    }

    /// What the caller belongs to besides everybody in all rooms that it is a member of, and sealed
    /// records that are not for it.
    private func reach(in room: RoomID?) async -> SearchReach {
        let standing = caller.standing
        let known = world.directory.all.filter { room == nil || $0.room == room }
        // Names are made here: a shard only looks them up.
        let asked = known.compactMap { summary -> (room: RoomID, member: MemberID?)? in
            let member = caller.person?.member(in: summary.room)
            return member != nil || summary.state == .archived ? (summary.room, member) : nil
        }
        var reach = SearchReach()
        for (shard, asked) in Dictionary(grouping: asked, by: { world.home(of: $0.room)?.number }) {
            guard let home = world.allShards.first(where: { $0.number == shard }) else { continue }
            let readings = await withCheckedContinuation { continuation in
                home.post { shard in
                    let hub = shard.application as? Hub
                    let readings = asked.compactMap { room, member -> (RoomID, Reading)? in
                        guard let host = hub?.host(of: room) else { return nil }
                        return (room, Reading(member, standing, in: host))
                    }
                    continuation.resume(returning: readings)
                }
            }
            for (room, reading) in readings {
                reach.readers.formUnion(reading.audiences.map { SearchReader(room, $0) })
                if !reading.finds(.everyone) { reach.hidden.insert(room) }
            }
        }
        return reach
    }

    // MARK: Events (活动) and people

    /// Events and people that are looked through at most, the newest.
    private static let mostBeside = 2_000
    private static let mostBesideShown = 10

    /// They are few and change freely, so they are read as they are now and stand in no index.
    private func besideRooms(_ asked: SearchRequest) async throws(WireError) -> [SearchHit] {
        guard !asked.isOfRooms else { return [] }
        let people = world.store.people
        let events = try await stored { try await people.publicEvents(limit: Self.mostBeside) }
        let pages = try await stored { try await people.publicPages(limit: Self.mostBeside) }
        let isOfOperator = caller.person?.isOperator == true
        let foundEvents = events.lazy.filter { event in
            // Without a room it is its organiser's alone.
            isOfOperator || event.owner == caller.person?.id
                || event.halls.contains { world.directory[$0.room] != nil }
        }.filter { asked.query.matches($0.findable) }.prefix(Self.mostBesideShown)
        let foundPages = pages.lazy.filter { _, owner, account in
            asked.query.matches(owner.findable(with: account))
        }.prefix(Self.mostBesideShown)
        return foundEvents.map(SearchHit.event)
            + foundPages.map { SearchHit.person($0.page, $0.owner, $0.account) }
    }

    // MARK: Texts of rooms

    private func hits(at places: [SearchPlace]) async throws(WireError) -> [SearchHit] {
        var views: [RoomID: RoomView] = [:]
        var hits: [SearchHit] = []
        for place in places {
            if views[place.room] == nil { views[place.room] = try await view(of: place.room) }
            guard let view = views[place.room],
                let found = try await text(at: place, in: view)
            else { continue }
            hits.append(.text(place, found, view))
        }
        return hits
    }

    /// A room as the caller reads it now.
    struct RoomView: Sendable {
        let summary: RoomSummary
        let reading: Reading
        let texts: RoomTexts?
        let slides: [SlotID: [SlideFile]]
        let redacted: [UInt64: [Int]]
    }

    private func view(of room: RoomID) async throws(WireError) -> RoomView {
        let (member, standing) = (caller.person?.member(in: room), caller.standing)
        return try await world.withHost(of: room) { host, _, _ in
            RoomView(
                summary: host.summary,
                reading: Reading(member, standing, in: host),
                texts: host.texts.room,
                slides: host.texts.slides,
                redacted: host.durable.redactedParts
            )
        }
    }

    /// What stands at a place for the caller, and who said it; `nil` where there is nothing any more.
    private func text(
        at place: SearchPlace,
        in view: RoomView
    ) async throws(WireError) -> (text: String, by: String?)? {
        guard view.reading.finds(.everyone) else { return nil }
        switch place.kind {
        case .room: return view.texts.map { ($0.title, nil) }
        case .slot:
            guard let slot = view.slot(place.slot) else { return nil }
            // Its title stands above.
            return (slot.details.joined(separator: " · "), nil)
        case .slide: return try await words(ofPageAt: place, in: view).map { ($0, nil) }
        case .chat, .question, .answer, .announcement, .caption:
            return try await said(at: place, in: view)
        }
    }

    private func words(
        ofPageAt place: SearchPlace,
        in view: RoomView
    ) async throws(WireError) -> String? {
        let reading = view.reading
        guard !reading.isMatter, !reading.mustSign, reading.isInside,
            let slot = place.slot.flatMap({ SlotID($0) }), let page = place.page,
            let files = view.slides[slot], files.indices.contains(page - 1),
            let digest = files[page - 1].digest
        else { return nil }
        return try await stored {
            try await world.store.people.texts(of: [digest], in: place.room)[digest]
        }
    }

    private func said(
        at place: SearchPlace,
        in view: RoomView
    ) async throws(WireError) -> (text: String, by: String?)? {
        guard place.sequence > 0 else { return nil }
        let events = try await stored {
            try await world.store.read(place.room, after: place.sequence - 1, limit: 1)
        }.erasing(view.redacted)
        guard let event = events.first, event.sequence == place.sequence,
            let type = Entry(event)?.recorded.event.type
        else { return nil }
        for (_, bytes) in event.visibleParts(where: { view.reading.finds($0) }) {
            // Other parts hold no texts.
            guard case .some(.some(let texts)) = try? EventDecoding.texts(from: bytes, of: type),
                let words = texts.words
            else { continue }
            return (words, texts.speaker)
        }
        return nil
    }
}

extension API.RoomView {
    func slot(_ id: String?) -> SlotTexts? {
        texts?.slots.first { $0.id.description == id }
    }
}

extension API.Reading {
    /// What of a room is found by whoever reads it so: who has yet to sign finds what everybody does.
    func finds(_ audience: Audience) -> Bool {
        sees(audience) && (audience == .everyone || !mustSign)
    }

    /// The audiences that a member belongs to besides everybody.
    fileprivate var audiences: [Audience] {
        guard let member, !mustSign else { return [] }
        let roles = roles.map { Audience.role($0.rawValue) }
        return ([.members, .staff] + roles).filter { sees($0) } + [.member(member)]
    }
}
