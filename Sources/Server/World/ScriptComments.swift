/// Takes the comments that fill whole lines out of a script, so that nobody downloads them; lines keep
/// their numbers. What it is not sure of it leaves: a script with a text over several lines stays as it is.
enum ScriptComments {
    static func removed(from bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isInside = false
        for line in bytes.split(separator: newline, omittingEmptySubsequences: false) {
            if !result.isEmpty || line.startIndex > 0 { result.append(newline) }
            let text = line.drop { $0 == UInt8(ascii: " ") }
            if isInside {
                guard let end = Self.end(of: text) else { continue }
                isInside = false
                // Something stands behind the comment.
                guard end == text.endIndex else { return bytes }
            } else if text.starts(with: "//".utf8) {
                continue
            } else if text.starts(with: "/*".utf8) {
                guard let end = Self.end(of: text.dropFirst(2)) else {
                    isInside = true
                    continue
                }
                if end != text.endIndex { result += line }
            } else {
                // A text that goes on in the next line might hold anything.
                guard line.count(where: { $0 == UInt8(ascii: "`") }).isMultiple(of: 2) else {
                    return bytes
                }
                result += line
            }
        }
        return isInside ? bytes : result
    }

    private static let newline = UInt8(ascii: "\n")

    /// Behind the comment's end.
    private static func end(of text: ArraySlice<UInt8>) -> Int? {
        let marks = zip(text.indices, text.indices.dropFirst())
        return marks.first { first, second in
            text[first] == UInt8(ascii: "*") && text[second] == UInt8(ascii: "/")
        }.map { $0.1 + 1 }
    }
}
