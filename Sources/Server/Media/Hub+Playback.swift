internal import Ledger
internal import Logging
internal import Media
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport
internal import Wire

/// A recording that plays to a room, on the room's home.
struct PlayedRecording {
    var playback: Playback
    /// Grows with each start: what an earlier one still had under way counts for nothing.
    var generation = 0
    var task: Task<Void, Never>?
    /// The live numbers of the recording's tracks.
    var tracks: [UInt16: UInt16] = [:]
}

// Playing a recording: read away from the shard, frame by frame when it is due on the server's clock,
// and relayed as if it were live.
extension Hub {
    /// Follows what the room decided; on its home.
    func keepPlayback(_ playback: Playback?, in room: RoomID, on shard: isolated Shard) {
        guard playbacks[room]?.playback != playback else { return }
        guard let playback else {
            stopPlaying(in: room, on: shard)
            return
        }
        if playbacks[room]?.playback.recording != playback.recording {
            stopPlaying(in: room, on: shard)
        }
        var played = playbacks[room] ?? PlayedRecording(playback: playback)
        played.task?.cancel()
        played.playback = playback
        played.generation += 1
        played.task = nil
        if case .running(let from, let since) = playback.reading {
            let source = PlaybackSource(
                folder: world.store.recordings.recording("\(playback.recording.id)", in: room),
                from: from,
                since: since
            )
            played.task = task(playing: source, played.generation, in: room, on: shard)
        }
        playbacks[room] = played
    }

    private func stopPlaying(in room: RoomID, on shard: isolated Shard) {
        guard let played = playbacks.removeValue(forKey: room) else { return }
        played.task?.cancel()
        for number in played.tracks.values {
            endTrack(number, in: room, because: .played, on: shard)
            freeTrackNumber(number, in: room)
        }
    }

    private func task(
        playing source: PlaybackSource,
        _ generation: Int,
        in room: RoomID,
        on shard: isolated Shard
    ) -> Task<Void, Never> {
        let (world, home): (World, Shard) = (world, shard)
        return Task.detached {
            do {
                try await source.play(by: world.clock) { items in
                    home.post { shard in
                        guard let hub = shard.application as? Hub,
                            hub.playbacks[room]?.generation == generation
                        else { return }
                        for item in items { hub.play(item, in: room, on: shard) }
                    }
                }
            } catch is CancellationError {
                return
            } catch {
                world.log.error("a recording cannot be played", metadata: ["cause": "\(error)"])
            }
        }
    }

    private func play(
        _ item: PlaybackSource.Item,
        in room: RoomID,
        on shard: isolated Shard
    ) {
        switch item {
        case .track(let recorded):
            if let number = playbacks[room]?.tracks[recorded.number] {
                guard var track = mediaRooms[room]?.tracks[number]?.track else { return }
                track.size = recorded.size
                tell(track, in: room, on: shard)
                return
            }
            guard case .success(let number) = takeTrackNumber(in: room) else { return }
            playbacks[room]?.tracks[recorded.number] = number
            let track = LiveTrack(
                number: number,
                description: recorded.description,
                member: recorded.member,
                // As they are called now; nothing where they were erased.
                byline: recorded.member.flatMap { member in
                    host(of: room)?.texts.members[member]?.card.byline
                } ?? Byline(""),
                publisher: nil,
                size: recorded.size
            )
            tell(track, in: room, on: shard)
        case .frame(var header, let payload):
            guard let number = playbacks[room]?.tracks[header.track] else { return }
            header.track = number
            mediaRooms[room]?.tracks[number]?.figures.frames += 1
            mediaRooms[room]?.tracks[number]?.figures.bytes += payload.count
            pass(RelayedFrame(header, header.encoded + payload), in: room, on: shard)
        }
    }
}

/// Reads a recording from a position on, each frame when it is due.
struct PlaybackSource: Sendable {
    enum Item: Sendable {
        case track(RecordedTrack)
        /// The header has the server's time of now.
        case frame(MediaFrameHeader, [UInt8])
    }

    let folder: RecordingFolder
    /// Milliseconds of the recording, at that moment.
    let from: UInt64
    let since: Timestamp

    /// So much earlier a frame is given, for a wakeup takes its time.
    private static let ahead = 5_000  // microseconds

