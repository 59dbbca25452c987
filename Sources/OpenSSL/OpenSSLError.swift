/// How a call of the library failed. Keys and signatures that are merely wrong are not errors of
/// this kind where a function can answer `false` or `nil`.
public enum OpenSSLError: Error, Equatable, Sendable {
    /// A key has the wrong length; both in bytes.
    case keyLength(Int, expected: Int)
    /// The library refused a key of the right length.
    case unusableKey
    /// The library could not sign.
    case signing
    /// The library had not the memory that a key's derivation takes.
    case derivation
    /// The system's random source gave nothing.
    case noRandomness
}
