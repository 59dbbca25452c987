internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport
internal import WebSocket
internal import Wire

extension Hub {
    static let subprotocol = "luyan.v1"

    func opened(_ connection: ConnectionID, on shard: isolated Shard) {
        if let socket = enteringMedia.removeValue(forKey: connection) {
            mediaSockets[connection] = socket
            mediaOpened(connection, on: shard)
            return
        }
        guard let viewer = entering.removeValue(forKey: connection) else {
            shard.close(connection, with: .internalError)
            return
        }
        viewers[connection] = viewer
    }

    func closed(
        _ connection: ConnectionID,
        because reason: CloseReason,
        on shard: isolated Shard
    ) {
        entering[connection] = nil
        enteringMedia[connection] = nil
        if mediaSockets[connection] != nil {
            mediaClosed(connection, on: shard)
            return
        }
        guard let viewer = viewers[connection] else { return }
        for room in viewer.following.keys { unfollow(room, connection, on: shard) }
        viewers[connection] = nil
    }

    func receive(
        _ kind: MessageKind,
        _ bytes: RawSpan,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        if mediaSockets[connection] != nil {
            receiveMedia(kind, bytes, from: connection, on: shard)
            return
        }
        let received = world.clock.now()
        guard kind == .text else {
            let error = WireError(.messageNotText, "messages here are JSON text")
            fault(BadMessage(id: nil, error: error), from: connection, on: shard)
            return
        }
        for result in ClientMessage.read([UInt8](copying: bytes)) {
            switch result {
            case .success(let message):
                take(message, received: received, from: connection, on: shard)
            case .failure(let bad):
                fault(bad, from: connection, on: shard)
            }
        }
    }

    /// Answers a message that cannot be taken; who goes on sending such is closed.
    private func fault(_ bad: BadMessage, from connection: ConnectionID, on shard: isolated Shard) {
        refuse(bad.id, bad.error, to: connection, on: shard)
        viewers[connection]?.faults += 1
        guard let viewer = viewers[connection], viewer.faults >= Viewer.faultLimit else { return }
        shard.close(connection, with: .tooManyFaults, reason: "too many malformed messages")
    }

    private func take(
        _ message: ClientMessage,
        received: Timestamp,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        let cost = cost(of: message.request)
        guard let wait = viewers[connection]?.bucket.take(cost, at: shard.now) else {
            if let excess = viewers[connection]?.excess, excess > 0 {
                viewers[connection]?.excess = excess - 1
            }
            answer(message, received: received, from: connection, on: shard)
            return
        }
        refuse(message.id, .rateLimited(retryMilliseconds: wait), to: connection, on: shard)
        viewers[connection]?.excess += 1
        // To read and refuse costs nearly as much as to answer: it must not go on for ever.
        guard let viewer = viewers[connection], viewer.excess > excessLimit else { return }
        shard.close(connection, with: .policyViolation, reason: "too many commands")
    }

    /// So many commands may be refused at once for their rate: a client that sends all it has and
    /// then waits as it is told stays connected.
    private var excessLimit: Int { max(100, 2 * world.settings.commandBurst) }

    /// How many commands a request counts as: a join is answered with the whole room.
    private func cost(of request: ClientRequest) -> Double {
        guard case .join = request else { return 1 }
        return max(1, Double(world.settings.commandBurst) / 20)
    }

