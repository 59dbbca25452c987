import Rooms

// What staff does after the live part.
extension CommandGenerator {
    mutating func archiveCommand(_ kind: Command.Kind) -> Command {
        switch kind {
        case .arrangeArchive:
            .arrangeArchive(
                ArchiveTerms(
                    audience: pick(ArchiveAudience.allCases),
                    retention: pick(Retention.allCases)
                )
            )
        case .reviewArchive:
            .reviewArchive(pick(ArchiveReview.allCases), isDone: pick([true, true, true, false]))
        case .consentArchive: .consentArchive(slot(), agrees: pick([true, true, false]))
        case .seal: .seal
        case .confirmSeal: .confirmSeal
        case .supplement: .supplement(text())
        case .holdArchive: .holdArchive(reason: text())
        case .releaseArchive: .releaseArchive(reason: text())
        default: .expire
        }
    }
}
