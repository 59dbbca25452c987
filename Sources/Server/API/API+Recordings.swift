internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import Media
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

// Recordings: staff sees those of the room, a presenter its own; rehearsals are their presenter's
// alone until it offers them.
extension API {
    /// `GET /rooms/R/recordings`.
    func recordings(of room: RoomID) async throws(WireError) -> Response {
        let reading = try await recordingReading(room)
        let offered = try await offered(in: room)
        let names = try await names(in: room)
        let store = world.store
        var infos: [RecordingInfo] = []
        let kept = try await stored { try store.recordings.recordings(in: room) }
        for id in kept.compactMap({ RecordingID($0) }) {
            guard let info = try await info(id, in: room), reading.sees(info, offered) else {
                continue
            }
            infos.append(info)
        }
        infos.sort { ($0.head.begunAt, $0.id) > ($1.head.begunAt, $1.id) }
        var states: [RecordingID: ExportState] = [:]
        for info in infos { states[info.id] = try await exportState(info.id, in: room) }
        let space = try await stored { try world.recordingSpace(in: room) }
        return json { [infos, states] writer in
            writer.member(
                "recordings",
                array: { array in
                    for info in infos {
                        array.object { object in
                            object.member("name", orNull: info.head.member.flatMap { names[$0] })
                            info.write(
                                to: &object,
                                offered: offered.contains(info.id),
                                export: states[info.id] ?? .none
                            )
                        }
                    }
                }
            )
            guard reading.reader.sees(.staff) else { return }
            writer.member("usedBytes", space.used)
            writer.member("leftBytes", max(0, space.left))
        }
    }

    /// `GET /rooms/R/recordings/ID`.
    func recording(_ id: RecordingID, in room: RoomID) async throws(WireError) -> Response {
        let (info, offered) = try await visible(id, in: room)
        let state = try await exportState(id, in: room)
        return json { info.write(to: &$0, offered: offered, export: state) }
    }

    /// `POST /rooms/R/recordings/ID/export`: begins it, in the background.
    func export(_ id: RecordingID, in room: RoomID) async throws(WireError) -> Response {
        let (info, offered) = try await visible(id, in: room)
        guard !info.isRunning else {
            throw WireError(.recordingRunning, "it is still being recorded")
        }
        let folder = world.store.recordings.recording("\(id)", in: room)
        let isBegun = try await stored { try world.media.exports.begin(folder, log: world.log) }
        guard isBegun else { throw .rateLimited(retryMilliseconds: 10_000) }
        let state = try await exportState(id, in: room)
        return json(status: .accepted) { info.write(to: &$0, offered: offered, export: state) }
    }

    /// `GET /rooms/R/recordings/ID.webm`, with ranges.
    func recordingFile(
        _ id: RecordingID,
        in room: RoomID,
        _ request: Request
    ) async throws(WireError) -> Response {
        _ = try await visible(id, in: room)
        let folder = world.store.recordings.recording("\(id)", in: room)
        guard case .ready = try await exportState(id, in: room),
            let file = try await stored({ try folder.made(WebMExport.name) }),
            let tag = EntityTag("\(id)-\(file.count)-\(file.modified)")
        else { throw WireError(.recordingNotFound, "export the recording first") }
        let representation = Representation(
            source: .file(KeptFile(file, log: world.log)),
            type: MediaType("video/webm"),
            validators: Validators(
                tag: tag,
                modified: HTTPDate(secondsSinceEpoch: file.modified)
            ),
            fields: [.cacheControl: "private, no-cache"],
            contentFields: [
                .contentDisposition: "inline; filename=\"luyan-\(room)-\(id).webm\""
            ]
        )
        let now = HTTPDate(world.clock.now())
        let response = representation.response(to: request.head, now: now)
        if response.status.kind == .successful {
            try await disclose(.recording(id), in: room, to: try await reading(room), request)
        }
        return response
    }

    /// Whether the caller may bring a recording of a slot; asked before its bytes are read.
    func checkRecordingUpload(to room: RoomID, of slot: SlotID) async throws(WireError) {
        try await require(in: room) { $0.refusalToRehearse(slot, by: $1) }
        if let error = try await stored({ try world.recordingRefusal(in: room) }) { throw error }
    }

