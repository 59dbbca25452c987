internal import Ledger
internal import Rooms

extension ClientRequest {
    /// The request of that type; `nil` where there is no such type.
    init?(_ type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "time.sync": self = .syncTime
        case "room.join":
            self = .join(
                JoinRequest(
                    since: try data.optionalNatural("since"),
                    own: try data.optionalNatural("own"),
                    checkpoint: try data.optionalText("checkpoint")
                )
            )
        case "room.leave": self = .leave
        case "reaction.show": self = .react(try data.choice("reaction", Reaction.self))
        case "pointer.show":
            let place = { (name: String) throws(FieldFault) in
                Int(clamping: try data.natural(name))
            }
            let (x, y) = (try place("x"), try place("y"))
            guard
                let pointer = Pointer(
                    slot: try data.slot("slot"),
                    page: try place("page"),
                    x: x,
                    y: y
                )
            else {
                throw FieldFault(Pointer.range.contains(x) ? "y" : "x", "0 to 10000")
            }
            self = .point(pointer)
        case "slide.look_back":
            self = .lookBack(
                try data.slot("slot"),
                page: Int(clamping: try data.natural("page"))
            )
        case "slides.place":
            var files: [String] = []
            for item in try data.items("files") {
                guard let file = item.text else { throw FieldFault("files", "digests of files") }
                files.append(file)
            }
            self = .placeSlides(try data.slot("slot"), files: files)
        default:
            if let request = try MediaRequest(type, data) {
                self = .media(request)
            } else if let command = try Command(room: type, data) {
                self = .act(command)
            } else if let command = try Command(conversation: type, data) {
                self = .act(command)
            } else if let command = try Command(question: type, data) {
                self = .act(command)
            } else if let command = try Command(admission: type, data) {
                self = .act(command)
            } else if let command = try Command(conduct: type, data) {
                self = .act(command)
            } else if let command = try Command(poll: type, data) {
                self = .act(command)
            } else if let command = try Command(media: type, data) {
                self = .act(command)
            } else if let command = try Command(judging: type, data) {
                self = .act(command)
            } else if let command = try Command(order: type, data) {
                self = .act(command)
            } else if let command = try Command(roadshow: type, data) {
                self = .act(command)
            } else if let command = try Command(archive: type, data) {
                self = .act(command)
            } else if let command = try Command(intents: type, data) {
                self = .act(command)
            } else {
                return nil
            }
        }
    }
}

extension Command {
    fileprivate init?(room type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "room.open": self = .openRoom
        case "room.start": self = .startRoom
        case "room.pause": self = .pauseRoom
        case "room.resume": self = .resumeRoom
        case "room.end": self = .endRoom
        case "room.end_confirm": self = .confirmEnd
        case "room.reopen": self = .reopenRoom
        case "room.close": self = .closeRoom
        case "room.cancel": self = .cancelRoom(reason: try data.optionalText("reason"))
        default: return nil
        }
    }

    fileprivate init?(conversation type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "chat.say":
            self = .say(
                try data.text("text"),
                in: try data.channel(),
                mentioning: try data.optionalMembers("mentions")
            )
        case "content.redact":
            self = .redact(
                try data.natural("seq"),
                try data.choice("reason", RedactionReason.self)
            )
        default: return nil
        }
    }

    fileprivate init?(roadshow type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "slot.ready": self = .markReady(try data.slot("slot"))
        case "slot.call": self = .callSlot(try data.slot("slot"))
        case "slot.skip":
            self = .skipSlot(try data.slot("slot"), reason: try data.optionalText("reason"))
        case "slot.no_show": self = .noShow
        case "slot.recall": self = .recallSlot(try data.slot("slot"))
        case "slot.restart":
            self = .restartSlot(try data.slot("slot"), reason: try data.text("reason"))
        case "pitch.start": self = .startPitch
        case "qa.start": self = .startQuestions
        case "slot.finish": self = .finishSlot
        case "clock.pause": self = .pauseClock
        case "clock.resume": self = .resumeClock
        case "clock.extend":
            self = .extendClock(
                milliseconds: try data.natural("ms"),
                reason: try data.optionalText("reason")
            )
        case "slide.show":
            self = .showSlide(
                try data.slot("slot"),
                page: Int(clamping: try data.natural("page"))
            )
        default: return nil
        }
    }
}