    private func answer(
        _ message: ClientMessage,
        received: Timestamp,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard let room = message.room else {
            let now = world.clock.now()
            let bytes = ServerMessage.answer(to: message.id) { $0.member("now", now.milliseconds) }
            shard.send(.text, bytes, to: connection)
            return
        }
        guard !world.isDraining else {
            refuse(message.id, .unavailable("restarting"), to: connection, on: shard)
            return
        }
        guard world.directory.contains(room) else {
            refuse(message.id, .noSuchRoom, to: connection, on: shard)
            return
        }
        switch message.request {
        case .syncTime:
            let now = world.clock.now()
            let bytes = ServerMessage.answer(to: message.id) { $0.member("now", now.milliseconds) }
            shard.send(.text, bytes, to: connection)
        case .join(let request):
            join(room, message.id, request, received: received, from: connection, on: shard)
        case .leave:
            unfollow(room, connection, on: shard)
            shard.send(.text, ServerMessage.answer(to: message.id) { _ in }, to: connection)
        case .media:
            let values = [JSON.Member("type", .string(message.type))]
            let error = WireError(.commandUnknown, "send it on /ws/media", values)
            refuse(message.id, error, to: connection, on: shard)
        case .react(let reaction):
            react(reaction, message.id, in: room, from: connection, on: shard)
        case .point(let pointer):
            point(pointer, message.id, in: room, from: connection, on: shard)
        case .lookBack(let slot, let page):
            lookBack(to: page, of: slot, message.id, in: room, from: connection, on: shard)
        case .act(.offerRecording(let id, _)):
            offer(id, message, in: room, received: received, from: connection, on: shard)
        case .act(let command):
            act(command, message, in: room, received: received, from: connection, on: shard)
        case .placeSlides(let slot, let files):
            placeSlides(
                slot,
                files,
                message,
                in: room,
                received: received,
                from: connection,
                on: shard
            )
        }
    }

    private func join(
        _ room: RoomID,
        _ id: String,
        _ request: JoinRequest,
        received: Timestamp,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard let viewer = viewers[connection] else { return }
        let isFollowing = viewer.following[room] != nil
        guard isFollowing || viewer.following.count < Viewer.roomLimit else {
            let sentence = "one connection follows at most \(Viewer.roomLimit) rooms"
            refuse(id, WireError(.tooManyConnections, sentence), to: connection, on: shard)
            return
        }
        unfollow(room, connection, on: shard)
        guard let card = card(of: connection) else {
            refuse(id, .unavailable("people"), to: connection, on: shard)
            return
        }
        var call = JoinCall(
            connection: connection,
            id: id,
            member: viewer.person?.member(in: room),
            card: card,
            request: request
        )
        var grants: [(role: Rooms.Role, slot: SlotID?)] = []
        if let person = viewer.person {
            do {
                let kept = try world.store.people.grants(of: person.id, in: room)
                call.standing = viewer.standing
                call.hasPassed = kept.contains { $0.role == Grant.passed }
                grants = kept.compactMap { grant in
                    Rooms.Role(rawValue: grant.role).map { ($0, grant.slot.flatMap { SlotID($0) }) }
                }
            } catch {
                refuse(id, .unavailable("people"), to: connection, on: shard)
                return
            }
        }
        onHost(of: room, on: shard) { [call, grants] hub, host, _ in
            host.join(call, grants: grants, received: received)
            hub.touch(host)
        }
    }

    func act(
        _ command: Command,
        _ message: ClientMessage,
        in room: RoomID,
        received: Timestamp,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        let speaker: Speaker
        do throws(WireError) {
            speaker = try self.speaker(connection, in: room)
        } catch {
            refuse(message.id, error, to: connection, on: shard)
            return
        }
        let mark = EventEncoding.CommandMark(
            id: message.id,
            digest: SHA256.hash(message.signedBytes).hex
        )
        onHost(of: room, on: shard) { hub, host, _ in
            host.take(
                command,
                mark: mark,
                by: speaker,
                received: received,
                replyTo: .socket(connection, id: message.id)
            )
            hub.touch(host)
        }
    }

