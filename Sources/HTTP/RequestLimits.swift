/// What a request's head may cost; each limit has its own answer in ``RequestError``.
public struct RequestLimits: Sendable, Equatable {
    /// The longest request line, in bytes without its CRLF; beyond it 414.
    public var requestLineBytes: Int
    /// All field lines together, in bytes without their CRLFs; beyond it 431.
    public var fieldBytes: Int
    /// The largest number of field lines; beyond it 431.
    public var fieldCount: Int

    /// Limits that fit browsers with room to spare.
    public init(
        requestLineBytes: Int = 8_192,
        fieldBytes: Int = 16_384,
        fieldCount: Int = 100,
    ) {
        self.requestLineBytes = requestLineBytes
        self.fieldBytes = fieldBytes
        self.fieldCount = fieldCount
    }
}
