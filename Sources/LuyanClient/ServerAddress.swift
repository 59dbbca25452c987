/// Where a server is reached: host and port of an address such as `https://luyan.example`.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name or a numeric address; of IPv6 without brackets.
    public let host: String
    public let port: Int
    /// Whether TLS is spoken there.
    public let isTLS: Bool

    public init(host: String, port: Int, isTLS: Bool = false) {
        self.host = host
        self.port = port
        self.isTLS = isTLS
    }

    private static let schemes = [
        ("http://", false), ("ws://", false), ("https://", true), ("wss://", true),
    ]

    /// Takes `http:`, `ws:`, `https:` and `wss:` addresses; what follows host and port is left out.
    ///
    /// Throws `ClientError.badAddress` for any other scheme, or no host.
    public init(_ url: String) throws(ClientError) {
        let known = Self.schemes.first { url.lowercased().hasPrefix($0.0) }
        guard let (scheme, isTLS) = known else { throw .badAddress(url) }
        let rest = url.dropFirst(scheme.count)
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.isEmpty, !authority.contains("@") else { throw .badAddress(url) }
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw .badAddress(url) }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw .badAddress(url) }
            port = after.isEmpty ? nil : after.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty else { throw .badAddress(url) }
        guard let port else {
            self.init(host: String(host), port: isTLS ? 443 : 80, isTLS: isTLS)
            return
        }
        guard let number = Int(port), (1...65_535).contains(number) else { throw .badAddress(url) }
        self.init(host: String(host), port: number, isTLS: isTLS)
    }

    /// Host and port as they stand in a Host field.
    public var authority: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    public var description: String { "\(isTLS ? "https" : "http")://\(authority)" }
}
