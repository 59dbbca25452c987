// Proves what an event means to a reader who has come so far: the next one, known, or a gap.
import Ledger
import LuyanClient
import Testing

@testable import struct LuyanClient.RoomEvent

struct CursorTests {
    static let steps: [(event: RoomEvent, step: Cursor.Step, after: Cursor)] = [
        (.sample(8, after: 7), .next, Cursor(ofClass: 8, own: 3)),
        (.sample(9, after: 7), .next, Cursor(ofClass: 9, own: 3)),
        (.sample(7, after: 6), .again, Cursor(ofClass: 7, own: 3)),
        (.sample(6, after: 5), .again, Cursor(ofClass: 7, own: 3)),
        (.sample(9, after: 8), .gap(after: 7), Cursor(ofClass: 7, own: 3)),
        (.sample(8, after: 6), .gap(after: 7), Cursor(ofClass: 7, own: 3)),
        (.sample(8, after: 3, own: true), .next, Cursor(ofClass: 7, own: 8)),
        (.sample(3, after: 0, own: true), .again, Cursor(ofClass: 7, own: 3)),
        (.sample(8, after: 7, own: true), .gap(after: 3), Cursor(ofClass: 7, own: 3)),
    ]

    @Test(arguments: steps)
    func `an event is taken where it follows the last one of its readers`(
        event: RoomEvent,
        step: Cursor.Step,
        after: Cursor
    ) {
        var cursor = Cursor(ofClass: 7, own: 3)
        #expect(cursor.take(event) == step)
        #expect(cursor == after)
    }
}
