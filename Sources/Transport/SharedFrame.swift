public import WebSocket

/// One or more messages framed once, for any number of connections: the same immutable bytes go
/// to all. Unmasked, so for the server's side only (RFC 6455 §5.1).
public struct SharedFrame: Sendable {
    let bytes: [UInt8]

    init(framed bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Frames one message; text is to be UTF-8.
    public init(_ kind: MessageKind, _ message: [UInt8]) {
        bytes = FrameWriter.frame(kind.opcode, message)
    }

    /// Frames a text message, UTF-8.
    public static func text(_ message: [UInt8]) -> SharedFrame {
        SharedFrame(.text, message)
    }

    /// Several frames as one, in order: one write for each connection.
    public init(joining frames: some Collection<SharedFrame>) {
        guard frames.count > 1 else {
            bytes = frames.first?.bytes ?? []
            return
        }
        var joined: [UInt8] = []
        joined.reserveCapacity(frames.reduce(0) { $0 + $1.count })
        for frame in frames { joined.append(contentsOf: frame.bytes) }
        bytes = joined
    }

    /// Bytes on the wire.
    public var count: Int { bytes.count }
}

/// Gathers the messages of one wakeup, framed, for one broadcast.
public struct FrameBatch {
    private var bytes: [UInt8] = []

    /// Begins empty.
    public init() {}

    /// Whether nothing was gathered since `take`.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Frames one message behind the others; text is to be UTF-8.
    public mutating func append(_ kind: MessageKind, _ message: RawSpan) {
        FrameWriter.append(kind.opcode, message, to: &bytes)
    }

    /// Gives away what was gathered and begins again.
    public mutating func take() -> SharedFrame {
        let size = bytes.count
        let frame = SharedFrame(framed: bytes)
        bytes = []
        bytes.reserveCapacity(size)
        return frame
    }
}
