/// What is wrong with a chunked body (RFC 9112 §7.1).
public enum ChunkFault: Error, Hashable, Sendable {
    /// A chunk begins with no hexadecimal number, or with one of more than 15 digits.
    case malformedSize
    /// What follows the size is no chunk extension (§7.1.1).
    case malformedExtension
    /// The extensions of a body together outgrew their limit, in bytes.
    case extensionsTooLarge(limit: Int)
    /// A line of the framing ended in LF without CR.
    case bareLineFeed
    /// A chunk's bytes are not followed by CR LF.
    case missingLineEnd
    /// A trailer field that §5 forbids.
    case malformedTrailer(RequestError.FieldFault)
    /// The trailer fields together outgrew their limit, in bytes.
    case trailersTooLarge(limit: Int)
    /// More trailer fields than the limit.
    case tooManyTrailers(limit: Int)
}

/// Finds the content in a chunked body, wherever the input is cut. Extensions and trailers are
/// checked, counted and forgotten (RFC 9112 §7.1.1, §7.1.2): nothing of them reaches a route.
struct ChunkReader {
    private enum State {
        case size
        case content(left: Int)
        /// Between a chunk's bytes and the next size: CR, then LF.
        case lineEnd(hasReturn: Bool)
        case trailers(count: Int, bytes: Int)
        case done
    }

    enum Step: Equatable {
        /// Everything was taken.
        case needsMore
        /// A chunk of so many bytes begins.
        case begins(Int)
        /// These bytes of the input are content.
        case content(Range<Int>)
        case end
    }

    /// Digits of a size; a number of 15 always fits an `Int`.
    private static let digits = 15

    private var state = State.size
    private var reader = LineReader()
    private var extensionBytes = 0
    private let limits: RequestLimits

    init(limits: RequestLimits) {
        self.limits = limits
    }

    mutating func next(
        in input: Span<UInt8>,
        from offset: inout Int
    ) throws(ChunkFault) -> Step {
        while true {
            switch state {
            case .done: return .end
            case .size:
                guard try readLine(input, &offset, limit: sizeLimit, .extensions) else {
                    return .needsMore
                }
                let size = try takeSize()
                state = size == 0 ? .trailers(count: 0, bytes: 0) : .content(left: size)
                if size > 0 { return .begins(size) }
            case .content(let left):
                let end = offset + min(left, input.count - offset)
                guard end > offset else { return .needsMore }
                defer { offset = end }
                let rest = left - (end - offset)
                state = rest == 0 ? .lineEnd(hasReturn: false) : .content(left: rest)
                return .content(offset..<end)
            case .lineEnd(let hasReturn):
                guard offset < input.count else { return .needsMore }
                guard input[offset] == (hasReturn ? .lineFeed : .carriageReturn) else {
                    throw .missingLineEnd
                }
                offset += 1
                state = hasReturn ? .size : .lineEnd(hasReturn: true)
            case .trailers(let count, let bytes):
                let left = limits.fieldBytes - bytes
                guard try readLine(input, &offset, limit: left, .trailers) else {
                    return .needsMore
                }
                try takeTrailer(count, bytes)
            }
        }
    }

    private var sizeLimit: Int { Self.digits + limits.chunkExtensionBytes - extensionBytes }

    private enum Part { case extensions, trailers }

    private mutating func readLine(
        _ input: Span<UInt8>,
        _ offset: inout Int,
        limit: Int,
        _ part: Part
    ) throws(ChunkFault) -> Bool {
        switch reader.read(input, from: &offset, limit: limit) {
        case .needsMore: return false
        case .line: return true
        case .bareLineFeed: throw .bareLineFeed
        case .tooLong:
            switch part {
            case .extensions: throw .extensionsTooLarge(limit: limits.chunkExtensionBytes)
            case .trailers: throw .trailersTooLarge(limit: limits.fieldBytes)
            }
        }
    }

    private mutating func takeSize() throws(ChunkFault) -> Int {
        defer { reader.startLine() }
        let number = reader.line.prefix { $0.hexValue != nil }
        guard (1...Self.digits).contains(number.count) else { throw .malformedSize }
        let rest = reader.line[number.endIndex...]
        if !rest.isEmpty {
            guard ChunkExtensions.isWellFormed(rest) else {
                // `5x`, `0x5`, `5 ` are no sizes; `5;=` is no extension.
                let mark = rest.first { !$0.isBlank }
                throw mark == UInt8(ascii: ";") ? .malformedExtension : .malformedSize
            }
            extensionBytes += rest.count
            guard extensionBytes <= limits.chunkExtensionBytes else {
                throw .extensionsTooLarge(limit: limits.chunkExtensionBytes)
            }
        }
        return number.reduce(0) { $0 << 4 | Int($1.hexValue ?? 0) }
    }

    private mutating func takeTrailer(_ count: Int, _ bytes: Int) throws(ChunkFault) {
        defer { reader.startLine() }
        guard !reader.line.isEmpty else {
            state = .done
            return
        }
        guard count < limits.fieldCount else { throw .tooManyTrailers(limit: limits.fieldCount) }
        do throws(RequestError.FieldFault) {
            _ = try FieldLine.parse(reader.line)
        } catch {
            throw .malformedTrailer(error)
        }
        state = .trailers(count: count + 1, bytes: bytes + reader.line.count)
    }
}

/// `*( BWS ";" BWS name [ BWS "=" BWS value ] )` (RFC 9112 §7.1.1).
enum ChunkExtensions {
    static func isWellFormed(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            guard skip(UInt8(ascii: ";"), &rest), skipToken(&rest) else { return false }
            let afterName = rest
            guard skip(UInt8(ascii: "="), &rest) else {
                rest = afterName
                continue
            }
            guard skipToken(&rest) || skipQuoted(&rest) else { return false }
        }
        return true
    }

    /// Passes over blanks, the byte, and blanks.
    private static func skip(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> Bool {
        rest = rest.drop(while: \.isBlank)
        guard rest.first == byte else { return false }
        rest = rest.dropFirst().drop(while: \.isBlank)
        return true
    }

    private static func skipToken(_ rest: inout ArraySlice<UInt8>) -> Bool {
        let token = rest.prefix(while: \.isToken)
        rest = rest[token.endIndex...]
        return !token.isEmpty
    }

    /// RFC 9110 §5.6.4.
    private static func skipQuoted(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: "\"") else { return false }
        var isEscaped = false
        for index in rest.indices.dropFirst() {
            let byte = rest[index]
            guard byte.isFieldContent else { return false }
            if !isEscaped, byte == UInt8(ascii: "\"") {
                rest = rest[(index + 1)...]
                return true
            }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return false
    }
}
