/// HMAC with SHA-256 (RFC 2104).
public enum HMACSHA256 {
    /// The code of a message under a key of any length, 32 bytes.
    public static func code(for message: [UInt8], key: [UInt8]) -> [UInt8] {
        HMAC.code(for: message, key: key) { SHA256.hash($0).bytes }
    }
}

/// HMAC with SHA-1 (RFC 2104), for one-time passwords and nothing else.
enum HMACSHA1 {
    /// The code of a message under a key of any length, 20 bytes.
    static func code(for message: [UInt8], key: [UInt8]) -> [UInt8] {
        HMAC.code(for: message, key: key, SHA1.hash)
    }
}

private enum HMAC {
    /// Bytes of a block of both hashes.
    static let block = 64

    static func code(
        for message: [UInt8],
        key: [UInt8],
        _ hash: ([UInt8]) -> [UInt8]
    ) -> [UInt8] {
        var padded = key.count > block ? hash(key) : key
        padded += [UInt8](repeating: 0, count: block - padded.count)
        let inner = hash(padded.map { $0 ^ 0x36 } + message)
        return hash(padded.map { $0 ^ 0x5C } + inner)
    }
}
