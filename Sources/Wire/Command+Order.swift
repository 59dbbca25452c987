internal import Ledger
internal import Rooms

// Commands about the order of slots and its draw.
extension Command {
    init?(order type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "slots.order": self = .orderSlots(try data.slotList("slots"))
        case "draw.start": self = .startDraw(seed: nil)
        case "draw.commit":
            self = .commitDraw(
                try data.draw(),
                try data.slot("slot"),
                try data.drawBytes("commitment")
            )
        case "draw.reveal":
            self = .revealDraw(
                try data.draw(),
                try data.slot("slot"),
                try data.drawBytes("contribution")
            )
        case "draw.close": self = .closeDraw(try data.draw())
        case "draw.finish": self = .finishDraw(try data.draw(), in: nil)
        case "draw.cancel": self = .cancelDraw(try data.draw())
        default: return nil
        }
    }
}

extension Fields {
    func draw() throws(FieldFault) -> UInt64 { try sequence("draw", "a draw's id") }

    func drawBytes(_ name: String) throws(FieldFault) -> DrawBytes {
        guard let bytes = DrawBytes(hex: try text(name)) else {
            throw FieldFault(name, "64 lower-case hex digits")
        }
        return bytes
    }

    func slotList(_ name: String) throws(FieldFault) -> [SlotID] {
        var slots: [SlotID] = []
        for item in try items(name) {
            guard let slot = item.text.flatMap(SlotID.init) else {
                throw FieldFault(name, "an array of slots' ids")
            }
            slots.append(slot)
        }
        return slots
    }
}
