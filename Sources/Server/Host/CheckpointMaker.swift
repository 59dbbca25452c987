internal import Ledger
internal import OpenSSL
internal import Wire

/// Signs what a room's log is at a moment.
struct CheckpointMaker: Sendable {
    let server: String
    let key: Ed25519PrivateKey

    /// Whether that first document names this server's key; one that names none is of a test's room.
    func isOwn(_ genesis: [UInt8]) -> Bool {
        guard let json = try? JSONParser.parse(genesis), let named = json["key"]?.text else {
            return true
        }
        return named == Hex.encode(key.publicKey.raw)
    }

    /// The signed checkpoint over all leaves of the tree.
    func checkpoint(of room: RoomID, _ tree: MerkleTree, at now: Timestamp) throws
        -> SignedCheckpoint
    {
        let checkpoint = try Checkpoint(
            server: server,
            room: room,
            size: UInt64(tree.count),
            root: tree.root,
            time: now
        )
        return try checkpoint.signed(by: key)
    }
}
