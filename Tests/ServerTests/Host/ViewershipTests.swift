// Proves what is seen of a crowd: its largest, who went from which page, who came back in time.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

@testable import Server
@testable import Transport

struct ViewershipTests {
    private static func at(_ seconds: UInt64) -> Timestamp {
        Timestamp(milliseconds: seconds * 1_000)
    }
    private static let page = (slot: SlotID(place: 1), page: 2)

    @Test func `the most at once is kept until it is noted`() {
        var viewership = Viewership()
        for (here, now) in [(1, 1), (5, 2), (3, 3)] as [(Int, UInt64)] {
            viewership.came(nil, making: here, at: Self.at(now))
        }
        #expect(viewership.most == 5)
        viewership.noted(3)
        #expect(viewership.most == 3)
    }

    @Test(arguments: [(60, 0), (61, 1)])
    func `whoever is back within a minute never left`(seconds: UInt64, left: Int) {
        var viewership = Viewership()
        viewership.went(.sample(1), from: Self.page, at: Self.at(100))
        // Somebody else's coming is no return.
        viewership.came(.sample(2), making: 1, at: Self.at(101))
        viewership.came(.sample(1), making: 2, at: Self.at(100 + seconds))
        #expect(viewership.takePages(of: Self.page.slot).map(\.left) == (left == 0 ? [] : [left]))
    }

    @Test func `visitors stand for one another`() {
        var viewership = Viewership()
        for _ in 0..<3 { viewership.went(nil, from: Self.page, at: Self.at(1)) }
        viewership.came(nil, making: 1, at: Self.at(2))
        #expect(viewership.takePages(of: Self.page.slot) == [PageTally(page: 2, left: 2)])
        #expect(viewership.takePages(of: Self.page.slot).isEmpty)
    }

    @Test func `whoever comes back undoes the last going alone`() {
        var viewership = Viewership()
        for page in 1...3 {
            viewership.went(.sample(1), from: (Self.page.slot, page), at: Self.at(UInt64(page)))
        }
        viewership.came(.sample(1), making: 1, at: Self.at(4))
        #expect(
            viewership.takePages(of: Self.page.slot) == [
                PageTally(page: 1, left: 1), PageTally(page: 2, left: 1),
            ]
        )
    }

    @Test func `looks count once a connection, by page and slot`() throws {
        var viewership = Viewership()
        let slot = Self.page.slot
        for number in [1, 2, 2, 3] as [UInt32] {
            let connection = ConnectionID(shard: 0, index: number, generation: 1)
            viewership.lookedBack(connection, to: 1, of: slot)
        }
        viewership.lookedBack(
            ConnectionID(shard: 0, index: 1, generation: 1),
            to: 1,
            of: SlotID(place: 2)
        )
        viewership.went(.sample(1), from: Self.page, at: Self.at(1))
        #expect(
            viewership.takePages(of: slot) == [
                PageTally(page: 1, returned: 3), PageTally(page: 2, left: 1),
            ]
        )
        #expect(viewership.takePages(of: SlotID(place: 2)) == [PageTally(page: 1, returned: 1)])
    }
}
