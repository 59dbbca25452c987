internal import Ledger
internal import Media
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport
internal import WebSocket
internal import Wire

// Tracks that begin, change and end. A room's home gives their numbers; the publisher's shard tells
// the others, so that the word of a track comes before its frames.
extension Hub {
    func publish(
        _ request: PublishRequest,
        in room: RoomID,
        _ id: String,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) throws(WireError) {
        guard let socket = mediaSockets[connection] else { return }
        if let old = socket.room, old != room {
            throw WireError(.mediaBadTrack, "a media socket is about one room")
        }
        let description = try TrackDescription(request)
        let kinds = socket.requested.union(socket.publications.values.map(\.kind))
        guard !kinds.contains(description.kind) else {
            throw WireError(.mediaTooManyTracks, "one track of each kind", [.mostOf(1)])
        }
        let member = socket.person?.member(in: room)
        let card: NameCard
        do {
            card = try socket.person.map { try world.card(of: $0) } ?? .blank
        } catch {
            throw .unavailable("people")
        }
        mediaSockets[connection]?.room = room
        mediaSockets[connection]?.member = member
        mediaSockets[connection]?.requested.insert(description.kind)
        let visit = socket.visit
        let home: Shard = shard
        let slot = request.rehearses
        let admit = { @Sendable (_ hub: Hub, _ shard: isolated Shard) in
            hub.onHost(of: room, on: shard) { hub, host, _ in
                let result = hub.admitTrack(description, of: member, rehearsing: slot, host)
                home.post { shard in
                    (shard.application as? Hub)?.admitted(
                        result,
                        description,
                        card.byline,
                        rehearsing: slot,
                        in: room,
                        visit,
                        id,
                        from: connection,
                        on: shard
                    )
                }
            }
        }
        guard slot != nil else {
            admit(self, shard)
            return
        }
        Task { [world] in
            let refusal: WireError?
            do {
                refusal = try world.recordingRefusal(in: room)
            } catch {
                refusal = .unavailable("storage")
            }
            home.post { shard in
                guard let hub = shard.application as? Hub else { return }
                guard let refusal else {
                    admit(hub, shard)
                    return
                }
                hub.mediaSockets[connection]?.requested.remove(description.kind)
                hub.refuseMedia(id, refusal, to: connection, on: shard)
            }
        }
    }

    /// Gives a track its number; on the room's home.
    private func admitTrack(
        _ description: TrackDescription,
        of member: MemberID?,
        rehearsing slot: SlotID?,
        _ host: RoomHost
    ) -> Result<(number: UInt16, slots: [SlotID]), WireError> {
        let room = host.durable
        let refusal =
            if let slot {
                room.refusalToRehearse(slot, by: member)
            } else if description.kind == .interpretation {
                room.refusalToInterpret(by: member)
            } else {
                room.refusalToPublish(by: member)
            }
        if let refusal { return .failure(WireError(refusal)) }
        let slots = member.flatMap { room.members[$0]?.slots } ?? []
        return takeTrackNumber(in: host.id, for: member).map { ($0, slots.sorted()) }
    }

    /// The next free number of a room; on its home.
    func takeTrackNumber(
        in room: RoomID,
        for member: MemberID? = nil
    ) -> Result<UInt16, WireError> {
        let limit = world.settings.media.tracksPerRoom
        var numbers = trackNumbers[room] ?? TrackNumbers()
        guard numbers.taken.count < limit else { return .failure(.tooManyTracks(limit: limit)) }
        guard member == nil || numbers.count(of: member) < MediaSocket.memberLimit else {
            return .failure(.tooManyTracks(limit: MediaSocket.memberLimit))
        }
        guard world.media.takeTrack(upTo: world.settings.media.tracks) else {
            let sentence = "the server relays as many tracks as it may"
            return .failure(
                WireError(.mediaFull, sentence, [.mostOf(world.settings.media.tracks)])
            )
        }
        let number = numbers.take(for: member)
        trackNumbers[room] = numbers
        return .success(number)
    }

    /// A track has ended; on the room's home.
    func freeTrackNumber(_ number: UInt16, in room: RoomID) {
        guard trackNumbers[room]?.free(number) == true else { return }
        world.media.freeTrack()
    }

