// Proves scrypt and one-time passwords against published vectors, and how passwords are kept.
import OpenSSL
import Testing

struct ScryptTests {
    /// RFC 7914 §12.
    static let vectors: [(password: String, salt: String, cost: (Int, Int, Int), key: String)] = [
        (
            "", "", (4, 1, 1),
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        ),
        (
            "password", "NaCl", (10, 8, 16),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        (
            "pleaseletmein", "SodiumChloride", (14, 8, 1),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ]

    @Test(arguments: vectors)
    func `scrypt gives the published key`(
        password: String,
        salt: String,
        cost: (Int, Int, Int),
        key: String
    ) throws {
        let found = try Scrypt.key(
            of: Array(password.utf8),
            salt: Array(salt.utf8),
            cost: try #require(Scrypt.Cost(logN: cost.0, r: cost.1, p: cost.2)),
            count: 64
        )
        #expect(Hex.encode(found) == key)
    }

    @Test(arguments: [(0, 8, 1), (21, 8, 1), (15, 0, 1), (15, 33, 1), (15, 8, 0), (15, 8, 17)])
    func `a cost that could take all memory is none`(cost: (Int, Int, Int)) {
        #expect(Scrypt.Cost(logN: cost.0, r: cost.1, p: cost.2) == nil)
    }
}

struct PasswordHashTests {
    private static let cost = Scrypt.Cost(logN: 4, r: 8, p: 1)

    @Test func `a password is known again, another is not`() throws {
        let cost = try #require(Self.cost)
        let hash = try PasswordHash(of: Array("合作意向 1".utf8), cost: cost)
        let kept = try #require(PasswordHash(hash.description))
        #expect(kept == hash)
        #expect(try kept.matches(Array("合作意向 1".utf8)))
        #expect(!(try kept.matches(Array("合作意向 2".utf8))))
        #expect(!(try kept.matches([])))
        #expect(kept.isOutdated)
        #expect(try PasswordHash(of: Array("合作意向 1".utf8), cost: cost) != hash)
    }

    @Test func `nobody's hash is like another, and no password's`() throws {
        let cost = try #require(Self.cost)
        let nobody = try PasswordHash.ofNobody(cost: cost)
        #expect(PasswordHash(nobody.description) == nobody)
        #expect(!(try nobody.matches([])))
        #expect(try PasswordHash.ofNobody(cost: cost) != nobody)
    }

    @Test func `the standard is not outdated`() throws {
        let text = "scrypt$15$8$3$AAAAAAAAAAAAAAAAAAAAAA$" + String(repeating: "A", count: 43)
        #expect(try #require(PasswordHash(text)).isOutdated == false)
    }

    @Test(arguments: [
        "", "scrypt", "bcrypt$4$8$1$AAAAAAAAAAA$AAAA", "scrypt$4$8$1$AAAAAAAAAAA",
        "scrypt$4$8$1$AAAAAAAAAAA$AAAA",
        "scrypt$30$8$1$AAAAAAAAAAA$\(String(repeating: "A", count: 43))",
        "scrypt$4$8$1$!$\(String(repeating: "A", count: 43))",
    ])
    func `what is no kept password is none`(text: String) {
        #expect(PasswordHash(text) == nil)
    }
}

struct OneTimePasswordTests {
    static let secret = Array("12345678901234567890".utf8)

    @Test func `codes are those of RFC 4226, appendix D`() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ]
        #expect((0..<10).map { TOTP.code(secret: Self.secret, step: $0) } == codes)
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    static let times: [(seconds: Int64, code: String)] = [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
        (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ]

    @Test(arguments: times)
    func `a code is good at its time, a step before and after, and no longer`(
        seconds: Int64,
        code: String
    ) {
        let step = TOTP.step(at: seconds)
        for shift in -2...2 where step + Int64(shift) >= 0 {
            let at = (step + Int64(shift)) * TOTP.period
            let found = TOTP.verify(code, secret: Self.secret, at: at)
            #expect(found == (abs(shift) <= 1 ? step : nil), "\(shift) steps away")
        }
    }

    @Test func `a code is good once`() {
        let code = TOTP.code(secret: Self.secret, step: 100)
        #expect(TOTP.verify(code, secret: Self.secret, at: 3_000, after: 99) == 100)
        #expect(TOTP.verify(code, secret: Self.secret, at: 3_000, after: 100) == nil)
    }

    @Test(arguments: ["", "28708", "2870820", "28708a", "２８７０８２"])
    func `anything else is no code`(code: String) {
        #expect(TOTP.verify(code, secret: Self.secret, at: 59) == nil)
    }

    @Test func `an app takes the secret from its address`() throws {
        #expect(
            TOTP.address(secret: Self.secret, account: "ann@luyan.example", issuer: "路演")
                == "otpauth://totp/%E8%B7%AF%E6%BC%94:ann%40luyan.example"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E8%B7%AF%E6%BC%94"
        )
        #expect(try TOTP.newSecret().count == 20)
    }

    /// RFC 4648 §10, without padding.
    @Test func `base32 is the published one`() {
        let rows = [
            "": "", "f": "MY", "fo": "MZXQ", "foo": "MZXW6", "foob": "MZXW6YQ",
            "fooba": "MZXW6YTB", "foobar": "MZXW6YTBOI",
        ]
        for (text, coded) in rows { #expect(Base32.encode(Array(text.utf8)) == coded) }
    }
}
