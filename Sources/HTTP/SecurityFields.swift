import HTTPTypes

/// The fields that every answer of this server carries, so that a page can do only what it needs.
public struct SecurityFields: Sendable {
    /// Whether the server is reached by TLS: Strict-Transport-Security, `wss:` only.
    public let isTLS: Bool

    /// Makes the set for a server with or without TLS.
    public init(isTLS: Bool) {
        self.isTLS = isTLS
    }

    /// Adds the fields to a response; what a route has set itself stays. `authority` is the
    /// request's host, the only one a page may open a socket to.
    public func add(to response: inout Response, authority: String?) {
        for (name, value) in Self.always where response.fields[name] == nil {
            response.fields[name] = value
        }
        if response.fields[.contentSecurityPolicy] == nil {
            response.fields[.contentSecurityPolicy] = contentSecurityPolicy(authority)
        }
        if isTLS { response.fields[.strictTransportSecurity] = "max-age=31536000" }
    }

    /// No inline code, no other host, no frames, no plug-ins (CSP level 3). WebAssembly of our own
    /// decodes sound where a browser cannot; pictures of MediaSource are `blob:`.
    public func contentSecurityPolicy(_ authority: String?) -> String {
        let sockets = authority.map { isTLS ? " wss://\($0)" : " ws://\($0) wss://\($0)" } ?? ""
        return [
            "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'",
            "img-src 'self' blob: data:", "media-src 'self' blob:", "worker-src 'self'",
            "connect-src 'self'\(sockets)", "base-uri 'none'",
            "form-action 'self'", "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }

    private static let always: [(HTTPField.Name, String)] = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        (
            "Permissions-Policy",
            "camera=(self), display-capture=(self), geolocation=(), microphone=(self), payment=(), usb=()"
        ),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}
