internal import Ledger
internal import Rooms

// Commands about hands and the floor, recordings, captions and playback.
extension Command {
    init?(media type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "hand.raise": self = .raiseHand
        case "hand.lower": self = .lowerHand(try data.optionalMember("member"))
        case "floor.give": self = .giveFloor(try data.member("member"))
        case "floor.take": self = .takeFloor(try data.member("member"))
        case "microphone.mute": self = .muteMicrophone(try data.member("member"))
        case "microphone.unmute": self = .unmuteMicrophone(try data.member("member"))
        case "stage.arrange":
            self = .arrangeStage(
                try data.choice("layout", StageLayout.self),
                pinned: try data.optionalMember("member")
            )
        case "recording.start": self = .startRecording(nil)
        case "recording.stop": self = .stopRecording(.moderator)
        case "recording.consent": self = .consent(try data.flag("agree"))
        case "recording.offer": self = .offerRecording(try data.recording("recording"), nil)
        case "caption.add":
            self = .addCaption(
                CaptionText(
                    language: try data.text("language"),
                    text: try data.text("text"),
                    from: try data.optionalTime("from"),
                    to: try data.optionalTime("to")
                )
            )
        case "playback.start":
            self = .startPlayback(
                try data.recording("recording"),
                from: try data.optionalNatural("from")
            )
        case "playback.pause": self = .pausePlayback
        case "playback.resume": self = .resumePlayback
        case "playback.seek": self = .seekPlayback(to: try data.natural("to"))
        case "playback.stop": self = .stopPlayback
        default: return nil
        }
    }
}

extension Fields {
    func recording(_ name: String) throws(FieldFault) -> RecordingID {
        guard let id = RecordingID(try text(name)) else {
            throw FieldFault(name, "16 lower-case hex digits")
        }
        return id
    }

    func optionalMember(_ name: String) throws(FieldFault) -> MemberID? {
        has(name) ? try member(name) : nil
    }

    fileprivate func optionalTime(_ name: String) throws(FieldFault) -> Timestamp? {
        has(name) ? try time(name) : nil
    }
}
