/// Reads a recording (WebM or Matroska with VP8 and Opus, of a browser's recorder or of ffmpeg)
/// from pieces of any length. It keeps one element and one piece; what it does not need it skips.
public struct WebMReader: Sendable {
    /// What is read.
    public enum Event: Hashable, Sendable {
        /// Comes once, before the first frame.
        case tracks([WebMTrack])
        /// Frames come in the order of the file. Whether it is a key frame, VP8 itself tells.
        case frame(WebMFrame)
    }

    /// How a file ended; places are in bytes from its start.
    public enum End: Hashable, Sendable {
        case whole
        /// What should stand there is missing: what came before is read.
        case torn(at: Int)
    }

    /// How much is kept, in bytes.
    public struct Limits: Hashable, Sendable {
        /// Of a description: the document, the tracks.
        public var description: Int
        /// Of a block, with what stands beside its frames.
        public var block: Int
        /// How many tracks there are.
        public var tracks: Int

        /// Limits of one reader.
        public init(description: Int = 256 << 10, block: Int = 2 << 20, tracks: Int = 16) {
            self.description = description
            self.block = block
            self.tracks = tracks
        }
    }

    /// What stands around the next element.
    private enum Level {
        /// Nothing was read yet.
        case start
        /// The document is known, its segment has not begun.
        case document
        /// In the segment; where it ends, if that is known.
        case segment(end: Int?)
        /// In a cluster; where it and its segment end, and its time in ticks.
        case cluster(end: Int?, segmentEnd: Int?, time: Int?)
        case done
        case failed(WebMFault)
    }

    private enum Step {
        /// More bytes are needed.
        case wait
        /// Something was read that is no event.
        case on
        case event(Event)
    }

    private let limits: Limits
    private var level = Level.start
    private var buffer: [UInt8] = []
    /// What of the buffer is read.
    private var read = 0
    /// Where the buffer begins in the file.
    private var base = 0
    /// How many bytes are still to be skipped.
    private var skipping = 0
    private var scale = 1_000_000  // nanoseconds a tick
    private var tracks: [Int: TrackEntry]?
    /// The rest of a block of several frames, the last one first.
    private var pending: [WebMFrame] = []

