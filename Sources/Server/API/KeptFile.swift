internal import HTTP
internal import HTTPTypes
internal import Logging
internal import OpenSSL
internal import Storage
internal import Wire

/// A kept file as content; what keeps it from being read is noted where it can be mended.
final class KeptFile: ByteSource {
    private let file: BlobFile
    private let log: Logger

    init(_ file: BlobFile, log: Logger) {
        (self.file, self.log) = (file, log)
    }

    var count: Int { file.count }

    func bytes(in range: Range<Int>) throws -> [UInt8] {
        do {
            return try file.bytes(in: range)
        } catch {
            log.error("a file was not sent whole", metadata: ["cause": "\(error)"])
            throw error
        }
    }
}

extension API {
    /// What somebody uploaded, as the image that its first bytes say it is and as nothing else,
    /// whatever other kind of file its bytes could be taken for.
    /// - Throws: `not_found` when its bytes are gone, or what the disk did.
    func image(
        _ digest: Digest,
        typed type: String,
        caching: String,
        _ request: Request
    ) async throws -> Response {
        guard let tag = EntityTag(digest.hex), let file = try await world.store.blobs.open(digest)
        else { throw WireError(.notFound, "the file is gone") }
        let name = "\(digest.hex.prefix(12)).\(Self.suffixes[type] ?? "bin")"
        let representation = Representation(
            source: .file(KeptFile(file, log: world.log)),
            type: MediaType(type),
            validators: Validators(tag: tag, modified: HTTPDate(secondsSinceEpoch: file.modified)),
            fields: [
                .cacheControl: caching,
                // Opened as a document it can fetch, run and send nothing, and is of no origin.
                .contentSecurityPolicy: "default-src 'none'; sandbox",
                .xContentTypeOptions: "nosniff",
                .crossOriginResourcePolicy: "same-origin",
            ],
            contentFields: [.contentDisposition: "inline; filename=\"\(name)\""]
        )
        return representation.response(to: request.head, now: HTTPDate(world.clock.now()))
    }

    private static let suffixes = ["image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"]
}
