/// A request target (RFC 9112 §3.2), split and decoded so that a route may compare plain strings.
public struct RequestTarget: Sendable, Equatable {
    /// The target as it came, for logs and redirects.
    public let raw: String
    /// Segments of the path, decoded: `/a/b%20c` is `["a", "b c"]`, `/` is `[]`, `/a/` is `["a", ""]`.
    public let path: [String]
    /// What follows the question mark.
    public let query: Query
    /// The authority of an absolute target, which goes before Host (RFC 9112 §3.2.2).
    public let authority: String?

    /// Splits and decodes a target.
    /// - Throws: `RequestError.malformedTarget` with what is wrong.
    public init(_ text: String) throws(RequestError) {
        try self.init(bytes: Array(text.utf8)[...], method: "GET")
    }

    init(bytes: ArraySlice<UInt8>, method: String) throws(RequestError) {
        raw = String(decoding: bytes, as: UTF8.self)
        guard bytes.elementsEqual("*".utf8) == false else {
            guard method == "OPTIONS" else { throw .malformedTarget(.unknownForm) }
            (path, query, authority) = (["*"], Query(), nil)
            return
        }
        let (authority, rest) = try Self.splittingAuthority(bytes)
        if let bad = rest.first(where: { !$0.isPathOrQuery }) {
            throw .malformedTarget(.forbiddenByte(bad))
        }
        let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        self.authority = authority
        path = try Self.segments(of: rest[..<mark])
        query = try Query(bytes: rest[mark...].dropFirst())
    }

    /// Takes `http://host` off an absolute target; an origin target is left as it is.
    private static func splittingAuthority(
        _ bytes: ArraySlice<UInt8>
    ) throws(RequestError) -> (authority: String?, rest: ArraySlice<UInt8>) {
        if bytes.first == UInt8(ascii: "/") { return (nil, bytes) }
        let prefix = Array("http://".utf8)
        guard bytes.count > prefix.count,
            zip(bytes, prefix).allSatisfy({ pair in (pair.0 | 0x20) == (pair.1 | 0x20) })
        else { throw .malformedTarget(.unknownForm) }
        let afterScheme = bytes.dropFirst(prefix.count)
        let end =
            afterScheme.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
            ?? afterScheme.endIndex
        let host = afterScheme[..<end]
        guard isAuthority(host) else { throw .malformedHost }
        return (String(decoding: host, as: UTF8.self), afterScheme[end...])
    }

    /// Whether these bytes are `uri-host [ ":" port ]`: no user, no path, a port of digits.
    static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, bytes.allSatisfy(\.isHost) else { return false }
        let afterHost: ArraySlice<UInt8>
        if first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            guard bytes[..<close].count > 1 else { return false }
            afterHost = bytes[close...].dropFirst()
        } else {
            afterHost = bytes[(bytes.firstIndex(of: .colon) ?? bytes.endIndex)...]
            guard afterHost.startIndex > bytes.startIndex else { return false }
            guard !bytes.contains(UInt8(ascii: "[")), !bytes.contains(UInt8(ascii: "]")) else {
                return false
            }
        }
        guard let colon = afterHost.first else { return true }
        let port = afterHost.dropFirst()
        return colon == .colon && port.count <= 5 && port.allSatisfy(\.isDigit)
    }

    private static func segments(of path: ArraySlice<UInt8>) throws(RequestError) -> [String] {
        guard path.count > 1 else { return [] }
        var segments: [String] = []
        for piece in path.dropFirst().split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        ) {
            let segment = try PercentEncoding.decode(piece, plusIsSpace: false)
            guard segment != ".", segment != "..", !segment.utf8.contains(where: isForbidden) else {
                throw .malformedTarget(.forbiddenSegment)
            }
            segments.append(segment)
        }
        return segments
    }

    /// A byte which in a decoded segment would mean something to a file system or a log.
    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
    }
}
