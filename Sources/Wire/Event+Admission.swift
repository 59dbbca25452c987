internal import Ledger
public import Rooms

// Events of people who come and go, and of the chat's order.
extension Event {
    func writeAdmission(to writer: inout JSONWriter) {
        switch self {
        case .memberWaiting(let id), .memberApplied(let id), .memberDeclined(let id),
            .memberMuted(let id), .memberUnmuted(let id), .memberRemoved(let id),
            .memberBanned(let id), .memberUnbanned(let id), .memberCheckedIn(let id),
            .memberCheckedOut(let id):
            writer.member("member", "\(id)")
        case .termsSigned(let id, let terms):
            writer.member("member", "\(id)")
            writer.member("terms", terms)
        case .disclosed(let disclosure): disclosure.write(to: &writer)
        case .attendanceCounted(let count): count.write(to: &writer)
        case .slotFollowed(let slot, let pages):
            writer.member("slot", slot.description)
            writer.member("pages", array: { array in pages.forEach { $0.write(to: &array) } })
        case .slowModeSet(let seconds): writer.member("seconds", seconds)
        case .chatHoldSet(let holds): writer.member("on", holds)
        case .chatHeld(let author, let mentions):
            writer.member("author", "\(author)")
            ChatAddress(mentions: mentions).write(to: &writer)
        case .chatApproved(let sequence, let author, let mentions):
            writer.member("held", sequence)
            writer.member("author", "\(author)")
            ChatAddress(mentions: mentions).write(to: &writer)
        case .chatDeclined(let sequence, let author):
            writer.member("held", sequence)
            writer.member("author", "\(author)")
        case .outputStopped, .outputResumed, .announced: return
        default: writePolls(to: &writer)
        }
    }

    /// `nil` where it is no event of these.
    static func admission(_ type: EventType, from fields: Fields) throws(FieldFault) -> Event? {
        switch type {
        case .memberWaiting: .memberWaiting(try fields.member("member"))
        case .memberApplied: .memberApplied(try fields.member("member"))
        case .memberDeclined: .memberDeclined(try fields.member("member"))
        case .memberMuted: .memberMuted(try fields.member("member"))
        case .memberUnmuted: .memberUnmuted(try fields.member("member"))
        case .memberCheckedIn: .memberCheckedIn(try fields.member("member"))
        case .memberCheckedOut: .memberCheckedOut(try fields.member("member"))
        case .memberRemoved: .memberRemoved(try fields.member("member"))
        case .memberBanned: .memberBanned(try fields.member("member"))
        case .memberUnbanned: .memberUnbanned(try fields.member("member"))
        case .termsSigned:
            .termsSigned(try fields.member("member"), terms: try fields.text("terms"))
        case .disclosed: .disclosed(try Disclosure(fields))
        case .attendanceCounted: .attendanceCounted(try AttendanceCount(fields))
        case .slotFollowed:
            .slotFollowed(try fields.slot("slot"), try PageTally.reading(try fields.items("pages")))
        case .slowModeSet: .slowModeSet(seconds: try fields.natural("seconds"))
        case .chatHoldSet: .chatHoldSet(try fields.flag("on"))
        case .chatHeld:
            .chatHeld(
                by: try fields.member("author"),
                mentioning: try fields.optionalMembers("mentions")
            )
        case .chatApproved:
            .chatApproved(
                try fields.natural("held"),
                author: try fields.member("author"),
                mentioning: try fields.optionalMembers("mentions")
            )
        case .chatDeclined:
            .chatDeclined(try fields.natural("held"), author: try fields.member("author"))
        case .outputStopped: .outputStopped
        case .outputResumed: .outputResumed
        case .announced: .announced
        default: nil
        }
    }
}

extension Door {
    /// `{"admission", "waiting", "least", "questions"}`, and `terms` of a closed matter.
    public func write(to object: inout JSONWriter) {
        object.member("admission", admission.rawValue)
        object.member("waiting", hasWaitingArea)
        object.member("least", least.rawValue)
        object.member("questions", questions)
        if let terms { object.member("terms", terms) }
    }

    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            admission: try fields.choice("admission", Admission.self),
            hasWaitingArea: try fields.flag("waiting"),
            least: try fields.choice("least", Standing.self),
            questions: Int(clamping: try fields.natural("questions")),
            terms: try fields.optionalText("terms")
        )
    }
}

extension Disclosure {
    /// `{"member", "item"}`; of a file also `file`, and `slot` and `page` where it is placed.
    func write(to object: inout JSONWriter) {
        object.member("member", "\(member)")
        object.member("item", item.name)
        if case .recording(let id) = item { object.member("recording", "\(id)") }
        guard case .file(let file, let slot, let page) = item else { return }
        object.member("file", file)
        object.member("slot", orNull: slot?.description)
        object.member("page", orNull: page.map(UInt64.init(clamping:)))
    }

    init(_ fields: Fields) throws(FieldFault) {
        let item: Item
        switch try fields.text("item") {
        case "log": item = .log
        case "transcript": item = .transcript
        case "recording": item = .recording(try fields.recording("recording"))
        case "file":
            item = .file(
                try fields.text("file"),
                slot: try fields.optionalSlot("slot"),
                page: try fields.optionalNatural("page").map(Int.init(clamping:))
            )
        default: throw FieldFault("item", "file, log, transcript or recording")
        }
        self.init(of: item, to: try fields.member("member"))
    }
}

extension Disclosure.Item {
    /// `file`, `log`, `transcript` or `recording`.
    public var name: String {
        switch self {
        case .file: "file"
        case .log: "log"
        case .transcript: "transcript"
        case .recording: "recording"
        }
    }
}