    private func admitted(
        _ result: Result<(number: UInt16, slots: [SlotID]), WireError>,
        _ description: TrackDescription,
        _ byline: Byline,
        rehearsing slot: SlotID?,
        in room: RoomID,
        _ visit: Int,
        _ id: String,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        mediaSockets[connection]?.requested.remove(description.kind)
        guard case .success(let (number, slots)) = result else {
            if case .failure(let error) = result {
                refuseMedia(id, error, to: connection, on: shard)
            }
            return
        }
        // It left meanwhile, or went to another room.
        guard let socket = mediaSockets[connection], socket.room == room, socket.visit == visit
        else {
            freeNumber(number, in: room, on: shard)
            return
        }
        let track = LiveTrack(
            number: number,
            description: description,
            member: socket.member,
            byline: byline,
            slots: slots,
            publisher: connection,
            size: description.size
        )
        var publication = MediaSocket.Publication(
            kind: description.kind,
            frames: Allowance.frameRate(of: description.kind)
        )
        if let slot, let member = socket.member {
            do throws(WireError) {
                var recorder = try world.media.rehearsal(of: slot, by: member, in: room, world)
                recorder.describe(track)
                if recorder.isClosed {
                    // It ended just then, with its last other track.
                    recorder = try world.media.rehearsal(of: slot, by: member, in: room, world)
                    recorder.describe(track)
                }
                publication.rehearsal = recorder
            } catch {
                freeNumber(number, in: room, on: shard)
                refuseMedia(id, error, to: connection, on: shard)
                return
            }
        }
        mediaSockets[connection]?.publications[number] = publication
        let recording = publication.rehearsal.map { "\($0.id)" }
        let answer = ServerMessage.answer(to: id) { writer in
            writer.member("track", UInt64(number))
            if let recording { writer.member("recording", recording) }
        }
        shard.send(.text, answer, to: connection)
        if publication.rehearsal == nil { tell(track, in: room, on: shard) }
    }

    func set(
        _ number: UInt16,
        _ muted: Bool?,
        _ width: Int?,
        _ height: Int?,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) throws(WireError) {
        guard let socket = mediaSockets[connection], let room = socket.room,
            let publication = socket.publications[number]
        else { throw .noSuchTrack(number) }
        guard publication.rehearsal == nil else { return }
        guard var track = mediaRooms[room]?.tracks[number]?.track else { return }
        if let muted { track.isMuted = muted }
        if width != nil || height != nil {
            guard track.description.kind.isVideo else { throw WireError(TrackFault.sizeOfSound) }
            do throws(TrackFault) {
                track.size = try TrackDescription.Size(width: width ?? 0, height: height ?? 0)
            } catch {
                throw WireError(error)
            }
        }
        tell(track, in: room, on: shard)
    }

    // MARK: Every shard

    /// A track is new, or has changed: on all shards, here first.
    func tell(_ track: LiveTrack, in room: RoomID, on shard: isolated Shard) {
        onAllShards(from: shard) { hub, shard in hub.know(track, in: room, on: shard) }
    }

    private func know(_ track: LiveTrack, in room: RoomID, on shard: isolated Shard) {
        var track = track
        var hall = mediaRooms[room, default: MediaRoom()]
        track.isMutedByStaff =
            !track.description.kind.isVideo
            && track.member.map(hall.rules.muted.contains) ?? false
        var relayed =
            hall.tracks[track.number] ?? MediaRoom.RelayedTrack(track: track)
        relayed.track = track
        // A picture that stands still is none that who comes late should see.
        if track.isSilent { relayed.cache.empty() }
        hall.tracks[track.number] = relayed
        mediaRooms[room] = hall
        signalMedia("media.track", in: room, on: shard) { track.write(to: &$0) }
    }

    /// The track of a connection ends.
    func endTrack(
        _ number: UInt16,
        of connection: ConnectionID,
        because end: TrackEnd,
        on shard: isolated Shard
    ) {
        guard let socket = mediaSockets[connection], let room = socket.room,
            let publication = mediaSockets[connection]?.publications.removeValue(forKey: number)
        else { return }
        if let recorder = publication.rehearsal {
            recorder.end(number)
            // Another line of the same presenter may go on with it.
            if !recorder.hasTracks { world.media.finishRehearsal(recorder, at: world.clock.now()) }
        } else {
            endTrack(number, in: room, because: end, on: shard)
        }
        freeNumber(number, in: room, on: shard)
    }

