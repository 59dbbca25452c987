// Proves that deliveries of a room merge into few writes without changing what anybody gets, or when.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

@testable import Server
@testable import Transport

struct DeliveryTests {
    private static func text(_ text: String) -> SharedFrame { .text(Array(text.utf8)) }

    private static func published(_ texts: [(ReaderClass, String)]) -> Delivery {
        Delivery(published: texts.map { ($0, text($1)) })
    }

    @Test func `what several publish is one frame a class, in order`() throws {
        let staff = ReaderClass(roles: [.moderator])
        let merged = Delivery.merged([
            Self.published([(.visitor, "a"), (staff, "A")]),
            Self.published([(.visitor, "b")]),
            Self.published([(.visitor, "c"), (staff, "C")]),
        ])
        #expect(merged.count == 1)
        let frames = Dictionary(uniqueKeysWithValues: merged[0].published.map { ($0, $1.bytes) })
        #expect(
            frames == [
                .visitor: Self.text("a").bytes + Self.text("b").bytes + Self.text("c").bytes,
                staff: Self.text("A").bytes + Self.text("C").bytes,
            ]
        )
    }

    @Test func `nothing is merged behind who joined, or whose stream ended`() {
        var joining = Self.published([(.visitor, "a")])
        let member = Person.audience.id
        joining.joined = [
            .init(
                connection: ConnectionID(shard: 0, index: 1, generation: 0),
                member: member,
                reader: .visitor,
                bytes: []
            )
        ]
        var ending = Self.published([(.visitor, "c")])
        ending.restarts = [member]
        let merged = Delivery.merged([
            Self.published([(.visitor, "0")]), joining, Self.published([(.visitor, "b")]), ending,
            Self.published([(.visitor, "d")]),
        ])
        #expect(
            merged.map { $0.published.map(\.frame.bytes) } == [
                [Self.text("0").bytes + Self.text("a").bytes],
                [Self.text("b").bytes + Self.text("c").bytes], [Self.text("d").bytes],
            ]
        )
        #expect(merged.map(\.joined.count) == [1, 0, 0])
        #expect(merged.map(\.restarts) == [[], [member], []])
    }

    @Test func `answers and personal messages stay in order`() {
        let connection = ConnectionID(shard: 0, index: 1, generation: 0)
        let merged = Delivery.merged(
            (0..<3).map { Delivery(direct: [(connection, [UInt8($0)])]) }
        )
        #expect(merged.count == 1)
        #expect(merged[0].direct.map(\.bytes) == [[0], [1], [2]])
        #expect(Delivery.merged([]).isEmpty)
    }
}
