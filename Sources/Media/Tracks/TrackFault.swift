/// Why a track is not taken as it is described.
public enum TrackFault: Error, Hashable, Sendable {
    /// A kind that is not known here.
    case unknownKind(String)
    /// A codec that is not known here.
    case unknownCodec(String)
    /// Sound is Opus, a picture VP8 or H.264.
    case codec(TrackCodec, of: TrackKind)
    /// The decoder's configuration is too long; both in bytes.
    case configuration(bytes: Int, limit: Int)
    /// The configuration is no Opus header (RFC 7845 §5.1): too short, or it begins otherwise.
    case notOpusHead(bytes: Int)
    /// An Opus header of a version whose form is not known.
    case opusVersion(UInt8)
    /// Sound has one channel or two.
    case channels(Int, allowed: ClosedRange<Int>)
    /// A side of the picture is missing or out of bounds, in pixels.
    case size(width: Int, height: Int, allowed: ClosedRange<Int>)
    /// Sound has no width and no height.
    case sizeOfSound
    /// An interpretation says into which language.
    case noLanguage
    /// It has not the form of a language tag (BCP 47).
    case language(String)
    /// Only an interpretation has a language.
    case languageOf(TrackKind, String)
}
