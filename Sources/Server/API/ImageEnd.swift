/// Looks for the end of an image while its bytes come, so that one which was cut short is told from a
/// whole one. It does not decode: an image may be whole and broken.
struct ImageEnd: Sendable {
    private enum Sign {
        /// PNG's last chunk (ISO 15948 §11.2.5), JPEG's EOI (ITU T.81 §B.1.1.3).
        case bytes([UInt8])
        /// WebP says at its beginning how long it is (RFC 9649 §2.4); nothing where it has no image data.
        case length(Int)
    }

    private var sign: Sign?
    private var count = 0
    /// The first bytes, as far as they name the kind.
    private var head: [UInt8] = []
    /// The last bytes, as many as the sign has.
    private var tail: [UInt8] = []
    private var isSeen = false

    /// Whether the end has come.
    var isReached: Bool {
        if case .length(let length) = sign { return count >= length && length > Self.webPHead }
        return isSeen
    }

    /// A RIFF container with the head of one extended chunk and no image in it.
    private static let webPHead = 30

    mutating func take(_ bytes: [UInt8]) {
        count += bytes.count
        if sign == nil {
            head += bytes.prefix(max(0, 8 - head.count))
            sign = Self.sign(of: head)
        }
        guard case .bytes(let wanted) = sign, !isSeen else { return }
        let window = tail + bytes
        isSeen = window.contains(wanted)
        tail = Array(window.suffix(wanted.count - 1))
    }

    private static func sign(of head: [UInt8]) -> Sign? {
        guard head.count >= 8 else { return nil }
        if head.starts(with: [0x89, 0x50]) { return .bytes(Array("IEND".utf8)) }
        if head.starts(with: [0xff, 0xd8]) { return .bytes([0xff, 0xd9]) }
        guard head.starts(with: "RIFF".utf8) else { return nil }
        return .length(8 + head[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) })
    }
}
