import COpenSSL

/// scrypt (RFC 7914): makes a password dear to guess, by memory and by time.
public enum Scrypt {
    /// What one hash costs: memory is 128 · N · r bytes.
    public struct Cost: Hashable, Sendable {
        /// N is 2 to this power; 1...20.
        public let logN: Int
        /// The block size; 1...32.
        public let r: Int
        /// How often it is done; 1...16.
        public let p: Int

        /// - Returns: `nil` beyond the bounds: a stored hash must not take all memory there is.
        public init?(logN: Int, r: Int, p: Int) {
            guard (1...20).contains(logN), (1...32).contains(r), (1...16).contains(p) else {
                return nil
            }
            (self.logN, self.r, self.p) = (logN, r, p)
        }

        private init(known logN: Int, _ r: Int, _ p: Int) {
            (self.logN, self.r, self.p) = (logN, r, p)
        }

        /// N = 2^15, r = 8, p = 3: 32 MiB, as OWASP's password storage guide has it for scrypt.
        public static let standard = Cost(known: 15, 8, 3)

        /// Bytes of memory that one hash takes.
        var memory: UInt64 {
            128 << UInt64(logN) * UInt64(r) + 128 * UInt64(r) * UInt64(p) + 1 << 20
        }
    }

    /// Derives a key of so many bytes.
    /// - Throws: `derivation` when the library has not the memory for it.
    public static func key(
        of password: [UInt8],
        salt: [UInt8],
        cost: Cost,
        count: Int = 32
    ) throws(OpenSSLError) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: max(0, count))
        let text = password.map { CChar(bitPattern: $0) }
        let result = unsafe EVP_PBE_scrypt(
            text,
            text.count,
            salt,
            salt.count,
            1 << UInt64(cost.logN),
            UInt64(cost.r),
            UInt64(cost.p),
            2 * cost.memory,
            &key,
            key.count
        )
        guard result == 1 else { throw .derivation }
        return key
    }
}

/// A password as it is kept: `scrypt$15$8$3$SALT$KEY`, the last two in base64 without padding. What
/// it cost stands with it, so that a later standard leaves older ones good.
public struct PasswordHash: Hashable, Sendable, CustomStringConvertible {
    private let cost: Scrypt.Cost
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Hashes a new password with a salt of its own; at the standard cost it takes some 250 ms.
    /// - Throws: `derivation` without memory, `noRandomness`.
    public init(of password: [UInt8], cost: Scrypt.Cost = .standard) throws(OpenSSLError) {
        self.cost = cost
        salt = try SecureRandom.bytes(16)
        key = try Scrypt.key(of: password, salt: salt, cost: cost)
    }

    /// One of no password, that costs as much to compare with and none matches.
    /// - Throws: `noRandomness`.
    public static func ofNobody(cost: Scrypt.Cost = .standard) throws(OpenSSLError) -> PasswordHash
    {
        PasswordHash(cost, salt: try SecureRandom.bytes(16), key: try SecureRandom.bytes(32))
    }

    private init(_ cost: Scrypt.Cost, salt: [UInt8], key: [UInt8]) {
        (self.cost, self.salt, self.key) = (cost, salt, key)
    }

    /// Takes up what was kept; `nil` for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let logN = Int(parts[1]),
            let r = Int(parts[2]), let p = Int(parts[3]),
            let cost = Scrypt.Cost(logN: logN, r: r, p: p),
            let salt = Base64.decodeForURL(parts[4]), let key = Base64.decodeForURL(parts[5]),
            salt.count >= 8, key.count == 32
        else { return nil }
        (self.cost, self.salt, self.key) = (cost, salt, key)
    }

    /// Whether it is this password's; takes as long for a wrong one.
    /// - Throws: `derivation` without memory.
    public func matches(_ password: [UInt8]) throws(OpenSSLError) -> Bool {
        let other = try Scrypt.key(of: password, salt: salt, cost: cost)
        return constantTimeEqual(key, other)
    }

    /// Whether it was made at less than today's cost: to be made anew at the next sign-in.
    public var isOutdated: Bool { cost != .standard }

    public var description: String {
        "scrypt$\(cost.logN)$\(cost.r)$\(cost.p)$\(Base64.encodeForURL(salt))"
            + "$\(Base64.encodeForURL(key))"
    }
}
