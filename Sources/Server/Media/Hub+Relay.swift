internal import Ledger
internal import Media
internal import Rooms
internal import Transport
internal import WebSocket
internal import Wire

// Frames on their way from one publisher to all who watch: checked, stamped with the server's time,
// framed once, and left out where a viewer's line cannot take them.
extension Hub {
    func relay(_ bytes: RawSpan, from connection: ConnectionID, on shard: isolated Shard) {
        guard var socket = mediaSockets[connection], let room = socket.room else {
            let error = WireError(.mediaTrackNotFound, "publish a track first")
            refuseMedia(nil, error, to: connection, on: shard)
            mediaFault(connection, on: shard)
            return
        }
        var header: MediaFrameHeader
        do throws(MediaFault) {
            header = try MediaFrameHeader(reading: bytes, from: .publisher)
        } catch {
            refuseFrame(WireError(error), from: connection, on: shard)
            return
        }
        guard var publication = socket.publications[header.track] else {
            // Frames may be under way while a track ends: they are no fault of who sends them.
            mediaExcess(connection, on: shard)
            return
        }
        do throws(MediaFault) {
            let size = bytes.byteCount - MediaFrameHeader.byteCount
            try header.check(payload: size, of: publication.kind)
        } catch {
            refuseFrame(WireError(error), from: connection, on: shard)
            return
        }
        let now = milliseconds(of: shard)
        let isInPace =
            publication.frames.take(1, at: now)
            && socket.allowance.take(bytes.byteCount, at: now)
        let received = world.clock.microseconds()
        header.time = publication.time.next(
            socket.clock.serverTime(of: header.time, received: received)
        )
        let isUseful = !publication.lacksKey || header.isKey
        publication.lacksKey = publication.kind.isVideo && !(isInPace && isUseful)
        socket.publications[header.track] = publication
        mediaSockets[connection] = socket
        guard isInPace else {
            mediaRooms[room]?.tracks[header.track]?.figures.refused += 1
            mediaExcess(connection, on: shard)
            return
        }
        guard isUseful else { return }
        if socket.excess > 0 { mediaSockets[connection]?.excess -= 1 }
        var message: [UInt8] = []
        message.reserveCapacity(bytes.byteCount)
        header.append(to: &message)
        let payload = bytes.extracting(droppingFirst: MediaFrameHeader.byteCount)
        message.append(contentsOf: [UInt8](copying: payload))
        if let recorder = publication.rehearsal {
            recorder.take(header, message)
            return
        }
        guard let relayed = mediaRooms[room]?.tracks[header.track], !relayed.track.isSilent else {
            return
        }
        mediaRooms[room]?.tracks[header.track]?.figures.frames += 1
        mediaRooms[room]?.tracks[header.track]?.figures.bytes += message.count
        if let rules = mediaRooms[room]?.rules, let recorder = rules.recorder,
            let member = socket.member, rules.consents.contains(member)
        {
            recorder.take(header, message, of: relayed.track)
        }
        pass(RelayedFrame(header, message), in: room, on: shard)
    }

    /// A frame goes to all shards; each hands on what one wakeup brought together.
    func pass(_ frame: RelayedFrame, in room: RoomID, on shard: isolated Shard) {
        for other in world.allShards where other.number != shard.number {
            other.post { shard in
                (shard.application as? Hub)?.framesArrived[room, default: []].append(frame)
            }
        }
        framesArrived[room, default: []].append(frame)
    }

    /// Hands on the frames of this wakeup: to each viewer in one write.
    func handFrames(on shard: isolated Shard) {
        guard !framesArrived.isEmpty else { return }
        let rooms = framesArrived
        framesArrived = [:]
        for (room, frames) in rooms {
            var rest = frames[...]
            while !rest.isEmpty {
                hand(Array(rest.prefix(FrameChoice.limit)), in: room, on: shard)
                rest = rest.dropFirst(FrameChoice.limit)
            }
        }
    }

