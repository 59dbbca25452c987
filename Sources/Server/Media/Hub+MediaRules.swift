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
        let old = mediaRooms[room]?.rules.recorder
        var rules = MediaRules(
            muted: host.durable.silenced,
            consents: host.durable.recording.consents
        )
        if let running = host.durable.recording.running {
            rules.recorder = world.media.recorder(of: running, in: room, world)
        } else if old != nil {
            world.media.finish(in: room, at: world.clock.now())
        }
        onAllShards(from: shard) { [rules] hub, shard in hub.obey(rules, in: room, on: shard) }
    }

    private func obey(_ rules: MediaRules, in room: RoomID, on shard: isolated Shard) {
        let old = mediaRooms[room]?.rules
        mediaRooms[room, default: MediaRoom()].rules = rules
        defer {
            checkPublishers(in: room, on: shard)
            if mediaRooms[room]?.isEmpty ?? false { mediaRooms[room] = nil }
        }
        keepConsents(from: old?.consents ?? [], to: rules, in: room, on: shard)
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
    }

    /// Who takes consent back is recorded no more, and begins with a key frame when it comes again.
    private func keepConsents(
        from old: Set<MemberID>,
        to rules: MediaRules,
        in room: RoomID,
        on shard: isolated Shard
    ) {
        for relayed in mediaRooms[room]?.tracks.values ?? [:].values {
            guard let member = relayed.track.member, let recorder = rules.recorder,
                relayed.track.publisher?.shard == shard.number
            else { continue }
            if old.contains(member), !rules.consents.contains(member) {
                recorder.end(relayed.track.number)
            } else if rules.consents.contains(member), !old.contains(member) {
                askForKey(relayed.track, in: room, on: shard)
            }
        }
    }

    /// Whoever may send no longer loses its tracks.
    private func checkPublishers(in room: RoomID, on shard: isolated Shard) {
        let home: Shard = shard
        for (connection, socket) in mediaSockets where socket.room == room {
            let tracks = socket.publications.filter { $0.value.rehearsal == nil }
            let rehearsed = socket.publications.values.compactMap(\.rehearsal?.head.slot).first
            guard !socket.publications.isEmpty else { continue }
            let interprets = tracks.filter { $0.value.kind == .interpretation }.map(\.key)
            let speaks = tracks.filter { $0.value.kind != .interpretation }.map(\.key)
            let member = socket.member
            onHost(of: room, on: shard) { _, host, _ in
                let speaking = speaks.isEmpty ? nil : host.durable.refusalToPublish(by: member)
                let interpreting =
                    interprets.isEmpty ? nil : host.durable.refusalToInterpret(by: member)
                let isOver =
                    rehearsed.map { slot in
                        host.durable.refusalToRehearse(slot, by: member) != nil
                    } ?? false
                guard speaking != nil || interpreting != nil || isOver else { return }
                home.post { shard in
                    guard let hub = shard.application as? Hub else { return }
                    if let speaking { hub.bar(speaks, of: connection, speaking, on: shard) }
                    if let interpreting {
                        hub.bar(interprets, of: connection, interpreting, on: shard)
                    }
                    if isOver { hub.leaveMedia(connection, because: .barred, on: shard) }
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
        for track in tracks {
            endTrack(track, of: connection, because: .barred, on: shard)
        }
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
    /// Whether it changes who may send, who is heard, what is recorded or played; whose time is up is
    /// seen in the room itself.
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