    /// What stands behind a recording's name is read away from the shard.
    private func offer(
        _ id: RecordingID,
        _ message: ClientMessage,
        in room: RoomID,
        received: Timestamp,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        let member = viewers[connection]?.following[room]?.member
        let (world, home): (World, Shard) = (world, shard)
        Task {
            var offer: OfferedRecording?
            do {
                // A rehearsal and an upload are their presenter's to give.
                if let info = try await world.recordingInfo(id, in: room), !info.isRunning,
                    let slot = info.head.slot, let owner = info.head.member, owner == member
                {
                    offer = OfferedRecording(id: id, by: owner, slot: slot, length: info.length)
                }
            } catch {
                world.log.error("a recording was not read", metadata: ["cause": "\(error)"])
            }
            home.post { [offer] shard in
                (shard.application as? Hub)?.act(
                    .offerRecording(id, offer),
                    message,
                    in: room,
                    received: received,
                    from: connection,
                    on: shard
                )
            }
        }
    }

    /// Who speaks on that connection in that room, under the card of this moment.
    private func speaker(
        _ connection: ConnectionID,
        in room: RoomID
    ) throws(WireError) -> Speaker {
        guard let viewer = viewers[connection], let following = viewer.following[room] else {
            throw WireError(.roomNotJoined, "join the room first")
        }
        guard let member = following.member else { return Speaker(.visitor) }
        guard let card = card(of: connection) else { throw .unavailable("people") }
        return Speaker(.member(member), card: card, standing: viewer.standing)
    }

    /// `nil` where it cannot be read: nobody speaks under a badge that may be gone.
    private func card(of connection: ConnectionID) -> NameCard? {
        do throws(StorageError) {
            return try viewers[connection]?.readCard(in: world)
        } catch {
            world.log.error("a card was not read", metadata: ["cause": "\(error)"])
            return nil
        }
    }

    /// Page images are named by digest; what they are was found out at their upload.
    private func placeSlides(
        _ slot: SlotID,
        _ names: [String],
        _ message: ClientMessage,
        in room: RoomID,
        received: Timestamp,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard names.count <= world.roomLimits.pages else {
            let error = WireError(Rejection.tooManyPages(limit: world.roomLimits.pages))
            refuse(message.id, error, to: connection, on: shard)
            return
        }
        var files: [SlideFile] = []
        do throws(WireError) {
            for name in names { files.append(try known(name, in: room)) }
        } catch {
            refuse(message.id, error, to: connection, on: shard)
            return
        }
        act(
            .placeSlides(slot, files),
            message,
            in: room,
            received: received,
            from: connection,
            on: shard
        )
    }

    private func known(_ name: String, in room: RoomID) throws(WireError) -> SlideFile {
        let record: FileRecord?
        do {
            record = try Digest(hex: name).flatMap { try world.store.people.file($0, in: room) }
        } catch {
            world.log.error("a file was not looked up", metadata: ["cause": "\(error)"])
            throw .unavailable("storage")
        }
        guard let record else {
            let values = [JSON.Member("file", .string(String(name.prefix(64))))]
            throw WireError(.slideNoSuchFile, "upload the file first", values)
        }
        return SlideFile(
            file: name,
            type: record.type,
            width: record.width,
            height: record.height
        )
    }

    private func refuse(
        _ id: String?,
        _ error: WireError,
        to connection: ConnectionID,
        on shard: isolated Shard
    ) {
        shard.send(.text, ServerMessage.refusal(to: id, error), to: connection)
    }
}

extension World {
    /// The session is over: so are its sockets, on every shard.
    func closeSockets(of session: Digest) {
        for shard in allShards {
            shard.post { shard in
                guard let hub = shard.application as? Hub else { return }
                for (connection, viewer) in hub.viewers where viewer.session == session {
                    shard.close(connection, with: .signedOut, reason: "signed out")
                }
                for (connection, socket) in hub.mediaSockets where socket.session == session {
                    shard.close(connection, with: .signedOut, reason: "signed out")
                }
            }
        }
    }
}

extension CloseCode {
    /// 4501: the session ended; sign in before coming back.
    static let signedOut = CloseCode(rawValue: 4501)
    /// 4503: malformed again and again; the client is broken.
    static let tooManyFaults = CloseCode(rawValue: 4503)
}
