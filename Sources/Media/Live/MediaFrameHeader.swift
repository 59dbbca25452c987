/// What stands before each encoded frame on the wire and in a recording: 20 bytes, big-endian.
///
/// | at | size | what |
/// | --- | --- | --- |
/// | 0 | 1 | version |
/// | 1 | 1 | flags |
/// | 2 | 2 | track |
/// | 4 | 4 | sequence number |
/// | 8 | 8 | time, microseconds |
/// | 16 | 1 | level |
/// | 17 | 3 | duration, microseconds |
public struct MediaFrameHeader: Hashable, Sendable {
    /// The only version of the format there is.
    public static let version: UInt8 = 1
    /// The length of a header, in bytes.
    public static let byteCount = 20
    /// The latest time, in microseconds: what a page's numbers hold exactly, 285 years.
    public static let latestTime = 1 << 53 - 1
    /// The longest duration, in microseconds.
    public static let longestDuration = 1 << 24 - 1

    /// What a frame is to those before it.
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// It can be decoded without those before it.
        public static let key = Flags(rawValue: 1)
        /// Frames before it were left out for this receiver.
        public static let gap = Flags(rawValue: 2)
    }

    /// Who wrote a header: only the server leaves frames out.
    public enum Sender: Sendable {
        case publisher, server

        /// The flags it may set.
        public var flags: Flags { self == .publisher ? [.key] : [.key, .gap] }
    }

    public var flags: Flags
    public var track: UInt16
    /// Its place in the track, from 0; begins anew after the highest.
    public var sequence: UInt32
    /// In microseconds: of the publisher's media clock, or of the server since the epoch. Written
    /// within `0...latestTime`.
    public var time: Int
    /// How loud it is (RFC 6464): 0 is loudest, 127 silence; `nil` when not known, and for video.
    public var level: UInt8?
    /// In microseconds; 0 when not known. Written within `0...longestDuration`.
    public var duration: Int

    /// A header of these values.
    public init(
        flags: Flags,
        track: UInt16,
        sequence: UInt32,
        time: Int,
        level: UInt8? = nil,
        duration: Int = 0
    ) {
        self.flags = flags
        self.track = track
        self.sequence = sequence
        self.time = time
        self.level = level
        self.duration = duration
    }

    /// Whether the frame can be decoded without those before it.
    public var isKey: Bool { flags.contains(.key) }

    /// Reads the header of a whole frame; its payload follows and is not looked at.
    /// - Throws: `MediaFault`, the first in the order of the bytes, then `.empty`.
    public init(
        reading frame: Span<UInt8>,
        from sender: Sender = .server
    ) throws(MediaFault) {
        guard frame.count >= Self.byteCount else {
            throw .tooShort(bytes: frame.count, least: Self.byteCount)
        }
        guard frame[0] == Self.version else { throw .version(frame[0]) }
        let allowed = sender.flags
        guard frame[1] & ~allowed.rawValue == 0 else {
            throw .flags(frame[1], allowed: allowed.rawValue)
        }
        let time = frame.bigEndian(at: 8, count: 8)
        guard time <= Self.latestTime else {
            throw .time(time, limit: UInt64(Self.latestTime))
        }
        let level = frame[16]
        guard level <= 127 || level == 255 else { throw .level(level) }
        guard frame.count > Self.byteCount else { throw .empty }
        self.init(
            flags: Flags(rawValue: frame[1]),
            track: UInt16(truncatingIfNeeded: frame.bigEndian(at: 2, count: 2)),
            sequence: UInt32(truncatingIfNeeded: frame.bigEndian(at: 4, count: 4)),
            time: Int(time),
            level: level == 255 ? nil : level,
            duration: Int(frame.bigEndian(at: 17, count: 3))
        )
    }

    /// Reads the header of a whole frame that a socket lent.
    /// - Throws: `MediaFault` as `init(reading:from:)` of other bytes.
    public init(reading frame: RawSpan, from sender: Sender = .server) throws(MediaFault) {
        try self.init(reading: Span(_bytes: frame), from: sender)
    }

    /// Checks what depends on the track: the payload's length, and that sound stands for itself.
    /// - Throws: `MediaFault.empty`, `.tooLong` or `.soundNotKey`.
    public func check(payload bytes: Int, of kind: TrackKind) throws(MediaFault) {
        guard bytes > 0 else { throw .empty }
        guard isKey || kind.isVideo else { throw .soundNotKey }
        let limit = kind.payloadLimit(isKey: isKey)
        guard bytes <= limit else { throw .tooLong(bytes: bytes, limit: limit) }
    }

    /// Appends the 20 bytes.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(Self.version)
        bytes.append(flags.rawValue)
        bytes.append(bigEndian: UInt64(track), count: 2)
        bytes.append(bigEndian: UInt64(sequence), count: 4)
        bytes.append(bigEndian: UInt64(min(max(time, 0), Self.latestTime)), count: 8)
        bytes.append(level.map { min($0, 127) } ?? 255)
        bytes.append(bigEndian: UInt64(min(max(duration, 0), Self.longestDuration)), count: 3)
    }

    /// The 20 bytes.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }
}
