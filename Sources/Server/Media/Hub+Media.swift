internal import HTTP
internal import Ledger
internal import Media
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport
internal import WebSocket
internal import Wire

// The media socket: who watches, who sends, and what each is told.
extension Hub {
    static let mediaSubprotocol = "luyan.media.v1"

    func mediaOpened(_ connection: ConnectionID, on shard: isolated Shard) {
        shard.limitUnsent(of: connection, to: MediaSocket.unsentLimit)
    }

    func mediaClosed(_ connection: ConnectionID, on shard: isolated Shard) {
        leaveMedia(connection, because: .lost, on: shard)
        mediaSockets[connection] = nil
    }

    func receiveMedia(
        _ kind: MessageKind,
        _ bytes: RawSpan,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard kind == .text else {
            relay(bytes, from: connection, on: shard)
            return
        }
        for result in ClientMessage.read([UInt8](copying: bytes)) {
            switch result {
            case .success(let message): takeMedia(message, from: connection, on: shard)
            case .failure(let bad):
                refuseMedia(bad.id, bad.error, to: connection, on: shard)
                mediaFault(connection, on: shard)
            }
        }
    }

    /// Who goes on sending what cannot be taken is closed.
    func mediaFault(_ connection: ConnectionID, on shard: isolated Shard) {
        mediaSockets[connection]?.faults += 1
        guard let socket = mediaSockets[connection], socket.faults >= MediaSocket.faultLimit else {
            return
        }
        shard.close(connection, with: .tooManyFaults, reason: "too many malformed messages")
    }

    private func takeMedia(
        _ message: ClientMessage,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        if let wait = mediaSockets[connection]?.bucket.take(at: shard.now) {
            let error = WireError.rateLimited(retryMilliseconds: wait)
            refuseMedia(message.id, error, to: connection, on: shard)
            mediaFault(connection, on: shard)
            return
        }
        guard !world.isDraining else {
            refuseMedia(message.id, .unavailable("restarting"), to: connection, on: shard)
            return
        }
        switch message.request {
        case .syncTime: answerMedia(message.id, to: connection, on: shard)
        case .media(let request):
            do throws(WireError) {
                try takeMedia(request, message, from: connection, on: shard)
            } catch {
                refuseMedia(message.id, error, to: connection, on: shard)
            }
        default:
            let values = [JSON.Member("type", .string(message.type))]
            let error = WireError(.commandUnknown, "send it on /ws", values)
            refuseMedia(message.id, error, to: connection, on: shard)
        }
    }

    private func takeMedia(
        _ request: MediaRequest,
        _ message: ClientMessage,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) throws(WireError) {
        guard let room = message.room, world.directory.contains(room) else { throw .noSuchRoom }
        let id = message.id
        switch request {
        case .join(let video):
            joinMedia(room, id, video: video, from: connection, on: shard)
        case .leave:
            leaveMedia(connection, because: .ended, on: shard)
            answerMedia(id, to: connection, on: shard)
        case .publish(let request):
            try publish(request, in: room, id, from: connection, on: shard)
        case .set(let track, let muted, let width, let height):
            try set(track, muted, width, height, from: connection, on: shard)
            answerMedia(id, to: connection, on: shard)
        case .unpublish(let track):
            guard mediaSockets[connection]?.publications[track] != nil else {
                throw .noSuchTrack(track)
            }
            endTrack(track, of: connection, because: .ended, on: shard)
            answerMedia(id, to: connection, on: shard)
        }
    }

    // MARK: Watching

    private func joinMedia(
        _ room: RoomID,
        _ id: String,
        video: Bool,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard let person = mediaSockets[connection].map(\.person) else { return }
        let member = person?.member(in: room)
        let home: Shard = shard
        onHost(of: room, on: shard) { _, host, _ in
            let refusal = host.refusalToWatch(member)
            home.post { shard in
                guard let hub = shard.application as? Hub else { return }
                if let refusal {
                    hub.refuseMedia(id, WireError(refusal), to: connection, on: shard)
                } else {
                    hub.watch(room, id, as: member, video: video, from: connection, on: shard)
                }
            }
        }
    }