    /// - Throws: what the disk did, or `CancellationError`.
    @concurrent
    func play(by clock: ServerClock, give: @Sendable ([Item]) -> Void) async throws {
        guard let start = try RecordingReader.firstTime(of: folder) else { return }
        let from = Int(clamping: from) * 1_000
        let shift = Int(clamping: since.milliseconds) * 1_000 - start - from
        var reader = try RecordingReader(folder, from: try segment(for: start + from))
        // Pictures since the last key frame before the position: without them there is none.
        var before: [UInt16: KeyFrameCache<Item>] = [:]
        var batch: [Item] = []
        while let record = try reader.next() {
            try Task.checkCancellation()
            switch record {
            case .track(let track): batch.append(.track(track))
            case .frame(let frame, let isVideo):
                var header = frame.header
                let isEarly = header.time < start + from
                guard isVideo || !isEarly else { continue }
                header.time = max(0, header.time + shift)
                let item = Item.frame(header, frame.payload)
                if isEarly {
                    before[header.track, default: KeyFrameCache()].append(
                        item,
                        bytes: frame.payload.count,
                        isKey: header.isKey
                    )
                    continue
                }
                batch += before.values.flatMap(\.frames)
                before = [:]
                let wait = header.time - clock.microseconds() - Self.ahead
                if wait > 0 {
                    if !batch.isEmpty { give(batch) }
                    batch = []
                    try await Task.sleep(for: .microseconds(wait))
                }
                batch.append(item)
                if batch.count >= 64 {
                    give(batch)
                    batch = []
                }
            }
        }
        if !batch.isEmpty { give(batch) }
    }

    private func segment(for time: Int) throws(StorageError) -> UInt32 {
        SegmentIndex(reading: try folder.index()).entry(for: time)?.segment ?? 1
    }
}

/// A track as a recording describes it.
struct RecordedTrack: Sendable {
    let number: UInt16
    let description: TrackDescription
    let size: TrackDescription.Size?
    let member: MemberID?

    /// `nil` where the bytes are none of ours.
    init?(_ bytes: [UInt8]) {
        guard let json = try? JSONParser.parse(bytes),
            let number = json["track"]?.integer.flatMap({ UInt16(exactly: $0) }),
            let kind = json["kind"]?.text, let codec = json["codec"]?.text,
            let description = try? TrackDescription(
                kind: kind,
                codec: codec,
                configuration: json["description"]?.text.flatMap { Base64.decode($0) } ?? [],
                width: json["width"]?.integer.map { Int(clamping: $0) },
                height: json["height"]?.integer.map { Int(clamping: $0) },
                language: json["language"]?.text
            )
        else { return nil }
        self.number = number
        self.description = description
        size = description.size
        member = json["member"]?.text.flatMap { MemberID($0) }
    }
}

/// Reads the segments of a recording one after another, in pieces.
struct RecordingReader {
    enum Record {
        case track(RecordedTrack)
        case frame(MediaFrame, isVideo: Bool)
    }

    private static let piece = 256 << 10

    private let folder: RecordingFolder
    private var segments: ArraySlice<UInt32>
    private var file: BlobFile?
    private var place = 0
    private var reader = SegmentReader()
    private var videos: [UInt16: Bool] = [:]

    /// From the beginning of that segment.
    init(_ folder: RecordingFolder, from segment: UInt32 = 1) throws(StorageError) {
        self.folder = folder
        segments = try folder.segments().drop { $0 < segment }
    }

    /// - Returns: the next record; `nil` at the end. A segment that a crash cut short ends where it
    ///   is whole, and the next one follows.
    mutating func next() throws(StorageError) -> Record? {
        while true {
            while let item = reader.next() {
                switch item.record {
                case .track(let bytes):
                    guard let track = RecordedTrack(bytes) else { continue }
                    videos[track.number] = track.description.kind.isVideo
                    return .track(track)
                case .frame(let frame):
                    guard let isVideo = videos[frame.header.track] else { continue }
                    return .frame(frame, isVideo: isVideo)
                case .note: continue
                }
            }
            if let file, place < file.count {
                let end = min(place + Self.piece, file.count)
                reader.append(try file.bytes(in: place..<end))
                place = end
            } else if let number = segments.popFirst() {
                file = try folder.segment(number)
                (place, reader) = (0, SegmentReader())
            } else {
                return nil
            }
        }
    }

    /// The server's time of a recording's first frame, in microseconds; `nil` of an empty one.
    static func firstTime(of folder: RecordingFolder) throws(StorageError) -> Int? {
        var reader = try RecordingReader(folder)
        while let record = try reader.next() {
            if case .frame(let frame, _) = record { return frame.header.time }
        }
        return nil
    }
}