    /// `POST /rooms/R/recordings?slot=S`: a WebM file that its presenter brought.
    func upload(
        to room: RoomID,
        of slot: SlotID,
        _ sink: MarkedSink
    ) async throws(WireError) -> Response {
        // Rights may have gone while the bytes came.
        try await checkRecordingUpload(to: room, of: slot)
        let reading = try await reading(room)
        let now = world.clock.now()
        let head = RecordingHead(
            kind: .upload,
            slot: slot,
            member: reading.member,
            begunAt: now
        )
        let (file, name) = try await stored {
            (try await sink.upload.sealed(), try SecureRandom.bytes(8).hexText)
        }
        guard let id = RecordingID(name) else { throw .unavailable("no random bytes") }
        let folder = world.store.recordings.recording(name, in: room)
        let intake = RecordingIntake(
            folder: folder,
            head: head,
            start: world.clock.microseconds()
        )
        let failure = await world.media.exports.run { () -> RecordingIntake.Failure? in
            do throws(RecordingIntake.Failure) {
                try intake.run(file, at: now)
                return nil
            } catch {
                return error
            }
        }
        if let failure {
            world.log.warning("an upload was not taken", metadata: ["cause": "\(failure)"])
            try await stored { try folder.remove() }
            throw failure.error
        }
        let found = try await info(id, in: room)
        return json(status: .created) { writer in
            found?.write(to: &writer, offered: false, export: .none)
        }
    }

    /// `DELETE /rooms/R/recordings/ID`: its presenter's, while it is not offered.
    func removeRecording(_ id: RecordingID, in room: RoomID) async throws(WireError) -> Response {
        let (info, offered) = try await visible(id, in: room)
        let reading = try await reading(room)
        guard info.head.member == reading.member, reading.member != nil else {
            throw WireError(Rejection.notPermitted(needs: [.presenter]))
        }
        guard !info.isRunning else {
            throw WireError(.recordingRunning, "it is still being recorded")
        }
        guard !offered else {
            throw WireError(Rejection.notPermitted(needs: []))
        }
        let folder = world.store.recordings.recording("\(id)", in: room)
        world.media.exports.forget(folder)
        try await stored { try folder.remove() }
        return Response(status: .noContent)
    }

    /// `GET /rooms/R/captions.vtt?language=&recording=`: captions as WebVTT, in time from the start of
    /// the room, or of a recording.
    func captions(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        let reading = try await reading(room)
        try reading.requireSignature()
        try reading.requireInside()
        let language = request.query["language"]
        if let language, !TrackDescription.isLanguage(language) {
            throw FieldFault("language", "a name as in BCP 47").error
        }
        var origin: UInt64?
        if let text = request.query["recording"] {
            guard let id = RecordingID(text) else {
                throw FieldFault("recording", "16 lower-case hex digits").error
            }
            origin = try await visible(id, in: room).info.firstTime.map { UInt64($0 / 1_000) }
        }
        try await disclose(.transcript, in: room, to: reading, request)
        let redacted = try await redacted(in: room)
        let cues = try await stored {
            var cues = CaptionCues(language: language, from: origin)
            var last: UInt64 = 0
            // A page at a time: of a long log only the captions are held.
            while true {
                let page = try await world.store.read(room, after: last, limit: 500)
                cues.take(page.erasing(redacted)) { reading.sees($0) }
                guard let newest = page.last else { return cues.sorted }
                last = newest.sequence
            }
        }
        let bytes = WebVTT.document(cues, language: language)
        return download(.bytes(bytes), MediaType("text/vtt; charset=utf-8"), "luyan-\(room).vtt")
    }

    // MARK: What the caller may see

    private func recordingReading(_ room: RoomID) async throws(WireError) -> Reading {
        let reading = try await reading(room)
        try reading.requireSignature()
        guard reading.mayReplay else {
            _ = try caller.signedIn()
            throw WireError(Rejection.notPermitted(needs: [.moderator, .presenter, .auditor]))
        }
        return reading
    }

    /// What those who offered, rehearsed or uploaded call themselves.
    private func names(in room: RoomID) async throws(WireError) -> [MemberID: String] {
        try await world.withHost(of: room) { host, _, _ in
            host.texts.members.mapValues(\.card.name)
        }
    }