    private func watch(
        _ room: RoomID,
        _ id: String,
        as member: MemberID?,
        video: Bool,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard let socket = mediaSockets[connection] else { return }
        if let old = socket.room, old != room {
            leaveMedia(connection, because: .ended, on: shard)
        }
        mediaSockets[connection]?.room = room
        mediaSockets[connection]?.member = member
        let hall = mediaRooms[room, default: MediaRoom()]
        let before = hall.viewers[connection]
        var viewer = before ?? MediaViewer(wantsVideo: video)
        viewer.wantsVideo = video
        let tracks = hall.tracks.values.map(\.track).sorted { $0.number < $1.number }
        let now = world.clock.now()
        let answer = ServerMessage.answer(to: id) { writer in
            writer.member("now", now.milliseconds)
            writer.member(
                "tracks",
                array: { array in for track in tracks { array.object { track.write(to: &$0) } } }
            )
        }
        shard.send(.text, answer, to: connection)
        // What is on already goes on; of the rest, pictures begin with those since the last key frame.
        let wasVideo = before?.wantsVideo ?? false
        for relayed in hall.tracks.values
        where relayed.track.publisher != connection && relayed.track.description.kind.isVideo {
            guard video, !wasVideo else { continue }
            var isOpen = false
            if !relayed.cache.frames.isEmpty, relayed.cache.byteCount <= Self.lateJoinBytes {
                for frame in relayed.cache.frames {
                    shard.send(frame, to: connection, droppable: true)
                }
                isOpen = true
            } else {
                askForKey(relayed.track, in: room, on: shard)
            }
            viewer.gates[relayed.track.number] = ViewerGate(
                isVideo: true,
                isOpen: isOpen,
                limits: Self.gateLimits
            )
        }
        mediaRooms[room, default: MediaRoom()].viewers[connection] = viewer
    }

    /// Bytes that who comes late is sent at once; behind more, it waits for the next key frame.
    private static let lateJoinBytes = 1 << 20

    /// A queue that does not empty: of a video of 400 kbit/s half a second, of sound 40 s.
    static let gateLimits = ViewerGate.Limits(
        shut: 24 << 10,
        open: QueuePressure.low,
        sound: 192 << 10
    )

    /// The connection neither watches nor sends any more.
    func leaveMedia(
        _ connection: ConnectionID,
        because end: TrackEnd,
        on shard: isolated Shard
    ) {
        guard let socket = mediaSockets[connection] else { return }
        for track in socket.publications.keys {
            endTrack(track, of: connection, because: end, on: shard)
        }
        mediaSockets[connection]?.visit += 1
        guard let room = socket.room else { return }
        mediaRooms[room]?.viewers[connection] = nil
        // Who is muted stays muted, whoever leaves.
        if mediaRooms[room]?.isEmpty ?? false { mediaRooms[room] = nil }
    }

    /// The member may see less of the room, or nothing: its media sockets ask anew.
    func restartMedia(_ member: MemberID, in room: RoomID, on shard: isolated Shard) {
        for (connection, socket) in mediaSockets
        where socket.room == room && socket.member == member {
            leaveMedia(connection, because: .barred, on: shard)
            shard.send(.text, ServerMessage.signal("restart", in: room), to: connection)
        }
    }

    // MARK: Words

    func answerMedia(_ id: String, to connection: ConnectionID, on shard: isolated Shard) {
        let now = world.clock.now()
        let bytes = ServerMessage.answer(to: id) { $0.member("now", now.milliseconds) }
        shard.send(.text, bytes, to: connection)
    }

    func refuseMedia(
        _ id: String?,
        _ error: WireError,
        to connection: ConnectionID,
        on shard: isolated Shard
    ) {
        shard.send(.text, ServerMessage.refusal(to: id, error), to: connection)
    }
}

extension RoomHost {
    /// Why a member, or a visitor, may not watch; `nil` where it may: as it reads the room.
    func refusalToWatch(_ member: MemberID?) -> Rejection? {
        if let member, durable.members[member] != nil, durable.mustSign(member) {
            return .termsNotSigned
        }
        if let outside = member.flatMap({ durable.outside[$0] }), durable.door.isClosed {
            return .outside(outside.name)
        }
        let reader = durable.readerClass(of: member)
        return durable.shows(to: reader) ? nil : .notAdmitted
    }
}

extension WireError {
    static func noSuchTrack(_ track: UInt16) -> WireError {
        let values = [JSON.Member("track", .integer(Int64(track)))]
        return WireError(.mediaTrackNotFound, "this socket sends no such track", values)
    }
}
