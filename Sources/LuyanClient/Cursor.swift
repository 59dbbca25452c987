/// How far a reader of one room has come, in its class's events and in its own.
public struct Cursor: Equatable, Sendable {
    /// The last event of the reader's class; 0 at first.
    public var ofClass: UInt64
    /// The last event with a part for this member alone; 0 at first.
    public var own: UInt64

    public init(ofClass: UInt64, own: UInt64) {
        self.ofClass = ofClass
        self.own = own
    }

    /// What an event means to who has come so far.
    public enum Step: Equatable, Sendable {
        case next
        /// It was taken before.
        case again
        /// Events between were lost: what came before it is not the last one taken.
        case gap(after: UInt64)
    }

    /// Takes an event over where it is the next one.
    public mutating func take(_ event: RoomEvent) -> Step {
        let last = event.member == nil ? ofClass : own
        guard event.sequence > last else { return .again }
        guard event.previous == last else { return .gap(after: last) }
        advance(past: event)
        return .next
    }

    mutating func advance(past event: RoomEvent) {
        if event.member == nil {
            ofClass = max(ofClass, event.sequence)
        } else {
            own = max(own, event.sequence)
        }
    }

    /// The event was not taken after all.
    mutating func rewind(before event: RoomEvent) {
        if event.member == nil {
            ofClass = min(ofClass, event.previous)
        } else {
            own = min(own, event.previous)
        }
    }
}
