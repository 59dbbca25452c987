/// Proves that what `Gzip` makes is gzip, and the same for the same bytes.
import Compression
import Testing

struct GzipTests {
    @Test func `a member has the header of RFC 1952 and no time`() throws {
        let packed = try Gzip.compress(Array("路演 路演 路演 路演".utf8))
        #expect(packed.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    }

    @Test func `the length of the content stands at the end`() throws {
        let content = [UInt8](repeating: 7, count: 70_000)
        let packed = try Gzip.compress(content)
        #expect(packed.count < 200)
        #expect(packed.suffix(4) == [0x70, 0x11, 0x01, 0x00])
    }

    @Test func `nothing is packed too`() throws {
        #expect(try Gzip.compress([]).count == 20)
    }

    @Test func `another level is refused`() {
        #expect(throws: CompressionError.library(code: -2)) { try Gzip.compress([1], level: 10) }
    }
}
