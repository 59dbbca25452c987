/// The character classes of RFC 9110 §5.6 and RFC 3986 §2, one byte at a time.
extension UInt8 {
    static let horizontalTab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let colon: UInt8 = 0x3A

    init(ascii character: Unicode.Scalar) {
        self = UInt8(truncatingIfNeeded: character.value)
    }

    var isDigit: Bool { (0x30...0x39).contains(self) }

    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    /// `OWS`: a space or a tab.
    var isBlank: Bool { self == .space || self == .horizontalTab }

    /// `tchar` (RFC 9110 §5.6.2).
    var isToken: Bool {
        if isDigit || isLetter { return true }
        switch Unicode.Scalar(self) {
        case "!", "#", "$", "%", "&", "'", "*", "+", "-", ".", "^", "_", "`", "|", "~": return true
        default: return false
        }
    }

    /// A byte that may stand in a field value: visible, blank or `obs-text` (RFC 9110 §5.5).
    var isFieldContent: Bool {
        self == .horizontalTab || (0x20...0x7E).contains(self) || self >= 0x80
    }

    /// A byte that may stand in a path or query as it is, escapes included (RFC 3986 §3.3, §3.4).
    var isPathOrQuery: Bool {
        if isDigit || isLetter { return true }
        switch Unicode.Scalar(self) {
        case "-", ".", "_", "~", "!", "$", "&", "'", "(", ")", "*", "+", ",", ";", "=", ":", "@",
            "/", "?", "%":
            return true
        default: return false
        }
    }

    /// A byte that may stand in `uri-host [ ":" port ]` (RFC 3986 §3.2.2), brackets included.
    var isHost: Bool {
        if isDigit || isLetter { return true }
        switch Unicode.Scalar(self) {
        case "-", ".", "_", "~", "!", "$", "&", "'", "(", ")", "*", "+", ",", ";", "=", ":", "[",
            "]", "%":
            return true
        default: return false
        }
    }

    /// The value of a hexadecimal digit, in either case.
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}

extension RangeReplaceableCollection<UInt8> {
    /// Appends a borrowed run of bytes in one copy.
    mutating func append(copying span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { bytes in unsafe append(contentsOf: bytes) }
    }
}

extension BidirectionalCollection<UInt8> where SubSequence: BidirectionalCollection<UInt8> {
    /// The bytes without spaces and tabs at either end.
    var trimmingBlanks: SubSequence {
        guard let first = firstIndex(where: { !$0.isBlank }),
            let last = lastIndex(where: { !$0.isBlank })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}
