/// An id and a length, read at a place.
struct ElementHead {
    var id: UInt32
    /// Of the content, in bytes; `nil` when it is not known.
    var length: Int?
    /// Of id and length, in bytes.
    var byteCount: Int
}

extension Span<UInt8> {
    /// The number of RFC 8794 §4 at a place: its value without the mark, and its bytes.
    /// - Returns: `nil` while it is not whole.
    /// - Throws: `WebMFault.malformed(at: offset)` for one of more than `longest` bytes.
    func variable(
        at offset: Int,
        longest: Int = 8
    ) throws(WebMFault) -> (value: UInt64, bytes: Int)? {
        guard offset < count else { return nil }
        let bytes = self[offset].leadingZeroBitCount + 1
        guard bytes <= longest else { throw .malformed(at: offset) }
        guard offset + bytes <= count else { return nil }
        let mark: UInt64 = 1 << UInt64(7 * bytes)
        return (bigEndian(at: offset, count: bytes) & (mark - 1), bytes)
    }

    /// The head of the element at a place.
    /// - Returns: `nil` while it is not whole.
    /// - Throws: `WebMFault.malformed(at: offset)`.
    func elementHead(at offset: Int) throws(WebMFault) -> ElementHead? {
        guard let id = try variable(at: offset, longest: 4) else { return nil }
        guard let length = try variable(at: offset + id.bytes) else { return nil }
        let isKnown = length.value != 1 << UInt64(7 * length.bytes) - 1
        return ElementHead(
            id: UInt32(truncatingIfNeeded: bigEndian(at: offset, count: id.bytes)),
            length: isKnown ? Int(length.value) : nil,
            byteCount: id.bytes + length.bytes
        )
    }

    /// Reads a content that is whole, and that begins at `base` in the file.
    /// - Returns: its elements, and where in it their contents are.
    /// - Throws: `WebMFault.malformed` where they do not fill it exactly.
    func elements(base: Int) throws(WebMFault) -> [(id: UInt32, range: Range<Int>)] {
        var elements: [(id: UInt32, range: Range<Int>)] = []
        var place = 0
        while place < count {
            let head: ElementHead?
            do throws(WebMFault) {
                head = try elementHead(at: place)
            } catch {
                throw .malformed(at: base + place)
            }
            guard let head, let length = head.length,
                length <= count - place - head.byteCount
            else { throw .malformed(at: base + place) }
            let start = place + head.byteCount
            elements.append((head.id, start..<start + length))
            place = start + length
        }
        return elements
    }

    /// The unsigned number of all these bytes; `nil` when there are more than eight, or when it is
    /// more than an `Int` holds.
    var unsigned: Int? {
        count <= 8 ? Int(exactly: bigEndian(at: 0, count: count)) : nil
    }

    /// The text of these bytes, up to a first zero, at most so many bytes of it.
    func text(limit: Int) -> String {
        var bytes: [UInt8] = []
        for index in 0..<Swift.min(count, limit) {
            guard self[index] != 0 else { break }
            bytes.append(self[index])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
