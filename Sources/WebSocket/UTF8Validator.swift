/// Checks UTF-8 (RFC 3629) as it comes, in pieces of any size; it refuses at the first byte that
/// no text can have there. ASCII goes 16 bytes at a time.
public struct UTF8Validator: Sendable {
    /// Continuation bytes that the character begun still needs, and what the next one may be.
    private var needed: UInt8 = 0
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xBF

    public init() {}

    /// Whether the text may end here: no character is begun and not finished.
    public var isComplete: Bool { needed == 0 }

    /// - Returns: whether what came so far can be the start of a text.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        let count = bytes.count
        var i = 0
        while i < count {
            let byte = start.load(fromByteOffset: i, as: UInt8.self)
            if needed > 0 {
                guard byte >= lower, byte <= upper else { return false }
                (lower, upper) = (0x80, 0xBF)
                needed &-= 1
                i &+= 1
            } else if byte < 0x80 {
                i = Self.skipASCII(start, from: i &+ 1, to: count)
            } else {
                guard begin(byte) else { return false }
                i &+= 1
            }
        }
        return true
    }

    private static func skipASCII(_ start: UnsafeRawPointer, from: Int, to end: Int) -> Int {
        var i = from
        while i &+ 16 <= end {
            let pair =
                start.loadUnaligned(fromByteOffset: i, as: UInt64.self)
                | start.loadUnaligned(fromByteOffset: i &+ 8, as: UInt64.self)
            guard pair & 0x8080_8080_8080_8080 == 0 else { break }
            i &+= 16
        }
        while i < end, start.load(fromByteOffset: i, as: UInt8.self) < 0x80 { i &+= 1 }
        return i
    }

    /// A lead byte: RFC 3629 §4 leaves out overlong forms, surrogates and what is past U+10FFFF.
    private mutating func begin(_ lead: UInt8) -> Bool {
        switch lead {
        case 0xC2...0xDF: needed = 1
        case 0xE0: (needed, lower) = (2, 0xA0)
        case 0xE1...0xEC, 0xEE, 0xEF: needed = 2
        case 0xED: (needed, upper) = (2, 0x9F)
        case 0xF0: (needed, lower) = (3, 0x90)
        case 0xF1...0xF3: needed = 3
        case 0xF4: (needed, upper) = (3, 0x8F)
        default: return false
        }
        return true
    }

    /// Whether these bytes are a whole text. Nearly always all of them are ASCII, which the last word
    /// shows together with those before, whatever is left over.
    public static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let highBits: UInt64 = 0x8080_8080_8080_8080
        if bytes.count >= 8 {
            let last = bytes.count &- 8
            var seen = bytes.loadUnaligned(fromByteOffset: last, as: UInt64.self)
            var i = 0
            while i < last, seen & highBits == 0 {
                seen |= bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)
                i &+= 8
            }
            if seen & highBits == 0 { return true }
        }
        var validator = UTF8Validator()
        return validator.append(bytes) && validator.isComplete
    }
}
