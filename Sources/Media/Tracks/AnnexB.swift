/// H.264 with start codes between its units (ITU-T H.264 Annex B), as encoders give it, and what a
/// Matroska file wants instead: lengths before the units, and the parameter sets apart.
public enum AnnexB {
    /// The units of a frame: where each begins and ends, without start codes.
    static func units(of frame: Span<UInt8>) -> [Range<Int>] {
        var units: [Range<Int>] = []
        var start: Int?
        var index = 0
        while index + 2 < frame.count {
            guard frame[index] == 0, frame[index + 1] == 0, frame[index + 2] == 1 else {
                index += 1
                continue
            }
            if let start { append(start..<index, of: frame, to: &units) }
            index += 3
            start = index
        }
        if let start { append(start..<frame.count, of: frame, to: &units) }
        return units
    }

    /// Zeros before a start code, or at the end, are no part of a unit (B.1.1).
    private static func append(
        _ range: Range<Int>,
        of frame: Span<UInt8>,
        to units: inout [Range<Int>]
    ) {
        var end = range.upperBound
        while end > range.lowerBound, frame[end - 1] == 0 { end -= 1 }
        if end > range.lowerBound { units.append(range.lowerBound..<end) }
    }

    /// The frame with four bytes of length before each unit.
    public static func withLengths(_ frame: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in units(of: frame) {
            bytes.append(bigEndian: UInt64(unit.count), count: 4)
            bytes.append(copying: frame.extracting(unit))
        }
        return bytes
    }

    /// The decoder's configuration (ISO/IEC 14496-15 §5.3.3.1) from a key frame's parameter sets.
    /// - Returns: `nil` when a set is missing, or too long to be written there.
    public static func configuration(from keyFrame: Span<UInt8>) -> [UInt8]? {
        let units = units(of: keyFrame)
        func unit(of type: UInt8) -> Range<Int>? {
            units.first { keyFrame[$0.lowerBound] & 0x1F == type }
        }
        guard let sequence = unit(of: 7), let picture = unit(of: 8),
            (4...0xFFFF).contains(sequence.count), picture.count <= 0xFFFF
        else { return nil }
        // Version, profile, compatibility, level, lengths of four bytes, one set of each.
        var bytes: [UInt8] = [1]
        for index in 1...3 { bytes.append(keyFrame[sequence.lowerBound + index]) }
        bytes += [0xFF, 0xE1]
        bytes.append(bigEndian: UInt64(sequence.count), count: 2)
        bytes.append(copying: keyFrame.extracting(sequence))
        bytes.append(1)
        bytes.append(bigEndian: UInt64(picture.count), count: 2)
        bytes.append(copying: keyFrame.extracting(picture))
        return bytes
    }
}
