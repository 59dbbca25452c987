internal import Dispatch
internal import Ledger
internal import Logging
internal import Media
internal import Rooms
internal import Storage
internal import Synchronization
internal import Wire

/// Writes one recording as it happens: frames in the order in which they come, from any shard, onto a
/// queue of its own. What waits for the disk is bounded; beyond it, pictures are left out up to their
/// next key frame, and then sound.
final class Recorder: Sendable {
    /// Bytes that wait for the disk: beyond the first pictures are left out, beyond the second all is.
    private static let pictureLimit = 8 << 20
    private static let limit = 16 << 20
    /// What the disk has after a crash lacks no more than this.
    private static let syncPause = DispatchTimeInterval.milliseconds(300)

    let id: RecordingID
    let room: RoomID
    let head: RecordingHead
    private let folder: RecordingFolder
    private let log: Logger
    private let queue = DispatchQueue(label: "luyan.recorder")
    private let inbox = Mutex(Inbox())
    /// Touched on the queue only; the lock is for the compiler.
    private let desk = Mutex<RecorderDesk?>(nil)
    /// Why nothing can be written; asked on the queue.
    private let refusal: @Sendable () throws(StorageError) -> StorageError?
    /// Called from the queue when nothing more can be written.
    private let failed: @Sendable (StorageError) -> Void

    private enum Piece {
        case describe(LiveTrack)
        case frame(MediaFrameHeader, [UInt8])
        case end(UInt16)
    }

    private struct Inbox {
        var pieces: [Piece] = []
        var bytes = 0
        var isScheduled = false
        var isClosed = false
        /// Tracks that were described, and whether the next picture must be a key frame.
        var known: [UInt16: (isVideo: Bool, lacksKey: Bool)] = [:]
        var figures = RecordingFigures()
    }

    /// Begins a recording, or goes on with one that a restart interrupted; its files are opened on the
    /// queue.
    init(
        _ id: RecordingID,
        in room: RoomID,
        head: RecordingHead,
        folder: RecordingFolder,
        log: Logger,
        refusal: @escaping @Sendable () throws(StorageError) -> StorageError?,
        failed: @escaping @Sendable (StorageError) -> Void
    ) {
        (self.id, self.room, self.head, self.folder, self.log) = (id, room, head, folder, log)
        (self.refusal, self.failed) = (refusal, failed)
        queue.async { self.writeWaiting() }
    }

    /// Whether any track is described that has not ended.
    var hasTracks: Bool { inbox.withLock { !$0.known.isEmpty } }

    /// Whether nothing more is written.
    var isClosed: Bool { inbox.withLock { $0.isClosed } }

    /// Frames and bytes taken so far.
    var figures: RecordingFigures { inbox.withLock { $0.figures } }

    /// Describes a track before its first frame, or anew.
    func describe(_ track: LiveTrack) {
        inbox.withLock { inbox in
            guard !inbox.isClosed else { return }
            let isVideo = track.description.kind.isVideo
            inbox.known[track.number] = (isVideo, lacksKey: isVideo)
            inbox.pieces.append(.describe(track))
        }
        schedule()
    }

    /// Takes a frame whose track may not be described yet. `message` is header and payload.
    func take(_ header: MediaFrameHeader, _ message: [UInt8], of track: LiveTrack) {
        let isKnown = inbox.withLock { $0.known[track.number] != nil }
        if !isKnown { describe(track) }
        take(header, message)
    }

    /// Takes a frame of a track that was described.
    func take(_ header: MediaFrameHeader, _ message: [UInt8]) {
        let isTaken = inbox.withLock { inbox -> Bool in
            guard !inbox.isClosed, var known = inbox.known[header.track] else { return false }
            let limit = known.isVideo ? Self.pictureLimit : Self.limit
            let isMissing = inbox.bytes + message.count > limit
            if isMissing || (known.isVideo && known.lacksKey && !header.isKey) {
                if isMissing {
                    inbox.figures.leftOut += 1
                    known.lacksKey = known.isVideo
                    inbox.known[header.track] = known
                }
                return false
            }
            known.lacksKey = false
            inbox.known[header.track] = known
            inbox.pieces.append(.frame(header, message))
            inbox.bytes += message.count
            inbox.figures.frames += 1
            inbox.figures.bytes += message.count
            inbox.figures.firstTime = min(inbox.figures.firstTime ?? header.time, header.time)
            inbox.figures.lastTime = max(inbox.figures.lastTime ?? header.time, header.time)
            return true
        }
        if isTaken { schedule() }
    }

    /// A track has ended.
    func end(_ track: UInt16) {
        inbox.withLock { inbox in
            guard inbox.known.removeValue(forKey: track) != nil else { return }
            inbox.pieces.append(.end(track))
        }
        schedule()
    }

    /// Ends the recording: all that was taken is durable when `done` is called, on the queue.
    func finish(at now: Timestamp, then done: @escaping @Sendable () -> Void = {}) {
        let isFirst = inbox.withLock { inbox -> Bool in
            defer { inbox.isClosed = true }
            return !inbox.isClosed
        }
        guard isFirst else {
            queue.async { done() }
            return
        }
        queue.async {
            self.writeWaiting()
            let figures = self.figures
            do throws(StorageError) {
                try self.desk.withLock { (desk) throws(StorageError) in
                    try desk?.finish(RecordingEndNote(at: now, figures: figures).bytes)
                }
            } catch {
                self.log.error("a recording was not ended", metadata: ["cause": "\(error)"])
            }
            done()
        }
    }

