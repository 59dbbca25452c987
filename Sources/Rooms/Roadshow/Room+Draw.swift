internal import Ledger

/// The order of slots: by hand, or drawn.
extension Room {
    func orderEvents(of command: Command, by actor: Actor) throws(Rejection) -> [Draft] {
        switch command {
        case .orderSlots(let order):
            try requireUncalled()
            let current = roadshow.slots.map(\.frame.id)
            guard order.count == current.count, Set(order) == Set(current) else { throw .badOrder }
            return order == current ? [] : [Draft(.slotsOrdered(order))]
        case .startDraw(let seed): return [try startedDraw(seed)]
        case .commitDraw(let id, let slot, let commitment):
            let draw = try draw(id, in: .committing)
            try requireDrawn(slot, in: draw, by: actor)
            guard draw.contributions[slot] == nil else { throw .alreadyCommitted(slot) }
            let isLast = draw.contributions.count + 1 == draw.frame.slots.count
            return [Draft(.drawCommitted(id, slot, commitment))]
                + (isLast ? [Draft(.drawClosed(id))] : [])
        case .closeDraw(let id):
            _ = try draw(id, in: .committing)
            return [Draft(.drawClosed(id))]
        case .revealDraw(let id, let slot, let bytes):
            let draw = try draw(id, in: .revealing)
            try requireDrawn(slot, in: draw, by: actor)
            guard let known = draw.contributions[slot], known.commitment == bytes.commitment
            else { throw .wrongContribution(slot) }
            return known.bytes == nil ? [Draft(.drawRevealed(id, slot, bytes))] : []
        case .finishDraw(let id, let room):
            let draw = try draw(id, in: .revealing)
            // The server says in which room: the rules know none by name.
            guard let room else { throw .noSuchDraw(id) }
            guard let (seed, order) = draw.order(in: room), seed.commitment == draw.frame.commitment
            else { return [Draft(.drawFailed(id, .seed))] }
            return [Draft(.drawFinished(id, seed: seed, order: order))]
        case .cancelDraw(let id):
            guard let draw = roadshow.draw, draw.id == id, draw.isRunning else {
                throw .noSuchDraw(id)
            }
            return [Draft(.drawFailed(id, .moderator))]
        default: return []
        }
    }

    private func startedDraw(_ seed: DrawBytes?) throws(Rejection) -> Draft {
        try requireUncalled()
        let number = roadshow.draw?.number ?? 0
        guard number < limits.draws else { throw .tooManyDraws(limit: limits.draws) }
        let slots = roadshow.slots.filter { $0.state == .waiting || $0.state == .ready }
        guard slots.count >= 2 else { throw .tooFewSlots(least: 2) }
        // Without random bytes there is no draw: the server gives them.
        guard let seed else { throw .noSuchDraw(0) }
        let frame = DrawFrame(
            slots: slots.map(\.frame.id),
            commitment: seed.commitment,
            seed: seed
        )
        return Draft(.drawStarted(frame))
    }

    /// The order is open until the first slot is called, and while nobody draws it.
    private func requireUncalled() throws(Rejection) {
        guard !roadshow.hasCalled else { throw .orderFixed }
        try requireNoDraw()
    }

    /// What changes the list waits for the draw.
    func requireNoDraw() throws(Rejection) {
        if let draw = roadshow.draw, draw.isRunning { throw .drawRunning(draw.id) }
    }

    private func draw(_ id: UInt64, in phase: Draw.Phase) throws(Rejection) -> Draw {
        guard let draw = roadshow.draw, draw.id == id else { throw .noSuchDraw(id) }
        guard draw.phase == phase else { throw .drawPhase(id, draw.phase, needs: phase) }
        return draw
    }

    /// Nobody but its presenter contributes for a slot, staff neither.
    private func requireDrawn(
        _ slot: SlotID,
        in draw: Draw,
        by actor: Actor
    ) throws(Rejection) {
        guard draw.frame.slots.contains(slot) else { throw .notInDraw(slot) }
        guard case .member(let member) = actor, members[member]?.slots.contains(slot) == true
        else { throw .notPermitted(needs: [.presenter]) }
    }

    /// No draw outlasts the room's live part.
    func endedDraw() -> [Draft] {
        guard let draw = roadshow.draw, draw.isRunning else { return [] }
        return [Draft(.drawFailed(draw.id, .room))]
    }

    mutating func applyOrder(_ recorded: Recorded) {
        switch recorded.event {
        case .slotsOrdered(let order): roadshow.arrange(order)
        case .drawStarted(let frame):
            let number = (roadshow.draw?.number ?? 0) + 1
            roadshow.draw = Draw(id: recorded.sequence, number: number, frame: frame)
        case .drawCommitted(_, let slot, let commitment):
            guard case .member(let member) = recorded.by else { return }
            roadshow.draw?.contributions[slot] = Draw.Contribution(
                by: member,
                commitment: commitment
            )
        case .drawClosed: roadshow.draw?.state = .revealing
        case .drawRevealed(_, let slot, let bytes):
            roadshow.draw?.contributions[slot]?.bytes = bytes
        case .drawFinished(_, _, let order):
            roadshow.draw?.state = .finished(order: order)
            roadshow.arrange(order)
        case .drawFailed(_, let failure): roadshow.draw?.state = .failed(failure)
        default: roadshow.apply(recorded)
        }
    }
}

extension Roadshow {
    /// Puts these slots in that order at the places that they hold; the others keep theirs.
    fileprivate mutating func arrange(_ order: [SlotID]) {
        let moved = Set(order)
        let stage = stage?.frame.id
        let known = Dictionary(slots.map { ($0.frame.id, $0) }) { first, _ in first }
        var next = order.compactMap { known[$0] }[...]
        slots = slots.map { moved.contains($0.frame.id) ? next.popFirst() ?? $0 : $0 }
        stageIndex = stage.flatMap { index(of: $0) }
    }
}
