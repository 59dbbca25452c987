internal import Ledger
internal import Rooms

/// The words of sheets, by slot and judge: those that judges signed, or those that were told.
struct SheetTexts {
    /// Where they stand, so that they go with their event's texts.
    private var kept: [SlotID: [MemberID: (words: SheetWords, sequence: UInt64)]] = [:]

    subscript(slot: SlotID, judge: MemberID) -> SheetWords? {
        kept[slot]?[judge]?.words
    }

    var book: SheetBook { kept.mapValues { $0.mapValues(\.words) } }

    mutating func note(_ slot: SlotID, _ judge: MemberID, _ texts: Texts?, in sequence: UInt64) {
        guard case .sheet(let byline, let comment) = texts else {
            kept[slot]?[judge] = nil
            return
        }
        kept[slot, default: [:]][judge] = (SheetWords(by: byline, comment: comment), sequence)
    }

    mutating func erase(_ sequence: UInt64) {
        for (slot, sheets) in kept {
            kept[slot] = sheets.filter { $0.value.sequence != sequence }
        }
    }
}