    /// A reader at the start of a file.
    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Takes the next piece. `next` is called until it gives nothing before the next one comes.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        switch level {
        case .done, .failed: return
        default: break
        }
        buffer.removeFirst(read)
        base += read
        read = 0
        buffer += bytes
    }

    /// - Returns: the next event, or `nil` when none is whole yet, or none comes any more.
    /// - Throws: the first fault, and the same one ever after.
    public mutating func next() throws(WebMFault) -> Event? {
        if case .failed(let fault) = level { throw fault }
        do throws(WebMFault) {
            while true {
                if let frame = pending.popLast() { return .frame(frame) }
                switch try step() {
                case .wait: return nil
                case .on: continue
                case .event(let event): return event
                }
            }
        } catch {
            level = .failed(error)
            buffer = []
            read = 0
            throw error
        }
    }

    /// How the file ends when no more bytes come, and `next` gave all there is.
    /// - Throws: the first fault; `WebMFault.notEBML` and `.noTracks` when nothing of use came.
    public func end() throws(WebMFault) -> End {
        switch level {
        case .failed(let fault): throw fault
        case .start: throw .notEBML
        default: break
        }
        guard tracks != nil else { throw .noTracks }
        let isBetween = skipping == 0 && read == buffer.count
        switch level {
        case .done: return .whole
        case .segment(let end), .cluster(let end, _, _):
            let place = base + read
            return isBetween && (end == nil || end == place) ? .whole : .torn(at: place)
        default: return .torn(at: base + read)
        }
    }

    // MARK: - Elements

    private mutating func step() throws(WebMFault) -> Step {
        if case .done = level {
            buffer = []
            read = 0
            return .wait
        }
        let skipped = min(skipping, buffer.count - read)
        skipping -= skipped
        read += skipped
        guard skipping == 0 else { return .wait }
        let place = base + read
        switch level {
        case .cluster(let end?, let segmentEnd, _) where place >= end:
            level = .segment(end: segmentEnd)
            return .on
        case .segment(let end?) where place >= end:
            level = .done
            return .on
        default: break
        }
        guard let head = try head(at: place) else { return .wait }
        switch level {
        case .start: return try readDocument(head, at: place)
        case .document: return try enterSegment(head, at: place)
        case .segment(let end): return try readBesideClusters(head, at: place, end: end)
        case .cluster(let end, let segmentEnd, let time):
            return try readInCluster(head, at: place, end: end, segmentEnd: segmentEnd, time: time)
        case .done, .failed: return .wait
        }
    }

    private func head(at place: Int) throws(WebMFault) -> ElementHead? {
        if case .start = level {
            // Whatever else this is: it is said before a length of it is believed.
            let magic: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3]
            let seen = buffer.dropFirst(read).prefix(4)
            guard magic.starts(with: seen) else { throw .notEBML }
        }
        do throws(WebMFault) {
            return try buffer.span.elementHead(at: read)
        } catch {
            throw .malformed(at: place)
        }
    }

    private mutating func readDocument(
        _ head: ElementHead,
        at place: Int
    ) throws(WebMFault) -> Step {
        guard let range = try content(head, at: place, limit: 4 << 10) else { return .wait }
        try DocumentHead.check(buffer.span.extracting(range), base: base + range.lowerBound)
        read = range.upperBound
        level = .document
        return .on
    }

    private mutating func enterSegment(
        _ head: ElementHead,
        at place: Int
    ) throws(WebMFault) -> Step {
        guard head.id == ElementID.segment else { return try skip(head, at: place, end: nil) }
        read += head.byteCount
        level = .segment(end: head.length.map { place + head.byteCount + $0 })
        return .on
    }

    private mutating func readBesideClusters(
        _ head: ElementHead,
        at place: Int,
        end: Int?
    ) throws(WebMFault) -> Step {
        switch head.id {
        case ElementID.info:
            guard let range = try content(head, at: place, limit: limits.description, end: end)
            else { return .wait }
            scale = try TrackEntry.scale(
                buffer.span.extracting(range),
                base: base + range.lowerBound
            )
            read = range.upperBound
            return .on
        case ElementID.tracks:
            guard tracks == nil else { throw .tracksOutOfPlace(at: place) }
            guard let range = try content(head, at: place, limit: limits.description, end: end)
            else { return .wait }
            let entries = try TrackEntry.read(
                buffer.span.extracting(range),
                base: base + range.lowerBound,
                limit: limits.tracks
            )
            read = range.upperBound
            tracks = Dictionary(uniqueKeysWithValues: entries.map { ($0.number, $0) })
            return .event(.tracks(entries.compactMap(\.track)))
        case ElementID.cluster:
            guard tracks != nil else { throw .tracksOutOfPlace(at: place) }
            let start = place + head.byteCount
            if let end, let length = head.length, length > end - start {
                throw .outgrows(at: place)
            }
            read += head.byteCount
            // A cluster whose length is open ends where its segment does, at the latest.
            level = .cluster(
                end: head.length.map { start + $0 } ?? end,
                segmentEnd: end,
                time: nil
            )
            return .on
        case ElementID.ebml, ElementID.segment:
            // Another file begins: the first one is read.
            level = .done
            return .on
        default: return try skip(head, at: place, end: end)
        }
    }

    private mutating func readInCluster(
        _ head: ElementHead,
        at place: Int,
        end: Int?,
        segmentEnd: Int?,
        time: Int?
    ) throws(WebMFault) -> Step {
        switch head.id {
        case ElementID.timestamp:
            guard let range = try content(head, at: place, limit: 8, end: end) else { return .wait }
            guard let ticks = buffer.span.extracting(range).unsigned else {
                throw .time(at: place)
            }
            read = range.upperBound
            level = .cluster(end: end, segmentEnd: segmentEnd, time: ticks)
            return .on
        case ElementID.simpleBlock, ElementID.blockGroup:
            guard let range = try content(head, at: place, limit: limits.block, end: end) else {
                return .wait
            }
            guard let time else { throw .noTime(at: place) }
            pending = try frames(of: head.id, in: range, time: time).reversed()
            read = range.upperBound
            return .on
        case ElementID.ebml, ElementID.segment:
            level = .done
            return .on
        case let id where ElementID.beside.contains(id):
            // Ends a cluster whose length is not known; in one of known length, it ends too soon.
            guard end == nil || end == segmentEnd else { throw .outgrows(at: place) }
            level = .segment(end: segmentEnd)
            return .on
        default: return try skip(head, at: place, end: end)
        }
    }

    private func frames(
        of id: UInt32,
        in range: Range<Int>,
        time: Int
    ) throws(WebMFault) -> [WebMFrame] {
        let blocks = BlockReader(tracks: tracks ?? [:], clusterTime: time, scale: scale)
        let content = buffer.span.extracting(range)
        let place = base + range.lowerBound
        return id == ElementID.simpleBlock
            ? try blocks.frames(ofBlock: content, base: place, duration: nil)
            : try blocks.frames(ofGroup: content, base: place)
    }

    /// Where in the buffer the content of an element is, once it is whole.
    private func content(
        _ head: ElementHead,
        at place: Int,
        limit: Int,
        end: Int? = nil
    ) throws(WebMFault) -> Range<Int>? {
        let length = try length(of: head, at: place, end: end)
        guard length <= limit else {
            throw .elementTooLong(at: place, bytes: length, limit: limit)
        }
        let start = read + head.byteCount
        return length <= buffer.count - start ? start..<start + length : nil
    }

    private mutating func skip(
        _ head: ElementHead,
        at place: Int,
        end: Int?
    ) throws(WebMFault) -> Step {
        skipping = try length(of: head, at: place, end: end)
        read += head.byteCount
        return .on
    }

    private func length(
        of head: ElementHead,
        at place: Int,
        end: Int?
    ) throws(WebMFault) -> Int {
        guard let length = head.length else { throw .openLength(at: place) }
        if let end, length > end - place - head.byteCount { throw .outgrows(at: place) }
        return length
    }
}
