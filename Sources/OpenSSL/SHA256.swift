import COpenSSL

/// SHA-256 (FIPS 180-4). A value: a copy carries the state of what was hashed so far, so that a
/// common prefix is hashed once. Nothing here allocates.
public struct SHA256: Sendable {
    private var context = SHA256_CTX()

    /// The state before the first byte.
    public init() {
        unsafe SHA256_Init(&context)
    }

    /// Hashes one byte more.
    public mutating func update(_ byte: UInt8) {
        var byte = byte
        unsafe SHA256_Update(&context, &byte, 1)
    }

    /// Hashes the bytes that follow.
    public mutating func update(_ bytes: [UInt8]) {
        unsafe SHA256_Update(&context, bytes, bytes.count)
    }

    /// Hashes the bytes that follow.
    public mutating func update(_ bytes: borrowing Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            _ = unsafe SHA256_Update(&context, buffer.baseAddress, buffer.count)
        }
    }

    /// Hashes the 32 bytes of a digest.
    public mutating func update(_ digest: Digest) {
        let words = (
            digest.words.0.bigEndian, digest.words.1.bigEndian,
            digest.words.2.bigEndian, digest.words.3.bigEndian
        )
        unsafe withUnsafeBytes(of: words) { buffer in
            _ = unsafe SHA256_Update(&context, buffer.baseAddress, buffer.count)
        }
    }

    /// Hashes the UTF-8 of a text.
    public mutating func update(utf8 text: String) {
        var text = text
        text.withUTF8 { buffer in
            _ = unsafe SHA256_Update(&context, buffer.baseAddress, buffer.count)
        }
    }

    /// The digest of all that was hashed; the state itself is left as it was.
    public func finalize() -> Digest {
        var last = context
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        unsafe withUnsafeMutableBytes(of: &words) { buffer in
            let bytes = unsafe buffer.bindMemory(to: UInt8.self)
            _ = unsafe SHA256_Final(bytes.baseAddress, &last)
        }
        return Digest(
            words: (
                UInt64(bigEndian: words.0), UInt64(bigEndian: words.1),
                UInt64(bigEndian: words.2), UInt64(bigEndian: words.3)
            )
        )
    }

    /// The digest of these bytes.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        var state = SHA256()
        state.update(bytes)
        return state.finalize()
    }
}

/// SHA-1 (FIPS 180-4), for the handshake of RFC 6455 §4.2.2 and one-time passwords (RFC 6238), and
/// nothing else.
public enum SHA1 {
    /// The 20 bytes of the digest of these bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var context = SHA_CTX()
        unsafe SHA1_Init(&context)
        unsafe SHA1_Update(&context, bytes, bytes.count)
        var digest = [UInt8](repeating: 0, count: 20)
        unsafe SHA1_Final(&digest, &context)
        return digest
    }
}
