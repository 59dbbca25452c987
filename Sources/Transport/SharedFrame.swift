public import WebSocket

/// One or more messages framed once, for any number of connections: the same immutable bytes go
/// to all. Unmasked, so for the server's side only (RFC 6455 §5.1).
public struct SharedFrame: Sendable {
    let bytes: [UInt8]
    /// The same messages, long ones compressed without context (RFC 7692 §7.2.1); `nil` where
    /// nothing is gained by it.
    let packed: [UInt8]?
    /// Bytes of the longest message that is compressed: no back reference reaches further.
    let longest: Int

    init(framed bytes: [UInt8]) {
        (self.bytes, packed, longest) = (bytes, nil, 0)
    }

    /// Frames one message; text is to be UTF-8.
    public init(_ kind: MessageKind, _ message: [UInt8]) {
        self.init(framed: FrameWriter.frame(kind.opcode, message))
    }

    init(_ kind: MessageKind, _ message: [UInt8], packed: [UInt8]) {
        bytes = FrameWriter.frame(kind.opcode, message)
        let isSmaller = packed.count < message.count
        self.packed =
            isSmaller ? FrameWriter.frame(kind.opcode, packed, isPacked: true) : nil
        longest = isSmaller ? message.count : 0
    }

    /// Frames a text message, UTF-8.
    public static func text(_ message: [UInt8]) -> SharedFrame {
        SharedFrame(.text, message)
    }

    /// Several frames as one, in order: one write for each connection.
    public init(joining frames: some Collection<SharedFrame>) {
        if frames.count == 1, let only = frames.first {
            self = only
            return
        }
        bytes = Self.join(frames) { $0.bytes }
        longest = frames.reduce(0) { max($0, $1.longest) }
        packed = longest > 0 ? Self.join(frames) { $0.packed ?? $0.bytes } : nil
    }

    private static func join(
        _ frames: some Collection<SharedFrame>,
        _ bytes: (SharedFrame) -> [UInt8]
    ) -> [UInt8] {
        var joined: [UInt8] = []
        joined.reserveCapacity(frames.reduce(0) { $0 + bytes($1).count })
        for frame in frames { joined.append(contentsOf: bytes(frame)) }
        return joined
    }

    /// Whether it goes compressed to those who agreed to that.
    public var isPacked: Bool { packed != nil }

    /// Bytes on the wire, not compressed.
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
