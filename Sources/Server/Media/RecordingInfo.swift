internal import Ledger
internal import Media
internal import Rooms
internal import Storage
internal import Wire

/// A recording as people are told of it.
struct RecordingInfo: Sendable {
    let id: RecordingID
    let head: RecordingHead
    let isRunning: Bool
    let endedAt: Timestamp?
    /// Milliseconds from the first frame to the last; of one that runs, so far.
    let length: UInt64
    let bytes: Int
    /// The server's time of the first frame, in microseconds.
    let firstTime: Int?

    /// Reads what stands on the disk; one that a crash cut short is read through, once.
    /// - Returns: `nil` where there is no such recording.
    init?(
        _ id: RecordingID,
        _ folder: RecordingFolder,
        running: Recorder?,
        now: Timestamp
    ) throws(StorageError) {
        guard let head = try folder.head().flatMap(RecordingHead.init) else { return nil }
        (self.id, self.head) = (id, head)
        bytes = try folder.byteCount()
        isRunning = running != nil
        if let figures = running?.figures {
            endedAt = nil
            firstTime = figures.firstTime
            length = Self.length(figures.firstTime, figures.lastTime)
            return
        }
        if let note = try folder.end().flatMap(RecordingEndNote.init) {
            endedAt = note.at
            firstTime = note.firstTime
            length = Self.length(note.firstTime, note.lastTime)
            return
        }
        // An upload that was not taken whole was answered to nobody.
        guard head.kind != .upload else { return nil }
        let figures = try RecordingFigures(of: folder)
        let last = figures.lastTime.map { Timestamp(milliseconds: UInt64($0 / 1_000)) }
        let note = RecordingEndNote(at: last ?? now, figures: figures)
        try folder.writeEnd(note.bytes)
        endedAt = note.at
        firstTime = note.firstTime
        length = Self.length(note.firstTime, note.lastTime)
    }

    private static func length(_ first: Int?, _ last: Int?) -> UInt64 {
        guard let first, let last, last > first else { return 0 }
        return UInt64((last - first) / 1_000)
    }

    func write(to object: inout JSONWriter, offered: Bool, export: ExportState) {
        object.member("recording", "\(id)")
        head.write(to: &object)
        object.member("firstAt", orNull: firstTime.map { UInt64($0 / 1_000) })
        object.member("running", isRunning)
        object.member("endedAt", orNull: endedAt?.milliseconds)
        object.member("lengthMs", length)
        object.member("bytes", bytes)
        object.member("offered", offered)
        object.member("export", object: { export.write(to: &$0) })
    }
}

extension RecordingEndNote {
    /// `nil` where the bytes are none of ours.
    init?(_ bytes: [UInt8]) {
        guard let json = try? JSONParser.parse(bytes), let at = json["at"]?.integer, at >= 0 else {
            return nil
        }
        var figures = RecordingFigures()
        figures.firstTime = json["firstTime"]?.integer.flatMap(Self.time)
        figures.lastTime = json["lastTime"]?.integer.flatMap(Self.time)
        figures.frames = Int(clamping: json["frames"]?.integer ?? 0)
        figures.bytes = Int(clamping: json["bytes"]?.integer ?? 0)
        figures.leftOut = Int(clamping: json["leftOut"]?.integer ?? 0)
        self.init(at: Timestamp(milliseconds: UInt64(at)), figures: figures)
    }

    private static func time(_ microseconds: Int64) -> Int? {
        (0...Int64(MediaFrameHeader.latestTime)).contains(microseconds) ? Int(microseconds) : nil
    }
}

/// How far the export of a recording is.
enum ExportState: Sendable {
    case none
    /// 0 to 1; waiting for others is 0.
    case making(Double)
    case failed(String)
    case ready(bytes: Int)

    func write(to object: inout JSONWriter) {
        switch self {
        case .none: object.member("state", "none")
        case .making(let progress):
            object.member("state", "making")
            object.member("percent", Int(progress * 100))
        case .failed(let why):
            object.member("state", "failed")
            object.member("why", why)
        case .ready(let bytes):
            object.member("state", "ready")
            object.member("bytes", bytes)
        }
    }
}
