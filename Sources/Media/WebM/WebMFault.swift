/// Why a file cannot be read; places are in bytes from its start.
public enum WebMFault: Error, Hashable, Sendable {
    /// It does not begin as an EBML document does.
    case notEBML
    /// Neither WebM nor Matroska.
    case documentType(String)
    /// It asks for a reader of a newer version.
    case version(Int, limit: Int)
    /// An id, a length or a content that cannot be.
    case malformed(at: Int)
    /// An element is longer than what it stands in.
    case outgrows(at: Int)
    /// An element that is read whole is too long; both in bytes.
    case elementTooLong(at: Int, bytes: Int, limit: Int)
    /// Only a segment and a cluster may leave their length open.
    case openLength(at: Int)
    /// Tracks are described twice, or not before the frames.
    case tracksOutOfPlace(at: Int)
    /// It has no track of picture or sound.
    case noTracks
    /// More tracks than are read.
    case tooManyTracks(Int, limit: Int)
    /// A track without a number, with one that is too high, or with one that another has.
    case trackNumber(Int?, limit: Int)
    /// A codec that is not read here, by its name in Matroska.
    case codec(String)
    /// A track is compressed or encrypted once more.
    case contentEncoding(track: Int)
    /// The picture's size or the Opus header is not one that is taken.
    case track(Int, TrackFault)
    /// A block of a track that was not described.
    case noSuchTrack(Int, at: Int)
    /// A block before its cluster's time.
    case noTime(at: Int)
    /// A time beyond what can be given.
    case time(at: Int)
    /// Several frames of a picture in one block.
    case lacedVideo(track: Int, at: Int)
    /// The frames of a block do not fill it.
    case lacing(at: Int)
}
