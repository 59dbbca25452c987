/// Gathers one line at a time, ended by CRLF, from pieces of input (RFC 9112 §2.2).
struct LineReader {
    enum Outcome: Equatable {
        /// The input ended inside the line; everything was taken.
        case needsMore
        /// `line` holds the line without its CRLF.
        case line
        /// The line is longer than the limit.
        case tooLong
        /// The line ended in LF alone.
        case bareLineFeed
    }

    /// What has been gathered of the line so far.
    private(set) var line: [UInt8] = []

    /// Takes bytes from `offset` on, at most to the end of this line. `limit` is the longest line,
    /// in bytes without CRLF.
    mutating func read(
        _ input: Span<UInt8>,
        from offset: inout Int,
        limit: Int
    ) -> Outcome {
        var end = offset
        while end < input.count, input[end] != .lineFeed { end += 1 }
        let length = line.count + (end - offset)
        guard end < input.count else {
            // The last byte may be the CR, which does not count.
            guard length - 1 <= limit else { return .tooLong }
            line.append(copying: input.extracting(offset..<end))
            offset = end
            return .needsMore
        }
        guard length - 1 <= limit else { return .tooLong }
        line.append(copying: input.extracting(offset..<end))
        offset = end + 1
        guard line.last == .carriageReturn else {
            return line.count > limit ? .tooLong : .bareLineFeed
        }
        line.removeLast()
        return .line
    }

    /// Forgets the line and keeps its room for the next.
    mutating func startLine() {
        line.removeAll(keepingCapacity: true)
    }

    /// Whether nothing of a line has come yet.
    var isEmpty: Bool { line.isEmpty }
}
