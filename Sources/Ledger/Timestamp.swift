/// A moment: milliseconds since the beginning of 1970, UTC.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the beginning of 1970, UTC.
    public let milliseconds: UInt64

    /// The moment so many milliseconds after the beginning of 1970, UTC.
    public init(milliseconds: UInt64) { self.milliseconds = milliseconds }

    /// The moment so much later, or earlier when negative; it stays within what can be written.
    public func advanced(byMilliseconds shift: Int64) -> Timestamp {
        let distance = shift.magnitude
        let (moved, overflow) =
            shift < 0
            ? milliseconds.subtractingReportingOverflow(distance)
            : milliseconds.addingReportingOverflow(distance)
        guard overflow else { return Timestamp(milliseconds: moved) }
        return Timestamp(milliseconds: shift < 0 ? .min : .max)
    }

    /// How long after this moment the other comes, in milliseconds: negative when it comes before;
    /// it stays within what can be written.
    public func milliseconds(to other: Timestamp) -> Int64 {
        if other >= self {
            return Int64(clamping: other.milliseconds - milliseconds)
        }
        return -Int64(clamping: milliseconds - other.milliseconds)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
