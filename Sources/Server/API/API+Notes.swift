internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Rooms
internal import Storage
internal import Wire

// What presenters say to their slides: theirs alone, in no log.
extension API {
    /// Characters of the note to one page.
    private static let noteLimit = 4_000

    /// `GET /rooms/R/slots/S/notes`: by page, up to the last that has one.
    func notes(of slot: SlotID, in room: RoomID) async throws(WireError) -> Response {
        try await requirePresenter(of: slot, in: room)
        let notes = try await stored {
            try await world.store.people.notes(of: slot.description, in: room)
        }
        let last = notes.keys.max() ?? 0
        return json { object in
            object.member(
                "pages",
                array: { pages in
                    for page in 0..<last { pages.string(notes[page + 1] ?? "") }
                }
            )
        }
    }

    /// `PUT /rooms/R/slots/S/notes/PAGE` from `{text}`: the last that is written counts.
    func setNote(
        toPage page: Int,
        of slot: SlotID,
        in room: RoomID,
        _ request: Request
    ) async throws(WireError) -> Response {
        try await requirePresenter(of: slot, in: room)
        let pages = RoomLimits().pages
        guard (1...pages).contains(page) else {
            throw FieldFault("page", "1 to \(pages)").error
        }
        guard let text = try object(request)["text"]?.text,
            text.unicodeScalars.count <= Self.noteLimit
        else {
            throw FieldFault("text", "at most \(Self.noteLimit) characters").error
        }
        let note = String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control
                }
            )
        )
        try await stored {
            try await world.store.people.setNote(
                note,
                toPage: page,
                of: slot.description,
                in: room
            )
        }
        return Response(status: .noContent)
    }

    /// Throws unless the caller presents that very slot: neither do moderators read these notes.
    private func requirePresenter(of slot: SlotID, in room: RoomID) async throws(WireError) {
        let reading = try await insideReading(of: room)
        guard reading.slots.contains(slot) else {
            throw WireError(Rejection.notPermitted(needs: [.presenter]))
        }
    }
}
