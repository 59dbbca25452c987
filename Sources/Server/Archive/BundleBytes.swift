public import Archive
public import Storage

/// A file as a bundle is read from it.
public struct BundleBytes: BundleSource {
    private let file: BlobFile

    public init(_ file: BlobFile) { self.file = file }

    public var byteCount: UInt64 { UInt64(file.count) }

    public func bytes(in range: Range<UInt64>) throws -> [UInt8] {
        try file.bytes(in: Int(range.lowerBound)..<Int(range.upperBound))
    }
}
