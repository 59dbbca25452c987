extension Span<UInt8> {
    /// Reads the number of these bytes, the highest first; at most eight, all within the span.
    func bigEndian(at offset: Int, count: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in offset..<offset + count { number = number << 8 | UInt64(self[index]) }
        return number
    }
}

extension [UInt8] {
    /// Appends so many bytes of the number, the highest first.
    mutating func append(bigEndian number: UInt64, count: Int) {
        var shift = count * 8
        while shift > 0 {
            shift -= 8
            append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
        }
    }

    /// Appends a copy of borrowed bytes.
    mutating func append(copying bytes: Span<UInt8>) {
        reserveCapacity(count + bytes.count)
        for index in bytes.indices { append(bytes[index]) }
    }

    /// A copy of borrowed bytes.
    init(copying bytes: Span<UInt8>) {
        self = []
        append(copying: bytes)
    }
}
