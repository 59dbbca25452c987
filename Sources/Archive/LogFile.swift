public import Ledger

/// A room's log as a file: JSON Lines that anybody can check (docs/log-format.md).
public enum LogFile {
    /// The whole file. What the checkpoint does not cover is left out, so that all of it is signed;
    /// `isVisible` tells which audiences its reader belongs to, and of other parts only the digests
    /// are written.
    public static func bytes(
        room: RoomID,
        genesis: [UInt8],
        events: some Sequence<SealedEvent>,
        checkpoint: SignedCheckpoint,
        isVisible: (Audience) -> Bool
    ) -> [UInt8] {
        start(room: room, genesis: genesis)
            + Self.events(events, coveredBy: checkpoint, isVisible: isVisible) + end(checkpoint)
    }

    /// The first line.
    public static func start(room: RoomID, genesis: [UInt8]) -> [UInt8] {
        LogLine.start(room: room, genesis: genesis).bytes
    }

    /// The lines of the next events, as far as the checkpoint covers them.
    public static func events(
        _ events: some Sequence<SealedEvent>,
        coveredBy checkpoint: SignedCheckpoint,
        isVisible: (Audience) -> Bool
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        for event in events where event.sequence <= checkpoint.checkpoint.size {
            bytes += LogLine.event(LogEvent(event, isVisible: isVisible)).bytes
        }
        return bytes
    }

    /// The last line.
    public static func end(_ checkpoint: SignedCheckpoint) -> [UInt8] {
        LogLine.checkpoint(checkpoint).bytes
    }
}
