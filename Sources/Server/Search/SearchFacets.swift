internal import Ledger
internal import Storage
internal import Wire

/// How many there are of each kind, field, year and state of a room; each counted as if nothing had
/// been chosen of it, so that another can be chosen.
struct SearchFacets {
    /// Fields that are told of at most; the rest has few hits each.
    private static let mostFields = 20

    private(set) var kinds: [String: Int] = [:]
    private(set) var fields: [String: Int] = [:]
    private(set) var years: [Int: Int] = [:]
    private(set) var states: [String: Int] = [:]
    /// Those that are asked for.
    private(set) var chosen: [SearchCandidate] = []

    /// `group` tells whether a room is live, coming or past; `nil` where there is none.
    init(
        of found: [SearchCandidate],
        for request: SearchRequest,
        group: (RoomID) -> RoomSummary.Group?
    ) {
        var groups: [RoomID: RoomSummary.Group] = [:]
        for candidate in found {
            guard let group = groups[candidate.room] ?? group(candidate.room) else { continue }
            groups[candidate.room] = group
            let fits = [
                request.kind.map { $0 == .text(candidate.kind) } ?? true,
                request.field.map { $0 == candidate.field } ?? true,
                request.year.map { $0 == candidate.year } ?? true,
                request.state.map { $0 == group } ?? true,
            ]
            let misfits = fits.count { !$0 }
            guard misfits <= 1 else { continue }
            let isChosen = misfits == 0
            if isChosen || !fits[0] { kinds[candidate.kind.rawValue, default: 0] += 1 }
            if isChosen || !fits[1], let field = candidate.field { fields[field, default: 0] += 1 }
            if isChosen || !fits[2] { years[candidate.year, default: 0] += 1 }
            if isChosen || !fits[3] { states[group.name, default: 0] += 1 }
            if isChosen { chosen.append(candidate) }
        }
        chosen.sort { ($0.score, $1.id) < ($1.score, $0.id) }
    }

    mutating func count(_ number: Int, of kind: SearchRequest.Kind) {
        if number > 0 { kinds[kind.name] = number }
    }

    func write(to object: inout JSONWriter) {
        let order = SearchRequest.Kind.all.map(\.name)
        Self.write(
            "kinds",
            order.compactMap { name in kinds[name].map { (name, $0) } },
            to: &object
        )
        let common = fields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        Self.write("fields", common.prefix(Self.mostFields).map { ($0.key, $0.value) }, to: &object)
        let newest = years.sorted { $0.key > $1.key }
        Self.write("years", newest.map { ("\($0.key)", $0.value) }, to: &object)
        let groups = ["live", "coming", "past"]
        Self.write(
            "states",
            groups.compactMap { name in states[name].map { (name, $0) } },
            to: &object
        )
    }

    private static func write(
        _ name: String,
        _ counts: [(String, Int)],
        to object: inout JSONWriter
    ) {
        object.member(
            name,
            array: { array in
                for (value, count) in counts {
                    array.object { one in
                        one.member("value", value)
                        one.member("count", count)
                    }
                }
            }
        )
    }
}
