internal import HTTP
internal import Ledger
internal import Rooms
internal import Wire

// The people of a room, for staff: searched and paged on the server, so that a page of a room of
// thousands is as small as that of ten.
extension API {
    /// `GET /rooms/R/people?q=&filter=&from=&limit=`.
    func people(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        _ = try await staff(of: room)
        let wanted = (request.query["q"] ?? "").prefix(100).lowercased()
        guard let filter = PeopleFilter(request.query["filter"] ?? "all") else {
            throw FieldFault("filter", PeopleFilter.expected).error
        }
        let from = try number("from", request, 0...1_000_000, default: 0)
        let limit = try number("limit", request, 1...100, default: 50)
        let (state, texts, present) = try await world.withHost(of: room) { host, _, _ in
            (host.durable, host.texts, host.present)
        }
        let everybody = PersonRow.all(in: state, texts, present)
        let found = everybody.filter { $0.matches(wanted) && filter.takes($0) }
        let page = found.dropFirst(from).prefix(limit)
        return json { writer in
            writer.member("total", found.count)
            writer.member("from", from)
            writer.member(
                "people",
                array: { array in for row in page { array.object { row.write(to: &$0) } } }
            )
            writer.member(
                "counts",
                object: { counts in
                    for filter in PeopleFilter.counted {
                        counts.member(filter.name, everybody.count { filter.takes($0) })
                    }
                }
            )
        }
    }

    private func number(
        _ name: String,
        _ request: Request,
        _ range: ClosedRange<Int>,
        default standard: Int
    ) throws(WireError) -> Int {
        guard let text = request.query[name] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            let expected = "an integer from \(range.lowerBound) to \(range.upperBound)"
            throw FieldFault(name, expected).error
        }
        return number
    }
}

/// Which people a list shows.
enum PeopleFilter: Equatable, Sendable {
    case all
    /// Members whose page is open now.
    case here
    /// Those who wait for staff, also with a form.
    case waiting
    case muted
    /// Members in the hall, and those whose page is open elsewhere.
    case onSite, remote
    case outside(Outside.Name)
    case role(Role)

    static let counted: [PeopleFilter] = [
        .all, .here, .onSite, .remote, .waiting, .muted, .outside(.declined), .outside(.removed),
        .outside(.banned),
    ]

    static let expected =
        "all, here, on_site, remote, waiting, muted, declined, removed, banned, or role: and a role"

    init?(_ text: String) {
        switch text {
        case "all": self = .all
        case "here": self = .here
        case "waiting": self = .waiting
        case "muted": self = .muted
        case "on_site": self = .onSite
        case "remote": self = .remote
        case "declined": self = .outside(.declined)
        case "removed": self = .outside(.removed)
        case "banned": self = .outside(.banned)
        default:
            guard text.hasPrefix("role:"), let role = Role(rawValue: String(text.dropFirst(5)))
            else { return nil }
            self = .role(role)
        }
    }

    var name: String {
        switch self {
        case .all: "all"
        case .here: "here"
        case .waiting: "waiting"
        case .muted: "muted"
        case .onSite: "on_site"
        case .remote: "remote"
        case .outside(let name): name.rawValue
        case .role(let role): "role:" + role.rawValue
        }
    }

    func takes(_ row: PersonRow) -> Bool {
        switch (self, row.place) {
        case (.all, _): true
        case (.here, .inside): row.isHere
        case (.waiting, .outside(let outside)): outside.since != nil
        case (.muted, .inside(let membership)): membership.isMuted
        case (.onSite, .inside(let membership)): membership.isOnSite
        case (.remote, .inside(let membership)): row.isHere && !membership.isOnSite
        case (.outside(let name), .outside(let outside)): outside.name == name
        case (.role(let role), .inside(let membership)): membership.roles.contains(role)
        default: false
        }
    }
}

/// One person in the list.
struct PersonRow: Sendable {
    enum Place: Sendable {
        case inside(Membership)
        case outside(Outside)
    }

    let member: MemberID
    let card: NameCard
    let at: Timestamp
    let place: Place
    let isHere: Bool
    /// When it signed the terms of a closed matter.
    let signed: Timestamp?
    let answers: [String]
    let reason: String?

    /// Those who wait first, in their order; then members, the newest first; then the others.
    static func all(
        in room: Room,
        _ texts: RoomTextBook,
        _ present: [MemberID: Int]
    ) -> [PersonRow] {
        var rows: [PersonRow] = []
        rows.reserveCapacity(room.members.count + room.outside.count)
        for (id, membership) in room.members {
            let entrant = texts.members[id]
            rows.append(
                PersonRow(
                    member: id,
                    card: entrant?.card ?? .blank,
                    at: entrant?.at ?? Timestamp(milliseconds: 0),
                    place: .inside(membership),
                    isHere: present[id] != nil,
                    signed: room.signatures[id],
                    answers: [],
                    reason: nil
                )
            )
        }
        for (id, outside) in room.outside {
            let outsider = texts.outsiders[id]
            rows.append(
                PersonRow(
                    member: id,
                    card: outsider?.card ?? .blank,
                    at: outsider?.at ?? Timestamp(milliseconds: 0),
                    place: .outside(outside),
                    isHere: present[id] != nil,
                    signed: room.signatures[id],
                    answers: outsider?.answers ?? [],
                    reason: outsider?.reason
                )
            )
        }
        return rows.map { (order: $0.order, row: $0) }.sorted { $0.order < $1.order }.map(\.row)
    }

    private var order: (Int, UInt64, String) {
        switch place {
        case .outside(let outside):
            if let since = outside.since {
                (0, since, "")
            } else {
                (2, at.newestFirst, "\(member)")
            }
        case .inside: (1, at.newestFirst, "\(member)")
        }
    }

    func matches(_ wanted: String) -> Bool {
        guard !wanted.isEmpty else { return true }
        return card.name.lowercased().contains(wanted)
            || card.organisation?.lowercased().contains(wanted) ?? false
    }

    func write(to object: inout JSONWriter) {
        object.member("member", "\(member)")
        card.write(to: &object)
        object.member("at", at.milliseconds)
        object.member("here", isHere)
        switch place {
        case .inside(let membership):
            object.member("state", "in")
            membership.writeRoles(to: &object)
            object.member("muted", membership.isMuted)
            object.member("onSite", membership.isOnSite)
            if let signed { object.member("signed", signed.milliseconds) }
        case .outside(let outside):
            object.member("state", outside.name.rawValue)
            if !answers.isEmpty {
                object.member(
                    "answers",
                    array: { array in for answer in answers { array.string(answer) } }
                )
            }
            if let reason { object.member("reason", reason) }
        }
    }
}

extension Timestamp {
    fileprivate var newestFirst: UInt64 { .max - milliseconds }
}
