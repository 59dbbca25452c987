public import OpenSSL

/// What anybody can check of a tree without having it (RFC 9162 §2.1.3.2 and §2.1.4.2).
public enum MerkleProof {
    /// Whether the proof shows the leaf at `index`, from 0, in the tree of that size and root.
    public static func includes(
        leafHash: Digest,
        at index: Int,
        size: Int,
        root: Digest,
        proof: [Digest]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (place, last) = (index, size - 1)
        var digest = leafHash
        for sibling in proof {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                digest = MerkleTree.node(sibling, digest)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                digest = MerkleTree.node(digest, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && digest == root
    }

    /// Whether the proof shows that the newer tree continues the older one. Equal trees and a tree
    /// of no leaves need an empty proof.
    public static func continues(
        from old: Int,
        root oldRoot: Digest,
        to size: Int,
        root: Digest,
        proof: [Digest]
    ) -> Bool {
        guard old >= 0, old <= size else { return false }
        if old == size { return proof.isEmpty && oldRoot == root }
        if old == 0 { return proof.isEmpty && oldRoot == SHA256.hash([]) }
        // A complete old tree is itself the first hash, and the proof leaves it out.
        var path = old & (old - 1) == 0 ? [oldRoot] + proof : proof
        guard let first = path.first else { return false }
        path.removeFirst()
        var (place, last) = (old - 1, size - 1)
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var (oldDigest, digest) = (first, first)
        for sibling in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                oldDigest = MerkleTree.node(sibling, oldDigest)
                digest = MerkleTree.node(sibling, digest)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                digest = MerkleTree.node(digest, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && oldDigest == oldRoot && digest == root
    }
}
