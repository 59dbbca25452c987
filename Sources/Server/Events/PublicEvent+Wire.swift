internal import Ledger
internal import Rooms
internal import Storage
internal import Wire

extension PublicEvent {
    /// What everybody reads of it, its rooms aside.
    func write(to object: inout JSONWriter) {
        object.member("event", "\(id)")
        object.member("title", profile.title)
        object.member("introduction", orNull: profile.introduction)
        object.member("venue", orNull: profile.venue)
        object.member("language", profile.language)
    }
}

extension PublicEvent.Profile {
    /// Characters of a title, of what is said of an event, and of its place and a hall's name.
    static let longestTitle = 200
    static let longestIntroduction = 4_000
    static let longestPlace = 200

    /// A profile as the form sends it.
    init(reading json: JSON) throws(WireError) {
        guard let title = json["title"]?.text.map(PlainText.singleSpaced),
            PlainText.isLine(title, upTo: Self.longestTitle)
        else {
            throw FieldFault("title", "1 to \(Self.longestTitle) printable characters").error
        }
        let language = json["language"]?.text ?? "zh-CN"
        guard ["zh-CN", "en"].contains(language) else {
            throw FieldFault("language", "zh-CN or en").error
        }
        self.init(
            title: title,
            introduction: try json.lines("introduction", upTo: Self.longestIntroduction),
            venue: try json.line("venue", upTo: Self.longestPlace),
            language: language
        )
    }
}

extension [PublicEvent.Hall] {
    /// `[{"room", "hall"}]` in the order of the programme; absent for none.
    init(reading json: JSON?) throws(WireError) {
        self = []
        guard let json, !json.isNull else { return }
        guard let items = json.items else { throw FieldFault("rooms", "an array").error }
        guard items.count <= People.publicEventRoomLimit else {
            throw PublicEventRefusal.tooManyRooms(limit: People.publicEventRoomLimit).error
        }
        for item in items {
            guard let room = item["room"]?.text.flatMap({ RoomID($0) }) else {
                throw FieldFault("rooms.room", "a room's id").error
            }
            guard !contains(where: { $0.room == room }) else {
                throw FieldFault("rooms.room", "each room once").error
            }
            append(PublicEvent.Hall(room: room, name: try item.hallName()))
        }
    }
}

extension JSON {
    /// The hall that a room is in, as the programme calls it.
    func hallName() throws(WireError) -> String? {
        try line("hall", upTo: PublicEvent.Profile.longestPlace)
    }

    /// One line, white space made single; `nil` where nothing is in it.
    fileprivate func line(_ name: String, upTo limit: Int) throws(WireError) -> String? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let text = value.text.map(PlainText.singleSpaced),
            text.isEmpty || PlainText.isLine(text, upTo: limit)
        else { throw FieldFault(name, "at most \(limit) printable characters").error }
        return text.isEmpty ? nil : text
    }

    /// Some lines; `nil` where nothing is in them.
    fileprivate func lines(_ name: String, upTo limit: Int) throws(WireError) -> String? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let text = value.text, PlainText.areLines(text, upTo: limit) else {
            throw FieldFault(name, "at most \(limit) printable characters").error
        }
        return text.contains { !$0.isWhitespace } ? text : nil
    }
}

extension Result where Success == PublicEvent, Failure == PublicEventRefusal {
    func orWireError() throws(WireError) -> PublicEvent {
        switch self {
        case .success(let event): return event
        case .failure(let refusal): throw refusal.error
        }
    }
}

extension PublicEventRefusal {
    var error: WireError {
        switch self {
        case .noSuchEvent: WireError(.notFound, "there is no such event")
        case .tooMany(let limit):
            WireError(
                .eventTooMany,
                "one person has at most \(limit) events",
                [JSON.Member("limit", .integer(Int64(limit)))]
            )
        case .tooManyRooms(let limit):
            WireError(
                .eventTooMany,
                "an event has at most \(limit) rooms",
                [JSON.Member("limit", .integer(Int64(limit)))]
            )
        case .roomTaken(let room):
            WireError(
                .eventRoomTaken,
                "the room stands in another event",
                [JSON.Member("room", .string("\(room)"))]
            )
        }
    }
}
