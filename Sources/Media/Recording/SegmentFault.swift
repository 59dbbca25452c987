/// Why something is not written into a recording.
public enum SegmentFault: Error, Hashable, Sendable {
    /// A description, a note or a payload is empty.
    case empty
    /// A description or a note is too long; both in bytes.
    case textTooLong(bytes: Int, limit: Int)
    /// A payload is too long; both in bytes.
    case frameTooLong(bytes: Int, limit: Int)
    /// More tracks at once than a recording has room for.
    case tooManyTracks(limit: Int)
    /// A frame of a track that was not described.
    case noSuchTrack(UInt16)
    /// The segment cannot grow: the next one must begin.
    case full(bytes: Int, limit: Int)
    /// No segment has begun.
    case notBegun
}
