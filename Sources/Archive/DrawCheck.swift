import Ledger
import Rooms
import Wire

/// Recomputes the draws of a log from what the log tells everybody.
struct DrawCheck: Sendable {
    private struct Running {
        let id: UInt64
        let frame: DrawFrame
        var commitments: [SlotID: DrawBytes] = [:]
        var contributions: [SlotID: DrawBytes] = [:]
    }

    private static let prefix = Array(#"{"type":"draw."#.utf8)

    private let room: RoomID
    private var running: Running?
    /// Finished draws whose order follows from their values.
    private(set) var checked = 0

    init(room: RoomID) { self.room = room }

    mutating func take(_ event: SealedEvent) throws(LogFault) {
        let told = event.parts.lazy.compactMap(\.part).first { $0.bytes.starts(with: Self.prefix) }
        // What a later version writes is not for this one to judge.
        guard let told, let record = try? EventDecoding.record(from: told.bytes) else { return }
        do throws(DrawFault) {
            try take(record.event, in: event.sequence)
        } catch {
            throw .draw(at: event.sequence, error)
        }
    }

    private mutating func take(_ event: Event, in sequence: UInt64) throws(DrawFault) {
        switch event {
        case .drawStarted(let frame): running = Running(id: sequence, frame: frame)
        case .drawCommitted(let id, let slot, let commitment):
            guard running?.id == id else { throw .unknown }
            running?.commitments[slot] = commitment
        case .drawRevealed(let id, let slot, let bytes):
            guard let running, running.id == id else { throw .unknown }
            guard running.commitments[slot] == bytes.commitment else { throw .contribution }
            self.running?.contributions[slot] = bytes
        case .drawFinished(let id, let seed, let order):
            guard let running, running.id == id else { throw .unknown }
            try check(running, seed, order)
            self.running = nil
            checked += 1
        case .drawFailed: running = nil
        default: return
        }
    }

    private func check(
        _ draw: Running,
        _ seed: DrawBytes,
        _ order: [SlotID]
    ) throws(DrawFault) {
        guard seed.commitment == draw.frame.commitment else { throw .seed }
        let drawn = OrderDraw(
            room: room,
            draw: draw.id,
            list: draw.frame.slots.map(\.description),
            seed: seed,
            contributions: draw.frame.slots.map { draw.contributions[$0] }
        )
        guard drawn.order == order.map(\.description) else { throw .order }
    }
}
