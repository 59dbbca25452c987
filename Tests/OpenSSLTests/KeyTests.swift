// Proves Ed25519 against RFC 8032, and that a wrong key, message or signature is refused.
import OpenSSL
import Testing

struct KeyTests {
    /// RFC 8032 §7.1, tests 1, 2 and 3.
    static let vectors: [(secret: String, key: String, message: String, signature: String)] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ]

    @Test(arguments: vectors)
    func `Ed25519 follows RFC 8032`(
        secret: String,
        key: String,
        message: String,
        signature: String
    ) throws {
        let pair = try Ed25519PrivateKey(raw: #require(Hex.decode(secret)))
        let message = try #require(Hex.decode(message))
        #expect(Hex.encode(pair.publicKey.raw) == key)
        #expect(Hex.encode(try pair.sign(message)) == signature)
        #expect(pair.publicKey.isValid(try #require(Hex.decode(signature)), for: message))
    }

    @Test
    func `one changed bit breaks a signature`() throws {
        let pair = try Ed25519PrivateKey()
        let message: [UInt8] = [1, 2, 3]
        let signature = try pair.sign(message)
        #expect(pair.publicKey.isValid(signature, for: message))
        for place in signature.indices {
            var wrong = signature
            wrong[place] ^= 1
            #expect(!pair.publicKey.isValid(wrong, for: message))
        }
        #expect(!pair.publicKey.isValid(signature, for: message + [0]))
        #expect(!pair.publicKey.isValid(Array(signature.dropLast()), for: message))
        #expect(!pair.publicKey.isValid([], for: message))
        #expect(try !Ed25519PrivateKey().publicKey.isValid(signature, for: message))
    }

    @Test(arguments: [0, 31, 33])
    func `a key of another length is refused`(count: Int) {
        let raw = [UInt8](repeating: 1, count: count)
        #expect(throws: OpenSSLError.keyLength(count, expected: 32)) {
            try Ed25519PrivateKey(raw: raw)
        }
        #expect(throws: OpenSSLError.keyLength(count, expected: 32)) {
            try Ed25519PublicKey(raw: raw)
        }
    }

    @Test
    func `random bytes come in the count asked for and differ`() throws {
        #expect(try SecureRandom.bytes(0).isEmpty)
        #expect(try SecureRandom.bytes(-1).isEmpty)
        #expect(try SecureRandom.bytes(33).count == 33)
        #expect(try SecureRandom.bytes(32) != SecureRandom.bytes(32))
    }

    @Test
    func `random digits come in the count asked for, all of them, and differ`() throws {
        #expect(try SecureRandom.digits(0).isEmpty)
        #expect(try SecureRandom.digits(-1).isEmpty)
        var seen: Set<Character> = []
        for count in 1...40 {
            let digits = try SecureRandom.digits(count)
            #expect(digits.count == count)
            seen.formUnion(digits)
        }
        #expect(seen == Set("0123456789"))
        #expect(try SecureRandom.digits(30) != SecureRandom.digits(30))
    }

    @Test
    func `a pool gives every byte once, in the counts asked for`() throws {
        var pool = RandomPool()
        var seen: Set<[UInt8]> = []
        for _ in 0..<1_000 {
            let salt = try pool.next(32)
            #expect(salt.count == 32)
            #expect(seen.insert(salt).inserted)
        }
        #expect(try pool.next(0).isEmpty)
        #expect(try pool.next(-1).isEmpty)
        #expect(try pool.next(RandomPool.page).count == RandomPool.page)
        #expect(try pool.next(RandomPool.page + 1).count == RandomPool.page + 1)
    }

    @Test
    func `equality in constant time is equality`() {
        #expect(constantTimeEqual([], []))
        #expect(constantTimeEqual([1, 2], [1, 2]))
        #expect(!constantTimeEqual([1, 2], [1, 3]))
        #expect(!constantTimeEqual([1, 2], [1, 2, 3]))
    }
}
