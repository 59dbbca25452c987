/// Why bytes are no media frame. Each names what was seen and, where there is a choice, what is
/// allowed.
public enum MediaFault: Error, Hashable, Sendable {
    /// Fewer bytes than a header has.
    case tooShort(bytes: Int, least: Int)
    /// A version that is not known here.
    case version(UInt8)
    /// Bits beside those that this sender may set.
    case flags(UInt8, allowed: UInt8)
    /// A time beyond what a double holds exactly, in microseconds.
    case time(UInt64, limit: UInt64)
    /// A level that is neither 0...127 nor 255.
    case level(UInt8)
    /// There is no payload.
    case empty
    /// The payload is too long for a frame of this kind; both in bytes.
    case tooLong(bytes: Int, limit: Int)
    /// A frame of sound stands for itself and says so.
    case soundNotKey
}
