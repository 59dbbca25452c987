internal import Rooms

extension WireError {
    /// The error that tells of a refusal about the order of slots.
    init(ofOrder rejection: Rejection) {
        switch rejection {
        case .orderFixed:
            self.init(.orderFixed, "a slot was called: the order stands")
        case .badOrder:
            self.init(.orderMalformed, "an order has each slot of the room once")
        case .drawRunning(let id):
            self.init(.drawRunning, "finish or cancel the draw first", [.draw(id)])
        case .noSuchDraw(let id): self.init(.drawNotFound, "no such draw runs", [.draw(id)])
        case .drawPhase(let id, let phase, let needed):
            self.init(
                .drawWrongPhase,
                "the draw is in another phase",
                [
                    .draw(id), JSON.Member("phase", .string(phase.rawValue)),
                    JSON.Member("needs", .string(needed.rawValue)),
                ]
            )
        case .notInDraw(let slot):
            self.init(.drawNotListed, "the slot is not in this draw", [.slot(slot)])
        case .alreadyCommitted(let slot):
            self.init(.drawCommitted, "one contribution a slot", [.slot(slot)])
        case .wrongContribution(let slot):
            self.init(.drawMismatch, "this is not what was committed", [.slot(slot)])
        case .tooFewSlots(let least):
            self.init(
                .drawTooFew,
                "fewer slots wait than a draw needs",
                [JSON.Member("least", .integer(Int64(least)))]
            )
        case .tooManyDraws(let limit):
            self.init(.drawTooMany, "the room takes no more draws", [.limit(limit)])
        default:
            self =
                WireError(ofIntent: rejection)
                ?? WireError(.commandMalformed, "the command cannot be taken")
        }
    }
}

extension JSON.Member {
    fileprivate static func draw(_ id: UInt64) -> JSON.Member {
        JSON.Member("draw", .string(String(id)))
    }
}
