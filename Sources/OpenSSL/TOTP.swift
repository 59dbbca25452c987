/// One-time passwords of an authenticator app (RFC 6238 over RFC 4226): six digits, 30 seconds, SHA-1,
/// which is what all apps read.
public enum TOTP {
    /// Seconds that a code is good for.
    public static let period: Int64 = 30
    private static let digits = 6
    private static let modulus: UInt32 = 1_000_000

    /// A new secret of 20 bytes (RFC 4226 §4 asks for 16 at least).
    public static func newSecret() throws(OpenSSLError) -> [UInt8] {
        try SecureRandom.bytes(20)
    }

    /// The step that a time is in; seconds since the epoch.
    public static func step(at seconds: Int64) -> Int64 {
        max(0, seconds) / period
    }

    /// The code of a step.
    public static func code(secret: [UInt8], step: Int64) -> String {
        let counter = UInt64(bitPattern: step)
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
        let code = HMACSHA1.code(for: message, key: secret)
        // RFC 4226 §5.3: the last four bits say where four bytes are taken.
        let offset = Int(code[19] & 0x0F)
        let word = code[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let text = String((word & 0x7FFF_FFFF) % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// Checks a code; the step before and after count too, for clocks that differ (RFC 6238 §5.2).
    ///
    /// `after`: the step of the last code that was taken, which with those before counts no more.
    /// - Returns: the step that the code is of; `nil` when it is of none.
    public static func verify(
        _ code: String,
        secret: [UInt8],
        at seconds: Int64,
        after last: Int64 = -1
    ) -> Int64? {
        let given = Array(code.utf8)
        let now = step(at: seconds)
        var found: Int64?
        for step in [now - 1, now, now + 1] where step > last && step >= 0 {
            let matches = constantTimeEqual(
                given,
                Array(self.code(secret: secret, step: step).utf8)
            )
            if matches, found == nil { found = step }
        }
        return found
    }

    /// The address that an app takes a secret from, mostly out of a QR code.
    public static func address(secret: [UInt8], account: String, issuer: String) -> String {
        let label = "\(escape(issuer)):\(escape(account))"
        return "otpauth://totp/\(label)?secret=\(Base32.encode(secret))&issuer=\(escape(issuer))"
    }

    /// RFC 3986 §2.3: all but unreserved characters as `%XX`.
    private static func escape(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { escaped, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default: escaped += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
            }
        }
    }
}
