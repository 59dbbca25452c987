/// So much in a second, and what was saved up for at most a window: a bucket of tokens, counted in
/// thousandths so that no fraction is lost. Used for bytes and for frames of a publisher.
public struct Allowance: Hashable, Sendable {
    /// Bytes a second of one publisher in all tracks: 8 Mbit/s.
    public static let publisherBytes = 1_000_000

    private let perSecond: Int
    private let window: Int  // milliseconds
    private var saved: Int  // thousandths
    private var last: Int?

    /// A full allowance.
    /// - Parameters:
    ///   - perSecond: 0 to 2^40.
    ///   - windowMilliseconds: 1 to 2^20; so much can be taken at once.
    public init(perSecond: Int, windowMilliseconds: Int = 2_000) {
        self.perSecond = min(max(perSecond, 0), 1 << 40)
        window = min(max(windowMilliseconds, 1), 1 << 20)
        saved = self.perSecond * window
    }

    /// Bytes a second that a publisher may send in all tracks, over 2 s.
    public static func byteRate(_ perSecond: Int = publisherBytes) -> Allowance {
        Allowance(perSecond: perSecond)
    }

    /// Frames a second that a publisher may send in one track, over 2 s.
    public static func frameRate(of kind: TrackKind) -> Allowance {
        Allowance(perSecond: kind.frameRateLimit)
    }

    /// Takes that amount; `now` is in milliseconds.
    /// - Returns: `false`, and nothing is taken, when so much is not there.
    public mutating func take(_ amount: Int, at now: Int) -> Bool {
        if let last {
            let passed = min(max(now - last, 0), window)
            saved = min(saved + passed * perSecond, perSecond * window)
        }
        last = max(last ?? now, now)
        guard amount >= 0, amount <= saved / 1_000 else { return false }
        saved -= amount * 1_000
        return true
    }
}
