/// Lets video give way to sound for one viewer: a line whose video gate shuts again and again gets
/// none for a while, and longer each time.
public struct VideoYield: Hashable, Sendable {
    /// So many shuttings...
    public static let shutCount = 3
    /// ...within so many milliseconds pause the video...
    public static let shutWindow = 20_000
    /// ...for so many milliseconds: the first time, the second, and so on.
    public static let pauses = [5_000, 10_000, 20_000, 40_000]
    /// After so many milliseconds without a shutting, the next pause is the shortest again.
    public static let goodSpell = 60_000

    /// What the viewer is told.
    public enum Change: Hashable, Sendable {
        /// Video pauses until then, in milliseconds.
        case yields(until: Int)
        /// Video goes again, from the next key frame on.
        case back
    }

    /// When the gate shut of late, at most `shutCount` times.
    private var shuttings: [Int] = []
    /// When there last was trouble: a shutting, or the end of a pause.
    private var trouble: Int?
    /// How many pauses there were since the last good spell.
    private var count = 0
    /// When the pause ends, in milliseconds; `nil` while video goes.
    public private(set) var end: Int?

    /// One whose video goes.
    public init() {}

    /// Whether video pauses.
    public var isYielding: Bool { end != nil }

    /// Takes note that the gate has shut.
    /// - Parameter now: in milliseconds, never before the call before.
    /// - Returns: `.yields` when this was once too often.
    public mutating func gateShut(at now: Int) -> Change? {
        guard end == nil else { return nil }
        if let trouble, now - trouble >= Self.goodSpell { count = 0 }
        trouble = now
        shuttings.removeAll { now - $0 >= Self.shutWindow }
        shuttings.append(now)
        guard shuttings.count >= Self.shutCount else { return nil }
        shuttings = []
        let end = now + Self.pauses[min(count, Self.pauses.count - 1)]
        count = min(count + 1, Self.pauses.count)
        self.end = end
        return .yields(until: end)
    }

    /// Lets time pass.
    /// - Parameter now: in milliseconds.
    /// - Returns: `.back` when the pause is over.
    public mutating func pass(to now: Int) -> Change? {
        guard let end, now >= end else { return nil }
        self.end = nil
        trouble = now
        return .back
    }
}
