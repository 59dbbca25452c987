// Proves roots and proofs against the vectors of certificate transparency and a naive model.
import Ledger
import OpenSSL
import Testing

struct MerkleTreeTests {
    /// The leaf inputs of the tests of certificate transparency's reference implementation.
    static let inputs = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    static let inclusion: [(index: Int, size: Int, proof: [String])] = [
        (0, 1, []),
        (
            0, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            5, 8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (
            1, 5,
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ]
    static let consistency: [(old: Int, size: Int, proof: [String])] = [
        (1, 1, []),
        (
            1, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            6, 8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (
            2, 5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ]

    /// The tree of the published vectors.
    static func published() throws -> MerkleTree {
        var tree = MerkleTree()
        for input in inputs {
            tree.append(leafHash: SHA256.hash([0] + (try #require(Hex.decode(input)))))
        }
        return tree
    }

    @Test
    func `roots are the published ones at every size`() throws {
        let tree = try Self.published()
        for (size, root) in Self.roots.enumerated() {
            #expect(try tree.root(of: size).hex == root)
        }
        #expect(tree.root.hex == Self.roots.last)
        #expect(MerkleTree().root.hex == Self.roots.first)
    }

    @Test(arguments: inclusion)
    func `inclusion proofs are the published ones`(index: Int, size: Int, proof: [String]) throws {
        let made = try Self.published().inclusionProof(of: index, in: size)
        #expect(made.map(\.hex) == proof)
    }

    @Test(arguments: consistency)
    func `consistency proofs are the published ones`(old: Int, size: Int, proof: [String]) throws {
        let made = try Self.published().consistencyProof(from: old, to: size)
        #expect(made.map(\.hex) == proof)
    }

    @Test
    func `all trees up to 70 leaves agree with a naive model`() throws {
        let (tree, model) = Self.grown(to: 70)
        for size in 0...70 {
            #expect(try tree.root(of: size) == model.root(0, size))
            for index in 0..<size {
                #expect(try tree.inclusionProof(of: index, in: size) == model.path(index, 0, size))
            }
            for old in 1..<max(size, 1) {
                let proof = try tree.consistencyProof(from: old, to: size)
                #expect(proof == model.subproof(old, 0, size, true))
            }
        }
    }

    @Test
    func `every proof verifies, and no proof of another place or size does`() throws {
        let size = 24
        let (tree, model) = Self.grown(to: size)
        for whole in 1...size {
            let root = try tree.root(of: whole)
            for index in 0..<whole {
                let proof = try tree.inclusionProof(of: index, in: whole)
                let leaf = model.leaves[index]
                func holds(_ place: Int, _ size: Int, _ root: Digest, _ proof: [Digest]) -> Bool {
                    MerkleProof.includes(
                        leafHash: leaf,
                        at: place,
                        size: size,
                        root: root,
                        proof: proof
                    )
                }
                #expect(holds(index, whole, root, proof))
                for other in -1...whole where other != index {
                    #expect(!holds(other, whole, root, proof))
                }
                #expect(!holds(index, whole, leaf == root ? model.leaves[whole] : leaf, proof))
                #expect(!holds(index, whole, root, proof + [root]))
                if !proof.isEmpty {
                    #expect(!holds(index, whole, root, Array(proof.dropLast())))
                    #expect(!holds(index, whole, root, Array(proof.dropFirst())))
                }
            }
        }
    }

    @Test
    func `consistency holds between any two sizes and for no other root`() throws {
        let size = 24
        let (tree, model) = Self.grown(to: size)
        let wrong = model.leaves[size]
        for whole in 0...size {
            let root = try tree.root(of: whole)
            for old in 0...whole {
                let oldRoot = try tree.root(of: old)
                let proof = try tree.consistencyProof(from: old, to: whole)
                func holds(_ oldRoot: Digest, _ root: Digest, _ proof: [Digest]) -> Bool {
                    MerkleProof.continues(
                        from: old,
                        root: oldRoot,
                        to: whole,
                        root: root,
                        proof: proof
                    )
                }
                #expect(holds(oldRoot, root, proof))
                #expect(!holds(wrong, root, proof))
                if old > 0 { #expect(!holds(oldRoot, wrong, proof)) }
                #expect(!holds(oldRoot, root, proof + [wrong]))
                if !proof.isEmpty { #expect(!holds(oldRoot, root, Array(proof.dropLast()))) }
                for place in proof.indices {
                    var bent = proof
                    bent[place] = wrong
                    #expect(!holds(oldRoot, root, bent))
                }
            }
        }
        #expect(
            !MerkleProof.continues(from: 2, root: wrong, to: 1, root: wrong, proof: [wrong])
        )
        #expect(!MerkleProof.continues(from: -1, root: wrong, to: 1, root: wrong, proof: []))
    }

    @Test
    func `what the tree has not is an error`() throws {
        let (tree, _) = Self.grown(to: 3)
        #expect(throws: LedgerError.noSuchSize(4, size: 3)) { try tree.root(of: 4) }
        #expect(throws: LedgerError.noSuchSize(-1, size: 3)) { try tree.root(of: -1) }
        #expect(throws: LedgerError.noSuchLeaf(index: 3, size: 3)) {
            try tree.inclusionProof(of: 3, in: 3)
        }
        #expect(throws: LedgerError.noSuchLeaf(index: -1, size: 3)) {
            try tree.inclusionProof(of: -1, in: 3)
        }
        #expect(throws: LedgerError.noSuchSize(4, size: 3)) {
            try tree.inclusionProof(of: 0, in: 4)
        }
        #expect(throws: LedgerError.noSuchSize(3, size: 2)) {
            try tree.consistencyProof(from: 3, to: 2)
        }
        #expect(throws: LedgerError.noSuchSize(4, size: 3)) {
            try tree.consistencyProof(from: 1, to: 4)
        }
    }

    /// A tree of event hashes and the same as a model, which has one leaf more.
    static func grown(to size: Int) -> (MerkleTree, NaiveTree) {
        var tree = MerkleTree()
        var leaves: [Digest] = []
        for number in 0...size {
            let hash = SHA256.hash([UInt8(number)])
            leaves.append(SHA256.hash([0] + hash.bytes))
            if number < size { tree.append(hash) }
        }
        return (tree, NaiveTree(leaves: leaves))
    }
}

/// RFC 6962 §2.1 word by word: nothing is kept, everything is hashed again.
struct NaiveTree {
    let leaves: [Digest]

    func root(_ start: Int, _ end: Int) -> Digest {
        switch end - start {
        case 0: return SHA256.hash([])
        case 1: return leaves[start]
        default:
            let middle = start + split(end - start)
            return SHA256.hash([1] + root(start, middle).bytes + root(middle, end).bytes)
        }
    }

    func path(_ index: Int, _ start: Int, _ end: Int) -> [Digest] {
        guard end - start > 1 else { return [] }
        let middle = start + split(end - start)
        return index < middle
            ? path(index, start, middle) + [root(middle, end)]
            : path(index, middle, end) + [root(start, middle)]
    }

    func subproof(_ old: Int, _ start: Int, _ end: Int, _ known: Bool) -> [Digest] {
        if old == end { return known ? [] : [root(start, end)] }
        let middle = start + split(end - start)
        return old <= middle
            ? subproof(old, start, middle, known) + [root(middle, end)]
            : subproof(old, middle, end, false) + [root(start, middle)]
    }

    private func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}
