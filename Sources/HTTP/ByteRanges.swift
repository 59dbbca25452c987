/// Which bytes a Range field asks for (RFC 9110 §14.1.2, §14.2).
public enum ByteRanges: Sendable, Equatable {
    /// All: there is no such field, it is malformed, of another unit, or asks for too much.
    case whole
    /// These, none of which overlap, in the order in which they were asked for.
    case some([Range<Int>])
    /// None that there are.
    case unsatisfiable

    /// Specs of one field; a field with more is passed over (RFC 9110 §17.15).
    public static let limit = 16

    /// Ranges nearer than this are joined: a part's own head is about as long.
    private static let leastGap = 80

    /// Reads a field's value for content of so many bytes.
    public init(_ field: String, of count: Int) {
        guard let specs = Self.specs(field), (1...Self.limit).contains(specs.count) else {
            self = .whole
            return
        }
        let found = specs.compactMap { $0.range(in: count) }
        guard !found.isEmpty else {
            self = .unsatisfiable
            return
        }
        // The end of nothing is nothing, which is all there is.
        self = count == 0 ? .whole : .some(Self.joined(found))
    }

    private enum Spec {
        case from(Int, to: Int?)
        case last(Int)

        /// `nil` when the content has no such bytes.
        func range(in count: Int) -> Range<Int>? {
            switch self {
            case .from(let first, let last):
                guard first < count else { return nil }
                return first..<min(last ?? count, count - 1) + 1
            case .last(let length):
                return length == 0 ? nil : max(0, count - length)..<count
            }
        }
    }

    /// - Returns: `nil` when the field is not `bytes=` and well-formed specs.
    private static func specs(_ field: String) -> [Spec]? {
        let unit = "bytes="
        guard field.prefix(unit.count).lowercased() == unit else { return nil }
        var specs: [Spec] = []
        for piece in field.utf8.dropFirst(unit.utf8.count).split(separator: UInt8(ascii: ",")) {
            let text = piece.trimmingBlanks
            // RFC 9110 §5.6.1.2: empty elements of a list are passed over.
            guard !text.isEmpty else { continue }
            guard let dash = text.firstIndex(of: UInt8(ascii: "-")) else { return nil }
            let (first, last) = (text[..<dash], text[dash...].dropFirst())
            guard first.allSatisfy(\.isDigit), last.allSatisfy(\.isDigit) else { return nil }
            switch (number(first), number(last)) {
            case (nil, nil): return nil
            case (nil, let length?): specs.append(.last(length))
            case (let start?, nil): specs.append(.from(start, to: nil))
            case (let start?, let end?):
                guard start <= end else { return nil }
                specs.append(.from(start, to: end))
            }
        }
        return specs
    }

    /// `nil` for no digits; numbers beyond all files are as good as the greatest.
    private static func number(_ digits: Substring.UTF8View) -> Int? {
        guard !digits.isEmpty else { return nil }
        return digits.reduce(0) { value, digit in
            min(value * 10 + Int(digit - 0x30), 1 << 53)
        }
    }

    /// Joins what overlaps or nearly touches (RFC 9110 §15.3.7.2), so that no byte goes out twice.
    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        let sorted = ranges.enumerated().sorted { $0.element.lowerBound < $1.element.lowerBound }
        var joined: [(place: Int, range: Range<Int>)] = []
        for (place, range) in sorted {
            if let last = joined.last, range.lowerBound - last.range.upperBound < leastGap {
                let end = max(last.range.upperBound, range.upperBound)
                joined[joined.count - 1] =
                    (min(last.place, place), last.range.lowerBound..<end)
            } else {
                joined.append((place, range))
            }
        }
        return joined.sorted { $0.place < $1.place }.map(\.range)
    }
}
