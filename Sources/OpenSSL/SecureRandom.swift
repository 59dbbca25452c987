import COpenSSL

/// Random bytes for keys, tokens and salts, and digits for codes.
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

    /// - Returns: so many decimal digits, each as likely as any other.
    /// - Throws: `noRandomness` when the system gives none.
    public static func digits(_ count: Int) throws(OpenSSLError) -> String {
        var digits = ""
        while digits.utf8.count < count {
            // The largest multiple of 10: bytes above it would favour some digits.
            for byte in try bytes(16) where byte < 250 && digits.utf8.count < count {
                digits += String(byte % 10)
            }
        }
        return digits
    }
}

/// Whether two byte strings are equal, in a time that tells nothing but their lengths.
public func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return unsafe CRYPTO_memcmp(a, b, a.count) == 0
}
