internal import CZlib

/// Makes raw deflate streams (RFC 1951), flushed to a byte's border after each message.
public final class Deflater {
    /// zlib keeps pointers into it, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// What ends a flush (RFC 1951 §3.2.4: an empty stored block); RFC 7692 leaves it out.
    private static let tail: [UInt8] = [0, 0, 0xFF, 0xFF]

    /// - Parameters:
    ///   - level: 1 (fastest) to 9 (smallest).
    ///   - windowBits: 9...15: how far back references reach, as a power of two. It holds
    ///     4 x 2^windowBits bytes and, for its tables, 512 x 2^memoryLevel.
    ///   - memoryLevel: 1...9.
    /// - Throws: `CompressionError.library` for other numbers, or when memory is out.
    public init(
        level: Int = 1,
        windowBits: Int = 15,
        memoryLevel: Int = 8
    ) throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = deflateInit2_(
            stream,
            Int32(clamping: level),
            Z_DEFLATED,
            -Int32(clamping: windowBits),
            Int32(clamping: memoryLevel),
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        // `deinit` runs after this throw too.
        guard code == Z_OK else { throw .library(code: code) }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Forgets what came so far: the next message refers to nothing before it.
    public func reset() {
        deflateReset(stream)
    }

    /// Appends a message's blocks to `packed`, without the four bytes that every flush ends with
    /// (RFC 7692 §7.2.1).
    public func deflate(_ message: UnsafeRawBufferPointer, into packed: inout [UInt8]) {
        // zlib does not write through `next_in`; its type only lacks the `const`.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: message.bindMemory(to: UInt8.self).baseAddress
        )
        stream.pointee.avail_in = UInt32(clamping: message.count)
        let start = packed.count
        // Enough for one call: the flush of RFC 1951 adds a few bytes to zlib's own bound.
        var room = Int(deflateBound(stream, UInt(message.count))) + 16
        repeat {
            packed.append(addingCapacity: room) { span in
                span.withUnsafeMutableBufferPointer { place, count in
                    stream.pointee.next_out = place.baseAddress
                    stream.pointee.avail_out = UInt32(clamping: room)
                    _ = CZlib.deflate(stream, Z_SYNC_FLUSH)
                    count = room - Int(stream.pointee.avail_out)
                }
            }
            room = 4_096
        } while stream.pointee.avail_out == 0
        if packed.count - start >= 4, packed.suffix(4).elementsEqual(Self.tail) {
            packed.removeLast(4)
        }
        // An empty message after a flush has nothing to flush: its block is one byte (§7.2.3.6).
        if packed.count == start { packed.append(0) }
    }
}
