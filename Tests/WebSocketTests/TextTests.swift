// Proves that text is UTF-8 exactly when the standard library says so, however it is cut, and that
// a bad byte is refused at once.
import TestSupport
import Testing
import WebSocket

struct TextTests {
    static let rows: [(bytes: [UInt8], isText: Bool)] = [
        ([0x7F], true), ([0x80], false), ([0xC1, 0xBF], false), ([0xC2, 0x80], true),
        ([0xDF, 0xBF], true), ([0xE0, 0x9F, 0xBF], false), ([0xE0, 0xA0, 0x80], true),
        ([0xED, 0x9F, 0xBF], true), ([0xED, 0xA0, 0x80], false), ([0xEE, 0x80, 0x80], true),
        ([0xEF, 0xBF, 0xBF], true), ([0xF0, 0x8F, 0xBF, 0xBF], false),
        ([0xF0, 0x90, 0x80, 0x80], true), ([0xF4, 0x8F, 0xBF, 0xBF], true),
        ([0xF4, 0x90, 0x80, 0x80], false), ([0xF5, 0x80, 0x80, 0x80], false),
        ([0xE8, 0xB7], false), ([0xE8, 0xB7, 0x28], false), ([0xFE], false), ([0xFF], false),
    ]

    @Test(arguments: rows)
    func `a text is a text or not`(bytes: [UInt8], isText: Bool) {
        // Before and behind it stands ASCII of each length, so that each lane is met.
        for pad in 0...17 {
            let around = [UInt8](repeating: 0x61, count: pad)
            #expect(isValid([around + bytes + around]) == isText, "padded by \(pad)")
        }
    }

    @Test(arguments: Seeds.first(20))
    func `any bytes are judged as the standard library judges them`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pool: [[UInt8]] = [
            Array("路演".utf8), Array("é".utf8), Array("😀".utf8), [0x61], [0x80], [0xED, 0xA0],
            Array("plain ascii of some length".utf8), [0xF4], [0xC0], [0xE0, 0x80],
        ]
        for _ in 0..<500 {
            let parts = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                pool.randomElement(using: &random) ?? []
            }
            let bytes = parts.flatMap { $0 }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let expected = String(validating: bytes, as: UTF8.self) != nil
            #expect(isValid([bytes]) == expected, "\(bytes)")
            let pieces = [Array(bytes[..<cut]), Array(bytes[cut...])]
            #expect(isValid(pieces) == expected, "\(bytes) cut at \(cut)")
        }
    }

    static let firstBad: [(bytes: [UInt8], at: Int)] = [
        ([0x61, 0xC0], 1), ([0xE0, 0x9F], 1), ([0xE0, 0xA0, 0x7F], 2), ([0xED, 0xA0], 1),
        ([0xF4, 0x90], 1), ([0xF0, 0x90, 0x80, 0xC0], 3), ([0x80], 0),
    ]

    @Test(arguments: firstBad)
    func `the first bad byte is refused when it comes`(bytes: [UInt8], at: Int) {
        var validator = UTF8Validator()
        for (place, byte) in bytes.enumerated() {
            let isTaken = [byte].withUnsafeBytes { validator.append($0) }
            #expect(isTaken == (place < at), "at \(place)")
        }
    }

    private func isValid(_ pieces: [[UInt8]]) -> Bool {
        var validator = UTF8Validator()
        for piece in pieces {
            guard piece.withUnsafeBytes({ validator.append($0) }) else { return false }
        }
        return validator.isComplete
    }
}
