internal import Ledger
internal import OpenSSL

/// Signs what a room's log is at a moment.
struct CheckpointMaker: Sendable {
    let server: String
    let key: Ed25519PrivateKey

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
