internal import Ledger
internal import Rooms
internal import Wire

// Hands, the floor, the stage, recordings and captions, as everybody inside sees them.
extension Snapshot {
    static func writeMedia(of room: Room, _ texts: RoomTextBook, to writer: inout JSONWriter) {
        writer.member(
            "hands",
            array: { array in
                for member in room.floor.hands {
                    array.object { object in
                        object.member("member", "\(member)")
                        guard let line = texts.hands[member] else { return }
                        object.member("seq", line.sequence)
                        object.member("at", line.at.milliseconds)
                        line.content?.byline.write(to: &object)
                    }
                }
            }
        )
        writer.member("floor", array: { write(room.floor.holders, to: &$0) })
        writer.member("micMuted", array: { write(room.floor.muted, to: &$0) })
        writer.member("layout", room.floor.layout.rawValue)
        writer.member("pinned", orNull: room.floor.pinned.map { "\($0)" })
        writer.member("consents", array: { write(room.recording.consents, to: &$0) })
        writer.name("recording")
        if let running = room.recording.running {
            writer.object { object in
                object.member("id", "\(running.id)")
                object.member("since", running.since.milliseconds)
            }
        } else {
            writer.null()
        }
        writer.name("playback")
        if let playback = room.recording.playback {
            writer.object { playback.write(to: &$0) }
        } else {
            writer.null()
        }
        writer.member(
            "captions",
            array: { array in
                for caption in texts.captions {
                    array.object { object in
                        caption.frame.write(to: &object)
                        caption.line.write(to: &object)
                    }
                }
            }
        )
    }

    /// The same for those outside a closed door, who are told nothing of it.
    static func writeNoMedia(to writer: inout JSONWriter) {
        for name in ["hands", "floor", "micMuted"] { writer.member(name, array: { _ in }) }
        writer.member("layout", StageLayout.slides.rawValue)
        writer.member("pinned", .null)
        writer.member("consents", array: { _ in })
        writer.member("recording", .null)
        writer.member("playback", .null)
        writer.member("captions", array: { _ in })
    }

    private static func write(_ members: Set<MemberID>, to array: inout JSONWriter) {
        for id in members.map({ "\($0)" }).sorted() { array.string(id) }
    }
}

extension Playback {
    /// The recording, and either `from` and `since` of one that runs, or `position`.
    fileprivate func write(to object: inout JSONWriter) {
        recording.write(to: &object)
        switch reading {
        case .running(let from, let since):
            object.member("from", from)
            object.member("since", since.milliseconds)
        case .stopped(let position): object.member("position", position)
        }
    }
}
