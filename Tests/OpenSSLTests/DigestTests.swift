// Proves SHA-256, SHA-1 and HMAC against published vectors, and that a digest keeps its bytes.
import OpenSSL
import Testing

struct DigestTests {
    /// FIPS 180-4 examples.
    static let sha256: [(message: String, digest: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test(arguments: sha256)
    func `SHA-256 gives the published digest`(message: String, digest: String) {
        #expect(SHA256.hash(Array(message.utf8)).hex == digest)
    }

    @Test
    func `SHA-256 of a million letters is the published one`() {
        let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(SHA256.hash(message).hex == digest)
    }

    @Test
    func `SHA-256 of pieces is that of the whole, cut anywhere`() {
        let message = (0..<200).map { UInt8($0) }
        let whole = SHA256.hash(message)
        for cut in 0...message.count {
            var state = SHA256()
            state.update(Array(message[..<cut]))
            let copy = state
            state.update(Array(message[cut...]))
            #expect(state.finalize() == whole)
            #expect(copy.finalize() == SHA256.hash(Array(message[..<cut])))
        }
    }

    @Test
    func `every way to feed SHA-256 is the same`() {
        let digest = SHA256.hash([1, 2, 3])
        var pieces = SHA256()
        pieces.update(7)
        pieces.update(digest)
        pieces.update(utf8: "路演 a longer text than fifteen bytes")
        let tail: [UInt8] = [9, 8]
        pieces.update(tail.span)
        let whole = [7] + digest.bytes + Array("路演 a longer text than fifteen bytes".utf8) + [9, 8]
        #expect(pieces.finalize() == SHA256.hash(whole))
    }

    /// FIPS 180-4, and the handshake of RFC 6455 §1.3.
    static let sha1: [(message: String, digest: String)] = [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
            "b37a4f2cc0624f1690f64606cf385945b2bec4ea"
        ),
    ]

    @Test(arguments: sha1)
    func `SHA-1 gives the published digest`(message: String, digest: String) {
        #expect(Hex.encode(SHA1.hash(Array(message.utf8))) == digest)
    }

    /// RFC 4231 §4.2, §4.3, §4.7: a short key, a text key, a key longer than a block.
    static let hmac: [(key: [UInt8], message: String, code: String)] = [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ]

    @Test(arguments: hmac)
    func `HMAC-SHA-256 gives the published code`(key: [UInt8], message: String, code: String) {
        #expect(Hex.encode(HMACSHA256.code(for: Array(message.utf8), key: key)) == code)
    }

    @Test
    func `a digest is its 32 bytes and nothing else`() throws {
        let bytes = (0..<32).map { UInt8($0 * 7 + 1) }
        let digest = try #require(Digest(bytes: bytes))
        #expect(digest.bytes == bytes)
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(bytes: ([9, 9] + bytes)[2...]) == digest)
        #expect(Digest(bytes: Array(bytes.dropLast())) == nil)
        #expect(Digest(bytes: bytes + [0]) == nil)
        #expect(Digest(hex: digest.hex.uppercased()) == nil)
        for place in bytes.indices {
            var other = bytes
            other[place] ^= 1
            #expect(Digest(bytes: other) != digest)
        }
    }
}
