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
        var bytes = LogLine.start(room: room, genesis: genesis).bytes
        for event in events where event.sequence <= checkpoint.checkpoint.size {
            bytes += LogLine.event(LogEvent(event, isVisible: isVisible)).bytes
        }
        return bytes + LogLine.checkpoint(checkpoint).bytes
    }
}