    /// A rehearsal in which nothing was said or shown leaves nothing.
    func removeIfEmpty() {
        guard head.kind == .rehearsal, figures.frames == 0 else { return }
        do throws(StorageError) {
            try folder.remove()
        } catch {
            log.warning("an empty recording stays", metadata: ["cause": "\(error)"])
        }
    }

    // MARK: The queue

    private func schedule() {
        let isDue = inbox.withLock { inbox -> Bool in
            guard !inbox.isScheduled, !inbox.isClosed else { return false }
            inbox.isScheduled = true
            return true
        }
        guard isDue else { return }
        // What comes within the pause is written and synced together.
        queue.asyncAfter(deadline: .now() + Self.syncPause) { self.writeWaiting() }
    }

    private func open() throws(StorageError) -> RecorderDesk {
        if let error = try refusal() { throw error }
        let desk = try RecorderDesk(folder, head: head.bytes)
        // One that goes on after a restart has what it had.
        let before = try RecordingFigures(of: folder)
        inbox.withLock { $0.figures.add(before) }
        return desk
    }

    private func writeWaiting() {
        let pieces = inbox.withLock { inbox -> [Piece] in
            defer { (inbox.pieces, inbox.bytes, inbox.isScheduled) = ([], 0, false) }
            return inbox.pieces
        }
        do throws(StorageError) {
            try desk.withLock { (desk) throws(StorageError) in
                var open: RecorderDesk
                if let kept = desk.take() { open = kept } else { open = try self.open() }
                defer { desk = open }
                for piece in pieces {
                    switch piece {
                    case .describe(let track): try open.describe(track)
                    case .frame(let header, let message): try open.write(header, message)
                    case .end(let track): open.end(track)
                    }
                }
                try open.flush()
            }
        } catch {
            let isNews = inbox.withLock { inbox -> Bool in
                defer { inbox.isClosed = true }
                return !inbox.isClosed
            }
            log.error("a recording cannot be written", metadata: ["cause": "\(error)"])
            if isNews { failed(error) }
        }
    }
}

/// What a recorder did.
struct RecordingFigures: Sendable {
    var frames = 0
    var bytes = 0
    /// Left out because the disk was behind.
    var leftOut = 0
    /// Microseconds since the epoch.
    var firstTime: Int?
    var lastTime: Int?

    /// What stands in the files: as it was noted at an end, or as it is found by reading them.
    init(of folder: RecordingFolder) throws(StorageError) {
        if let note = try folder.end().flatMap(RecordingEndNote.init) {
            (frames, bytes, leftOut) = (note.frames, note.bytesOfFrames, note.leftOut)
            (firstTime, lastTime) = (note.firstTime, note.lastTime)
            return
        }
        let survey = try RecordingSurvey(of: folder)
        (frames, bytes) = (survey.frames, survey.bytes)
        (firstTime, lastTime) = (survey.firstTime, survey.lastTime)
    }

    init() {}

    /// With what came before.
    mutating func add(_ before: RecordingFigures) {
        frames += before.frames
        bytes += before.bytes
        leftOut += before.leftOut
        firstTime = [firstTime, before.firstTime].compactMap(\.self).min()
        lastTime = [lastTime, before.lastTime].compactMap(\.self).max()
    }
}

/// The files of a recording while they are written.
struct RecorderDesk {
    private let folder: RecordingFolder
    private var writer = SegmentWriter()
    private var number: UInt32
    private var segment: AppendFile?
    private let index: AppendFile
    private var bytes: [UInt8] = []
    private var entries: [UInt8] = []

    init(_ folder: RecordingFolder, head: [UInt8]) throws(StorageError) {
        self.folder = folder
        try folder.create(head: head)
        number = try folder.segments().last ?? 0
        index = try folder.appendToIndex(entry: SegmentIndex.Entry.byteCount)
    }

    mutating func describe(_ track: LiveTrack) throws(StorageError) {
        var json = JSONWriter()
        // Whose it is, and no name: names are the room's texts, which can be erased.
        json.object { track.write(to: &$0, isNamed: false) }
        try roll()
        do throws(SegmentFault) {
            try writer.describe(
                track.number,
                isVideo: track.description.kind.isVideo,
                json: json.bytes,
                into: &bytes
            )
        } catch {
            // More tracks than a segment has room for: this one is not recorded.
            return
        }
    }

    mutating func write(
        _ header: MediaFrameHeader,
        _ message: [UInt8]
    ) throws(StorageError) {
        if writer.isFull { try roll() }
        let payload = message.span.extracting(droppingFirst: MediaFrameHeader.byteCount)
        do throws(SegmentFault) {
            let entry = try writer.write(header, payload: payload, into: &bytes)
            if let entry { entries += entry.encoded }
        } catch {
            return
        }
        if bytes.count > 1 << 20 { try flush() }
    }

    mutating func end(_ track: UInt16) { writer.end(track) }

    /// The next segment, where this one is full or there is none.
    private mutating func roll() throws(StorageError) {
        guard writer.isFull else { return }
        try flush()
        let (next, overflow) = number.addingReportingOverflow(1)
        guard !overflow else { throw .noData }
        number = next
        segment = try folder.append(to: number)
        writer.begin(segment: number, into: &bytes)
    }

    /// What was given is on the disk: the frames before the index that names them.
    mutating func flush() throws(StorageError) {
        guard !bytes.isEmpty, let segment else { return }
        let (frames, places) = (bytes, entries)
        (bytes, entries) = ([], [])
        try segment.append(frames)
        try segment.sync()
        guard !places.isEmpty else { return }
        try index.append(places)
        try index.sync()
    }

    mutating func finish(_ end: [UInt8]) throws(StorageError) {
        try flush()
        segment = nil
        try folder.writeEnd(end)
    }
}
