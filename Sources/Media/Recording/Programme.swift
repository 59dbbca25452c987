/// Makes one picture and one sound of all that a recording holds, without decoding anything: the
/// shared screen, or else the camera of whoever speaks, and the loudest voice. Interpretations stay
/// apart.
///
/// Pictures change at key frames only. Where two voices overlap, the louder is heard.
public struct Programme: Sendable {
    /// A track of the recording.
    public struct Source: Hashable, Sendable {
        public let kind: TrackKind
        public let codec: TrackCodec
        /// Whose it is: the camera of whoever speaks is found by it.
        public let speaker: String?
        public let language: String?

        public init(kind: TrackKind, codec: TrackCodec, speaker: String?, language: String? = nil) {
            self.kind = kind
            self.codec = codec
            self.speaker = speaker
            self.language = language
        }
    }

    /// Where a frame goes.
    public enum Place: Hashable, Sendable {
        case picture
        case sound
        /// Of that language.
        case interpretation(String)
    }

    /// A camera that sent nothing for so long, in microseconds, gives its place away; a screen, which
    /// stands still by its nature, later.
    static let stillness = 1_000_000
    static let stillnessOfScreen = 10_000_000
    /// A voice that sent nothing for so long does.
    static let silence = 200_000
    /// A voice this much louder takes the place, in decibels.
    static let margin = 6.0
    /// What of a new level counts: some ten frames make a voice's loudness.
    private static let weight = 0.1

    /// The codec of its pictures: those of others have no place in one track.
    private let codec: TrackCodec?
    private var sources: [UInt16: Source] = [:]
    private var seen: [UInt16: Int] = [:]
    private var loudness: [UInt16: Double] = [:]
    private var picture: UInt16?
    private var voice: UInt16?
    /// Where the last frame of each sound ends: the next one does not begin much before.
    private var ends: [Place: Int] = [:]

    /// A programme whose pictures are of that codec.
    public init(codec: TrackCodec?) { self.codec = codec }

    /// A track begins, or is described anew.
    public mutating func describe(_ track: UInt16, _ source: Source) { sources[track] = source }

    /// Where the next frame goes; `nil` where it is left out. Frames come in the order of their times.
    public mutating func place(of header: MediaFrameHeader) -> Place? {
        guard let source = sources[header.track] else { return nil }
        seen[header.track] = header.time
        switch source.kind {
        case .camera, .screen:
            guard source.codec == codec else { return nil }
            if picture != header.track, header.isKey, isBetter(header.track, at: header.time) {
                picture = header.track
            }
            return picture == header.track ? .picture : nil
        case .voice:
            hear(header)
            return voice == header.track ? fitting(header, at: .sound) : nil
        case .interpretation:
            return fitting(header, at: .interpretation(source.language ?? "und"))
        }
    }

    private func isBetter(_ track: UInt16, at time: Int) -> Bool {
        guard let picture, let last = seen[picture] else { return true }
        let isScreen = sources[picture]?.kind == .screen
        let patience = isScreen ? Self.stillnessOfScreen : Self.stillness
        guard time - last <= patience else { return true }
        return rank(track) < rank(picture)
    }

    private func rank(_ track: UInt16) -> Int {
        guard let source = sources[track] else { return 3 }
        if source.kind == .screen { return 0 }
        let speaker = voice.flatMap { sources[$0]?.speaker }
        return speaker != nil && source.speaker == speaker ? 1 : 2
    }

    private mutating func hear(_ header: MediaFrameHeader) {
        // A voice that does not tell its level is taken for one that speaks.
        let level = header.level.map(Double.init) ?? 40
        let before = loudness[header.track] ?? level
        loudness[header.track] = before + Self.weight * (level - before)
        guard voice != header.track else { return }
        guard let voice, let last = seen[voice], header.time - last <= Self.silence else {
            voice = header.track
            return
        }
        // Levels count down from the loudest.
        let own = loudness[header.track] ?? 127
        if own + Self.margin < loudness[voice] ?? 127 { self.voice = header.track }
    }

    /// Sound has one frame at a time.
    private mutating func fitting(_ header: MediaFrameHeader, at place: Place) -> Place? {
        let slack = 5_000  // microseconds; clocks of the publishers are not that exact.
        if let end = ends[place], header.time < end - slack { return nil }
        ends[place] = header.time + header.duration
        return place
    }
}

/// Puts frames of several publishers in the order of their times: they came nearly so.
public struct FrameOrder<Frame> {
    /// In microseconds: so late a frame may come.
    private let window: Int
    private var waiting: [(time: Int, frame: Frame)] = []
    private var newest = Int.min

    /// Of frames that are at most so many microseconds late.
    public init(window: Int = 1_500_000) { self.window = window }

    /// Takes the next frame.
    /// - Returns: those whose turn has come, in order.
    public mutating func take(_ frame: Frame, at time: Int) -> [Frame] {
        newest = max(newest, time)
        var index = waiting.count
        while index > 0, waiting[index - 1].time > time { index -= 1 }
        waiting.insert((time, frame), at: index)
        let due = waiting.prefix { $0.time <= newest - window }
        waiting.removeFirst(due.count)
        return due.map(\.frame)
    }

    /// What is left, in order.
    public mutating func finish() -> [Frame] {
        defer { waiting = [] }
        return waiting.map(\.frame)
    }
}

extension FrameOrder: Sendable where Frame: Sendable {}