    private func hand(_ frames: [RelayedFrame], in room: RoomID, on shard: isolated Shard) {
        let places = frames.map { place(of: $0, in: room) }
        guard var viewers = mediaRooms[room]?.viewers, !viewers.isEmpty else { return }
        // The map holds no other reference while its values change.
        mediaRooms[room]?.viewers = [:]
        let now = milliseconds(of: shard)
        var joined: [FrameChoice: SharedFrame] = [:]
        var counts = [(sent: Int, leftOut: Int, lacksKey: Bool)](
            repeating: (0, 0, false),
            count: frames.count
        )
        for index in viewers.values.indices {
            let connection = viewers.keys[index]
            var queued = shard.queued(for: connection)
            var choice = FrameChoice()
            for (number, frame) in frames.enumerated() {
                guard let place = places[number], place.publisher != connection else { continue }
                let decision = viewers.values[index].decide(
                    frame.header,
                    isVideo: place.isVideo,
                    queued: queued,
                    at: now
                )
                if let change = decision.change {
                    tell(change, to: connection, in: room, on: shard)
                }
                switch decision.what {
                case .send, .sendAfterGap:
                    choice.take(number, afterGap: decision.what == .sendAfterGap)
                    queued += frame.frame.count
                    counts[number].sent += 1
                case .leaveOut, .shut: counts[number].leftOut += 1
                case .waiting: counts[number].lacksKey = true
                case .unwanted: continue
                }
            }
            guard !choice.isEmpty else { continue }
            let whole = joined[choice] ?? choice.joined(frames)
            joined[choice] = whole
            shard.send(whole, to: connection, droppable: true)
        }
        mediaRooms[room]?.viewers = viewers
        for (frame, count) in zip(frames, counts) {
            let number = frame.header.track
            mediaRooms[room]?.tracks[number]?.figures.sent += count.sent
            mediaRooms[room]?.tracks[number]?.figures.leftOut += count.leftOut
            guard count.lacksKey, let track = mediaRooms[room]?.tracks[number]?.track else {
                continue
            }
            askForKey(track, in: room, on: shard)
        }
    }

    /// Keeps a picture for who comes late.
    /// - Returns: whose frame it is, and of what; `nil` where its track is gone.
    private func place(
        of frame: RelayedFrame,
        in room: RoomID
    ) -> (publisher: ConnectionID?, isVideo: Bool)? {
        let number = frame.header.track
        guard let track = mediaRooms[room]?.tracks[number]?.track else { return nil }
        let isVideo = track.description.kind.isVideo
        if isVideo {
            mediaRooms[room]?.tracks[number]?.cache.append(
                frame.frame,
                bytes: frame.frame.count,
                isKey: frame.header.isKey
            )
        }
        return (track.publisher, isVideo)
    }

    private func tell(
        _ change: VideoYield.Change,
        to connection: ConnectionID,
        in room: RoomID,
        on shard: isolated Shard
    ) {
        let bytes = ServerMessage.signal("media.video", in: room) { data in
            data.member("yielded", change != .back)
        }
        shard.send(.text, bytes, to: connection)
    }

    /// Asks a publisher for a key frame, seldom: somebody has no picture yet.
    func askForKey(_ track: LiveTrack, in room: RoomID, on shard: isolated Shard) {
        let now = milliseconds(of: shard)
        guard let publisher = track.publisher,
            let last = mediaRooms[room]?.tracks[track.number]?.askedForKey,
            last == .min || now - last >= Self.keyPause
        else { return }
        mediaRooms[room]?.tracks[track.number]?.askedForKey = now
        let bytes = ServerMessage.signal("media.key_wanted", in: room) { data in
            data.member("track", UInt64(track.number))
        }
        if publisher.shard == shard.number {
            shard.send(.text, bytes, to: publisher)
        } else {
            let home = world.allShards.first { $0.number == publisher.shard }
            home?.post { shard in shard.send(.text, bytes, to: publisher) }
        }
    }

