internal import Ledger
internal import Logging
internal import Media
internal import Rooms
internal import Storage
internal import Transport
internal import WebSocket
internal import Wire

// What the room decides of its media reaches every shard: who is muted, who agreed to be recorded,
// whether a recording runs or plays, and who may send no longer.
extension Hub {
    /// Tells the shards when an event of the room changed anything of it; on its home.
    func keepMedia(of host: RoomHost, on shard: isolated Shard) {
        let room = host.id
        guard host.mediaChanged > mediaTold[room] ?? 0 else { return }
        mediaTold[room] = host.mediaChanged
        keepPlayback(host.durable.recording.playback, in: room, on: shard)
        let rules = MediaRules(
            muted: host.durable.floor.muted,
            consents: host.durable.recording.consents,
            recorder: mediaRooms[room]?.rules.recorder
        )
        guard let running = host.durable.recording.running else {
            if rules.recorder != nil { world.media.finish(in: room, at: world.clock.now()) }
            spread(rules, recorder: nil, in: room, on: shard)
            return
        }
        if let recorder = rules.recorder, recorder.id == running.id {
            spread(rules, recorder: recorder, in: room, on: shard)
            return
        }
        spread(rules, recorder: nil, in: room, on: shard)
        begin(running, in: room, from: shard)
    }

    /// Makes the recorder, which takes the disk, away from the shard.
    private func begin(
        _ running: Recording.Running,
        in room: RoomID,
        from shard: isolated Shard
    ) {
        let (world, home): (World, Shard) = (world, shard)
        Task {
            do {
                if let error = try world.recordingRefusal(in: room) {
                    world.log.warning("no recording", metadata: ["cause": "\(error.message)"])
                    await world.stopRecording(running.id, in: room)
                    return
                }
                let recorder = try world.media.recorder(of: running, in: room, world)
                home.post { shard in
                    guard let hub = shard.application as? Hub, let host = hub.host(of: room),
                        host.durable.recording.running?.id == running.id
                    else {
                        world.media.finish(in: room, at: world.clock.now())
                        return
                    }
                    let rules = MediaRules(
                        muted: host.durable.floor.muted,
                        consents: host.durable.recording.consents
                    )
                    hub.spread(rules, recorder: recorder, in: room, on: shard)
                }
            } catch {
                world.log.error("a recording was not begun", metadata: ["cause": "\(error)"])
                await world.stopRecording(running.id, in: room)
            }
        }
    }

    private func spread(
        _ rules: MediaRules,
        recorder: Recorder?,
        in room: RoomID,
        on shard: isolated Shard
    ) {
        var rules = rules
        rules.recorder = recorder
        onAllShards(from: shard) { [rules] hub, shard in hub.obey(rules, in: room, on: shard) }
    }

    private func obey(_ rules: MediaRules, in room: RoomID, on shard: isolated Shard) {
        let old = mediaRooms[room]?.rules
        mediaRooms[room, default: MediaRoom()].rules = rules
        if mediaRooms[room]?.isEmpty ?? true, rules.recorder == nil, rules.muted.isEmpty,
            rules.consents.isEmpty
        {
            mediaRooms[room] = nil
            return
        }
        for relayed in mediaRooms[room]?.tracks.values ?? [:].values {
            var track = relayed.track
            let isMuted =
                !track.description.kind.isVideo
                && track.member.map(rules.muted.contains) ?? false
            guard isMuted != track.isMutedByStaff else { continue }
            track.isMutedByStaff = isMuted
            mediaRooms[room]?.tracks[track.number]?.track = track
            signalMedia("media.track", in: room, on: shard) { track.write(to: &$0) }
        }
        // Pictures that are recorded begin with a key frame.
        if let recorder = rules.recorder, old?.recorder !== recorder {
            for relayed in mediaRooms[room]?.tracks.values ?? [:].values
            where relayed.track.publisher?.shard == shard.number {
                askForKey(relayed.track, in: room, on: shard)
            }
        }
        checkPublishers(in: room, on: shard)
    }

    /// Whoever may send no longer loses its tracks.
    private func checkPublishers(in room: RoomID, on shard: isolated Shard) {
        let home: Shard = shard
        for (connection, socket) in mediaSockets where socket.room == room {
            let tracks = socket.publications.filter { $0.value.rehearsal == nil }
            let rehearses = tracks.count < socket.publications.count
            guard !socket.publications.isEmpty else { continue }
            let interprets = tracks.filter { $0.value.kind == .interpretation }.map(\.key)
            let speaks = tracks.filter { $0.value.kind != .interpretation }.map(\.key)
            let member = socket.member
            onHost(of: room, on: shard) { _, host, _ in
                let speaking = speaks.isEmpty ? nil : host.durable.refusalToPublish(by: member)
                let interpreting =
                    interprets.isEmpty ? nil : host.durable.refusalToInterpret(by: member)
                let isOver =
                    rehearses && (member.flatMap { host.durable.members[$0] } == nil)
                guard speaking != nil || interpreting != nil || isOver else { return }
                home.post { shard in
                    guard let hub = shard.application as? Hub else { return }
                    if let speaking { hub.bar(speaks, of: connection, speaking, on: shard) }
                    if let interpreting {
                        hub.bar(interprets, of: connection, interpreting, on: shard)
                    }
                    if isOver { hub.leaveMedia(connection, on: shard) }
                }
            }
        }
    }

    private func bar(
        _ tracks: [UInt16],
        of connection: ConnectionID,
        _ refusal: Rejection,
        on shard: isolated Shard
    ) {
        guard let room = mediaSockets[connection]?.room else { return }
        for track in tracks { endTrack(track, of: connection, on: shard) }
        let bytes = ServerMessage.signal("media.barred", in: room) { data in
            data.member(
                "tracks",
                array: { array in for track in tracks { array.integer(Int(track)) } }
            )
            data.name("error")
            WireError(refusal).write(to: &data)
        }
        shard.send(.text, bytes, to: connection)
    }
}

extension Event {
    /// Whether it changes who may send, who is heard, what is recorded or played.
    var changesMedia: Bool {
        switch self {
        case .floorGiven, .floorTaken, .microphoneMuted, .microphoneUnmuted, .recordingStarted,
            .recordingStopped, .recordingConsented, .playbackStarted, .playbackPaused,
            .playbackResumed, .playbackStopped, .rolesChanged, .memberRemoved, .memberBanned,
            .roomOpened, .roomEnded, .roomReopened, .roomClosed, .roomCancelled, .outputStopped,
            .outputResumed:
            true
        default: false
        }
    }
}
