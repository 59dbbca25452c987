internal import Ledger
internal import Rooms
internal import Transport

/// What a room's viewers do while it runs, as far as it is counted: the most at once, and by page who
/// went and who turned back. Kept in memory alone until the slot is over.
struct Viewership {
    /// Whoever is back within it never left.
    private static let absence: Int64 = 60_000  // milliseconds
    /// Departures and looks that are kept; beyond it none is added.
    private static let limit = 50_000

    /// The most connections at once since that was last noted.
    private(set) var most = 0
    /// By who went, `nil` for visitors, of whom one is as good as another; the last is the newest.
    private var departures: [MemberID?: [Departure]] = [:]
    private var departureCount = 0
    private var looks: [Page: Set<ConnectionID>] = [:]
    private var lookCount = 0

    private struct Page: Hashable {
        let slot: SlotID
        let page: Int
    }

    private struct Departure {
        let from: Page
        let at: Timestamp
    }

    mutating func came(_ member: MemberID?, making here: Int, at now: Timestamp) {
        most = max(most, here)
        guard let last = departures[member]?.last, last.at.milliseconds(to: now) <= Self.absence
        else { return }
        departures[member]?.removeLast()
        departureCount -= 1
    }

    mutating func went(_ member: MemberID?, from page: (slot: SlotID, page: Int), at now: Timestamp)
    {
        guard departureCount < Self.limit else { return }
        let from = Page(slot: page.slot, page: page.page)
        departures[member, default: []].append(Departure(from: from, at: now))
        departureCount += 1
    }

    mutating func lookedBack(_ connection: ConnectionID, to page: Int, of slot: SlotID) {
        guard lookCount < Self.limit else { return }
        let page = Page(slot: slot, page: page)
        if looks[page, default: []].insert(connection).inserted { lookCount += 1 }
    }

    mutating func noted(_ here: Int) { most = here }

    /// What was seen of a slot's pages; it is forgotten with that.
    mutating func takePages(of slot: SlotID) -> [PageTally] {
        var left: [Int: Int] = [:]
        for departure in departures.values.joined() where departure.from.slot == slot {
            left[departure.from.page, default: 0] += 1
        }
        departures = departures.compactMapValues { own in
            let others = own.filter { $0.from.slot != slot }
            return others.isEmpty ? nil : others
        }
        departureCount -= left.values.reduce(0, +)
        var returned: [Int: Int] = [:]
        for (page, connections) in looks where page.slot == slot {
            returned[page.page] = connections.count
            lookCount -= connections.count
            looks[page] = nil
        }
        return Set(left.keys).union(returned.keys).sorted().map { page in
            PageTally(page: page, returned: returned[page] ?? 0, left: left[page] ?? 0)
        }
    }
}

extension RoomHost {
    /// Whether that a count is due: the audience is another than was noted last.
    var hasAttendanceToNote: Bool {
        guard [.open, .live, .paused].contains(durable.lifecycle.name) else { return false }
        let noted = durable.attendance
        let ofSlot = durable.roadshow.stage.map { noted.bySlot[$0.frame.id] ?? 0 } ?? Int.max
        let most = max(viewership.most, here)
        return here != noted.here || most > noted.most || most > ofSlot
    }

    func noteAttendance() {
        let slot = durable.roadshow.stage?.frame.id
        let count = AttendanceCount(here: here, most: viewership.most, slot: slot)
        viewership.noted(here)
        takeOwn(.countAttendance(count))
    }

    /// Tells of a slot's pages once it is over.
    func tellPagesDue() {
        let slots = pagesDue
        pagesDue = []
        for slot in slots { takeOwn(.tellPages(slot, viewership.takePages(of: slot))) }
    }

    private func takeOwn(_ command: Command) {
        take(command, mark: nil, by: .server, received: now(), replyTo: .nobody)
    }

    /// A viewer went back to a page by itself; whatever else it is is no error.
    func lookBack(to page: Int, of slot: SlotID, on connection: ConnectionID, id: String) {
        acknowledge(id, on: connection)
        guard let shown = durable.followedPage, shown.slot == slot, (1..<shown.page).contains(page)
        else { return }
        viewership.lookedBack(connection, to: page, of: slot)
    }

    /// Who is not at work here: viewers, whose coming and going says something of a slide.
    static func isViewer(_ reader: ReaderClass) -> Bool {
        reader == .visitor || reader == ReaderClass(roles: [.audience])
    }
}
