/// What a room does where a pitch's time is up, and where nobody comes (`rooms.md`, Roadshow).
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

    public var atZero: AtZero
    public var noShow: NoShow
    /// How long a slot that was called is waited for; milliseconds.
    public var awaitedMilliseconds: UInt64

    public init(
        atZero: AtZero = .moveOn,
        noShow: NoShow = .last,
        awaitedMilliseconds: UInt64 = 180_000
    ) {
        self.atZero = atZero
        self.noShow = noShow
        self.awaitedMilliseconds = awaitedMilliseconds
    }
}
