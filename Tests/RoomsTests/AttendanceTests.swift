// Proves what is noted of a room's audience: the most at once, by slot, and by page only what says nothing of
// one person.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct AttendanceTests {
    private static func count(_ here: Int, _ most: Int, _ slot: SlotID? = nil) -> Command {
        .countAttendance(AttendanceCount(here: here, most: most, slot: slot))
    }

    @Test func `the most at once stands, in all and by slot`() throws {
        var rehearsal = Rehearsal.live(.pitch)
        #expect(try rehearsal.give(Self.count(5, 9, .first), by: .server).get().count == 1)
        let first = rehearsal.room.attendance
        #expect((first.here, first.most, first.bySlot[.first]) == (5, 9, 9))
        #expect(first.mostAt != nil)
        // The same again says nothing new; a smaller crowd changes who is here alone.
        #expect(try rehearsal.give(Self.count(5, 9, .first), by: .server).get().isEmpty)
        #expect(try rehearsal.give(Self.count(5, 5), by: .server).get().isEmpty)
        #expect(try rehearsal.give(Self.count(2, 7, .second), by: .server).get().count == 1)
        let second = rehearsal.room.attendance
        #expect((second.here, second.most, second.mostAt) == (2, 9, first.mostAt))
        #expect((second.bySlot[.first], second.bySlot[.second]) == (9, 7))
    }

    @Test func `who is here is never more than the most`() {
        #expect(AttendanceCount(here: 8, most: 3, slot: nil).most == 8)
    }

    @Test(arguments: [(4, 0), (5, 5), (6, 6)])
    func `a count below five is not told`(count: Int, told: Int) throws {
        var rehearsal = Rehearsal.live(.questions)
        let tally = PageTally(page: 2, returned: count, left: 7)
        let drafts = try rehearsal.give(.tellPages(.first, [tally]), by: .server).get()
        let expected = PageTally(page: 2, returned: told, left: 7)
        #expect(drafts.map(\.event) == [.slotFollowed(.first, [expected])])
    }

    @Test func `where no count is large enough nothing is told`() throws {
        var rehearsal = Rehearsal.live(.questions)
        let small = [PageTally(page: 1, left: 4), PageTally(page: 2, returned: 4)]
        #expect(try rehearsal.give(.tellPages(.first, small), by: .server).get().isEmpty)
        #expect(try rehearsal.give(.tellPages(.first, []), by: .server).get().isEmpty)
    }

    @Test func `staff and the slot's presenters are told, and nobody else`() throws {
        var rehearsal = Rehearsal.live(.questions)
        let tallies = [PageTally(page: 1, left: 5)]
        let draft = try #require(
            try rehearsal.give(.tellPages(.first, tallies), by: .server).get().first
        )
        #expect(
            draft.parts.map(\.audience) == [.server, .staff, .member(Person.presenter.id)]
        )
        #expect(
            Set(
                Draft(.attendanceCounted(AttendanceCount(here: 1, most: 1, slot: nil))).parts.map(
                    \.audience
                )
            )
                == [.server, .staff]
        )
        let unknown = rehearsal.give(.tellPages(SlotID(place: 99), tallies), by: .server)
        #expect(unknown == .failure(.noSuchSlot(SlotID(place: 99))))
    }

    @Test func `questions count for the page that was shown when they were asked`() throws {
        var rehearsal = Rehearsal.live(.pitch)
        rehearsal.give(.placeSlides(.first, SlideTests.pages(3)))
        for (page, questions) in [(2, 5), (3, 1)] {
            rehearsal.give(.showSlide(.first, page: page))
            for number in 0..<questions {
                rehearsal.give(.ask("\(page).\(number)?", about: .first), by: Person.audience.actor)
            }
        }
        // One about another slot says nothing of this page.
        rehearsal.give(.ask("other?", about: .second), by: Person.audience.actor)
        let drafts = try rehearsal.give(.tellPages(.first, []), by: .server).get()
        #expect(drafts.map(\.event) == [.slotFollowed(.first, [PageTally(page: 2, asked: 5)])])
        #expect(rehearsal.room.attendance.pages[.first] == [PageTally(page: 2, asked: 5)])
        #expect(try rehearsal.give(.tellPages(.first, []), by: .server).get().isEmpty)
    }
}
