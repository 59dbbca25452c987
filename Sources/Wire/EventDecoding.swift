public import Rooms
internal import Ledger

/// Why a stored part is no event that this version knows.
public enum EventDecodingError: Error, Equatable, Sendable {
    case notJSON(JSONError)
    case unknownType(String)
    case fault(FieldFault)
}

/// Reads stored parts back: the first part for the rules, the parts of texts for people.
public enum EventDecoding {
    /// What a first part holds.
    public struct Record: Equatable, Sendable {
        public let by: Actor
        public let event: Event
        public let command: EventEncoding.CommandMark?
    }

    public static func record(from bytes: [UInt8]) throws(EventDecodingError) -> Record {
        let json = try json(bytes)
        do {
            let fields = try Fields(json)
            let name = try fields.text("type")
            guard let type = EventType(rawValue: name) else {
                throw EventDecodingError.unknownType(name)
            }
            let actor: Actor = fields.has("by") ? .member(try fields.member("by")) : .server
            var command: EventEncoding.CommandMark?
            if fields.has("cmd") {
                let mark = try fields.object("cmd")
                command = EventEncoding.CommandMark(
                    id: try mark.text("id"),
                    digest: try mark.text("sha256")
                )
            }
            let event = try Event(type, from: try fields.object("data"))
            return Record(by: actor, event: event, command: command)
        } catch let fault as FieldFault {
            throw .fault(fault)
        } catch let error as EventDecodingError {
            throw error
        } catch {
            throw .unknownType("\(error)")
        }
    }

    /// The texts of a part that holds texts, for an event of that type; `nil` for any other part.
    public static func texts(
        from bytes: [UInt8],
        of type: EventType
    ) throws(EventDecodingError) -> Texts? {
        let json = try json(bytes)
        guard let texts = json["texts"] else { return nil }
        do throws(FieldFault) {
            return try Texts(type, from: try Fields(texts))
        } catch {
            throw .fault(error)
        }
    }

    private static func json(_ bytes: [UInt8]) throws(EventDecodingError) -> JSON {
        do throws(JSONError) {
            return try JSONParser.parse(bytes)
        } catch {
            throw .notJSON(error)
        }
    }
}

extension Texts {
    fileprivate init(_ type: EventType, from fields: Fields) throws(FieldFault) {
        switch type {
        case .roomCreated:
            var slots: [SlotTexts] = []
            for item in try fields.items("slots") { slots.append(try SlotTexts(Fields(item))) }
            let form = fields.has("form") ? try fields.texts("form") : []
            let terms = try fields.optionalText("terms")
            self = .room(
                RoomTexts(
                    title: try fields.text("title"),
                    genre: try fields.optionalText("genre"),
                    slots: slots,
                    form: form,
                    terms: terms
                )
            )
        case .memberAdmitted, .rolesChanged, .memberWaiting:
            self = .card(try NameCard(fields))
        case .memberApplied:
            self = .application(try NameCard(fields), answers: try fields.texts("answers"))
        case .termsSigned: self = .signature(name: try fields.text("name"))
        case .announced: self = .announcement(try fields.text("text"))
        case .pollOpened: self = .poll(try PollTexts(fields))
        case .handRaised: self = .raised(by: try Byline(fields))
        case .captionAdded:
            self = .captioned(by: try Byline(fields), text: try fields.text("text"))
        case .chatSaid, .chatHeld, .chatApproved, .questionAnswered, .contactOffered, .contactTold,
            .contentCorrected, .archiveSupplemented:
            self = .said(by: try Byline(fields), text: try fields.text("text"))
        case .questionAsked:
            // Those who are not told whose it is get its words alone.
            let byline = fields.has("name") ? try Byline(fields) : Byline("")
            self = .asked(by: byline, text: try fields.text("text"))
        case .judgingArranged: self = .judging(try JudgingTexts(fields))
        case .sheetSubmitted, .sheetOpened:
            self = .sheet(
                by: try Byline(fields),
                comment: try fields.optionalText("comment")
            )
        case .slidesPlaced:
            var files: [SlideFile] = []
            for item in try fields.items("files") { files.append(try SlideFile(Fields(item))) }
            self = .slides(files)
        case .intentGiven:
            self = .intent(try NameCard(fields), note: try fields.optionalText("note"))
        case .intentWithdrawn, .intentAnswered, .intentFollowedUp, .feedbackGiven, .noteKept:
            self = .remark(by: try Byline(fields), text: try fields.optionalText("note"))
        default:
            self = .reason(try fields.text("reason"))
        }
    }
}

extension NameCard {
    init(_ fields: Fields) throws(FieldFault) {
        self.init(try Byline(fields), kind: try fields.optionalText("kind"))
    }
}

extension Byline {
    init(_ fields: Fields) throws(FieldFault) {
        let affiliation = try fields.optionalText("organisation").map { (name) throws(FieldFault) in
            Affiliation(name, badge: try Badge(fields))
        }
        self.init(try fields.text("name"), affiliation)
    }
}

extension Badge {
    /// A badge that only a later version knows is none to this one.
    fileprivate init?(_ fields: Fields) throws(FieldFault) {
        guard try fields.optionalText("badge") == Self.organisationName else { return nil }
        self = .organisation(try fields.sequence("organisationId", "an organisation's id"))
    }
}

extension SlotTexts {
    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            id: try fields.slot("id"),
            title: try fields.text("title"),
            abstract: try fields.optionalText("abstract"),
            field: try fields.optionalText("field"),
            presenters: try fields.optionalText("presenters"),
            organisation: try fields.optionalText("organisation"),
            source: try fields.optionalText("source")
        )
    }
}

extension SlideFile {
    fileprivate init(_ fields: Fields) throws(FieldFault) {
        self.init(
            file: try fields.text("file"),
            type: try fields.text("type"),
            width: Int(clamping: try fields.natural("width")),
            height: Int(clamping: try fields.natural("height"))
        )
    }
}
