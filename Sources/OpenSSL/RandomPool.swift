/// Random bytes drawn by the page and handed out in small pieces: an eighth of what as many calls of
/// `SecureRandom` cost. For salts, of which an event needs several; keys and tokens are drawn alone.
public struct RandomPool: Sendable {
    /// How much is drawn at once, in bytes.
    public static let page = 4_096

    private var bytes: [UInt8] = []

    /// A pool that draws when it is first asked.
    public init() {}

    /// - Returns: `count` bytes that nobody had before; none when `count` is not above 0.
    /// - Throws: `noRandomness` when the system gives none.
    public mutating func next(_ count: Int) throws(OpenSSLError) -> [UInt8] {
        guard count > 0 else { return [] }
        guard count <= Self.page else { return try SecureRandom.bytes(count) }
        if bytes.count < count { bytes = try SecureRandom.bytes(Self.page) }
        defer { bytes.removeLast(count) }
        return Array(bytes.suffix(count))
    }
}
