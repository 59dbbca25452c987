// Proves that what `Deflater` packs `Inflater` brings back, whatever the sizes and cuts; that a limit
// holds at its border; and that no bytes make the inflater fail otherwise than by a typed error.
import Compression
import TestSupport
import Testing

struct DeflateTests {
    /// The flush's tail that RFC 7692 leaves out.
    static let tail: [UInt8] = [0, 0, 0xFF, 0xFF]

    static func pack(_ message: [UInt8], by deflater: Deflater) -> [UInt8] {
        var packed: [UInt8] = []
        message.withUnsafeBytes { deflater.deflate($0, into: &packed) }
        return packed
    }

    static func unpack(
        _ packed: [UInt8],
        by inflater: Inflater,
        limit: Int = 1 << 20
    ) throws(CompressionError) -> [UInt8] {
        var bytes: [UInt8] = []
        for piece in [packed, tail] {
            var failure: CompressionError?
            piece.withUnsafeBytes { piece in
                do throws(CompressionError) {
                    try inflater.inflate(piece, into: &bytes, limit: limit)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
        }
        return bytes
    }

    static func random(_ size: Int, _ random: inout SplitMix64) -> [UInt8] {
        // Half of it repeats, so that there is something to refer back to.
        var bytes = (0..<(size + 1) / 2).map { _ in UInt8.random(in: 0...255, using: &random) }
        bytes += bytes
        return Array(bytes.prefix(size))
    }

    @Test(arguments: Seeds.first(20), [9, 12, 15])
    func `messages come back, one context after another`(seed: UInt64, bits: Int) throws {
        var random = SplitMix64(seed: seed)
        let deflater = try Deflater(level: Int.random(in: 1...9, using: &random), windowBits: bits)
        let inflater = try Inflater(windowBits: bits)
        for size in [0, 1, 5, 300, 4_096, 70_000, 0, 20] {
            let message = Self.random(size, &random)
            let packed = Self.pack(message, by: deflater)
            #expect(try Self.unpack(packed, by: inflater) == message)
        }
    }

    @Test func `a message after a reset needs nothing before it`() throws {
        let deflater = try Deflater()
        let message = Array("the same words, the same words".utf8)
        let first = Self.pack(message, by: deflater)
        let second = Self.pack(message, by: deflater)
        deflater.reset()
        #expect(Self.pack(message, by: deflater) == first)
        #expect(second.count < first.count)
    }

    @Test func `an empty message is one byte`() throws {
        #expect(Self.pack([], by: try Deflater()) == [0])
    }

    /// RFC 7692 §7.2.3.1: "Hello", compressed by a stored and by a fixed block; §7.2.3.4: with BFINAL.
    @Test(arguments: [
        [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00],
        [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
        [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
    ])
    func `the examples of the RFC say Hello, and again in the same context`(
        packed: [UInt8]
    ) throws {
        let inflater = try Inflater()
        for _ in 0..<3 {
            #expect(try Self.unpack(packed, by: inflater) == Array("Hello".utf8))
        }
    }

    @Test func `a limit holds at its border`() throws {
        let packed = Self.pack([UInt8](repeating: 7, count: 1_000), by: try Deflater())
        #expect(try Self.unpack(packed, by: try Inflater(), limit: 1_000).count == 1_000)
        #expect(throws: CompressionError.tooLong(limit: 999)) {
            try Self.unpack(packed, by: try Inflater(), limit: 999)
        }
    }

    @Test func `a bomb is stopped at the limit`() throws {
        let packed = Self.pack([UInt8](repeating: 0, count: 50 << 20), by: try Deflater(level: 9))
        #expect(packed.count < 60_000)
        #expect(throws: CompressionError.tooLong(limit: 1 << 20)) {
            try Self.unpack(packed, by: try Inflater())
        }
    }

    @Test(arguments: Seeds.first(200))
    func `no bytes trap`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var packed = Self.pack(Self.random(2_000, &random), by: try Deflater())
        for _ in 0..<3 {
            packed[Int.random(in: 0..<packed.count, using: &random)] =
                UInt8.random(in: 0...255, using: &random)
        }
        let inflater = try Inflater()
        do throws(CompressionError) {
            _ = try Self.unpack(packed, by: inflater, limit: 100_000)
        } catch {
            switch error {
            case .malformed, .tooLong: break
            case .library(let code): Issue.record("zlib failed with \(code)")
            }
        }
        inflater.reset()
        let sound = Self.pack([1, 2, 3], by: try Deflater())
        #expect(try Self.unpack(sound, by: inflater) == [1, 2, 3])
    }

    @Test(arguments: [7, 16]) func `another window is refused`(bits: Int) {
        #expect(throws: CompressionError.self) { try Inflater(windowBits: bits) }
        #expect(throws: CompressionError.self) { try Deflater(windowBits: bits) }
    }
}
