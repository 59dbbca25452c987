/// The header of an Opus stream (RFC 7845 §5.1): what a decoder is set up with.
public struct OpusHead: Hashable, Sendable {
    /// The fewest bytes it has.
    public static let leastByteCount = 19
    /// How many channels a track may have.
    public static let channelCounts = 1...2
    /// The name it begins with.
    static let magic = Array("OpusHead".utf8)

    public let channels: Int
    /// Samples at 48 kHz that a decoder drops at the start.
    public let preSkip: Int
    /// Of what was encoded, in hertz; 0 when not known. Opus itself always plays at 48 kHz.
    public let inputRate: Int

    /// One of these values, with the customary delay of an encoder (6.5 ms).
    public init(channels: Int, preSkip: Int = 312, inputRate: Int = 48_000) {
        self.channels = channels
        self.preSkip = preSkip
        self.inputRate = inputRate
    }

    /// Reads a header; what stands after its 19 bytes (a mapping of channels) is not looked at.
    /// - Throws: `TrackFault.notOpusHead`, `.opusVersion` or `.channels`.
    public init(reading bytes: [UInt8]) throws(TrackFault) {
        guard bytes.count >= Self.leastByteCount, bytes.starts(with: Self.magic) else {
            throw .notOpusHead(bytes: bytes.count)
        }
        // The upper half of the version tells of changes that cannot be read (RFC 7845 §5.1).
        guard bytes[8] & 0xF0 == 0 else { throw .opusVersion(bytes[8]) }
        guard Self.channelCounts.contains(Int(bytes[9])) else {
            throw .channels(Int(bytes[9]), allowed: Self.channelCounts)
        }
        channels = Int(bytes[9])
        preSkip = Int(bytes[10]) | Int(bytes[11]) << 8
        inputRate = (12...15).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    }

    /// The 19 bytes of version 1, without gain, for one stream of one or two channels.
    public var encoded: [UInt8] {
        var bytes = Self.magic + [1, UInt8(clamping: channels)]
        bytes += [UInt8(truncatingIfNeeded: preSkip), UInt8(truncatingIfNeeded: preSkip >> 8)]
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: inputRate >> shift)) }
        return bytes + [0, 0, 0]
    }

    /// How much of the start a decoder drops, in nanoseconds.
    public var delayNanoseconds: Int { preSkip * 62_500 / 3 }
}
