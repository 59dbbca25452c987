public import OpenSSL

/// The Merkle tree of RFC 6962 §2.1 over a log's event hashes. It keeps the root of every complete
/// subtree, 64 bytes an event, so that a proof hashes next to nothing.
public struct MerkleTree: Sendable {
    // `levels[h][i]` is the root over the 2^h leaves from i * 2^h; level 0 are the leaf hashes.
    private var levels: [[Digest]] = [[]]

    /// A tree of no leaves.
    public init() {}

    /// How many leaves it has.
    public var count: Int { levels[0].count }

    /// Appends the hash of an event as the next leaf; amortised O(1).
    public mutating func append(_ eventHash: Digest) {
        append(leafHash: Self.leafHash(of: eventHash))
    }

    /// Appends a leaf that was hashed already.
    public mutating func append(leafHash: Digest) {
        var digest = leafHash
        var height = 0
        while true {
            levels[height].append(digest)
            let row = levels[height]
            guard row.count.isMultiple(of: 2) else { return }
            digest = Self.node(row[row.count - 2], digest)
            height += 1
            if height == levels.count { levels.append([]) }
        }
    }

    /// The root over the first leaves (RFC 6962 §2.1), O(log n); of no leaves, SHA-256 of nothing.
    /// - Throws: `LedgerError.noSuchSize` when the tree has not that many leaves.
    public func root(of size: Int) throws(LedgerError) -> Digest {
        guard (0...count).contains(size) else { throw .noSuchSize(size, size: count) }
        return size == 0 ? SHA256.hash([]) : subtree(from: 0, to: size)
    }

    /// The root over all leaves.
    public var root: Digest { count == 0 ? SHA256.hash([]) : subtree(from: 0, to: count) }

    /// The inclusion proof of a leaf (RFC 6962 §2.1.1). `index` counts from 0, `size` in leaves;
    /// O(log n).
    /// - Returns: hashes from leaf to root; empty for a tree of one leaf.
    /// - Throws: `LedgerError.noSuchLeaf` when `index >= size`, `.noSuchSize` when the tree is
    ///   smaller than `size`.
    public func inclusionProof(of index: Int, in size: Int) throws(LedgerError) -> [Digest] {
        guard (0...count).contains(size) else { throw .noSuchSize(size, size: count) }
        guard (0..<size).contains(index) else { throw .noSuchLeaf(index: index, size: size) }
        var proof: [Digest] = []
        var (start, end) = (0, size)
        while end - start > 1 {
            let middle = start + Self.split(end - start)
            if index < middle {
                proof.append(subtree(from: middle, to: end))
                end = middle
            } else {
                proof.append(subtree(from: start, to: middle))
                start = middle
            }
        }
        return proof.reversed()
    }

    /// The proof that the tree of `size` leaves continues that of `old` leaves (RFC 6962 §2.1.2).
    /// - Returns: the hashes; empty when the sizes are equal or `old` is 0.
    /// - Throws: `LedgerError.noSuchSize` unless `0 <= old <= size <= count`.
    public func consistencyProof(from old: Int, to size: Int) throws(LedgerError) -> [Digest] {
        guard (0...count).contains(size) else { throw .noSuchSize(size, size: count) }
        guard (0...size).contains(old) else { throw .noSuchSize(old, size: size) }
        guard old > 0, old < size else { return [] }
        var proof: [Digest] = []
        var (start, end) = (0, size)
        // Whether the old tree is one of the subtrees on the way: its root is then known already.
        var known = true
        while old < end {
            let middle = start + Self.split(end - start)
            if old <= middle {
                proof.append(subtree(from: middle, to: end))
                end = middle
            } else {
                proof.append(subtree(from: start, to: middle))
                start = middle
                known = false
            }
        }
        if !known { proof.append(subtree(from: start, to: end)) }
        return proof.reversed()
    }

    /// The hash of an event hash as a leaf: SHA-256(0x00 || event hash).
    public static func leafHash(of eventHash: Digest) -> Digest {
        var state = SHA256()
        state.update(0x00)
        state.update(eventHash)
        return state.finalize()
    }

    /// The hash of two children: SHA-256(0x01 || left || right).
    static func node(_ left: Digest, _ right: Digest) -> Digest {
        var state = SHA256()
        state.update(0x01)
        state.update(left)
        state.update(right)
        return state.finalize()
    }

    /// The largest power of two below `count`; at least two leaves.
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }

    /// The root over leaves `start..<end`, where `start` is a border of RFC 6962's recursion: what
    /// lies there is complete subtrees that shrink to the right.
    private func subtree(from start: Int, to end: Int) -> Digest {
        var rest = end
        let lowest = (end - start).trailingZeroBitCount
        rest -= 1 << lowest
        var digest = levels[lowest][rest >> lowest]
        while rest > start {
            let height = (rest - start).trailingZeroBitCount
            rest -= 1 << height
            digest = Self.node(levels[height][rest >> height], digest)
        }
        return digest
    }
}
