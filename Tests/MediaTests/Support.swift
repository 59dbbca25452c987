// Holds what the tests here share: bytes as text for golden files, and what a call throws.
import Media
import TestSupport
import Testing

/// Bytes as lines of 16 in hexadecimal.
func dump(_ bytes: [UInt8]) -> String {
    var text = ""
    for (index, byte) in bytes.enumerated() {
        let digits = String(byte, radix: 16)
        text += (digits.count == 1 ? "0" : "") + digits
        text += index % 16 == 15 || index == bytes.count - 1 ? "\n" : " "
    }
    return text
}

/// The bytes of hexadecimal text.
func bytes(_ text: String) -> [UInt8] {
    text.split(whereSeparator: \.isWhitespace).map { UInt8($0, radix: 16) ?? 0 }
}

/// Compares with a golden file beside the tests.
func checkGolden(_ text: String, _ name: String) throws {
    let golden = try GoldenFile.text(name, updatingTo: text, beside: #filePath)
    #expect(text == golden, "\(name): see the diff after UPDATE_GOLDEN=1")
}

/// What a call throws; `nil` when it throws nothing.
func fault<Failure>(_ body: () throws(Failure) -> Void) -> Failure? {
    do throws(Failure) {
        try body()
        return nil
    } catch {
        return error
    }
}

/// Pieces of 1 to `longest` bytes.
func pieces(
    of bytes: [UInt8],
    longest: Int,
    using random: inout SplitMix64
) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var place = 0
    while place < bytes.count {
        let end = min(place + Int.random(in: 1...longest, using: &random), bytes.count)
        pieces.append(bytes[place..<end])
        place = end
    }
    return pieces
}
