public import Ledger
public import OpenSSL

/// The server's signature under a manifest: a signed note (C2SP signed-note) of its own kind, so that
/// it is never taken for a checkpoint.
public struct BundleNote: Hashable, Sendable {
    public let server: String
    public let room: RoomID
    /// SHA-256 of the manifest.
    public let manifest: Digest
    public let signature: NoteSignature

    /// The lines that are signed.
    private var text: String { Self.text(server, room, manifest) }

    private static func text(_ server: String, _ room: RoomID, _ manifest: Digest) -> String {
        "\(keyName(server))/\(room)/bundle\n\(Base64.encode(manifest.bytes))\n"
    }

    private static func keyName(_ server: String) -> String { "luyan/\(server)" }

    /// The whole note.
    public var note: String { "\(text)\n\(signature.line)\n" }

    /// Signs a manifest.
    public init(
        of manifest: BundleManifest,
        signedBy key: Ed25519PrivateKey
    ) throws(OpenSSLError) {
        (server, room) = (manifest.server, manifest.room)
        self.manifest = SHA256.hash(manifest.bytes)
        let name = Self.keyName(server)
        let text = Self.text(server, room, self.manifest)
        signature = NoteSignature(
            name: name,
            keyID: NoteSignature.keyID(name: name, key: key.publicKey),
            bytes: try key.sign(Array(text.utf8))
        )
    }

    /// Reads a note; nothing is verified. What is read is exactly what `note` gives again.
    public init?(parsing note: String) {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 5, lines[2].isEmpty, lines[4].isEmpty else { return nil }
        let origin = lines[0].split(separator: "/", omittingEmptySubsequences: false)
        guard origin.count == 4, origin[0] == "luyan", origin[3] == "bundle",
            Checkpoint.isServerName(String(origin[1])), let room = RoomID(origin[2]),
            let bytes = Base64.decode(lines[1]), let digest = Digest(bytes: bytes),
            let signature = NoteSignature(line: lines[3])
        else { return nil }
        (server, self.room, manifest, self.signature) = (
            String(origin[1]), room, digest, signature
        )
        guard self.note == note else { return nil }
    }

    /// Whether the signature is that key's, over these lines.
    public func isSigned(by key: Ed25519PublicKey) -> Bool {
        let name = Self.keyName(server)
        return signature.name == name
            && signature.keyID == NoteSignature.keyID(name: name, key: key)
            && key.isValid(signature.bytes, for: Array(text.utf8))
    }
}
