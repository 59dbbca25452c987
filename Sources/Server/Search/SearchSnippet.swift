internal import Storage
internal import Wire

/// The piece of a text that is shown of a hit, with what was looked for marked.
struct SearchSnippet: Equatable {
    struct Piece: Equatable {
        let text: String
        let isMarked: Bool
    }

    /// Characters before the first mark, and in all.
    private static let before = 30
    private static let most = 160

    let pieces: [Piece]

    init(of text: String, for query: SearchQuery) {
        let marks = query.marks(in: text)
        let first = marks.first?.lowerBound ?? text.startIndex
        let back = text.index(first, offsetBy: -Self.before, limitedBy: text.startIndex)
        var start = back ?? text.startIndex
        // A short text is shown from its beginning.
        if text.count <= Self.most { start = text.startIndex }
        let end = text.index(start, offsetBy: Self.most, limitedBy: text.endIndex) ?? text.endIndex
        var pieces: [Piece] = []
        var place = start
        func add(_ range: Range<String.Index>, isMarked: Bool) {
            guard !range.isEmpty else { return }
            let line = String(text[range].map { $0.isNewline ? " " : $0 })
            pieces.append(Piece(text: line, isMarked: isMarked))
        }
        if start > text.startIndex { pieces.append(Piece(text: "…", isMarked: false)) }
        for mark in marks where mark.lowerBound >= place && mark.lowerBound < end {
            add(place..<mark.lowerBound, isMarked: false)
            place = min(mark.upperBound, end)
            add(mark.lowerBound..<place, isMarked: true)
        }
        add(place..<end, isMarked: false)
        if end < text.endIndex { pieces.append(Piece(text: "…", isMarked: false)) }
        self.pieces = pieces
    }

    func write(_ name: String, to object: inout JSONWriter) {
        object.member(
            name,
            array: { array in
                for piece in pieces {
                    array.object { one in
                        one.member("text", piece.text)
                        one.member("marked", piece.isMarked)
                    }
                }
            }
        )
    }
}
