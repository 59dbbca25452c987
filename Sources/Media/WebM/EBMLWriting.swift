/// Writing elements: an id, the length of the content, the content.
extension [UInt8] {
    /// Appends an id as it stands in `ElementID`.
    mutating func append(id: UInt32) {
        let count = 4 - id.leadingZeroBitCount / 8
        append(bigEndian: UInt64(id), count: count)
    }

    /// Appends a length in the fewest bytes. A length of ones alone means that it is not known.
    mutating func append(length: Int) {
        var count = 1
        while count < 8, length >= 1 << (7 * count) - 1 { count += 1 }
        append(length: length, in: count)
    }

    /// Appends a length in so many bytes, 1 to 8.
    mutating func append(length: Int, in count: Int) {
        append(bigEndian: UInt64(length) | 1 << UInt64(7 * count), count: count)
    }

    mutating func append(_ id: UInt32, _ content: [UInt8]) {
        append(id: id)
        append(length: content.count)
        self += content
    }

    mutating func append(_ id: UInt32, _ text: String) {
        append(id, Array(text.utf8))
    }

    /// Appends an unsigned number in the fewest bytes.
    mutating func append(_ id: UInt32, _ number: Int) {
        let number = UInt64(clamping: number)
        append(id: id)
        let count = Swift.max(1, 8 - number.leadingZeroBitCount / 8)
        append(length: count)
        append(bigEndian: number, count: count)
    }

    /// Appends a number of eight bytes.
    mutating func append(_ id: UInt32, _ number: Double) {
        append(id: id)
        append(length: 8)
        append(bigEndian: number.bitPattern, count: 8)
    }

    /// Appends bytes without meaning: `count` in all, 2 to 128.
    mutating func append(voidOf count: Int) {
        append(ElementID.void, [UInt8](repeating: 0, count: count - 2))
    }
}
