/// Texts that people write in forms: what stands in them is printable, and not too long.
enum PlainText {
    /// Neither a control character, nor one that ends lines or shows nothing.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    /// 1 to `limit` printable characters.
    static func isLine(_ text: String, upTo limit: Int) -> Bool {
        (1...limit).contains(text.unicodeScalars.count)
            && text.unicodeScalars.allSatisfy(isPrintable)
    }

    /// At most `limit` characters that are printable or end lines.
    static func areLines(_ text: String, upTo limit: Int) -> Bool {
        text.unicodeScalars.count <= limit
            && text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\r" || isPrintable($0) }
    }

    /// The words of a text with one space between each.
    static func singleSpaced(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
