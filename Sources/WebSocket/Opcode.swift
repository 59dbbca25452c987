/// What a frame carries (RFC 6455 §5.2); all others are reserved.
public enum Opcode: UInt8, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    /// Control frames may stand between the fragments of a message (§5.5).
    public var isControl: Bool { rawValue & 0x8 != 0 }
}

/// What a message is: UTF-8 text, or any bytes (RFC 6455 §5.6).
public enum MessageKind: Sendable {
    case text, binary

    /// The opcode of the message's first frame.
    public var opcode: Opcode {
        switch self {
        case .text: .text
        case .binary: .binary
        }
    }
}

/// Which end of the connection we are: a client masks its frames, a server does not (§5.1).
public enum Role: Sendable {
    case server, client
}

extension [UInt8] {
    /// A copy of borrowed bytes.
    public init(copying span: RawSpan) {
        self = span.withUnsafeBytes { [UInt8]($0) }
    }
}
