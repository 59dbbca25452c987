internal import CZlib

/// Whole files as gzip (RFC 1952), for answers that were compressed beforehand.
public enum Gzip {
    /// One member without a name or a time, so that the same bytes give the same file. `level` is 1
    /// (fastest) to 9 (smallest).
    /// - Throws: `CompressionError.library` when the level is another one or memory is out.
    public static func compress(
        _ bytes: [UInt8],
        level: Int32 = 9
    ) throws(CompressionError) -> [UInt8] {
        var stream = z_stream()
        // 16 above the window's 15 bits asks zlib for gzip's header and trailer.
        let begun = deflateInit2_(
            &stream,
            level,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard begun == Z_OK else { throw .library(code: begun) }
        defer { deflateEnd(&stream) }
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var input = bytes
        let code = input.withUnsafeMutableBufferPointer { from in
            packed.withUnsafeMutableBufferPointer { to in
                stream.next_in = from.baseAddress
                stream.avail_in = UInt32(clamping: from.count)
                stream.next_out = to.baseAddress
                stream.avail_out = UInt32(clamping: to.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END else { throw .library(code: code) }
        packed.removeLast(Int(stream.avail_out))
        return packed
    }
}
