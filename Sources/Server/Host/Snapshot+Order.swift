internal import Ledger
internal import Rooms
internal import Wire

// The draw of the order, with what everybody may know of it by now.
extension Snapshot {
    static func writeOrder(of roadshow: Roadshow, to writer: inout JSONWriter) {
        writer.member("orderFixed", roadshow.hasCalled)
        writer.name("draw")
        guard let draw = roadshow.draw else {
            writer.null()
            return
        }
        writer.object { draw.write(to: &$0) }
    }
}

extension Draw {
    /// The seed is in it only once it is revealed.
    fileprivate func write(to object: inout JSONWriter) {
        object.member("id", String(id))
        object.member("number", number)
        object.member("phase", phase.rawValue)
        object.member("slots", slots: frame.slots)
        object.member("commitment", "\(frame.commitment)")
        object.member(
            "contributions",
            array: { array in
                for slot in frame.slots {
                    guard let contribution = contributions[slot] else { continue }
                    array.object { object in
                        object.member("slot", slot.description)
                        object.member("by", "\(contribution.by)")
                        object.member("commitment", "\(contribution.commitment)")
                        object.member("contribution", orNull: contribution.bytes?.description)
                    }
                }
            }
        )
        object.member("seed", orNull: revealedSeed?.description)
        if case .finished(let order) = state { object.member("order", slots: order) }
        if case .failed(let failure) = state { object.member("cause", failure.rawValue) }
    }
}
