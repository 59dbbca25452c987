internal import Glibc

/// Finds in a text of the server what a measurement needs, without reading its JSON. It relies on
/// the order in which this project's server writes the members of an event; inside JSON strings
/// quotation marks are escaped, so no text that somebody wrote looks like an event.
public enum EventScan {
    /// An event's place in its chain.
    public struct Link: Equatable, Sendable {
        public let sequence: UInt64
        public let previous: UInt64
        /// Whether it is for one member alone.
        public let isOwn: Bool

        /// A link of these values.
        public init(sequence: UInt64, previous: UInt64, isOwn: Bool) {
            self.sequence = sequence
            self.previous = previous
            self.isOwn = isOwn
        }
    }

    /// Calls `body` for each event of a text, in order.
    public static func links(in text: RawSpan, _ body: (Link) -> Void) {
        text.withUnsafeBytes { bytes in
            var reader = Reader(bytes)
            while reader.skip(past: UInt8(ascii: "{")) {
                guard reader.take("\"room\":\""), reader.skip(bytes: 32), reader.take("\",\"")
                else {
                    continue
                }
                let isOwn = reader.take("to\":\"")
                if isOwn, !(reader.skip(bytes: 16) && reader.take("\",\"")) { continue }
                guard reader.take("seq\":"), let sequence = reader.number(),
                    reader.take(",\"prev\":"), let previous = reader.number()
                else { continue }
                body(Link(sequence: sequence, previous: previous, isOwn: isOwn))
            }
        }
    }

    /// Calls `body` for each stamp: `@T` and 16 lower-case hex digits, wherever it stands.
    public static func stamps(in text: RawSpan, _ body: (UInt64) -> Void) {
        text.withUnsafeBytes { bytes in
            var reader = Reader(bytes)
            while reader.skip(past: UInt8(ascii: "@")) {
                guard reader.take("T"), let stamp = reader.hexadecimal(digits: 16) else { continue }
                body(stamp)
            }
        }
    }

    /// A stamp's text.
    public static func stamp(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return "@T" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The number after the first place where `name` stands with a colon, quoted; `nil` where it
    /// stands nowhere or before no number.
    public static func number(named name: String, in text: RawSpan) -> UInt64? {
        text.withUnsafeBytes { bytes in
            var reader = Reader(bytes)
            while reader.skip(past: UInt8(ascii: "\"")) {
                if reader.take(name), reader.take("\":") { return reader.number() }
            }
            return nil
        }
    }

    /// The id that a text answers, where it is an answer: a text that begins with `{"re":"`.
    public static func answeredID(in text: RawSpan) -> String? {
        text.withUnsafeBytes { bytes in
            var reader = Reader(bytes)
            guard reader.take("{\"re\":\"") else { return nil }
            return reader.string()
        }
    }
}

/// Goes through bytes, never past their end.
private struct Reader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Goes past the next such byte.
    mutating func skip(past byte: UInt8) -> Bool {
        guard offset < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + offset, Int32(byte), bytes.count - offset)
        else { return false }
        offset = UnsafeRawPointer(found) - base + 1
        return true
    }

    mutating func skip(bytes count: Int) -> Bool {
        guard bytes.count - offset >= count else { return false }
        offset += count
        return true
    }

    /// Goes past `text` where it stands here; else stays.
    mutating func take(_ text: String) -> Bool {
        var place = offset
        for byte in text.utf8 {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
        }
        offset = place
        return true
    }

    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        let start = offset
        while offset < bytes.count, case let digit = bytes[offset] &- 0x30, digit < 10 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow, !carry else { return nil }
            value = sum
            offset += 1
        }
        return offset > start ? value : nil
    }

    mutating func hexadecimal(digits: Int) -> UInt64? {
        guard bytes.count - offset >= digits else { return nil }
        var value: UInt64 = 0
        for byte in bytes[offset..<offset + digits] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: value = value << 4 | UInt64(byte - 0x61 + 10)
            default: return nil
            }
        }
        offset += digits
        return value
    }

    /// Up to the closing quotation mark; `nil` where an escape stands in it.
    mutating func string() -> String? {
        let rest = bytes[offset...]
        guard let end = rest.firstIndex(where: { $0 == 0x22 || $0 == 0x5c }), bytes[end] == 0x22
        else { return nil }
        defer { offset = end + 1 }
        return String(decoding: bytes[offset..<end], as: UTF8.self)
    }
}
