public import HTTPTypes

/// The cookies of a request (RFC 6265 §5.4), in the order they came.
public struct Cookies: Sendable, Equatable {
    private let pairs: [(name: String, value: String)]

    /// Reads the Cookie fields. What is no `name=value` is passed over: other sites' pages on the
    /// same host may have set it, and a visitor cannot mend it.
    public init(_ fields: HTTPFields) {
        var pairs: [(name: String, value: String)] = []
        for line in fields[values: .cookie] {
            for piece in line.split(separator: ";") {
                let pair = piece.utf8.trimmingBlanks
                guard let equals = pair.firstIndex(of: UInt8(ascii: "=")),
                    equals > pair.startIndex
                else { continue }
                var value = Substring(pair[equals...].dropFirst())
                if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
                    value = value.dropFirst().dropLast()
                }
                pairs.append((String(Substring(pair[..<equals])), String(value)))
            }
        }
        self.pairs = pairs
    }

    /// The value of the first cookie of that name: the one with the most specific path.
    public subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// Compares names and values in order.
    public static func == (a: Cookies, b: Cookies) -> Bool {
        a.pairs.elementsEqual(b.pairs, by: ==)
    }
}

/// A cookie to be set (RFC 6265 §4.1).
public struct SetCookie: Sendable, Equatable {
    /// Which requests from other sites carry the cookie.
    public enum SameSite: String, Sendable {
        /// None do.
        case strict = "Strict"
        /// Only a person's way to a page does.
        case lax = "Lax"
    }

    /// The cookie's name.
    public let name: String
    /// Its value.
    public let value: String
    /// How long it lives, in seconds; 0 removes it, `nil` keeps it until the browser closes.
    public var maxAgeSeconds: Int?
    /// The paths it belongs to.
    public var path: String
    /// Whether it travels under TLS only.
    public var isSecure: Bool
    /// Whether scripts cannot read it.
    public var isHTTPOnly: Bool
    /// Which requests from other sites carry it.
    public var sameSite: SameSite

    /// Makes a cookie; `nil` unless the name is a token and the value has only the bytes of
    /// RFC 6265 `cookie-octet`.
    public init?(
        name: String,
        value: String,
        maxAgeSeconds: Int? = nil,
        path: String = "/",
        isSecure: Bool,
        isHTTPOnly: Bool = true,
        sameSite: SameSite = .lax
    ) {
        guard !name.isEmpty, name.utf8.allSatisfy(\.isToken),
            value.utf8.allSatisfy(Self.isCookieOctet),
            path.utf8.allSatisfy({ $0.isPathOrQuery && $0 != UInt8(ascii: ";") })
        else { return nil }
        self.name = name
        self.value = value
        self.maxAgeSeconds = maxAgeSeconds
        self.path = path
        self.isSecure = isSecure
        self.isHTTPOnly = isHTTPOnly
        self.sameSite = sameSite
    }

    /// The cookie as it stands in Set-Cookie.
    public var text: String {
        var text = "\(name)=\(value); Path=\(path)"
        if let maxAgeSeconds { text += "; Max-Age=\(maxAgeSeconds)" }
        if isHTTPOnly { text += "; HttpOnly" }
        if isSecure { text += "; Secure" }
        return text + "; SameSite=\(sameSite.rawValue)"
    }

    private static func isCookieOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }
}
