/// Why bytes could not be compressed or brought back.
public enum CompressionError: Error, Hashable, Sendable {
    /// The bytes are no deflate stream (RFC 1951), or go on behind its end.
    case malformed
    /// More would come out than the limit; in bytes.
    case tooLong(limit: Int)
    /// The library has no memory left, or refuses the parameters it was given.
    case library(code: Int32)
}
