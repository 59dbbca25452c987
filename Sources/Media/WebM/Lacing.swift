/// How several frames share a block (RFC 9559 §10.3).
enum Lacing: UInt8 {
    case none = 0
    case xiph = 1
    case fixed = 2
    case ebml = 3

    /// Finds the frames of a block whose head ends at `start`; `base` is where the block begins in
    /// the file.
    /// - Returns: where in the block they are.
    /// - Throws: `WebMFault.lacing` when they do not fill it.
    func frames(
        of block: Span<UInt8>,
        from start: Int,
        base: Int
    ) throws(WebMFault) -> [Range<Int>] {
        guard self != .none else { return [start..<block.count] }
        guard start < block.count else { throw .lacing(at: base) }
        let count = Int(block[start]) + 1
        var place = start + 1
        var lengths: [Int]?
        switch self {
        case .none: break
        case .fixed:
            let bytes = block.count - place
            lengths =
                bytes.isMultiple(of: count)
                ? [Int](repeating: bytes / count, count: count - 1) : nil
        case .xiph: lengths = Self.xiphLengths(count - 1, of: block, from: &place)
        case .ebml: lengths = Self.ebmlLengths(count - 1, of: block, from: &place)
        }
        guard let lengths else { throw .lacing(at: base) }
        var ranges: [Range<Int>] = []
        for length in lengths {
            guard length <= block.count - place else { throw .lacing(at: base) }
            ranges.append(place..<place + length)
            place += length
        }
        // The last frame has what is left.
        return ranges + [place..<block.count]
    }

    /// Bytes of 255 and a last lower one make up a length.
    private static func xiphLengths(
        _ count: Int,
        of block: Span<UInt8>,
        from place: inout Int
    ) -> [Int]? {
        var lengths: [Int] = []
        while lengths.count < count {
            var length = 0
            var byte: UInt8
            repeat {
                guard place < block.count else { return nil }
                byte = block[place]
                length += Int(byte)
                place += 1
            } while byte == 255
            lengths.append(length)
        }
        return lengths
    }

    /// A first length, then what each differs by from the one before.
    private static func ebmlLengths(
        _ count: Int,
        of block: Span<UInt8>,
        from place: inout Int
    ) -> [Int]? {
        var lengths: [Int] = []
        while lengths.count < count {
            guard let found = try? block.variable(at: place), found.bytes <= 4 else { return nil }
            place += found.bytes
            guard let last = lengths.last else {
                lengths.append(Int(found.value))
                continue
            }
            let length = last + Int(found.value) - (1 << (7 * found.bytes - 1) - 1)
            guard (0...block.count).contains(length) else { return nil }
            lengths.append(length)
        }
        return lengths
    }
}
