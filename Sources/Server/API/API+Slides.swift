internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Rooms
internal import Wire

// Slides as one document.
extension API {
    /// Whether the caller may place a slot's slides; asked before the document's bytes are read.
    func checkSlides(to room: RoomID, of slot: SlotID) async throws(WireError) {
        try await require(in: room) { $0.refusalToPlaceSlides(slot, by: $1) }
        guard SlideDocument.isPossible else {
            throw WireError(.slideNoConverter, "this server makes no images of a PDF")
        }
    }

    /// `POST /rooms/R/slots/S/slides`: a PDF whose pages become the slot's slides.
    func takeSlides(
        to room: RoomID,
        of slot: SlotID,
        _ sink: MarkedSink
    ) async throws(WireError) -> Response {
        // Rights may have gone while the bytes came.
        try await checkSlides(to: room, of: slot)
        guard sink.isMeant else { throw .notADocument }
        guard let member = try await reading(room).member else {
            throw WireError(Rejection.notAdmitted)
        }
        let place = SlideDesk.Place(room: room, slot: slot)
        let speaker = Speaker(.member(member))
        guard world.slides.begin(place, from: sink.upload, by: speaker, in: world) else {
            throw .unavailable("busy")
        }
        return json(status: .accepted) { world.slides.state(of: place)?.write(to: &$0) }
    }

    /// `GET /rooms/R/slots/S/slides`: how far that is.
    func slides(of slot: SlotID, in room: RoomID) async throws(WireError) -> Response {
        try await checkSlides(to: room, of: slot)
        let state = world.slides.state(of: SlideDesk.Place(room: room, slot: slot))
        return json { object in
            if let state { state.write(to: &object) } else { object.member("state", "none") }
        }
    }
}
