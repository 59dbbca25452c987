internal import Archive
internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

extension API {
    private static let eventsPerPage = 500

    /// Events that the caller may see: after a number, or the last ones before a number.
    func events(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        let reading = try await reading(room)
        let limit = min(try number("limit", request) ?? 100, UInt64(Self.eventsPerPage))
        let before = try number("before", request)
        var after = try number("after", request) ?? 0
        if let before {
            let reach = limit.multipliedReportingOverflow(by: 4).partialValue
            after = before > reach ? before - reach - 1 : 0
        }
        let (start, end) = (after, before)
        let events = try await stored {
            try await world.store.read(room, after: start, limit: Int(limit) * (end == nil ? 1 : 4))
        }
        .erasing(try await redacted(in: room))
        let seen = events.filter { event in
            end.map { event.sequence < $0 } ?? true
        }
        let shown = end == nil ? seen[...] : seen.suffix(Int(limit))
        return json { writer in
            writer.member(
                "events",
                array: { array in
                    for event in shown {
                        let parts = event.visibleParts { reading.sees($0) }
                        guard !parts.isEmpty else { continue }
                        array.raw(
                            ServerMessage.event(
                                in: room,
                                sequence: event.sequence,
                                previous: event.sequence - 1,
                                at: event.header.time,
                                hash: event.hash.hex,
                                parts: parts
                            )
                        )
                    }
                }
            )
            writer.member("first", orNull: shown.first?.sequence)
            writer.member("last", orNull: shown.last?.sequence)
        }
    }

    /// What proves one event: its parts' salts, the other digests, its place in the signed tree.
    func proof(of sequence: UInt64, in room: RoomID) async throws(WireError) -> Response {
        let reading = try await reading(room)
        guard sequence > 0 else { throw WireError(.notFound, "events are numbered from 1") }
        // With the event before, whose hash ties header and hash together.
        let start = sequence > 1 ? sequence - 2 : 0
        let found = try await stored { try await world.store.read(room, after: start, limit: 2) }
            .erasing(try await redacted(in: room))
        guard let event = found.first(where: { $0.sequence == sequence }) else {
            throw WireError(.notFound, "there is no such event yet")
        }
        let evidence = try await world.withHost(of: room) { host, _, _ throws(WireError) in
            let origin = ChainHead.start(room: room, genesis: host.genesis).hash
            guard let checkpoint = host.makeCheckpoint(),
                let proof = try? host.tree.inclusionProof(
                    of: Int(clamping: sequence - 1),
                    in: Int(clamping: checkpoint.checkpoint.size)
                )
            else { throw .unavailable("no checkpoint") }
            return (checkpoint, proof, origin)
        }
        return json { writer in
            writer.member("header", event.header.encoded.hexText)
            let before = found.first { $0.sequence + 1 == sequence }?.hash
            writer.member("previous", (before ?? evidence.2).hex)
            writer.member("hash", event.hash.hex)
            writer.member(
                "parts",
                array: { array in
                    for kept in event.parts { array.object { kept.write(to: &$0, reading) } }
                }
            )
            writer.member(
                "proof",
                array: { array in
                    for hash in evidence.1 { array.string(hash.hex) }
                }
            )
            writer.member("checkpoint", evidence.0.note)
        }
    }

    func checkpoint(of room: RoomID) async throws(WireError) -> Response {
        let note = try await world.withHost(of: room) { host, _, _ throws(WireError) in
            guard let made = host.makeCheckpoint() else { throw .unavailable("no checkpoint") }
            return made.note
        }
        return Response(type: .plainText, body: Array(note.utf8))
    }

    /// The log as JSON Lines, with the parts that the caller may see.
    func log(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        let (genesis, checkpoint) = try await world.withHost(of: room) { host, _, _ in
            (host.genesis, host.makeCheckpoint())
        }
        guard let checkpoint else { throw .unavailable("no checkpoint") }
        let isNoted = try await disclose(.log, in: room, to: try await reading(room), request)
        let stream = LogStream(
            of: room,
            genesis: genesis,
            to: checkpoint,
            for: self,
            isPublic: !isNoted
        )
        return download(.stream(stream), .jsonLines, "luyan-\(room).jsonl")
    }

    /// The transcript as Markdown, for staff.
    func transcript(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        let reading = try await staff(of: room)
        let (words, zone) = try place(request)
        try await disclose(.transcript, in: room, to: reading, request)
        let events = try await stored { try await world.store.readAll(room, after: 0) }
            .erasing(try await redacted(in: room))
        let text = Transcript.markdown(
            room: room,
            events: events,
            in: words,
            zone: zone,
            key: world.store.key.publicKey.fingerprint,
            visible: { reading.sees($0) }
        )
        return download(.bytes(Array(text.utf8)), .markdown, "luyan-\(room).md")
    }

    func download(_ content: Content, _ type: MediaType, _ name: String) -> Response {
        var response = Response(type: type, body: [])
        response.content = content
        response.fields[.contentDisposition] = "attachment; filename=\"\(name)\""
        response.fields[.cacheControl] = "no-store"
        return response
    }

    /// The language and the clocks that a document is for.
    func place(
        _ request: Request
    ) throws(WireError) -> (words: Transcript.Language, zone: Transcript.Zone) {
        let language = request.query["lang"] ?? "zh-CN"
        guard let words = Transcript.Language(rawValue: language) else {
            throw FieldFault("lang", "zh-CN or en").error
        }
        let offset = Int(request.query["offset"] ?? "480") ?? .max
        guard let zone = Transcript.Zone(offsetMinutes: offset) else {
            throw FieldFault("offset", "minutes east of UTC, -720 to 840").error
        }
        return (words, zone)
    }

    func number(_ name: String, _ request: Request) throws(WireError) -> UInt64? {
        guard let text = request.query[name] else { return nil }
        guard let number = UInt64(text), number <= 1 << 53 - 1 else {
            throw FieldFault(name, "an integer from 0 to 2^53 - 1").error
        }
        return number
    }
}

extension [SealedEvent] {
    /// Removed texts are gone for readers at once, also while their erasing from the disk is under way.
    func erasing(_ redacted: [UInt64: [Int]]) -> [SealedEvent] {
        guard !redacted.isEmpty else { return self }
        return map { event in redacted[event.sequence].map(event.erasing) ?? event }
    }
}

extension KeptPart {
    /// A part as evidence: whole with its salt where the reader may see it, else its digest.
    fileprivate func write(to object: inout JSONWriter, _ reading: API.Reading) {
        guard let part, reading.sees(part.audience) else {
            object.member("digest", digest.hex)
            return
        }
        object.member("audience", part.audience.name)
        object.member("salt", part.salt.hexText)
        object.member("bytes", String(decoding: part.bytes, as: UTF8.self))
    }
}
