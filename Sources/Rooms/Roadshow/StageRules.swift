/// What a room does where a pitch's time is up and where nobody comes, and what of it is shown
/// (`rooms.md`, Roadshow).
public struct StageRules: Equatable, Sendable {
    public enum AtZero: String, CaseIterable, Sendable {
        /// The clock counts on until the moderator goes over to questions.
        case warn
        /// Questions begin by themselves after the room's overtime.
        case moveOn = "move_on"
        /// As `warn`, and the presenters are not heard until then.
        case cut
    }

    public enum NoShow: String, CaseIterable, Sendable {
        /// The first time the slot goes to the last place; the second time it is forfeited.
        case last
        case forfeit
    }

    /// Who reads what the room came to once it is over; staff always does.
    public enum OutcomeReaders: String, CaseIterable, Sendable {
        /// Whoever may read the room.
        case published
        case members
        /// Staff alone.
        case kept
    }

    public var atZero: AtZero
    public var noShow: NoShow
    /// How long a slot that was called is waited for; milliseconds.
    public var awaitedMilliseconds: UInt64
    public var outcome: OutcomeReaders
    /// Questions may be anonymous to others than staff from the start.
    public var allowsAnonymous: Bool

    public init(
        atZero: AtZero = .moveOn,
        noShow: NoShow = .last,
        awaitedMilliseconds: UInt64 = 180_000,
        outcome: OutcomeReaders = .published,
        allowsAnonymous: Bool = false
    ) {
        self.outcome = outcome
        self.allowsAnonymous = allowsAnonymous
        self.atZero = atZero
        self.noShow = noShow
        self.awaitedMilliseconds = awaitedMilliseconds
    }
}
