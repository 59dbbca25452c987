/// One encoded frame of a track with its header.
public struct MediaFrame: Hashable, Sendable {
    public var header: MediaFrameHeader
    /// What the encoder gave: at least one byte.
    public var payload: [UInt8]

    /// A frame of these parts.
    public init(header: MediaFrameHeader, payload: [UInt8]) {
        self.header = header
        self.payload = payload
    }

    /// Reads a whole frame.
    /// - Throws: `MediaFault` of its header.
    public init(
        reading bytes: Span<UInt8>,
        from sender: MediaFrameHeader.Sender = .server
    ) throws(MediaFault) {
        header = try MediaFrameHeader(reading: bytes, from: sender)
        payload = [UInt8](copying: bytes.extracting(droppingFirst: MediaFrameHeader.byteCount))
    }

    /// Header and payload, as they are sent.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(MediaFrameHeader.byteCount + payload.count)
        header.append(to: &bytes)
        bytes += payload
        return bytes
    }
}
