/// Reads one JSON text strictly (RFC 8259): no comments, no duplicate names, UTF-8 only, bounded depth.
public struct JSONParser {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private(set) var offset = 0
    private var depth = 0

    public init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The one value that `bytes` hold, with white space around it at most.
    public static func parse(
        _ bytes: [UInt8],
        limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes, limits: limits)
        let value = try parser.value()
        try parser.end()
        return value
    }

    /// An object's members with the range of bytes in which each value stands as it was received.
    public static func members(
        of bytes: [UInt8],
        limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> [(member: JSON.Member, range: Range<Int>)] {
        var parser = JSONParser(bytes, limits: limits)
        let members = try parser.object()
        try parser.end()
        return members
    }

    /// The whole text as one object, or as an array of objects: at most `limit` of them.
    mutating func objects(
        limit: Int
    ) throws(JSONError) -> [[(member: JSON.Member, range: Range<Int>)]] {
        skipSpace()
        guard try peek() == UInt8(ascii: "[") else {
            let only = try object()
            try end()
            return [only]
        }
        try take(UInt8(ascii: "["))
        var objects: [[(member: JSON.Member, range: Range<Int>)]] = []
        repeat {
            guard objects.count < limit else { throw .tooManyMembers(limit: limit) }
            objects.append(try object())
            skipSpace()
        } while try !next(closing: UInt8(ascii: "]"))
        try end()
        return objects
    }

    private mutating func end() throws(JSONError) {
        skipSpace()
        guard offset == bytes.count else { throw .trailingBytes(offset: offset) }
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"):
            return .object(try object().map(\.member))
        case UInt8(ascii: "["):
            return .array(try array())
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        case let byte:
            throw .unexpected(byte: byte, offset: offset)
        }
    }

    private mutating func object() throws(JSONError) -> [(member: JSON.Member, range: Range<Int>)] {
        skipSpace()
        try take(UInt8(ascii: "{"))
        try enter()
        defer { depth -= 1 }
        var members: [(member: JSON.Member, range: Range<Int>)] = []
        var names: Set<String> = []
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            offset += 1
            return members
        }
        while true {
            skipSpace()
            let name = try string()
            guard members.count < limits.members else {
                throw .tooManyMembers(limit: limits.members)
            }
            // A few names are compared in place; a set is made for large objects only.
            if members.count < 8 {
                guard !members.contains(where: { $0.member.name == name }) else {
                    throw .duplicateName(name)
                }
            } else {
                if names.isEmpty { names = Set(members.map(\.member.name)) }
                guard names.insert(name).inserted else { throw .duplicateName(name) }
            }
            skipSpace()
            try take(UInt8(ascii: ":"))
            skipSpace()
            let start = offset
            let value = try value()
            members.append((JSON.Member(name, value), start..<offset))
            skipSpace()
            if try next(closing: UInt8(ascii: "}")) { return members }
        }
    }

    private mutating func array() throws(JSONError) -> [JSON] {
        try take(UInt8(ascii: "["))
        try enter()
        defer { depth -= 1 }
        var items: [JSON] = []
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            offset += 1
            return items
        }
        while true {
            items.append(try value())
            skipSpace()
            if try next(closing: UInt8(ascii: "]")) { return items }
        }
    }

    /// After an item: `true` at the closing byte, `false` after a comma.
    private mutating func next(closing: UInt8) throws(JSONError) -> Bool {
        let byte = try peek()
        guard byte == closing || byte == UInt8(ascii: ",") else {
            throw .unexpected(byte: byte, offset: offset)
        }
        offset += 1
        return byte == closing
    }

    private mutating func string() throws(JSONError) -> String {
        try take(UInt8(ascii: "\""))
        let start = offset
        while true {
            switch try peek() {
            case UInt8(ascii: "\""):
                let text = try utf8(start..<offset)
                offset += 1
                return text
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<0x20:
                throw .unexpected(byte: bytes[offset], offset: offset)
            default:
                offset += 1
            }
        }
    }

    /// The rest of a string in which a first escape stands at `offset`.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = try utf8(start..<offset)
        var run = offset
        while true {
            switch try peek() {
            case UInt8(ascii: "\""):
                text += try utf8(run..<offset)
                offset += 1
                return text
            case UInt8(ascii: "\\"):
                text += try utf8(run..<offset)
                text.unicodeScalars.append(try escape())
                run = offset
            case 0..<0x20:
                throw .unexpected(byte: bytes[offset], offset: offset)
            default:
                offset += 1
            }
        }
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        offset += 1
        let byte = try peek()
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hex4()
            if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
            // §7: outside the basic plane, a pair of surrogates; half a pair is no character.
            guard unit < 0xdc00, try peek() == UInt8(ascii: "\\") else {
                throw .badEscape(offset: start)
            }
            offset += 1
            try take(UInt8(ascii: "u"))
            let low = try hex4()
            guard (0xdc00...0xdfff).contains(low) else { throw .badEscape(offset: start) }
            let value = 0x10000 + (UInt32(unit) - 0xd800) << 10 + (UInt32(low) - 0xdc00)
            guard let scalar = Unicode.Scalar(value) else { throw .badEscape(offset: start) }
            return scalar
        default:
            throw .badEscape(offset: start)
        }
    }

    private mutating func hex4() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let byte = try peek()
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw .badEscape(offset: offset)
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = offset
        var isWhole = true
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        guard isDigit(at: offset) else { throw .badNumber(offset: start) }
        // §6: no leading zeros.
        if bytes[offset] == UInt8(ascii: "0") {
            offset += 1
            guard !isDigit(at: offset) else { throw .badNumber(offset: start) }
        } else {
            skipDigits()
        }
        if at(offset) == UInt8(ascii: ".") {
            isWhole = false
            offset += 1
            guard isDigit(at: offset) else { throw .badNumber(offset: start) }
            skipDigits()
        }
        if let byte = at(offset), byte | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            offset += 1
            if let sign = at(offset), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                offset += 1
            }
            guard isDigit(at: offset) else { throw .badNumber(offset: start) }
            skipDigits()
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw .badNumber(offset: start) }
        return .number(number)
    }

    private mutating func word(_ word: StaticString) throws(JSONError) {
        for byte in word.description.utf8 { try take(byte) }
    }

    private mutating func take(_ expected: UInt8) throws(JSONError) {
        let byte = try peek()
        guard byte == expected else { throw .unexpected(byte: byte, offset: offset) }
        offset += 1
    }

    private func peek() throws(JSONError) -> UInt8 {
        guard offset < bytes.count else { throw .unexpectedEnd }
        return bytes[offset]
    }

    private func at(_ index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private func isDigit(at index: Int) -> Bool {
        guard let byte = at(index) else { return false }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private mutating func skipDigits() {
        while isDigit(at: offset) { offset += 1 }
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return
            }
        }
    }

    private mutating func enter() throws(JSONError) {
        guard depth < limits.depth else { throw .tooDeep(limit: limits.depth) }
        depth += 1
    }

    private func utf8(_ range: Range<Int>) throws(JSONError) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw .notUTF8(offset: range.lowerBound)
        }
        return text
    }
}
