/// How much the queue of one viewer presses. A key frame of a large picture fills a queue for a moment
/// on any line; a line is too slow when its queue does not empty for a while.
public struct QueuePressure: Hashable, Sendable {
    /// Bytes; a queue of no more is as good as empty.
    public static let low = 8 << 10
    /// So many milliseconds a queue may be longer.
    public static let patience = 500
    /// Bytes that press at once.
    public static let hard = 1 << 20

    private var lastLow: Int?

    /// Of a queue that was empty.
    public init() {}

    /// Looks at the queue.
    /// - Parameters:
    ///   - queued: bytes that wait.
    ///   - now: in milliseconds.
    /// - Returns: the bytes that a gate is to go by: 0 while the queue was empty lately.
    public mutating func pressure(of queued: Int, at now: Int) -> Int {
        guard queued > Self.low, let last = lastLow else {
            lastLow = now
            return queued <= Self.low ? queued : 0
        }
        guard now - last < Self.patience, queued < Self.hard else { return queued }
        return 0
    }
}
