extension FixedWidthInteger where Self: UnsignedInteger {
    /// Reads the number whose bytes these are, the highest first. Bytes that do not fit are lost.
    init(bigEndianBytes bytes: ArraySlice<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | Self($1) }
    }
}

extension [UInt8] {
    /// Appends the number's bytes, the highest first. A loop over a map of bytes costs ten times as
    /// much, and each header has five numbers.
    mutating func append(bigEndian number: UInt64) {
        var shift: UInt64 = 64
        while shift > 0 {
            shift -= 8
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
