/// Proves that what `Brotli` makes is brotli, smaller than gzip for text, and the same for the same
/// bytes.
import Compression
import Testing

struct BrotliTests {
    private static let text = Array(
        String(repeating: "const 路演 = () => h('p', {}, text);\n", count: 90).utf8
    )

    @Test func `nothing is one empty last block`() throws {
        #expect(try Brotli.compress([]) == [0x06])
    }

    @Test func `text comes out smaller than gzip makes it, and twice the same`() throws {
        let packed = try Brotli.compress(Self.text)
        #expect(try packed.count < Gzip.compress(Self.text).count)
        #expect(try packed == Brotli.compress(Self.text))
    }

    @Test func `a lower quality is another, longer stream`() throws {
        #expect(try Brotli.compress(Self.text, quality: 0).count > Brotli.compress(Self.text).count)
    }

    @Test(arguments: [-1, 12])
    func `another quality is refused`(quality: Int32) {
        #expect(throws: CompressionError.library(code: quality)) {
            try Brotli.compress([1], quality: quality)
        }
    }
}
