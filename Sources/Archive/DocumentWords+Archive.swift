internal import Rooms

// What became of the record.
extension DocumentWords {
    func archiveSentence(for event: Event, slotTitle: (SlotID) -> String) -> String? {
        switch event {
        case .archiveConsented(let slot, _, true):
            pick("同意公开：", "Agreed to be shown to others: ") + slotTitle(slot)
        case .archiveConsented(let slot, _, false):
            pick("不同意公开：", "Not to be shown to others: ") + slotTitle(slot)
        case .archiveSealed: pick("归档封存", "The record was sealed")
        case .archiveHeld: pick("冻结归档（不得销毁）", "The record is held: nothing of it goes")
        case .archiveReleased: pick("解除归档冻结", "The record is no longer held")
        case .archiveExpired: pick("保管期满，内容销毁", "Its time was over: the record was erased")
        default: nil
        }
    }

    func correction(of sequence: UInt64) -> String {
        pick("更正第 \(sequence) 条", "Correction of number \(sequence)")
    }

    var supplement: String { pick("补充归档", "Supplement") }
}
