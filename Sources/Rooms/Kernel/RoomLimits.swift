/// How much a room holds; each limit has its typed refusal.
public struct RoomLimits: Equatable, Sendable {
    /// Events of one room's log; beyond it only what ends the room is taken.
    public var events = 500_000
    public var members = 50_000
    public var questions = 1_000
    public var slots = 60
    /// Slide pages of one slot.
    public var pages = 200
    /// Unicode scalars.
    public var chatText = 1_000
    public var questionText = 500
    public var reasonText = 200
    public var title = 200
    public var slotText = 5_000
    /// Milliseconds.
    public var pitch: ClosedRange<UInt64> = 10_000...7_200_000
    public var questionsTime: ClosedRange<UInt64> = 0...7_200_000
    public var clockExtension: ClosedRange<UInt64> = 1_000...3_600_000
    public var endConfirmation: UInt64 = 60_000
    public var reopening: UInt64 = 600_000

    public init() {}
}
