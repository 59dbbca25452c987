/// A media type as it stands in Content-Type.
public struct MediaType: Sendable, Hashable {
    /// Type, subtype and charset where the type has one.
    public let text: String

    /// Holds a media type as given.
    public init(_ text: String) {
        self.text = text
    }

    /// `application/json`; always UTF-8 (RFC 8259 §8.1).
    public static let json = MediaType("application/json")
    /// `application/problem+json` (RFC 9457).
    public static let problem = MediaType("application/problem+json")
    /// JSON Lines.
    public static let jsonLines = MediaType("application/jsonl")
    /// HTML.
    public static let html = MediaType("text/html; charset=utf-8")
    /// Plain text.
    public static let plainText = MediaType("text/plain; charset=utf-8")
    /// Markdown (RFC 7763).
    public static let markdown = MediaType("text/markdown; charset=utf-8")
    /// Comma-separated values (RFC 4180).
    public static let csv = MediaType("text/csv; charset=utf-8")
    /// Bytes of an unknown kind.
    /// iCalendar (RFC 5545).
    public static let calendar = MediaType("text/calendar; charset=utf-8")
    public static let octets = MediaType("application/octet-stream")

    /// The type of a file by the extension of its name, in either case; octets when unknown.
    public init(fileName: String) {
        let suffix = fileName.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
        self = Self.byExtension[suffix.lowercased()] ?? .octets
    }

    /// Whether bytes of the type get smaller by a content coding: text does, pictures and fonts are
    /// packed already.
    public var isCompressible: Bool {
        let name = text.prefix { $0 != ";" }
        return name.hasPrefix("text/") || name.hasSuffix("json") || name.hasSuffix("+xml")
    }

    private static let byExtension: [String: MediaType] = [
        "html": .html,
        "js": MediaType("text/javascript; charset=utf-8"),
        "mjs": MediaType("text/javascript; charset=utf-8"),
        "css": MediaType("text/css; charset=utf-8"),
        "json": .json,
        "jsonl": .jsonLines,
        "map": .json,
        "md": .markdown,
        "txt": .plainText,
        "svg": MediaType("image/svg+xml"),
        "png": MediaType("image/png"),
        "jpg": MediaType("image/jpeg"),
        "jpeg": MediaType("image/jpeg"),
        "webp": MediaType("image/webp"),
        "wasm": MediaType("application/wasm"),
        // What phones take a certificate of an authority by.
        "crt": MediaType("application/x-x509-ca-cert"),
        "ico": MediaType("image/x-icon"),
        "woff2": MediaType("font/woff2"),
        "webmanifest": MediaType("application/manifest+json"),
    ]
}
