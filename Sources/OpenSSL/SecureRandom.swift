import COpenSSL

/// Random bytes for keys, tokens and salts.
public enum SecureRandom {
    /// - Returns: `count` bytes; none when `count` is not above 0.
    /// - Throws: `noRandomness` when the system gives none.
    public static func bytes(_ count: Int) throws(OpenSSLError) -> [UInt8] {
        guard count > 0 else { return [] }
        guard let length = Int32(exactly: count) else { throw .noRandomness }
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe RAND_bytes(&bytes, length) == 1 else { throw .noRandomness }
        return bytes
    }
}

/// Whether two byte strings are equal, in a time that tells nothing but their lengths.
public func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return unsafe CRYPTO_memcmp(a, b, a.count) == 0
}
