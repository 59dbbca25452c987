import OpenSSL

/// The server's signing key: `key.ed25519`, 64 hexadecimal digits and a line end, readable by its
/// owner alone. It stands outside the databases, so that a copy of them cannot sign.
enum KeyFile {
    /// - Returns: the key of the folder; `nil` when it has none.
    /// - Throws: `corrupt` when the file holds anything else.
    static func read(folder: String) throws(StorageError) -> Ed25519PrivateKey? {
        guard let bytes = try Files.read(folder + "/key.ed25519") else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasSuffix("\n"), let raw = Hex.decode(text.dropLast()) else { throw .corrupt }
        do {
            return try Ed25519PrivateKey(raw: raw)
        } catch {
            throw .corrupt
        }
    }

    /// Makes a new key; it is durable on return.
    static func make(folder: String) throws(StorageError) -> Ed25519PrivateKey {
        let path = folder + "/key.ed25519"
        let key: Ed25519PrivateKey
        do {
            key = try Ed25519PrivateKey()
        } catch {
            throw .io(0)
        }
        let text = Hex.encode(key.raw) + "\n"
        try Files.replace(path, with: Array(text.utf8), temporary: path + ".new", mode: 0o600)
        return key
    }
}
