internal import Ledger

/// The one clock of the process: it starts at the greatest of wall time, the last liveness mark and
/// the newest event, and runs on monotonic time from there (`ledger.md`, Time).
struct ServerClock: Sendable {
    private let start: Timestamp
    private let origin: ContinuousClock.Instant

    init(notBefore earliest: Timestamp, wall: Timestamp) {
        start = max(earliest, wall)
        origin = .now
    }

    /// The same in microseconds since the epoch, as media frames have it.
    func microseconds() -> Int {
        let (seconds, attoseconds) = origin.duration(to: .now).components
        let elapsed = Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
        return Int(clamping: start.milliseconds) * 1_000 + elapsed
    }

    func now() -> Timestamp {
        let elapsed = origin.duration(to: .now)
        let (seconds, attoseconds) = elapsed.components
        return start.advanced(byMilliseconds: seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    }
}
