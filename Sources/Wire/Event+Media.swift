internal import Ledger
public import Rooms

// Events of hands and the floor, recordings, captions and playback.
extension Event {
    func writeMedia(to writer: inout JSONWriter) {
        switch self {
        case .handLowered(let id), .floorGiven(let id), .floorTaken(let id),
            .microphoneMuted(let id), .microphoneUnmuted(let id):
            writer.member("member", "\(id)")
        case .stageArranged(let layout, let pinned):
            writer.member("layout", layout.rawValue)
            writer.member("member", orNull: pinned.map { "\($0)" })
        case .recordingStarted(let id): writer.member("recording", "\(id)")
        case .recordingStopped(let id, let end):
            writer.member("recording", "\(id)")
            writer.member("cause", end.rawValue)
        case .recordingConsented(let id, let agrees):
            writer.member("member", "\(id)")
            writer.member("agree", agrees)
        case .recordingOffered(let offer): offer.write(to: &writer)
        case .captionAdded(let frame): frame.write(to: &writer)
        case .playbackStarted(let offer, let from):
            offer.write(to: &writer)
            writer.member("from", from)
        case .playbackPaused(let position): writer.member("position", position)
        case .playbackResumed(let from): writer.member("from", from)
        case .handRaised, .playbackStopped: return
        default: writeJudging(to: &writer)
        }
    }

    /// `nil` where it is no event of these.
    static func media(_ type: EventType, from fields: Fields) throws(FieldFault) -> Event? {
        switch type {
        case .handRaised: .handRaised
        case .handLowered: .handLowered(try fields.member("member"))
        case .floorGiven: .floorGiven(try fields.member("member"))
        case .floorTaken: .floorTaken(try fields.member("member"))
        case .microphoneMuted: .microphoneMuted(try fields.member("member"))
        case .microphoneUnmuted: .microphoneUnmuted(try fields.member("member"))
        case .stageArranged:
            .stageArranged(
                try fields.choice("layout", StageLayout.self),
                pinned: try fields.optionalMember("member")
            )
        case .recordingStarted: .recordingStarted(try fields.recording("recording"))
        case .recordingStopped:
            .recordingStopped(
                try fields.recording("recording"),
                try fields.choice("cause", RecordingEnd.self)
            )
        case .recordingConsented:
            .recordingConsented(try fields.member("member"), try fields.flag("agree"))
        case .recordingOffered: .recordingOffered(try OfferedRecording(fields))
        case .captionAdded:
            .captionAdded(
                CaptionFrame(
                    language: try fields.text("language"),
                    from: try fields.time("from"),
                    to: try fields.time("to")
                )
            )
        case .playbackStarted:
            .playbackStarted(try OfferedRecording(fields), from: try fields.natural("from"))
        case .playbackPaused: .playbackPaused(at: try fields.natural("position"))
        case .playbackResumed: .playbackResumed(from: try fields.natural("from"))
        case .playbackStopped: .playbackStopped
        default: nil
        }
    }
}

extension OfferedRecording {
    /// `{"recording", "member", "slot", "lengthMs"}`.
    public func write(to object: inout JSONWriter) {
        object.member("recording", "\(id)")
        object.member("member", "\(by)")
        object.member("slot", slot.description)
        object.member("lengthMs", length)
    }

    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            id: try fields.recording("recording"),
            by: try fields.member("member"),
            slot: try fields.slot("slot"),
            length: try fields.natural("lengthMs")
        )
    }
}

extension CaptionFrame {
    /// `{"language", "from", "to"}`.
    public func write(to object: inout JSONWriter) {
        object.member("language", language)
        object.member("from", from.milliseconds)
        object.member("to", to.milliseconds)
    }
}
