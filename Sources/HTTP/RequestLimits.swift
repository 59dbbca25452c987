/// What a request may cost beside its body's content; each limit has its own answer in ``RequestError``.
public struct RequestLimits: Sendable, Equatable {
    /// The longest request line, in bytes without its CRLF; beyond it 414.
    public var requestLineBytes: Int
    /// All field lines together, in bytes without their CRLFs; beyond it 431.
    public var fieldBytes: Int
    /// The largest number of field lines; beyond it 431.
    public var fieldCount: Int
    /// The extensions of all chunks of a body together, in bytes; beyond it 413. Trailer fields have
    /// the limits of fields.
    public var chunkExtensionBytes: Int

    /// Limits that fit browsers with room to spare.
    public init(
        requestLineBytes: Int = 8_192,
        fieldBytes: Int = 16_384,
        fieldCount: Int = 100,
        chunkExtensionBytes: Int = 4_096,
    ) {
        self.requestLineBytes = requestLineBytes
        self.fieldBytes = fieldBytes
        self.fieldCount = fieldCount
        self.chunkExtensionBytes = chunkExtensionBytes
    }
}
