public import Ledger

/// How many followed a room at a moment, noted at most once a minute (`rooms.md`, Membership).
public struct AttendanceCount: Equatable, Sendable {
    /// Connections then.
    public let here: Int
    /// The most at once since the count before.
    public let most: Int
    /// The slot on stage then.
    public let slot: SlotID?

    public init(here: Int, most: Int, slot: SlotID?) {
        self.here = here
        self.most = max(here, most)
        self.slot = slot
    }
}

/// What became of the audience while a page was shown. Counts below five say nothing, lest they say
/// something of one person.
public struct PageTally: Equatable, Sendable {
    /// From 1.
    public let page: Int
    /// Questions about the slot.
    public let asked: Int
    /// Viewers who turned back to it by themselves.
    public let returned: Int
    /// Viewers who went, and did not come back within a minute.
    public let left: Int

    /// From here on a count is told.
    public static let least = 5

    public init(page: Int, asked: Int = 0, returned: Int = 0, left: Int = 0) {
        self.page = page
        self.asked = asked
        self.returned = returned
        self.left = left
    }

    /// The same without counts that are too small; `nil` where none is left.
    var told: PageTally? {
        let told = PageTally(
            page: page,
            asked: Self.told(asked),
            returned: Self.told(returned),
            left: Self.told(left)
        )
        return told.asked + told.returned + told.left > 0 ? told : nil
    }

    private static func told(_ count: Int) -> Int { count < least ? 0 : count }
}

/// Who followed the room, as far as it was noted.
public struct Attendance: Equatable, Sendable {
    public internal(set) var here = 0
    /// The most at once, and when that was noted.
    public internal(set) var most = 0
    public internal(set) var mostAt: Timestamp?
    /// The most at once while a slot was on stage.
    public internal(set) var bySlot: [SlotID: Int] = [:]
    /// What was told of a slot's pages last.
    public internal(set) var pages: [SlotID: [PageTally]] = [:]
}

extension Room {
    func attendanceEvents(of command: Command) throws(Rejection) -> [Draft] {
        switch command {
        case .countAttendance(let count):
            let isKnown = count.slot.map { count.most <= attendance.bySlot[$0] ?? 0 } ?? true
            guard count.here != attendance.here || count.most > attendance.most || !isKnown else {
                return []
            }
            return [Draft(.attendanceCounted(count))]
        case .tellPages(let slot, let tallies):
            try requireKnown(slot)
            let told = pages(of: slot, with: tallies).compactMap(\.told)
            guard !told.isEmpty, told != attendance.pages[slot] else { return [] }
            let presenters = presenters(of: slot).map { Audience.member($0) }
            return [Draft(.slotFollowed(slot, told), told: [.staff] + presenters)]
        default: return []
        }
    }

    /// What viewers did, as the server saw it, with the questions of the log.
    private func pages(of slot: SlotID, with tallies: [PageTally]) -> [PageTally] {
        var byPage = Dictionary(tallies.map { ($0.page, $0) }) { first, _ in first }
        var asked: [Int: Int] = [:]
        for question in questions.values where question.slot == slot {
            if let page = question.page { asked[page, default: 0] += 1 }
        }
        for (page, count) in asked {
            let seen = byPage[page]
            byPage[page] = PageTally(
                page: page,
                asked: count,
                returned: seen?.returned ?? 0,
                left: seen?.left ?? 0
            )
        }
        return byPage.values.sorted { $0.page < $1.page }
    }

    mutating func applyAttendance(_ recorded: Recorded) {
        switch recorded.event {
        case .attendanceCounted(let count):
            attendance.here = count.here
            if count.most > attendance.most {
                (attendance.most, attendance.mostAt) = (count.most, recorded.at)
            }
            if let slot = count.slot {
                attendance.bySlot[slot] = max(count.most, attendance.bySlot[slot] ?? 0)
            }
        case .slotFollowed(let slot, let pages): attendance.pages[slot] = pages
        default: break
        }
    }
}

extension Room {
    /// The slot on stage and its page, while its viewers are counted by page.
    public var followedPage: (slot: SlotID, page: Int)? {
        guard lifecycle.name == .live, let slot = roadshow.stage, slot.state.isRunning,
            slot.pages > 0
        else { return nil }
        return (slot.frame.id, slot.page)
    }
}
