internal import Compression

/// Brings back a peer's compressed messages (RFC 7692 §7.2.2). Where no context is taken over, one
/// serves any number of connections.
public final class MessageInflater {
    private let inflater: Inflater
    private let keepsContext: Bool
    private let policy: DeflatePolicy
    /// What a sender leaves off its last block.
    private static let tail: [UInt8] = [0, 0, 0xFF, 0xFF]

    /// - Parameters:
    ///   - keepsContext: whether messages may refer to those before; it then serves one connection.
    ///   - windowBits: the peer's window, 8...15.
    ///   - policy: the limits.
    /// - Throws: `DeflateFailure.memory`.
    public init(
        keepsContext: Bool,
        windowBits: Int,
        policy: DeflatePolicy
    ) throws(DeflateFailure) {
        do throws(CompressionError) {
            inflater = try Inflater(windowBits: windowBits)
        } catch {
            throw .memory
        }
        self.keepsContext = keepsContext
        self.policy = policy
    }

    /// The message whose frames brought `packed`, at most `limit` bytes.
    func message(
        _ packed: [UInt8],
        limit: Int
    ) throws(ProtocolViolation) -> [UInt8] {
        if !keepsContext { inflater.reset() }
        let most = min(limit, max(policy.ratioFrom, packed.count.saturatingProduct(policy.ratio)))
        var message: [UInt8] = []
        for piece in [packed, Self.tail] {
            do throws(CompressionError) {
                try piece.span.bytes.withUnsafeBytes { bytes throws(CompressionError) in
                    try inflater.inflate(bytes, into: &message, limit: most)
                }
            } catch {
                switch error {
                case .tooLong where most < limit:
                    throw .inflatedTooMuch(packed: packed.count, limit: most)
                case .tooLong: throw .messageTooLong(bytes: message.count, limit: limit)
                case .malformed, .library: throw .notDeflate
                }
            }
        }
        return message
    }
}

/// Packs our messages (RFC 7692 §7.2.1). Where no context is taken over, one serves any number of
/// connections, and what it packs may go to all of them.
public final class MessageDeflater {
    private let deflater: Deflater
    /// Whether its messages refer to those before.
    public let keepsContext: Bool

    /// - Parameters:
    ///   - keepsContext: whether messages refer to those before; it then serves one connection.
    ///   - windowBits: our window, 8...15.
    ///   - level: 1 (fastest) to 9 (smallest).
    /// - Throws: `DeflateFailure.memory`.
    public init(
        keepsContext: Bool,
        windowBits: Int,
        level: Int
    ) throws(DeflateFailure) {
        do throws(CompressionError) {
            // zlib has no raw window of 8 bits; who uses it sees to it that messages are shorter.
            deflater = try Deflater(level: level, windowBits: max(9, windowBits))
        } catch {
            throw .memory
        }
        self.keepsContext = keepsContext
    }

    /// Appends the packed message to `packed`.
    public func pack(_ message: RawSpan, into packed: inout [UInt8]) {
        if !keepsContext { deflater.reset() }
        message.withUnsafeBytes { deflater.deflate($0, into: &packed) }
    }
}

/// Why a connection cannot have compression.
public enum DeflateFailure: Error, Hashable, Sendable {
    /// No memory is left for a window.
    case memory
}

extension Int {
    fileprivate func saturatingProduct(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
