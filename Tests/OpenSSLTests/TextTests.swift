// Proves that hexadecimal and Base64 round trip and that every byte string has one spelling only.
import OpenSSL
import Testing

struct TextTests {
    /// RFC 4648 §10.
    static let vectors: [(bytes: String, text: String)] = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: vectors)
    func `Base64 follows RFC 4648`(bytes: String, text: String) {
        #expect(Base64.encode(Array(bytes.utf8)) == text)
        #expect(Base64.decode(text) == Array(bytes.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9", "Zm-v", "Zm_v", "====", "Z===",
        "Zg==Zg==", "=Zg=", "Zm9\u{e9}", "AA=A",
    ])
    func `Base64 refuses every other spelling`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test
    func `both alphabets round trip at every length`() {
        for count in 0...70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 200) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64.decodeForURL(Base64.encodeForURL(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
        #expect(Base64.encodeForURL([0xfb, 0xff]) == "-_8")
        #expect(Base64.decodeForURL("-_9") == nil)
        #expect(Base64.decodeForURL("-_8=") == nil)
        #expect(Base64.decodeForURL("AAAAA") == nil)
    }

    @Test(arguments: ["0", "0g", "AB", "0x", " 00", "é0"])
    func `hexadecimal refuses all but lower-case pairs`(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
