internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
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

    /// `POST /rooms/R/slots/S/slides`: a PDF, or where it can be converted a presentation, whose pages
    /// become the slot's slides.
    func takeSlides(
        to room: RoomID,
        of slot: SlotID,
        _ sink: MarkedSink
    ) async throws(WireError) -> Response {
        // Rights may have gone while the bytes came.
        try await checkSlides(to: room, of: slot)
        guard let magic = sink.magic else { throw .notADocument }
        guard let member = try await reading(room).member else {
            throw WireError(Rejection.notAdmitted)
        }
        let place = SlideDesk.Place(room: room, slot: slot)
        let speaker = Speaker(.member(member))
        let isTaken = world.slides.begin(
            place,
            from: sink.upload,
            isPresentation: magic == MarkedSink.Kind.archive,
            by: speaker,
            in: world
        )
        guard isTaken else { throw .unavailable("busy") }
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

    /// `GET /rooms/R/slots/S/texts`: the words on a slot's pages, to be searched. Of a closed matter each
    /// page that is looked at is noted, so nothing of it goes out in bulk.
    func texts(of slot: SlotID, in room: RoomID) async throws(WireError) -> Response {
        let reading = try await insideReading(of: room)
        guard !reading.isMatter else {
            throw WireError(.termsPageByPage, "of a closed matter each page is asked for by itself")
        }
        let files = try await world.withHost(of: room) { host, _, _ -> [SlideFile]? in
            guard host.durable.roadshow.slots.contains(where: { $0.frame.id == slot }) else {
                return nil
            }
            return host.texts.slides[slot] ?? []
        }
        guard let files else { throw WireError(Rejection.noSuchSlot(slot)) }
        let digests = files.compactMap { Digest(hex: $0.file) }
        let texts = try await stored {
            try await world.store.people.texts(of: Set(digests), in: room)
        }
        return json { object in
            object.member(
                "pages",
                array: { pages in
                    for file in files {
                        pages.object { page in
                            page.member("file", file.file)
                            page.member("text", Digest(hex: file.file).flatMap { texts[$0] } ?? "")
                        }
                    }
                }
            )
        }
    }
}
