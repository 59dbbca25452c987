/// Frames as bytes. A client's frames are masked with a fresh, unpredictable key each (RFC 6455
/// §5.3), a server's are not; so only the latter can be shared between connections.
public enum FrameWriter {
    /// Appends one frame. `key` is the masking key in the order of memory, `nil` from a server;
    /// `isFinal` is `false` when more fragments of the message follow (§5.4); `isPacked` says that
    /// the message is compressed (RFC 7692 §6).
    public static func append(
        _ opcode: Opcode,
        _ payload: RawSpan,
        key: UInt32? = nil,
        isFinal: Bool = true,
        isPacked: Bool = false,
        to bytes: inout [UInt8]
    ) {
        let header = FrameHeader(
            isFinal: isFinal,
            reserved: isPacked ? FrameHeader.packedBit : 0,
            opcode: opcode,
            key: key,
            length: payload.byteCount
        )
        withUnsafeTemporaryAllocation(byteCount: FrameHeader.longest, alignment: 8) { place in
            guard let start = place.baseAddress else { return }
            let size = header.write(to: start)
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: place[..<size]))
        }
        let begin = bytes.count
        payload.withUnsafeBytes { bytes.append(contentsOf: $0) }
        guard let key else { return }
        bytes.withUnsafeMutableBytes { all in
            Masking.apply(key, to: UnsafeMutableRawBufferPointer(rebasing: all[begin...]))
        }
    }

    /// One frame.
    public static func frame(
        _ opcode: Opcode,
        _ payload: [UInt8],
        key: UInt32? = nil,
        isFinal: Bool = true,
        isPacked: Bool = false
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + FrameHeader.longest)
        append(
            opcode,
            payload.span.bytes,
            key: key,
            isFinal: isFinal,
            isPacked: isPacked,
            to: &bytes
        )
        return bytes
    }

    /// The payload of a close frame (§5.5.1); empty without a code. A reason that would make the
    /// frame too long is cut between two characters.
    public static func closePayload(_ code: CloseCode?, reason: String = "") -> [UInt8] {
        guard let code else { return [] }
        var payload = [UInt8(code.rawValue >> 8), UInt8(truncatingIfNeeded: code.rawValue)]
        for scalar in reason.unicodeScalars {
            let encoded = UTF8.encode(scalar)
            guard let encoded, payload.count + encoded.count <= FrameHeader.longestControl else {
                break
            }
            payload.append(contentsOf: encoded)
        }
        return payload
    }
}
