public import Ledger

/// Where a presenter points on a slide: told in passing, kept nowhere.
public struct Pointer: Equatable, Sendable {
    public let slot: SlotID
    /// From 1.
    public let page: Int
    /// From the page's left and top, in ten-thousandths of its width and height.
    public let x: Int
    public let y: Int

    public static let range = 0...10_000

    /// - Returns: `nil` beside the page.
    public init?(slot: SlotID, page: Int, x: Int, y: Int) {
        guard Self.range.contains(x), Self.range.contains(y) else { return nil }
        (self.slot, self.page) = (slot, page)
        (self.x, self.y) = (x, y)
    }
}

extension Room {
    /// Why the actor may not point there now: whoever may turn to a page may point on it, while its slot
    /// is on stage.
    public func refusal(to pointer: Pointer, by actor: Actor, at now: Timestamp) -> Rejection? {
        let turn = Command.showSlide(pointer.slot, page: pointer.page)
        if case .failure(let rejection) = decide(turn, by: Speaker(actor), at: now) {
            return rejection
        }
        return roadshow.stage?.frame.id == pointer.slot ? nil : .nothingOnStage
    }
}
