/// A track of a WebM file.
public struct WebMTrack: Hashable, Sendable {
    /// How a track is encoded, and what a player must know of it.
    public enum Codec: Hashable, Sendable {
        case vp8(TrackDescription.Size)
        /// Only in Matroska. The configuration is that of ISO/IEC 14496-15
        /// (`AnnexB.configuration`); the frames are given with start codes.
        case h264(TrackDescription.Size, configuration: [UInt8])
        /// The configuration is an Opus header (`OpusHead`).
        case opus(configuration: [UInt8])
    }

    /// Its number in the file, 1 to 126.
    public let number: Int
    public let codec: Codec
    /// What a player shows of it; may be empty.
    public let name: String
    /// A language tag (BCP 47), or the three letters of ISO 639-2.
    public let language: String?

    /// A track of these values.
    public init(number: Int, codec: Codec, name: String = "", language: String? = nil) {
        self.number = number
        self.codec = codec
        self.name = name
        self.language = language
    }

    /// Whether it is a picture; else it is sound.
    public var isVideo: Bool {
        if case .opus = codec { false } else { true }
    }
}

/// A frame of a WebM file.
public struct WebMFrame: Hashable, Sendable {
    /// The number of its track.
    public var track: Int
    /// In microseconds from the start; a file holds milliseconds.
    public var time: Int
    /// In microseconds; 0 when not known.
    public var duration: Int
    /// Whether it can be decoded without those before it.
    public var isKey: Bool
    public var payload: [UInt8]

    /// A frame of these values.
    public init(track: Int, time: Int, duration: Int = 0, isKey: Bool, payload: [UInt8]) {
        self.track = track
        self.time = time
        self.duration = duration
        self.isKey = isKey
        self.payload = payload
    }
}
