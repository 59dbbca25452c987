internal import Ledger
public import Rooms

// Events of the order of slots and its draw.
extension Event {
    func writeOrder(to writer: inout JSONWriter) {
        switch self {
        case .slotsOrdered(let order): writer.member("slots", slots: order)
        case .drawStarted(let frame):
            frame.writeNotice(to: &writer)
            writer.member("seed", orNull: frame.seed?.description)
        case .drawCommitted(let id, let slot, let commitment):
            writer.member("draw", String(id))
            writer.member("slot", slot.description)
            writer.member("commitment", "\(commitment)")
        case .drawClosed(let id): writer.member("draw", String(id))
        case .drawRevealed(let id, let slot, let bytes):
            writer.member("draw", String(id))
            writer.member("slot", slot.description)
            writer.member("contribution", "\(bytes)")
        case .drawFinished(let id, let seed, let order):
            writer.member("draw", String(id))
            writer.member("seed", "\(seed)")
            writer.member("order", slots: order)
        case .drawFailed(let id, let failure):
            writer.member("draw", String(id))
            writer.member("cause", failure.rawValue)
        default: writeRoadshow(to: &writer)
        }
    }

    /// `nil` where it is no event of these.
    static func order(_ type: EventType, from fields: Fields) throws(FieldFault) -> Event? {
        switch type {
        case .slotsOrdered: .slotsOrdered(try fields.slotList("slots"))
        case .drawStarted: .drawStarted(try DrawFrame(fields))
        case .drawCommitted:
            .drawCommitted(
                try fields.draw(),
                try fields.slot("slot"),
                try fields.drawBytes("commitment")
            )
        case .drawClosed: .drawClosed(try fields.draw())
        case .drawRevealed:
            .drawRevealed(
                try fields.draw(),
                try fields.slot("slot"),
                try fields.drawBytes("contribution")
            )
        case .drawFinished:
            .drawFinished(
                try fields.draw(),
                seed: try fields.drawBytes("seed"),
                order: try fields.slotList("order")
            )
        case .drawFailed:
            .drawFailed(try fields.draw(), try fields.choice("cause", DrawFailure.self))
        default: nil
        }
    }
}

extension DrawFrame {
    /// What all are told at once: the list, and what the server commits to.
    func writeNotice(to writer: inout JSONWriter) {
        writer.member("slots", slots: slots)
        writer.member("commitment", "\(commitment)")
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            slots: try fields.slotList("slots"),
            commitment: try fields.drawBytes("commitment"),
            seed: fields.has("seed") ? try fields.drawBytes("seed") : nil
        )
    }
}

extension JSONWriter {
    public mutating func member(_ name: String, slots: [SlotID]) {
        member(name, array: { array in for slot in slots { array.string(slot.description) } })
    }
}
