internal import Ledger
internal import Rooms

/// The texts of a room's intents and of what goes with them, by the event that each stands in; the
/// rules know nothing of them, so any of them can be erased.
struct IntentBook {
    private(set) var cards: [UInt64: NameCard] = [:]
    /// Whose words they are, and what they say.
    private(set) var remarks: [UInt64: Remark] = [:]
    /// At so many, those that nothing refers to any more are dropped.
    private var trimmedAt = 1_024

    struct Remark {
        let byline: Byline
        let text: String?
    }

    mutating func apply(_ event: Event, _ sequence: UInt64, _ texts: Texts?) {
        switch texts {
        case .intent(let card, let note):
            cards[sequence] = card
            remarks[sequence] = Remark(byline: card.byline, text: note)
        case .remark(let byline, let text):
            remarks[sequence] = Remark(byline: byline, text: text)
        case .said(let byline, let text) where event.isOfContact:
            remarks[sequence] = Remark(byline: byline, text: text)
        default: return
        }
    }

    mutating func erase(_ sequence: UInt64) {
        cards[sequence] = nil
        remarks[sequence] = nil
    }

    /// In steps, so that what was said anew seldom costs a look at all of them.
    mutating func trim(to intents: Intents) {
        guard remarks.count >= trimmedAt else { return }
        let kept = intents.sequences
        cards = cards.filter { kept.contains($0.key) }
        remarks = remarks.filter { kept.contains($0.key) }
        trimmedAt = max(1_024, 2 * remarks.count)
    }
}

extension Event {
    fileprivate var isOfContact: Bool {
        switch self {
        case .contactOffered, .contactTold: true
        default: false
        }
    }
}
