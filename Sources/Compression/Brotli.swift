internal import CBrotli

/// Whole files as brotli (RFC 7932), for answers that were compressed beforehand.
public enum Brotli {
    /// One stream; the same bytes give the same stream. `quality` is 0 (fastest) to 11 (smallest).
    /// - Throws: `CompressionError.library` when the quality is another one or memory is out.
    public static func compress(
        _ bytes: [UInt8],
        quality: Int32 = 11
    ) throws(CompressionError) -> [UInt8] {
        // The library would take the nearest quality.
        guard (0...11).contains(quality) else { throw .library(code: quality) }
        var packed = [UInt8](
            repeating: 0,
            count: max(1, BrotliEncoderMaxCompressedSize(bytes.count))
        )
        var count = packed.count
        let isDone = packed.withUnsafeMutableBufferPointer { to in
            bytes.withUnsafeBufferPointer { from in
                BrotliEncoderCompress(
                    quality,
                    BROTLI_DEFAULT_WINDOW,
                    BROTLI_MODE_TEXT,
                    from.count,
                    from.baseAddress,
                    &count,
                    to.baseAddress
                )
            }
        }
        guard isDone == BROTLI_TRUE else { throw .library(code: 0) }
        packed.removeLast(packed.count - count)
        return packed
    }
}
