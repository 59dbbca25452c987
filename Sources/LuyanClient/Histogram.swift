/// Counts of times, in buckets whose width is under 1.6 % of what they hold.
public struct Histogram: Sendable {
    private var buckets = [UInt64](repeating: 0, count: 64 * 64)
    public private(set) var count: UInt64 = 0
    public private(set) var most: UInt64 = 0

    public init() {}

    public mutating func add(_ nanoseconds: UInt64) {
        most = max(most, nanoseconds)
        count += 1
        buckets[Self.place(of: nanoseconds)] += 1
    }

    /// The time that so much of all is below, in nanoseconds; 0 when there is nothing.
    public func quantile(_ share: Double) -> UInt64 {
        guard count > 0 else { return 0 }
        let wanted = min(UInt64(share * Double(count)), count - 1)
        var passed: UInt64 = 0
        for (place, number) in buckets.enumerated() {
            passed += number
            if passed > wanted { return min(Self.least(at: place), most) }
        }
        return most
    }

    /// Values below 64 have a bucket each; each power of two above has 64.
    private static func place(of value: UInt64) -> Int {
        guard value >= 64 else { return Int(value) }
        let power = 63 - value.leadingZeroBitCount
        return (power - 5) * 64 + Int((value >> UInt64(power - 6)) & 63)
    }

    private static func least(at place: Int) -> UInt64 {
        guard place >= 64 else { return UInt64(place) }
        return (64 + UInt64(place & 63)) << UInt64(place / 64 - 1)
    }
}
