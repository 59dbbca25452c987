// Proves the text of checkpoints (C2SP tlog-checkpoint), their signatures, and receipts.
import Foundation
import OpenSSL
import Testing

@testable import Ledger

struct CheckpointTests {
    static func key() throws -> Ed25519PrivateKey {
        try Ed25519PrivateKey(raw: [UInt8](repeating: 42, count: 32))
    }

    static func signed() throws -> SignedCheckpoint {
        let checkpoint = try Checkpoint(
            server: "hall.example",
            room: Sample.room,
            size: 3,
            root: SHA256.hash([1]),
            time: Timestamp(milliseconds: 1_790_000_000_000)
        )
        return try checkpoint.signed(by: key())
    }

    @Test
    func `a checkpoint is the golden note, and reads back`() throws {
        let signed = try Self.signed()
        try Golden.check(signed.note, "checkpoint.txt")
        let read = try SignedCheckpoint(parsing: signed.note)
        #expect(read == signed)
        #expect(read.isSigned(by: try Self.key().publicKey))
        #expect(!read.isSigned(by: try Ed25519PrivateKey().publicKey))
    }

    @Test
    func `one changed byte is malformed, or not signed`() throws {
        let key = try Self.key().publicKey
        let note = Array(try Self.signed().note.utf8)
        for place in note.indices {
            for bit in 0..<8 {
                var bent = note
                bent[place] ^= 1 << bit
                guard let text = String(bytes: bent, encoding: .utf8),
                    let read = try? SignedCheckpoint(parsing: text)
                else { continue }
                #expect(!read.isSigned(by: key), "byte \(place), bit \(bit)")
                #expect(Array(read.note.utf8) == bent)
            }
        }
    }

    /// Each row: what is replaced in the note, by what, and the line that is then malformed.
    static let malformed: [(String, String, Int)] = [
        ("luyan/hall", "luyan/ha ll", 1), ("luyan/hall.example/", "luyan/", 1),
        ("luyan/hall", "Luyan/hall", 1), ("0e0f\n3", "0e0F\n3", 1),
        ("\n3\n", "\n03\n", 2), ("\n3\n", "\n+3\n", 2), ("\n3\n", "\n-3\n", 2),
        ("\n3\n", "\n18446744073709551616\n", 2), ("\n3\n", "\n\n", 2),
        ("time ", "time  ", 4), ("time ", "Time ", 4), ("=\ntime", "\ntime", 3),
        ("\n\n", "\nmore\n\n", 5), ("\n\n\u{2014}", "\n\u{2014}", 6),
        ("\u{2014} luyan/hall.example ", "- luyan/hall.example ", 6),
        ("\u{2014} luyan/hall.example ", "\u{2014} luyan/hall+example ", 6),
        ("\u{2014} luyan/hall.example ", "\u{2014} luyan/hall.example  ", 6),
    ]

    @Test(arguments: malformed)
    func `a malformed note names its line`(old: String, new: String, line: Int) throws {
        let note = try Self.signed().note
        #expect(note.contains(old))
        #expect(throws: LedgerError.malformedCheckpoint(line: line)) {
            try SignedCheckpoint(parsing: note.replacing(old, with: new, maxReplacements: 1))
        }
    }

    @Test
    func `a note has an end, signatures and bounds`() throws {
        let note = try Self.signed().note
        let signature = String(try #require(note.split(separator: "\n").last)) + "\n"
        let most = note + String(repeating: signature, count: SignedCheckpoint.mostSignatures - 1)
        #expect(try SignedCheckpoint(parsing: most).isSigned(by: try Self.key().publicKey))
        let wrongs: [String] = [
            "", "\n", String(note.dropLast()), note + "\n", most + signature,
            String(note.dropLast(signature.count)), note + String(repeating: "x", count: 20_000),
        ]
        for wrong in wrongs {
            #expect(throws: LedgerError.self) { try SignedCheckpoint(parsing: wrong) }
        }
    }

    @Test
    func `a cosignature does not stand in for the server's`() throws {
        let signed = try Self.signed()
        let other = NoteSignature(name: "witness", keyID: [1, 2, 3, 4], bytes: [5])
        let both = SignedCheckpoint(
            checkpoint: signed.checkpoint,
            signatures: [other] + signed.signatures
        )
        let key = try Self.key().publicKey
        #expect(try SignedCheckpoint(parsing: both.note).isSigned(by: key))
        let alone = SignedCheckpoint(checkpoint: signed.checkpoint, signatures: [other])
        #expect(try !SignedCheckpoint(parsing: alone.note).isSigned(by: key))
    }

    @Test
    func `signatures are those of Go's note package`() throws {
        // golang.org/x/mod/sumdb/note, its documented example.
        let text = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            """
        let line =
            "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
            + "KvqfqdngotpRZb6KE6RyyBwJnAM="
        let kind = try #require(Base64.decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
        let key = try Ed25519PublicKey(raw: Array(kind.dropFirst()))
        let signature = try #require(NoteSignature(line: line))
        #expect(NoteSignature.keyID(name: "PeterNeumann", key: key) == signature.keyID)
        #expect(Hex.encode(signature.keyID) == "c74f20a3")
        #expect(key.isValid(signature.bytes, for: Array(text.utf8)))
        #expect(signature.line == line)
    }

    @Test(arguments: [
        ("a", true), ("hall-1.example_x", true), ("", false), ("a b", false), ("a/b", false),
        ("a+b", false), ("é", false), ("a\n", false), (String(repeating: "x", count: 64), true),
        (String(repeating: "x", count: 65), false),
    ])
    func `a server's name can stand in a note`(name: String, fits: Bool) {
        #expect(Checkpoint.isServerName(name) == fits)
    }

    @Test
    func `a receipt proves its event and no other`() throws {
        let key = try Self.key()
        var tree = MerkleTree()
        let hashes = (0..<5).map { SHA256.hash([UInt8($0)]) }
        for hash in hashes { tree.append(hash) }
        let checkpoint = try Checkpoint(
            server: "s",
            room: Sample.room,
            size: 5,
            root: tree.root,
            time: Timestamp(milliseconds: 1)
        ).signed(by: key)
        for (index, hash) in hashes.enumerated() {
            let proof = try tree.inclusionProof(of: index, in: 5)
            func receipt(_ sequence: UInt64, _ hash: Digest) -> Receipt {
                Receipt(sequence: sequence, eventHash: hash, proof: proof, checkpoint: checkpoint)
            }
            #expect(receipt(UInt64(index) + 1, hash).isValid(for: key.publicKey))
            #expect(!receipt(UInt64(index), hash).isValid(for: key.publicKey))
            #expect(!receipt(UInt64(index) + 2, hash).isValid(for: key.publicKey))
            #expect(!receipt(.max, hash).isValid(for: key.publicKey))
            #expect(!receipt(UInt64(index) + 1, SHA256.hash([9])).isValid(for: key.publicKey))
            let other = try Ed25519PrivateKey().publicKey
            #expect(!receipt(UInt64(index) + 1, hash).isValid(for: other))
        }
    }
}
