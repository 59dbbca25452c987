internal import Ledger
public import Rooms

// The archive desk's commands and events.
extension Command {
    init?(archive type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "archive.arrange": self = .arrangeArchive(try ArchiveTerms(data))
        case "archive.review":
            self = .reviewArchive(
                try data.choice("review", ArchiveReview.self),
                isDone: try data.flag("done")
            )
        case "archive.consent":
            self = .consentArchive(try data.slot("slot"), agrees: try data.flag("agree"))
        case "archive.seal": self = .seal
        case "archive.seal_confirm": self = .confirmSeal
        case "archive.supplement": self = .supplement(try data.text("text"))
        case "archive.hold": self = .holdArchive(reason: try data.text("reason"))
        case "archive.release": self = .releaseArchive(reason: try data.text("reason"))
        case "content.correct":
            self = .correct(try data.natural("seq"), try data.text("text"))
        default: return nil
        }
    }
}

extension Event {
    func writeArchive(to writer: inout JSONWriter) {
        switch self {
        case .archiveArranged(let terms): terms.write(to: &writer)
        case .archiveReviewed(let review, let isDone):
            writer.member("review", review.rawValue)
            writer.member("done", isDone)
        case .archiveConsented(let slot, let member, let agrees):
            writer.member("slot", slot.description)
            writer.member("member", "\(member)")
            writer.member("agree", agrees)
        case .sealRequested(let until): writer.member("until", until.milliseconds)
        case .contentCorrected(let sequence): writer.member("seq", sequence)
        default: return
        }
    }

    /// `nil` where it is no event of these.
    static func archive(_ type: EventType, from fields: Fields) throws(FieldFault) -> Event? {
        switch type {
        case .archiveArranged: .archiveArranged(try ArchiveTerms(fields))
        case .archiveReviewed:
            .archiveReviewed(
                try fields.choice("review", ArchiveReview.self),
                try fields.flag("done")
            )
        case .archiveConsented:
            .archiveConsented(
                try fields.slot("slot"),
                by: try fields.member("member"),
                try fields.flag("agree")
            )
        case .sealRequested: .sealRequested(until: try fields.time("until"))
        case .archiveSealed: .archiveSealed
        case .archiveSupplemented: .archiveSupplemented
        case .archiveHeld: .archiveHeld
        case .archiveReleased: .archiveReleased
        case .archiveExpired: .archiveExpired
        case .contentCorrected: .contentCorrected(try fields.natural("seq"))
        default: nil
        }
    }
}

extension ArchiveTerms {
    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            audience: try fields.choice("audience", ArchiveAudience.self),
            retention: try fields.choice("retention", Retention.self)
        )
    }

    /// `audience`, `retention`.
    public func write(to writer: inout JSONWriter) {
        writer.member("audience", audience.rawValue)
        writer.member("retention", retention.rawValue)
    }
}
