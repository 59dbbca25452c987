/// What a track shows or lets hear.
public enum TrackKind: String, CaseIterable, Sendable {
    case voice, camera, screen
    /// A voice in another language.
    case interpretation

    /// Whether it is a picture; else it is sound.
    public var isVideo: Bool { self == .camera || self == .screen }

    /// The codecs a track of this kind may have.
    public var codecs: [TrackCodec] { isVideo ? [.vp8, .h264] : [.opus] }

    /// The longest payload of one frame, in bytes: sound 4 KiB, a picture's key frame 1 MiB,
    /// another picture 512 KiB.
    public func payloadLimit(isKey: Bool) -> Int {
        guard isVideo else { return 4 << 10 }
        return isKey ? 1 << 20 : 512 << 10
    }

    /// Frames a second that a publisher may send.
    public var frameRateLimit: Int { isVideo ? 120 : 110 }
}

/// How a track is encoded; the raw value is the name in WebCodecs.
public enum TrackCodec: String, CaseIterable, Sendable {
    case opus, vp8
    /// H.264 constrained baseline 3.0; start codes stand between its units (Annex B).
    case h264 = "avc1.42E01E"
}