    private static let keyPause = 500  // milliseconds

    func milliseconds(of shard: isolated Shard) -> Int {
        Int(clamping: world.clock.now().milliseconds)
    }

    private func refuseFrame(
        _ error: WireError,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        refuseMedia(nil, error, to: connection, on: shard)
        mediaFault(connection, on: shard)
    }

    /// Frames beyond what is allowed are left out; whoever goes on loses its tracks.
    private func mediaExcess(_ connection: ConnectionID, on shard: isolated Shard) {
        mediaSockets[connection]?.excess += 1
        guard let socket = mediaSockets[connection], socket.excess > MediaSocket.excessLimit else {
            return
        }
        let error = WireError(.mediaTooFast, "more frames or bytes than one may send")
        refuseMedia(nil, error, to: connection, on: shard)
        shard.close(connection, with: .policyViolation, reason: "too many frames")
    }
}

/// Which of the frames of one wakeup go to a viewer: most get the same, which is framed once.
struct FrameChoice: Hashable {
    /// Frames that one choice is made of.
    static let limit = 32
    private var taken: UInt32 = 0
    private var afterGap: UInt32 = 0

    var isEmpty: Bool { taken == 0 }

    mutating func take(_ number: Int, afterGap isAfterGap: Bool) {
        taken |= 1 << UInt32(number)
        if isAfterGap { afterGap |= 1 << UInt32(number) }
    }

    func joined(_ frames: [RelayedFrame]) -> SharedFrame {
        SharedFrame(
            joining: frames.enumerated().compactMap { number, frame -> SharedFrame? in
                let bit: UInt32 = 1 << UInt32(number)
                guard taken & bit != 0 else { return nil }
                return afterGap & bit != 0 ? frame.afterGap : frame.frame
            }
        )
    }
}

extension MediaViewer {
    enum What {
        case send, sendAfterGap, leaveOut, shut
        /// It has no picture of the track yet.
        case waiting
        /// It does not want pictures.
        case unwanted
    }

    /// What becomes of one frame for this viewer, and what it is to be told of its video.
    mutating func decide(
        _ header: MediaFrameHeader,
        isVideo: Bool,
        queued: Int,
        at now: Int
    ) -> (what: What, change: VideoYield.Change?) {
        let pressure = queue.pressure(of: queued, at: now)
        var change = yield.pass(to: now)
        if isVideo {
            guard wantsVideo else { return (.unwanted, change) }
            if yield.isYielding { return (.leaveOut, change) }
        }
        var gate =
            gates[header.track] ?? ViewerGate(isVideo: isVideo, limits: Hub.gateLimits)
        let isWaiting = isVideo && !gate.isOpen
        let decision = gate.decide(isKey: header.isKey, queued: pressure)
        if decision == .shut, isVideo {
            change = yield.gateShut(at: now) ?? change
            if yield.isYielding { gate.shut() }
        }
        gates[header.track] = gate
        switch decision {
        case .send: return (.send, change)
        case .sendAfterGap: return (.sendAfterGap, change)
        case .shut: return (.shut, change)
        case .leaveOut:
            return (isWaiting && pressure <= QueuePressure.low ? .waiting : .leaveOut, change)
        }
    }
}

extension WireError {
    init(_ fault: MediaFault) {
        let sentence =
            switch fault {
            case .tooShort(let bytes, let least): "a frame has \(least) bytes or more, not \(bytes)"
            case .version(let version): "version 1 is taken, not \(version)"
            case .flags(let flags, let allowed): "flags within \(allowed), not \(flags)"
            case .time: "a time of less than 2^53 microseconds"
            case .level(let level): "a level of 0 to 127, or 255, not \(level)"
            case .empty: "a frame has a payload"
            case .tooLong(let bytes, let limit): "at most \(limit) bytes of payload, not \(bytes)"
            case .soundNotKey: "frames of sound have the key flag"
            }
        self.init(.mediaBadFrame, sentence)
    }
}
