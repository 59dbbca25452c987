internal import Ledger
internal import Logging
internal import Media
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Synchronization
internal import Wire

/// What all shards share of live media: how many tracks there are, and what is being recorded.
final class MediaCentre: Sendable {
    let exports = ExportDesk()
    private let tracks = Atomic(0)
    private let state = Mutex(State())

    private struct State {
        var running: [RoomID: Recorder] = [:]
        var rehearsals: [Rehearsal: Recorder] = [:]
        /// Those whose files are not ended yet.
        var open: [RecordingID: Recorder] = [:]
    }

    private struct Rehearsal: Hashable {
        let room: RoomID
        let member: MemberID
        let slot: SlotID
    }

    // MARK: Tracks

    /// - Returns: whether there may be one more.
    func takeTrack(upTo limit: Int) -> Bool {
        guard tracks.add(1, ordering: .relaxed).newValue <= limit else {
            tracks.subtract(1, ordering: .relaxed)
            return false
        }
        return true
    }

    func freeTrack() { tracks.subtract(1, ordering: .relaxed) }

    // MARK: Recordings

    /// The recorder of a room whose recording runs; begun, or gone on with after a restart.
    func recorder(
        of recording: Recording.Running,
        in room: RoomID,
        _ world: World
    ) -> Recorder {
        if let running = state.withLock({ $0.running[room] }), running.id == recording.id {
            return running
        }
        let head = RecordingHead(kind: .live, begunAt: recording.since)
        let recorder = make(recording.id, in: room, head, world)
        let replaced = state.withLock { state -> Recorder? in
            defer { state.running[room] = recorder }
            return state.running[room]
        }
        if let replaced { finish(replaced, at: world.clock.now()) }
        return recorder
    }

    /// A recording whose files are not ended yet, by its name.
    func running(_ id: RecordingID, in room: RoomID) -> Recorder? {
        state.withLock { state in state.open[id].flatMap { $0.room == room ? $0 : nil } }
    }

    /// The room's recording has ended.
    func finish(in room: RoomID, at now: Timestamp) {
        let recorder = state.withLock { $0.running.removeValue(forKey: room) }
        if let recorder { finish(recorder, at: now) }
    }

    /// Everything that is being recorded.
    var recorders: [Recorder] { state.withLock { Array($0.open.values) } }

    /// Where a rehearsal is recorded: its tracks go into one recording.
    func rehearsal(
        of slot: SlotID,
        by member: MemberID,
        in room: RoomID,
        _ world: World
    ) throws(WireError) -> Recorder {
        let key = Rehearsal(room: room, member: member, slot: slot)
        if let known = state.withLock({ $0.rehearsals[key] }) { return known }
        let head = RecordingHead(
            kind: .rehearsal,
            slot: slot,
            member: member,
            begunAt: world.clock.now()
        )
        guard let bytes = try? SecureRandom.bytes(8), let id = RecordingID(bytes.hexText) else {
            throw .unavailable("no random bytes")
        }
        let recorder = make(id, in: room, head, world)
        state.withLock { $0.rehearsals[key] = recorder }
        return recorder
    }

    func finishRehearsal(_ recorder: Recorder, at now: Timestamp) {
        let ended = state.withLock { state -> Recorder? in
            guard let place = state.rehearsals.firstIndex(where: { $0.value === recorder }) else {
                return nil
            }
            return state.rehearsals.remove(at: place).value
        }
        if let ended { finish(ended, at: now) }
    }

    private func finish(_ recorder: Recorder, at now: Timestamp) {
        recorder.finish(at: now) {
            self.state.withLock { $0.open[recorder.id] = nil }
            recorder.removeIfEmpty()
        }
    }

    /// The server is going down: what was taken is written. A running recording goes on after the
    /// restart, in its next segment.
    func flush(at now: Timestamp) async {
        for recorder in recorders {
            await withCheckedContinuation { continuation in
                recorder.finish(at: now) { continuation.resume() }
            }
        }
    }

    private func make(
        _ id: RecordingID,
        in room: RoomID,
        _ head: RecordingHead,
        _ world: World
    ) -> Recorder {
        let recorder = Recorder(
            id,
            in: room,
            head: head,
            folder: world.store.recordings.recording("\(id)", in: room),
            log: world.log,
            refusal: { () throws(StorageError) in
                try world.recordingRefusal(in: room) == nil ? nil : .full
            },
            failed: { _ in Task { await world.stopRecording(id, in: room) } }
        )
        state.withLock { $0.open[id] = recorder }
        return recorder
    }
}

extension World {
    /// Why no recording can begin, or go on, in a room; `nil` where there is space.
    func recordingRefusal(in room: RoomID) throws(StorageError) -> WireError? {
        let space = try recordingSpace(in: room)
        guard space.left <= 0 else { return nil }
        return WireError(.recordingDiskFull, "there is no space left for recordings")
    }

    /// Bytes of the room's recordings, and bytes that may still be recorded in it.
    func recordingSpace(in room: RoomID) throws(StorageError) -> (used: Int, left: Int) {
        let used = try store.recordings.byteCount(in: room)
        let share = settings.media.recordingMegabytes << 20 - used
        let free = try store.recordings.freeByteCount() - settings.media.freeMegabytes << 20
        return (used, min(share, free))
    }

    /// Looks after what is being recorded: staff is told how it stands, and it ends where there is no
    /// space left.
    func watchRecordings() async {
        for recorder in media.recorders {
            do {
                let space = try recordingSpace(in: recorder.room)
                if space.left <= 0 || recorder.isClosed {
                    await stopRecording(recorder.id, in: recorder.room)
                } else {
                    try await tell(recorder, left: space.left)
                }
            } catch {
                log.warning("recordings were not looked after", metadata: ["cause": "\(error)"])
            }
        }
    }

    private func tell(_ recorder: Recorder, left: Int) async throws(WireError) {
        guard recorder.head.kind == .live else { return }
        let figures = recorder.figures
        try await withHost(of: recorder.room) { host, hub, shard in
            let bytes = ServerMessage.signal("recording", in: host.id) { data in
                data.member("recording", "\(recorder.id)")
                data.member("bytes", figures.bytes)
                data.member("leftBytes", left)
                data.member("leftOut", figures.leftOut)
            }
            var segment = Segment()
            for reader in host.audience.keys where reader.sees(.staff) {
                segment.published[reader] = [bytes]
            }
            hub.deliver([segment], in: host.id, on: shard)
        }
    }

    /// The disk takes no more: the room is told, and its recording ends.
    func stopRecording(_ id: RecordingID, in room: RoomID) async {
        do throws(WireError) {
            let isRunning = try await withHost(of: room) { host, _, _ in
                host.durable.recording.running?.id == id
            }
            guard isRunning else { return }
            _ = try await perform(.stopRecording(.disk), in: room, by: .server)
        } catch {
            log.error("a recording was not ended", metadata: ["cause": "\(error.message)"])
        }
    }
}
