/// Comma-separated lists in header fields (RFC 9110 §5.6.1).
enum TokenList {
    /// The elements of all field lines, without the white space around them and empty ones.
    static func elements(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",") }.compactMap { element in
            let trimmed = element.utf8.trimmingOptionalWhitespace()
            return trimmed.isEmpty ? nil : String(trimmed)
        }
    }

    /// Whether a list has this element, in any case of its letters.
    static func contains(_ element: String, in values: [String]) -> Bool {
        // Nearly always the list is that one element.
        if values.count == 1, isSame(values[0][...], element) { return true }
        return values.contains { list in
            list.split(separator: ",").contains {
                isSame($0.utf8.trimmingOptionalWhitespace(), element)
            }
        }
    }

    /// Whether two texts of ASCII differ in the case of letters at most; `element` is lower-case.
    private static func isSame(_ text: Substring, _ element: String) -> Bool {
        text.utf8.elementsEqual(element.utf8) { byte, lower in
            byte == lower || (0x41...0x5A).contains(byte) && byte | 0x20 == lower
        }
    }

    /// Whether it is a token (RFC 9110 §5.6.2).
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isToken)
    }

    /// Whether the byte may stand in a token: `tchar`.
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

extension Substring.UTF8View {
    /// Without the spaces and tabs at both ends.
    fileprivate func trimmingOptionalWhitespace() -> Substring {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        var rest = self
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return Substring(rest)
    }
}
