// Proves how pages are placed and turned, and at which page both end.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct SlideTests {
    static func pages(_ count: Int) -> [SlideFile] {
        (0..<count).map {
            SlideFile(file: "\($0)", type: "image/png", width: 1_600, height: 900)
        }
    }

    static func room(pages count: Int) -> Rehearsal {
        var rehearsal = Rehearsal.at(.live)
        if count > 0 { rehearsal.give(.placeSlides(.first, pages(count))) }
        return rehearsal
    }

    static let turns: [(pages: Int, page: Int, isThere: Bool)] = [
        (0, 0, false), (0, 1, true), (0, 2, false),
        (3, .min, false), (3, 0, false), (3, 1, true), (3, 3, true), (3, 4, false),
        (3, .max, false),
    ]

    @Test(arguments: turns)
    func `a page is shown where there is one`(pages: Int, page: Int, isThere: Bool) {
        let decision = Self.room(pages: pages).answer(to: .showSlide(.first, page: page))
        let shown = page == 1 ? [] : [Draft(.slideShown(.first, page: page))]
        let refusal = Rejection.noSuchPage(page, pages: pages)
        #expect(decision == (isThere ? .success(shown) : .failure(refusal)))
    }

    @Test
    func `new pages begin at the first`() {
        var rehearsal = Self.room(pages: 3)
        rehearsal.give(.showSlide(.first, page: 3))
        #expect(rehearsal.room.roadshow.slots[0].page == 3)
        let pages = Self.pages(2)
        let placed = Draft(.slidesPlaced(.first, pages: 2), .slides(pages))
        #expect(rehearsal.give(.placeSlides(.first, pages)) == .success([placed]))
        #expect(rehearsal.room.roadshow.slots[0].page == 1)
        #expect(rehearsal.room.roadshow.slots[0].pages == 2)
        rehearsal.give(.placeSlides(.first, []))
        #expect(rehearsal.room.roadshow.slots[0].pages == 0)
        #expect(rehearsal.room.roadshow.slots[1].pages == 0)
    }

    @Test(arguments: [(200, true), (201, false)])
    func `a slot has 200 pages at most`(count: Int, isTaken: Bool) {
        let decision = Self.room(pages: 0).answer(to: .placeSlides(.first, Self.pages(count)))
        #expect((decision == .failure(.tooManyPages(limit: 200))) == !isTaken)
    }
}
