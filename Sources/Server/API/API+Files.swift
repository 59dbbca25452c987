internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

extension API {
    /// Images that one room may keep.
    private static let filesPerRoom = 5_000

    /// Whether the caller may add a page image to a room; asked before its bytes are read.
    func checkUpload(to room: RoomID) async throws(WireError) {
        _ = try caller.signedIn()
        let reading = try await reading(room)
        try reading.requireSignature()
        guard !reading.roles.isDisjoint(with: [.moderator, .presenter]) else {
            throw WireError(Rejection.notPermitted(needs: [.moderator, .presenter]))
        }
        let count = try await stored { try world.store.people.fileCount(in: room) }
        guard count < Self.filesPerRoom else {
            throw WireError(.fileTooMany, "the room keeps no more files")
        }
    }

    /// A page image that came: kept by its digest, typed by its own bytes.
    func upload(to room: RoomID, _ sink: SlideSink) async throws(WireError) -> Response {
        // Rights may have gone while the bytes came.
        try await checkUpload(to: room)
        guard let image = sink.image else { throw .notAnImage }
        let size = sink.size
        let file = try await stored {
            let digest = try await world.store.blobs.keep(sink.upload)
            return try await world.record(digest, image, size: size, in: room)
        }
        return json(status: .created) { writer in
            file.write(to: &writer)
            writer.member("bytes", size)
        }
    }

    /// A file of a room, for whoever may read the room; it never changes.
    func file(
        _ name: String,
        in room: RoomID,
        _ request: Request
    ) async throws(WireError) -> Response {
        guard world.directory.contains(room) else { throw .noSuchRoom }
        let reading = try await reading(room)
        guard !reading.isClosed || reading.member != nil else {
            throw WireError(Rejection.notAdmitted)
        }
        try reading.requireSignature()
        do {
            guard let digest = Digest(hex: name),
                let record = try world.store.people.file(digest, in: room),
                let tag = EntityTag(name)
            else { throw WireError(.notFound, "there is no such file in this room") }
            guard let file = try await world.store.blobs.open(digest) else {
                throw WireError(.notFound, "the file is gone")
            }
            if request.head.method == .get { try await disclose(name, in: room, to: reading) }
            let representation = Representation(
                source: .file(KeptFile(file, log: world.log)),
                type: MediaType(record.type),
                validators: Validators(
                    tag: tag,
                    modified: HTTPDate(secondsSinceEpoch: file.modified)
                ),
                fields: [
                    // Of a closed matter nothing stays on a machine that others use, too.
                    .cacheControl: reading.isMatter
                        ? "no-store" : "private, max-age=31536000, immutable"
                ]
            )
            return representation.response(to: request.head, now: HTTPDate(world.clock.now()))
        } catch let error as WireError {
            throw error
        } catch {
            world.log.error("a file could not be read", metadata: ["cause": "\(error)"])
            throw .unavailable("storage")
        }
    }
}

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

extension WireError {
    static let notAnImage = WireError(ImageUpload.Fault.unknown)

    init(_ fault: ImageUpload.Fault) {
        switch fault {
        case .unknown:
            self.init(.fileUnsupported, "a page is a PNG, JPEG or WebP image")
        case .tooLarge(let width, let height, let limit):
            self.init(
                .fileTooManyPixels,
                "a page has at most \(limit) pixels a side",
                [
                    JSON.Member("width", .integer(Int64(width))),
                    JSON.Member("height", .integer(Int64(height))),
                    JSON.Member("limit", .integer(Int64(limit))),
                ]
            )
        }
    }
}

extension World {
    /// Keeps a page image of a room.
    func keep(_ bytes: [UInt8], _ image: ImageUpload, in room: RoomID) async throws -> SlideFile {
        let digest = try await store.blobs.keep(bytes)
        return try await record(digest, image, size: bytes.count, in: room)
    }

    /// Notes that a room has a file whose bytes are kept.
    func record(
        _ digest: Digest,
        _ image: ImageUpload,
        size: Int,
        in room: RoomID
    ) async throws -> SlideFile {
        let record = FileRecord(
            room: room,
            digest: digest,
            type: image.type,
            width: image.width,
            height: image.height,
            size: size
        )
        try await store.people.add(record)
        return SlideFile(
            file: digest.hex,
            type: image.type,
            width: image.width,
            height: image.height
        )
    }
}
