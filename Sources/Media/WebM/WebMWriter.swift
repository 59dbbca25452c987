/// Writes one WebM file in which a player can seek, in one pass: bytes to append, and at the end a
/// few places of the start to overwrite. It holds one cluster and the cues.
///
/// With H.264 the file is Matroska, for WebM does not know it (`documentType`).
public struct WebMWriter: Sendable {
    /// How many tracks a file may have.
    public static let trackCounts = 1...16
    /// The numbers they may have: one byte before each frame.
    public static let trackNumbers = 1...126
    /// A frame in bytes.
    public static let payloadSizes = 1...2 << 20
    /// The latest time of a frame, in microseconds: a hundred days.
    public static let latestTime = 100 * 86_400 * 1_000_000

    /// What a file says it is.
    public enum DocumentType: String, Sendable {
        case webm, matroska
    }

    /// Bytes that take the place of others, once the file is written.
    public struct Patch: Hashable, Sendable {
        /// From the start of the file.
        public let offset: Int
        public let bytes: [UInt8]
    }

    /// How long a cluster is at most, in milliseconds: with a picture each key frame begins one;
    /// of sound alone each begins with a place to seek to.
    private static let clusterWithVideo = 5_000
    private static let clusterOfSound = 2_000
    private static let clusterBytes = 4 << 20
    /// Beyond, every other cue is dropped: 65 536 are 36 h of a key frame every 2 s.
    private static let cueLimit = 65_536

    private struct Cluster {
        var time: Int  // milliseconds
        var blocks: [UInt8] = []
    }

    private struct Cue {
        var time: Int  // milliseconds
        var track: Int
        var position: Int
    }

    public let documentType: DocumentType
    private let tracks: [Int: WebMTrack]
    private let hasVideo: Bool
    private let head: WebMHead
    private var isFinished = false
    /// How many bytes were given out.
    private var byteCount = 0
    private var cluster: Cluster?
    private var cues: [Cue] = []
    private var lastTime = 0  // milliseconds
    private var end = 0  // microseconds

    /// A file of these tracks, without frames.
    /// - Throws: `WebMWritingFault.trackCount`, `.trackNumber` or `.configuration`.
    public init(tracks: [WebMTrack]) throws(WebMWritingFault) {
        guard Self.trackCounts.contains(tracks.count) else {
            throw .trackCount(tracks.count, allowed: Self.trackCounts)
        }
        var byNumber: [Int: WebMTrack] = [:]
        for track in tracks {
            guard Self.trackNumbers.contains(track.number), byNumber[track.number] == nil else {
                throw .trackNumber(track.number, allowed: Self.trackNumbers)
            }
            byNumber[track.number] = track
        }
        self.tracks = byNumber
        hasVideo = tracks.contains(where: \.isVideo)
        let needsMatroska = tracks.contains { if case .h264 = $0.codec { true } else { false } }
        documentType = needsMatroska ? .matroska : .webm
        head = try WebMHead(documentType: documentType, tracks: tracks)
    }

    /// Writes the next frame; of all tracks together, they come in the order of their times. The
    /// output gets what is to be appended to the file, often nothing yet.
    /// - Throws: `WebMWritingFault`; nothing is written then.
    public mutating func write(
        _ frame: WebMFrame,
        into output: inout [UInt8]
    ) throws(WebMWritingFault) {
        guard !isFinished else { throw .finished }
        guard let track = tracks[frame.track] else { throw .noSuchTrack(frame.track) }
        let payload = track.isAnnexB ? AnnexB.withLengths(frame.payload.span) : frame.payload
        guard Self.payloadSizes.contains(payload.count) else {
            throw .payload(bytes: payload.count, allowed: Self.payloadSizes)
        }
        // A file holds milliseconds: the order of what is held counts.
        let least = max(lastTime * 1_000 - 500, 0)
        guard (least...Self.latestTime).contains(frame.time) else {
            throw .time(frame.time, allowed: least...Self.latestTime)
        }
        let time = (frame.time + 500) / 1_000
        lastTime = time
        end = max(end, frame.time + min(max(frame.duration, 0), MediaFrameHeader.longestDuration))
        begin(into: &output)
        let isKey = frame.isKey || !track.isVideo
        if needsCluster(at: time, isPictureKey: isKey && track.isVideo) {
            flush(into: &output)
            cluster = Cluster(time: time)
            if isKey, track.isVideo || !hasVideo { addCue(time: time, track: frame.track) }
        }
        let relative = time - (cluster?.time ?? time)
        cluster?.blocks.append(id: ElementID.simpleBlock)
        cluster?.blocks.append(length: 4 + payload.count)
        cluster?.blocks.append(length: frame.track, in: 1)
        cluster?.blocks.append(bigEndian: UInt64(relative), count: 2)
        cluster?.blocks.append(isKey ? 0x80 : 0)
        cluster?.blocks += payload
    }

    /// Ends the file.
    /// - Parameter output: gets what is still to be appended.
    /// - Returns: what is then to be overwritten: lengths, duration, and where the cues are. The
    ///   file can be played without, but not searched.
    public mutating func finish(into output: inout [UInt8]) -> [Patch] {
        guard !isFinished else { return [] }
        isFinished = true
        begin(into: &output)
        flush(into: &output)
        let cuesAt = cues.isEmpty ? nil : byteCount - head.contentStart
        if !cues.isEmpty {
            let start = output.count
            output.append(ElementID.cues, encodedCues)
            byteCount += output.count - start
        }
        return head.patches(fileBytes: byteCount, duration: end, cues: cuesAt)
    }

    private mutating func begin(into output: inout [UInt8]) {
        guard byteCount == 0 else { return }
        output += head.bytes
        byteCount = head.bytes.count
    }

    private func needsCluster(at time: Int, isPictureKey: Bool) -> Bool {
        guard let cluster, !isPictureKey else { return true }
        let longest = hasVideo ? Self.clusterWithVideo : Self.clusterOfSound
        return time - cluster.time >= longest || cluster.blocks.count >= Self.clusterBytes
    }

    private mutating func flush(into output: inout [UInt8]) {
        guard let cluster else { return }
        self.cluster = nil
        let start = output.count
        var time: [UInt8] = []
        time.append(ElementID.timestamp, cluster.time)
        output.append(id: ElementID.cluster)
        output.append(length: time.count + cluster.blocks.count)
        output += time
        output += cluster.blocks
        byteCount += output.count - start
    }

    private mutating func addCue(time: Int, track: Int) {
        if cues.count >= Self.cueLimit {
            cues = stride(from: 0, to: cues.count, by: 2).map { cues[$0] }
        }
        cues.append(Cue(time: time, track: track, position: byteCount - head.contentStart))
    }

    private var encodedCues: [UInt8] {
        var bytes: [UInt8] = []
        for cue in cues {
            var position: [UInt8] = []
            position.append(ElementID.cueTrack, cue.track)
            position.append(ElementID.cueClusterPosition, cue.position)
            var point: [UInt8] = []
            point.append(ElementID.cueTime, cue.time)
            point.append(ElementID.cueTrackPositions, position)
            bytes.append(ElementID.cuePoint, point)
        }
        return bytes
    }
}

extension WebMTrack {
    /// Whether its frames are given with start codes, and written with lengths.
    fileprivate var isAnnexB: Bool {
        if case .h264 = codec { true } else { false }
    }
}
