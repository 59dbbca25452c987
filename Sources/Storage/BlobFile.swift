import Glibc
import OpenSSL

/// A kept file, open to be read piece by piece; it stays readable when it is erased meanwhile.
public final class BlobFile: Sendable {
    /// In bytes.
    public let count: Int
    /// When it was kept, in seconds since 1970.
    public let modified: Int64
    private let file: Int32

    /// - Returns: `nil` when there is no such file.
    init?(path: String) throws(StorageError) {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw StorageError(errno: errno)
        }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            let code = errno
            close(file)
            throw StorageError(errno: code)
        }
        self.file = file
        count = Int(status.st_size)
        modified = Int64(status.st_mtim.tv_sec)
    }

    /// A file of anybody's; `nil` when there is none.
    public static func open(_ path: String) throws(StorageError) -> BlobFile? {
        try BlobFile(path: path)
    }

    deinit { close(file) }

    /// The bytes of a range within the file; blocks while the disk is read.
    /// - Throws: `corrupt` when the file is shorter than it was.
    public func bytes(in range: Range<Int>) throws(StorageError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var filled = 0
        while filled < bytes.count {
            let place = off_t(range.lowerBound + filled)
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, place)
            }
            guard read != 0 else { throw .corrupt }
            if read < 0 {
                if errno == EINTR { continue }
                throw StorageError(errno: errno)
            }
            filled += read
        }
        return bytes
    }

    /// The digest of the whole file, read in pieces.
    func digest() throws(StorageError) -> Digest {
        var state = SHA256()
        var place = 0
        while place < count {
            let end = min(count, place + 256 * 1024)
            state.update(try bytes(in: place..<end))
            place = end
        }
        return state.finalize()
    }
}
