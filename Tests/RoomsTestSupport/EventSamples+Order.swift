public import Ledger
public import Rooms

// The order of slots: by hand, and each step of a draw.
extension EventSamples {
    public static let order: [Draft] = [
        Draft(.slotsOrdered([.second, .first])),
        Draft(
            .drawStarted(
                DrawFrame(slots: [.first, .second], commitment: seed.commitment, seed: seed)
            )
        ),
        Draft(.drawCommitted(30, .first, contribution.commitment)),
        Draft(.drawClosed(30)),
        Draft(.drawRevealed(30, .first, contribution)),
        Draft(.drawFinished(30, seed: seed, order: [.second, .first])),
        Draft(.drawFailed(30, .moderator)), Draft(.drawFailed(30, .room), isBehindDoor: true),
        Draft(.drawFailed(30, .seed)),
    ]

    private static let seed = DrawBytes.sample(1)
    private static let contribution = DrawBytes.sample(2)
}

extension DrawBytes {
    /// 32 bytes of that value.
    public static func sample(_ byte: UInt8) -> DrawBytes {
        guard let bytes = DrawBytes(bytes: Array(repeating: byte, count: byteCount)) else {
            preconditionFailure("32 bytes are a draw's")
        }
        return bytes
    }
}

extension RoomID {
    /// The room of the samples.
    public static let sample: RoomID = {
        guard let room = RoomID("000102030405060708090a0b0c0d0e0f") else {
            preconditionFailure("32 hex digits are a room's id")
        }
        return room
    }()
}
