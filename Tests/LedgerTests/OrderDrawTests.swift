// Proves the draw of an order against values that scripts/verify.py computed, and that no place
// is drawn more often than another.
import Ledger
import OpenSSL
import Testing

struct OrderDrawTests {
    static func bytes(_ byte: UInt8) throws -> DrawBytes {
        try #require(DrawBytes(bytes: [UInt8](repeating: byte, count: 32)))
    }

    static func order(
        draw: UInt64 = 42,
        slots: Int = 7,
        without absent: Set<Int> = []
    ) throws -> String {
        let draw = OrderDraw(
            room: try #require(RoomID("000102030405060708090a0b0c0d0e0f")),
            draw: draw,
            list: (1...slots).map(String.init),
            seed: try #require(DrawBytes(bytes: Array(0..<32))),
            contributions: try (1...slots).map {
                absent.contains($0) ? nil : try bytes(UInt8($0))
            }
        )
        return draw.order.joined(separator: " ")
    }

    @Test
    func `the order is the one that anybody computes`() throws {
        #expect(try Self.order(without: [3, 5]) == "1 7 6 2 3 4 5")
        #expect(try Self.order(without: Set(1...7)) == "1 4 7 2 6 3 5")
        #expect(try Self.order(draw: 43, without: [3, 5]) == "3 7 1 4 2 5 6")
        #expect(try Self.order(slots: 2, without: [1, 2]) == "2 1")
        #expect(try Self.order(slots: 1) == "1")
    }

    @Test
    func `a commitment is the SHA-256 of the bytes`() throws {
        let seed = try #require(DrawBytes(bytes: Array(0..<32)))
        let digest = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
        #expect(seed.commitment.description == digest)
        #expect(DrawBytes(hex: digest) == seed.commitment)
        #expect(DrawBytes(hex: String(digest.dropLast(2))) == nil)
        #expect(DrawBytes(hex: digest.uppercased()) == nil)
    }

    @Test
    func `each of three comes first about as often`() throws {
        var first: [String: Int] = [:]
        for draw in 1...3_000 as ClosedRange<UInt64> {
            first[String(try Self.order(draw: draw, slots: 3).prefix(1)), default: 0] += 1
        }
        // Five standard deviations around 1,000.
        #expect(first.count == 3 && first.values.allSatisfy { (870...1_130).contains($0) })
    }
}
