import COpenSSL

/// The secret half of an Ed25519 key pair (RFC 8032). It is kept as its 32 raw bytes and handed to
/// the library for each signature, so that no pointer outlives a call.
public struct Ed25519PrivateKey: Sendable {
    /// The length of a raw key, in bytes.
    public static let byteCount = 32

    /// The 32 bytes of the seed (RFC 8032 §5.1.5).
    public let raw: [UInt8]
    /// The half that others check signatures with.
    public let publicKey: Ed25519PublicKey

    /// Makes a new key from the system's random source.
    public init() throws(OpenSSLError) {
        try self.init(raw: SecureRandom.bytes(Self.byteCount))
    }

    /// Takes up a key that was kept.
    /// - Throws: `keyLength` unless there are 32 bytes.
    public init(raw: [UInt8]) throws(OpenSSLError) {
        guard raw.count == Self.byteCount else {
            throw .keyLength(raw.count, expected: Self.byteCount)
        }
        guard let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, raw, raw.count)
        else { throw .unusableKey }
        defer { unsafe EVP_PKEY_free(key) }
        var bytes = [UInt8](repeating: 0, count: Ed25519PublicKey.byteCount)
        var count = bytes.count
        guard unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1 else {
            throw .unusableKey
        }
        self.raw = raw
        publicKey = try Ed25519PublicKey(raw: bytes)
    }

    /// The 64 bytes of the signature of a message.
    public func sign(_ message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        guard let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, raw, raw.count)
        else { throw .unusableKey }
        defer { unsafe EVP_PKEY_free(key) }
        guard let context = unsafe EVP_MD_CTX_new() else { throw .signing }
        defer { unsafe EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Ed25519PublicKey.signatureByteCount)
        var count = signature.count
        guard unsafe EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { throw .signing }
        return signature
    }
}

/// The public half of an Ed25519 key pair (RFC 8032).
public struct Ed25519PublicKey: Hashable, Sendable {
    /// The length of a raw key, in bytes.
    public static let byteCount = 32
    /// The length of a signature, in bytes.
    public static let signatureByteCount = 64

    /// The 32 bytes of the key.
    public let raw: [UInt8]

    /// Takes up a key that was given; whether it lies on the curve shows when it is used.
    /// - Throws: `keyLength` unless there are 32 bytes.
    public init(raw: [UInt8]) throws(OpenSSLError) {
        guard raw.count == Self.byteCount else {
            throw .keyLength(raw.count, expected: Self.byteCount)
        }
        self.raw = raw
    }

    /// SHA-256 of the raw key: what people compare.
    public var fingerprint: Digest { SHA256.hash(raw) }

    /// Whether the signature is this key's for exactly this message (RFC 8032 §5.1.7).
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureByteCount,
            let key = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, raw, raw.count)
        else { return false }
        defer { unsafe EVP_PKEY_free(key) }
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        // What a wrong signature leaves in the library's error queue is nobody's business later.
        defer { ERR_clear_error() }
        guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
        return unsafe EVP_DigestVerify(
            context,
            signature,
            signature.count,
            message,
            message.count
        ) == 1
    }
}