    /// The track is gone, on all shards.
    func endTrack(
        _ number: UInt16,
        in room: RoomID,
        because end: TrackEnd,
        on shard: isolated Shard
    ) {
        mediaRooms[room]?.rules.recorder?.end(number)
        onAllShards(from: shard) { hub, shard in
            guard hub.mediaRooms[room]?.tracks.removeValue(forKey: number) != nil else { return }
            for connection in hub.mediaRooms[room]?.viewers.keys ?? [:].keys {
                hub.mediaRooms[room]?.viewers[connection]?.gates[number] = nil
            }
            hub.signalMedia("media.untrack", in: room, on: shard) {
                $0.member("track", UInt64(number))
                $0.member("why", end.rawValue)
            }
        }
    }

    private func freeNumber(_ number: UInt16, in room: RoomID, on shard: isolated Shard) {
        onHost(of: room, on: shard) { hub, _, _ in hub.freeTrackNumber(number, in: room) }
    }

    /// A signal to all who watch or send here.
    func signalMedia(
        _ name: String,
        in room: RoomID,
        on shard: isolated Shard,
        data: (inout JSONWriter) -> Void
    ) {
        guard let viewers = mediaRooms[room]?.viewers, !viewers.isEmpty else { return }
        let bytes = ServerMessage.signal(name, in: room, data: data)
        for connection in viewers.keys { shard.send(.text, bytes, to: connection) }
    }

    /// Runs it on every shard, here at once.
    func onAllShards(
        from shard: isolated Shard,
        _ body: @escaping @Sendable (Hub, isolated Shard) -> Void
    ) {
        for other in world.allShards where other.number != shard.number {
            other.post { shard in
                guard let hub = shard.application as? Hub else { return }
                body(hub, shard)
            }
        }
        body(self, shard)
    }
}

/// Why a track has ended.
enum TrackEnd: String, Sendable {
    /// Its publisher took it away.
    case ended
    /// Its publisher's line is gone.
    case lost
    /// Its publisher may send no longer.
    case barred
    /// The recording that it belongs to is no longer played.
    case played
}

/// The numbers of a room's tracks: one that ended is not given again soon.
struct TrackNumbers {
    /// Each with whose it is.
    private(set) var taken: [UInt16: MemberID?] = [:]
    private var next: UInt16 = 1

    func count(of member: MemberID?) -> Int { taken.values.count { $0 == member } }

    mutating func take(for member: MemberID? = nil) -> UInt16 {
        while taken[next] != nil || next == 0 { next &+= 1 }
        let number = next
        taken.updateValue(member, forKey: number)
        next &+= 1
        return number
    }

    /// - Returns: whether it was taken.
    mutating func free(_ number: UInt16) -> Bool { taken.removeValue(forKey: number) != nil }
}

extension TrackDescription {
    init(_ request: PublishRequest) throws(WireError) {
        var configuration: [UInt8] = []
        if let text = request.description {
            guard let bytes = Base64.decode(text) else {
                throw WireError(.mediaBadTrack, "description is base64")
            }
            configuration = bytes
        }
        do throws(TrackFault) {
            try self.init(
                kind: request.kind,
                codec: request.codec,
                configuration: configuration,
                width: request.width,
                height: request.height,
                language: request.language
            )
        } catch {
            throw WireError(error)
        }
    }
}

extension WireError {
    init(_ fault: TrackFault) {
        let (field, sentence): (String, String) =
            switch fault {
            case .unknownKind: ("kind", "voice, camera, screen or interpretation")
            case .unknownCodec, .codec: ("codec", "opus for sound, vp8 or avc1.42E01E for pictures")
            case .configuration(_, let limit): ("description", "at most \(limit) bytes")
            case .notOpusHead, .opusVersion: ("description", "an Opus header (RFC 7845 §5.1)")
            case .channels: ("description", "one channel or two")
            case .size: ("width", "width and height of 1 to 4096 pixels")
            case .sizeOfSound: ("width", "none, of sound")
            case .noLanguage, .language: ("language", "of an interpretation, as in BCP 47")
            case .languageOf: ("language", "of an interpretation only")
            }
        let values = [
            JSON.Member("field", .string(field)), JSON.Member("expected", .string(sentence)),
        ]
        self.init(.mediaBadTrack, "\(field) must be: \(sentence)", values)
    }

    static func tooManyTracks(limit: Int) -> WireError {
        WireError(.mediaTooManyTracks, "as many tracks as there may be", [.mostOf(limit)])
    }
}

extension JSON.Member {
    static func mostOf(_ limit: Int) -> JSON.Member {
        JSON.Member("limit", .integer(Int64(limit)))
    }
}
