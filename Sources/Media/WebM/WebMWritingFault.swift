/// Why something is not written into a WebM file.
public enum WebMWritingFault: Error, Hashable, Sendable {
    /// A file has at least one track, and no more than fit.
    case trackCount(Int, allowed: ClosedRange<Int>)
    /// A track's number is out of bounds or taken.
    case trackNumber(Int, allowed: ClosedRange<Int>)
    /// A track's Opus header is none, or none that is taken.
    case configuration(track: Int, TrackFault)
    /// A frame of a track that the file does not have.
    case noSuchTrack(Int)
    /// A frame before the one before it, or beyond what a file holds; in microseconds.
    case time(Int, allowed: ClosedRange<Int>)
    /// A frame is empty or too long, in bytes.
    case payload(bytes: Int, allowed: ClosedRange<Int>)
    /// The file is finished.
    case finished
}
