public import Ledger

/// The draw of the order of slots (抽签): the server and each presenter commit to random bytes
/// before anybody's are told.
public struct Draw: Equatable, Sendable {
    public enum State: Equatable, Sendable {
        /// Presenters' pages commit to their contributions.
        case committing
        /// What was committed is revealed.
        case revealing
        case finished(order: [SlotID])
        case failed(DrawFailure)
    }

    public enum Phase: String, CaseIterable, Sendable {
        case committing, revealing, finished, failed
    }

    /// What was put in for a slot.
    public struct Contribution: Equatable, Sendable {
        public let by: MemberID
        public let commitment: DrawBytes
        public internal(set) var bytes: DrawBytes?
    }

    /// The number of the event that began it.
    public let id: UInt64
    /// The how many-th draw of the room it is: one that was drawn again shows.
    public let number: Int
    public let frame: DrawFrame
    public internal(set) var state = State.committing
    public internal(set) var contributions: [SlotID: Contribution] = [:]

    public var phase: Phase {
        switch state {
        case .committing: .committing
        case .revealing: .revealing
        case .finished: .finished
        case .failed: .failed
        }
    }

    public var isRunning: Bool { phase == .committing || phase == .revealing }

    /// The server's seed, once all may know it.
    public var revealedSeed: DrawBytes? { phase == .finished ? frame.seed : nil }

    /// The order that follows; `nil` where the seed is lost.
    func order(in room: RoomID) -> (seed: DrawBytes, slots: [SlotID])? {
        guard let seed = frame.seed else { return nil }
        let draw = OrderDraw(
            room: room,
            draw: id,
            list: frame.slots.map(\.description),
            seed: seed,
            contributions: frame.slots.map { contributions[$0]?.bytes }
        )
        return (seed, draw.order.compactMap { SlotID($0) })
    }
}

/// What a draw begins with: the list that it puts in order, and what the server commits to.
public struct DrawFrame: Equatable, Sendable {
    public let slots: [SlotID]
    public let commitment: DrawBytes
    /// Known to the server alone until the draw is finished.
    public let seed: DrawBytes?

    public init(slots: [SlotID], commitment: DrawBytes, seed: DrawBytes?) {
        self.slots = slots
        self.commitment = commitment
        self.seed = seed
    }
}

/// Why a draw came to no order.
public enum DrawFailure: String, CaseIterable, Sendable {
    /// The moderator called it off.
    case moderator
    /// The room ended first.
    case room
    /// The server lost its seed.
    case seed
}
