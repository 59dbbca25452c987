public import OpenSSL

/// What a participant keeps to prove that an event stands in the log: it needs nobody's database.
public struct Receipt: Hashable, Sendable {
    /// The event's place, from 1.
    public let sequence: UInt64
    /// The event's hash.
    public let eventHash: Digest
    /// The inclusion proof, from leaf to root.
    public let proof: [Digest]
    /// A checkpoint that covers the event.
    public let checkpoint: SignedCheckpoint

    /// A receipt of these values.
    public init(
        sequence: UInt64,
        eventHash: Digest,
        proof: [Digest],
        checkpoint: SignedCheckpoint
    ) {
        self.sequence = sequence
        self.eventHash = eventHash
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// Whether the checkpoint is signed by this key and its tree holds the event at its place.
    public func isValid(for key: Ed25519PublicKey) -> Bool {
        guard sequence > 0, let index = Int(exactly: sequence - 1),
            let size = Int(exactly: checkpoint.checkpoint.size), checkpoint.isSigned(by: key)
        else { return false }
        return MerkleProof.includes(
            leafHash: MerkleTree.leafHash(of: eventHash),
            at: index,
            size: size,
            root: checkpoint.checkpoint.root,
            proof: proof
        )
    }
}
