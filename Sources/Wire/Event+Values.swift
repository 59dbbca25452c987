internal import Ledger
public import Rooms

extension Event {
    /// The members of the event's `data`.
    func write(to writer: inout JSONWriter) {
        switch self {
        case .roomCreated(let frame): frame.write(to: &writer)
        case .memberAdmitted(let id, let roles, let slots),
            .rolesChanged(let id, let roles, let slots):
            writer.member("member", "\(id)")
            writer.member(
                "roles",
                array: { array in
                    for role in roles.sorted() { array.string(role.rawValue) }
                }
            )
            writer.member(
                "slots",
                array: { array in
                    for slot in slots { array.string(slot.description) }
                }
            )
        case .roomOpened, .roomStarted, .roomPaused, .roomResumed, .roomReopened, .roomClosed,
            .roomCancelled:
            return
        case .chatSaid(let address): address.write(to: &writer)
        case .endRequested(let until): writer.member("until", until.milliseconds)
        case .roomEnded(let until): writer.member("reopenUntil", until.milliseconds)
        case .contentRedacted(let sequence, let parts, let reason):
            writer.member("seq", sequence)
            writer.member(
                "parts",
                array: { array in
                    for part in parts { array.integer(part) }
                }
            )
            writer.member("reason", reason.rawValue)
        default: writeQuestions(to: &writer)
        }
    }

    func writeRoadshow(to writer: inout JSONWriter) {
        switch self {
        case .slotReady(let slot), .slotFinished(let slot), .slotSkipped(let slot),
            .slotRecalled(let slot):
            writer.member("slot", slot.description)
        case .slotMissed(let slot, let isForfeited):
            writer.member("slot", slot.description)
            writer.member("forfeited", isForfeited)
        case .slotCalled(let slot, let remaining), .slotRestarted(let slot, let remaining):
            writer.member("slot", slot.description)
            writer.member("remainingMs", remaining)
        case .pitchStarted(let slot, let end), .overtimeStarted(let slot, let end),
            .questionsStarted(let slot, let end), .clockResumed(let slot, let end):
            writer.member("slot", slot.description)
            writer.member("endsAt", end.milliseconds)
        case .clockPaused(let slot, let remaining, let withRoom):
            writer.member("slot", slot.description)
            writer.member("remainingMs", remaining)
            writer.member("withRoom", withRoom)
        case .clockExtended(let slot, let extra, let total, let reading):
            writer.member("slot", slot.description)
            writer.member("ms", extra)
            writer.member("totalMs", total)
            switch reading {
            case .running(let end):
                writer.member("endsAt", end.milliseconds)
            case .stopped(let remaining, let withRoom):
                writer.member("remainingMs", remaining)
                writer.member("withRoom", withRoom)
            }
        case .clockShifted(let slot, let milliseconds, let end):
            writer.member("slot", slot.description)
            writer.member("ms", milliseconds)
            writer.member("endsAt", end.milliseconds)
        case .slidesPlaced(let slot, let pages):
            writer.member("slot", slot.description)
            writer.member("pages", pages)
        case .slideShown(let slot, let page):
            writer.member("slot", slot.description)
            writer.member("page", page)
        default: writeIntents(to: &writer)
        }
    }
}

extension RoomFrame {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("kind", "roadshow")
        writer.member("language", language)
        writer.member("startsAt", startsAt.milliseconds)
        writer.member("graceMs", graceMilliseconds)
        // What is as it was before there was another is left out.
        if subject != .project { writer.member("subject", subject.rawValue) }
        if rules != StageRules() { writer.member("rules", object: { rules.write(to: &$0) }) }
        if door != .open { writer.member("door", object: { door.write(to: &$0) }) }
        writer.member(
            "slots",
            array: { array in
                for slot in slots {
                    array.object { object in
                        object.member("id", slot.id.description)
                        object.member("pitchMs", slot.pitchMilliseconds)
                        object.member("qaMs", slot.questionsMilliseconds)
                    }
                }
            }
        )
    }
}

extension Texts {
    /// The members of the event's `texts`; what is absent is left out.
    func write(to writer: inout JSONWriter) {
        switch self {
        case .room(let texts):
            writer.member("title", texts.title)
            writer.optional("genre", texts.genre)
            writer.member(
                "slots",
                array: { array in
                    for slot in texts.slots { array.object { slot.write(to: &$0) } }
                }
            )
            if !texts.form.isEmpty { writer.member("form", texts: texts.form) }
            writer.optional("terms", texts.terms)
        case .card(let card): card.write(to: &writer)
        case .raised(let byline): byline.write(to: &writer)
        case .said(let byline, let text), .asked(let byline, let text),
            .captioned(let byline, let text):
            byline.write(to: &writer)
            writer.member("text", text)
        case .reason(let text): writer.member("reason", text)
        case .signature(let name): writer.member("name", name)
        case .announcement(let text): writer.member("text", text)
        case .poll(let texts): texts.write(to: &writer)
        case .application(let card, let answers):
            card.write(to: &writer)
            writer.member("answers", texts: answers)
        case .judging(let texts): texts.write(to: &writer)
        case .sheet(let byline, let comment):
            byline.write(to: &writer)
            writer.optional("comment", comment)
        case .slides(let files):
            writer.member(
                "files",
                array: { array in
                    for file in files { array.object { file.write(to: &$0) } }
                }
            )
        case .intent(let card, let note):
            card.write(to: &writer)
            writer.optional("note", note)
        case .remark(let byline, let text):
            byline.write(to: &writer)
            writer.optional("note", text)
        }
    }
}

extension Texts {
    /// The same without whose they are.
    func writeWords(to writer: inout JSONWriter) {
        if case .asked(_, let text) = self { writer.member("text", text) }
    }
}

extension NameCard {
    /// Its byline, and `kind` where it is given.
    public func write(to writer: inout JSONWriter) {
        byline.write(to: &writer)
        writer.optional("kind", kind)
    }
}

extension Byline {
    /// `name`, and its affiliation where there is one.
    public func write(to writer: inout JSONWriter) {
        writer.member("name", name)
        affiliation?.write(to: &writer)
    }
}

extension Affiliation {
    /// `organisation`, and `badge` and `organisationId` where the server vouches for it.
    public func write(to writer: inout JSONWriter) {
        writer.member("organisation", name)
        guard case .organisation(let id) = badge else { return }
        writer.member("badge", Badge.organisationName)
        writer.member("organisationId", "\(id)")
    }
}

extension Badge {
    static let organisationName = "organisation"
}

extension SlotTexts {
    /// The slot's id and its texts; what is absent is left out.
    public func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writeTexts(to: &writer)
    }

    /// The texts alone.
    public func writeTexts(to writer: inout JSONWriter) {
        writer.member("title", title)
        writer.optional("abstract", abstract)
        writer.optional("field", field)
        writer.optional("presenters", presenters)
        writer.optional("organisation", organisation)
        writer.optional("source", source)
    }
}

extension SlideFile {
    /// `file`, `type`, `width`, `height`.
    public func write(to writer: inout JSONWriter) {
        writer.member("file", file)
        writer.member("type", type)
        writer.member("width", width)
        writer.member("height", height)
    }
}

extension JSONWriter {
    mutating func member(_ name: String, texts: [String]) {
        member(name, array: { array in for text in texts { array.string(text) } })
    }

    fileprivate mutating func optional(_ name: String, _ text: String?) {
        if let text { member(name, text) }
    }
}
