import Ledger
import OpenSSL
import Wire

/// What a verifier needs of a room's first document.
struct Genesis {
    /// The server's name.
    let server: String
    /// The key that signs the room's checkpoints.
    let key: Ed25519PublicKey

    init(_ bytes: [UInt8]) throws(UnusableLog) {
        let value: JSON
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw .genesis
        }
        guard value["v"]?.integer == 1, let server = value["server"]?.text,
            Checkpoint.isServerName(server),
            let raw = value["key"]?.text.flatMap({ Hex.decode($0) })
        else { throw .genesis }
        for (name, known) in [("hash", "sha256"), ("sign", "ed25519")] {
            guard let algorithm = value[name]?.text else { throw .genesis }
            guard algorithm == known else { throw .algorithm(algorithm) }
        }
        self.server = server
        do {
            key = try Ed25519PublicKey(raw: raw)
        } catch {
            throw .genesis
        }
    }
}
