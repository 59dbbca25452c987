// A log in memory that holds every append until a test says what becomes of it.
import Ledger

final class HeldLog {
    /// What becomes of an append.
    enum Fate {
        case kept
        case failed(AppendFailure.Reason)
        /// Nobody knows for now; the events are there, or are not.
        case doubtful(isKept: Bool)
    }

    /// The durable events as they stand now, texts erased where that was asked for.
    private(set) var events: [SealedEvent] = []
    /// The same as they were appended.
    private(set) var originals: [SealedEvent] = []
    private(set) var held: [(batch: UInt64, request: AppendRequest)] = []

    func hold(_ append: (batch: UInt64, request: AppendRequest)) {
        held.append(append)
    }

    /// Decides the oldest append; one that does not follow the last event is a conflict anyway.
    func settle(_ fate: Fate) -> (batch: UInt64, result: Result<UInt64, AppendFailure>)? {
        guard !held.isEmpty else { return nil }
        let (batch, request) = held.removeFirst()
        let actual = UInt64(events.count)
        guard request.expecting == actual else {
            return (batch, .failure(.conflict(actual: actual)))
        }
        switch fate {
        case .kept:
            keep(request)
            return (batch, .success(UInt64(events.count)))
        case .failed(let reason):
            return (batch, .failure(.unavailable(reason)))
        case .doubtful(let isKept):
            if isKept { keep(request) }
            return (batch, .failure(.inDoubt(request.commands)))
        }
    }

    /// Forgets what was under way, as a crash does.
    func crash() {
        held = []
    }

    func erase(_ sequence: UInt64, _ parts: [Int]) {
        let event = events[Int(sequence) - 1]
        let kept = event.parts.enumerated().map { place, kept -> KeptPart in
            guard parts.contains(place), case .whole(let part) = kept else { return kept }
            return .erased(part.audience, part.digest)
        }
        events[Int(sequence) - 1] = SealedEvent(
            header: event.header,
            parts: kept,
            hash: event.hash,
            command: event.command
        )
    }

    private func keep(_ request: AppendRequest) {
        events += request.events
        originals += request.events
    }
}
