/// How a peer broke RFC 6455; the connection is then failed (§7.1.7).
public enum ProtocolViolation: Error, Hashable, Sendable {
    /// A reserved bit was set that no negotiated extension uses (§5.2); the three bits as 0...7.
    case reservedBits(UInt8)
    /// A reserved opcode (§5.2).
    case unknownOpcode(UInt8)
    /// A client's frame came unmasked (§5.1).
    case notMasked
    /// A server's frame came masked (§5.1).
    case masked
    /// A control frame came in fragments (§5.5).
    case fragmentedControl(Opcode)
    /// A control frame's payload is longer than 125 bytes (§5.5).
    case controlTooLong(Opcode)
    /// A length was not written in the fewest bytes, or has its highest bit set (§5.2).
    case badLength(UInt64)
    /// A continuation frame came with no message begun (§5.4).
    case nothingToContinue
    /// A new message began before the last fragment of the one before (§5.4).
    case messageNotFinished
    /// A frame is longer than the configured limit; both in bytes.
    case frameTooLong(bytes: Int, limit: Int)
    /// The message outgrew the configured limit; both in bytes.
    case messageTooLong(bytes: Int, limit: Int)
    /// A message came in more frames than the configured limit.
    case tooManyFragments(limit: Int)
    /// A compressed message is no deflate stream (RFC 7692 §7.2.2).
    case notDeflate
    /// A message came out at many times its compressed size, as bombs do; the limit in bytes.
    case inflatedTooMuch(packed: Int, limit: Int)
    /// A text message or a close reason is not UTF-8 (§8.1).
    case notUTF8
    /// A close frame's payload has one byte: half a code (§5.5.1).
    case halfCloseCode
    /// A close code that may not be sent (§7.4).
    case badCloseCode(UInt16)

    /// The code that tells the peer (§7.4.1).
    public var closeCode: CloseCode {
        switch self {
        case .frameTooLong, .messageTooLong, .inflatedTooMuch: .tooBig
        case .tooManyFragments: .policyViolation
        // RFC 7692 names none; §7.4.1 has 1007 for data that do not fit their message's type.
        case .notUTF8, .notDeflate: .invalidPayload
        default: .protocolError
        }
    }
}
