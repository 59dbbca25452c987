internal import CZlib

/// Brings back raw deflate streams (RFC 1951) in pieces of any size. It holds 7 KiB and, from the
/// first byte on, its window.
public final class Inflater {
    /// zlib keeps pointers into it, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter windowBits: 8...15: how far back references may reach, as a power of two.
    /// - Throws: `CompressionError.library` for other numbers, or when memory is out.
    public init(windowBits: Int = 15) throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Negative: raw, without zlib's own header and trailer.
        let code = inflateInit2_(
            stream,
            -Int32(clamping: windowBits),
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        // `deinit` runs after this throw too.
        guard code == Z_OK else { throw .library(code: code) }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Forgets all that came so far, and what back references could reach.
    public func reset() {
        inflateReset(stream)
    }

    /// Appends to `bytes` what comes out of `piece`. A stream that says it has ended goes on with
    /// the next block and the same window (RFC 7692 §7.2.3.4). `limit` is the most bytes that
    /// `bytes` may have afterwards.
    /// - Throws: `malformed` or `tooLong`; `bytes` then has what came out before, and only
    ///   `reset` makes the inflater usable again.
    public func inflate(
        _ piece: UnsafeRawBufferPointer,
        into bytes: inout [UInt8],
        limit: Int
    ) throws(CompressionError) {
        // zlib does not write through `next_in`; its type only lacks the `const`.
        let source = UnsafeMutablePointer(
            mutating: piece.bindMemory(to: UInt8.self).baseAddress
        )
        stream.pointee.next_in = source
        stream.pointee.avail_in = UInt32(clamping: piece.count)
        // A first guess; it grows with what really comes out.
        var room = min(max(piece.count * 4, 512), 64 * 1024)
        while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0 {
            let left = limit - bytes.count
            let code = step(into: &bytes, room: min(room, left + 1))
            guard bytes.count <= limit else { throw .tooLong(limit: limit) }
            switch code {
            case Z_OK: break
            case Z_BUF_ERROR: return  // Nothing more can be done with what is there.
            case Z_STREAM_END: inflateResetKeep(stream)
            case Z_MEM_ERROR: throw .library(code: code)
            default: throw .malformed
            }
            room = min(room * 2, 1 << 20)
        }
    }

    /// One call of zlib's, with so much room for what comes out.
    private func step(into bytes: inout [UInt8], room: Int) -> Int32 {
        var code = Z_OK
        bytes.append(addingCapacity: room) { span in
            span.withUnsafeMutableBufferPointer { place, count in
                stream.pointee.next_out = place.baseAddress
                stream.pointee.avail_out = UInt32(clamping: room)
                code = CZlib.inflate(stream, Z_SYNC_FLUSH)
                count = room - Int(stream.pointee.avail_out)
            }
        }
        return code
    }
}
