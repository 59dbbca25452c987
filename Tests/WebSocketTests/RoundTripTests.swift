// Proves that what one role writes the other reads: random messages, fragments, keys and cuts; and
// that no bytes at all make a reader fail otherwise than by a violation.
import TestSupport
import Testing
import WebSocket

struct RoundTripTests {
    @Test(arguments: Seeds.first(30), [Role.server, .client])
    func `messages survive any fragmentation and any cuts`(seed: UInt64, reader: Role) {
        var random = SplitMix64(seed: seed)
        var said: [Heard] = []
        var bytes: [UInt8] = []
        for _ in 0..<20 {
            sayMessage(to: reader, &bytes, &said, &random)
        }
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let size = Int.random(in: 1...max(1, rest.count / 3), using: &random)
            pieces.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        #expect(hear(pieces, as: reader) == said)
    }

    /// One message in one to five frames, pings between them.
    private func sayMessage(
        to reader: Role,
        _ bytes: inout [UInt8],
        _ said: inout [Heard],
        _ random: inout SplitMix64
    ) {
        let isText = Bool.random(using: &random)
        let size = [0, 1, 124, 125, 126, 300, 65_535, 65_536].randomElement(using: &random) ?? 0
        let payload: [UInt8] =
            isText
            ? Array(String(repeating: "演a", count: size / 4).utf8)
            : (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
        let count = Int.random(in: 1...5, using: &random)
        let cuts = (1..<max(count, 1)).map { _ in Int.random(in: 0...payload.count, using: &random)
        }
        let borders = [0] + cuts.sorted() + [payload.count]
        for place in 0..<count {
            let key: UInt32? =
                reader == .server ? UInt32.random(in: 0...(.max), using: &random) : nil
            if place > 0, Bool.random(using: &random) {
                bytes += frame(.ping, [UInt8(place)], key: key)
                said.append(.ping([UInt8(place)]))
            }
            bytes += frame(
                place > 0 ? .continuation : isText ? .text : .binary,
                Array(payload[borders[place]..<borders[place + 1]]),
                final: place == count - 1,
                key: key
            )
        }
        said.append(.message(isText ? .text : .binary, payload))
    }

    @Test(arguments: Seeds.first(50))
    func `no bytes trap, and cuts change nothing`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            var bytes =
                frame(.text, "hello", final: false) + frame(.continuation, "路演")
                + frame(.ping, "x") + frame(.binary, [UInt8](repeating: 1, count: 200))
                + closing(1000)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let whole = hear([bytes], frameLimit: 4_096)
            let pieces = [Array(bytes[..<cut]), Array(bytes[cut...])]
            let inPieces = hear(pieces, frameLimit: 4_096)
            #expect(inPieces == whole, "\(bytes) cut at \(cut)")
        }
    }

    @Test func `masking is that of the rule, at each length and each place`() {
        let key: [UInt8] = [0x11, 0x22, 0x33, 0x44]
        let packed = key.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        for count in 0...140 {
            for skipped in 0..<4 {
                var bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
                let expected = bytes.enumerated().map { $1 ^ key[($0 + skipped) % 4] }
                bytes.withUnsafeMutableBytes {
                    Masking.apply(Masking.rotated(packed, by: skipped), to: $0)
                }
                #expect(bytes == expected, "\(count) bytes after \(skipped)")
            }
        }
    }
}