    private func offered(in room: RoomID) async throws(WireError) -> Set<RecordingID> {
        try await world.withHost(of: room) { host, _, _ in
            Set(host.durable.recording.offered.keys)
        }
    }

    private func visible(
        _ id: RecordingID,
        in room: RoomID
    ) async throws(WireError) -> (info: RecordingInfo, offered: Bool) {
        let reading = try await recordingReading(room)
        let offered = try await offered(in: room)
        guard let info = try await info(id, in: room), reading.sees(info, offered) else {
            throw WireError(.recordingNotFound, "there is no such recording")
        }
        return (info, offered.contains(id))
    }

    private func info(
        _ id: RecordingID,
        in room: RoomID
    ) async throws(WireError) -> RecordingInfo? {
        try await stored { try await world.recordingInfo(id, in: room) }
    }

    private func exportState(
        _ id: RecordingID,
        in room: RoomID
    ) async throws(WireError) -> ExportState {
        let folder = world.store.recordings.recording("\(id)", in: room)
        return try await stored { try world.media.exports.state(of: folder) }
    }
}

extension API.Reading {
    /// Whether any recording of the room is this reader's to play again; `sees` says which.
    var mayReplay: Bool {
        reader.sees(.staff) || roles.contains(.presenter) || isInRecord
    }

    /// Whether a sealed record is this reader's to see.
    private var isInRecord: Bool { isArchived && isInside }

    /// Rehearsals are their presenter's alone until they are offered; uploads are staff's too.
    fileprivate func sees(_ info: RecordingInfo, _ offered: Set<RecordingID>) -> Bool {
        if let member, info.head.member == member { return true }
        if isInRecord, info.head.kind == .live { return true }
        guard reader.sees(.staff) else { return false }
        return info.head.kind != .rehearsal || offered.contains(info.id)
    }
}

extension World {
    /// What is known of a recording; `nil` where there is none.
    ///
    /// One that a crash cut short is read through, on a queue of its own.
    func recordingInfo(_ id: RecordingID, in room: RoomID) async throws -> RecordingInfo? {
        let folder = store.recordings.recording("\(id)", in: room)
        let (running, now) = (media.running(id, in: room), clock.now())
        let found = await media.exports.run { () -> Result<RecordingInfo?, StorageError> in
            do throws(StorageError) {
                return .success(try RecordingInfo(id, folder, running: running, now: now))
            } catch {
                return .failure(error)
            }
        }
        return try found.get()
    }
}

/// The captions of a log, in time from a beginning.
struct CaptionCues {
    private var cues: [WebVTT.Cue] = []
    private let language: String?
    /// Milliseconds since the epoch; without one, when the room began.
    private var start: UInt64?

    init(language: String?, from origin: UInt64?) {
        (self.language, start) = (language, origin)
    }

    /// Those that are shown, in their order.
    var sorted: [WebVTT.Cue] { cues.filter { $0.to > 0 }.sorted { $0.from < $1.from } }

    /// Takes the next events of the log.
    mutating func take(_ events: [SealedEvent], visible: (Audience) -> Bool) {
        for event in events {
            guard let first = event.parts.first?.part,
                let record = try? EventDecoding.record(from: first.bytes)
            else { continue }
            if case .roomStarted = record.event {
                start = start ?? event.header.time.milliseconds
            }
            guard case .captionAdded(let frame) = record.event,
                language == nil || frame.language == language
            else { continue }
            for part in event.parts.dropFirst().compactMap(\.part) where visible(part.audience) {
                guard
                    case .captioned(let byline, let text) =
                        (try? EventDecoding.texts(from: part.bytes, of: record.event.type)) ?? nil
                else { continue }
                add(frame, byline, text)
                break
            }
        }
    }

    private mutating func add(_ frame: CaptionFrame, _ byline: Byline, _ text: String) {
        let begin = start ?? frame.from.milliseconds
        start = begin
        cues.append(
            WebVTT.Cue(
                from: Int(clamping: frame.from.milliseconds) - Int(clamping: begin),
                to: Int(clamping: frame.to.milliseconds) - Int(clamping: begin),
                speaker: byline.name,
                text: text
            )
        )
    }
}
