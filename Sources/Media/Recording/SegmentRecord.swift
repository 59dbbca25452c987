/// A record of a recording's segment: a length (u32), the CRC-32 of the body (u32), the body, whose
/// first byte tells its kind; numbers are big-endian.
public enum SegmentRecord: Hashable, Sendable {
    /// A segment begins with these bytes; records follow.
    public static let magic = Array("LYSEG1\n".utf8)
    /// Length and checksum before a body, in bytes.
    public static let headByteCount = 8
    /// The longest JSON of a description or a note, in bytes.
    public static let textLimit = 64 << 10
    /// The longest body: its kind, and the longest frame.
    public static let bodyLimit = 1 + MediaFrameHeader.byteCount + (1 << 20)

    /// The JSON of a track's description. It counts from here on, until the next one of the track.
    case track([UInt8])
    /// A frame; the time of its header is the server's.
    case frame(MediaFrame)
    /// JSON of something that happened.
    case note([UInt8])

    enum Kind: UInt8 {
        case track = 1
        case frame = 2
        case note = 3
    }

    /// Reads a body whose checksum fits.
    /// - Returns: `nil` when it is none of these.
    init?(body: Span<UInt8>) {
        guard body.count > 1, let kind = Kind(rawValue: body[0]) else { return nil }
        let content = body.extracting(droppingFirst: 1)
        switch kind {
        case .track, .note:
            guard content.count <= Self.textLimit else { return nil }
            self =
                kind == .track
                ? .track([UInt8](copying: content)) : .note([UInt8](copying: content))
        case .frame:
            do throws(MediaFault) {
                self = .frame(try MediaFrame(reading: content))
            } catch {
                return nil
            }
        }
    }
}
