/// Joins the pieces of a message, of one frame or of many (RFC 6455 §5.4), and checks text as it
/// comes (§8.1), so that a bad byte is refused before the message is whole.
struct MessageAssembler {
    let kind: MessageKind
    /// Whether the pieces are packed; text is then checked when the message is whole.
    let isPacked: Bool
    private var bytes: [UInt8] = []
    private var validator = UTF8Validator()
    private let limit: Int  // bytes
    private var fragments = 0
    private let fragmentLimit: Int

    init(kind: MessageKind, isPacked: Bool, limit: Int, fragmentLimit: Int) {
        self.kind = kind
        self.isPacked = isPacked
        self.limit = limit
        self.fragmentLimit = fragmentLimit
    }

    /// Refuses a frame that would outgrow a limit as soon as its header is known.
    mutating func expect(frameOf length: Int) throws(ProtocolViolation) {
        fragments += 1
        guard fragments <= fragmentLimit else { throw .tooManyFragments(limit: fragmentLimit) }
        let whole = bytes.count.addingReportingOverflow(length)
        guard !whole.overflow, whole.partialValue <= limit else {
            throw .messageTooLong(
                bytes: whole.overflow ? .max : whole.partialValue,
                limit: limit
            )
        }
    }

    /// Takes over a piece, unmasked. Memory grows with what came, not with what was announced.
    mutating func append(_ piece: UnsafeRawBufferPointer) throws(ProtocolViolation) {
        if kind == .text, !isPacked {
            guard validator.append(piece) else { throw .notUTF8 }
        }
        bytes.append(contentsOf: piece)
    }

    /// Gives the bytes away, packed ones as they came.
    consuming func finish() throws(ProtocolViolation) -> [UInt8] {
        guard validator.isComplete else { throw .notUTF8 }
        return bytes
    }
}
