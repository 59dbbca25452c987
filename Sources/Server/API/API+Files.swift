internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

extension API {
    /// Whether the caller may add a page image to a room; asked before its bytes are read.
    func checkUpload(to room: RoomID) async throws(WireError) {
        _ = try caller.signedIn()
        let reading = try await reading(room)
        try reading.requireSignature()
        guard !reading.roles.isDisjoint(with: [.moderator, .presenter]) else {
            throw WireError(Rejection.notPermitted(needs: [.moderator, .presenter]))
        }
    }

    /// The same, and whether the room may have one more: no bytes are taken in vain.
    func planUpload(to room: RoomID) async throws(WireError) {
        try await checkUpload(to: room)
        let count = try await stored { try world.store.people.fileCount(in: room) }
        let limit = world.settings.uploads.filesPerRoom
        guard count < limit else { throw .tooManyFiles(limit: limit) }
    }

    /// A page image that came: kept by its digest, typed by its own bytes.
    func upload(to room: RoomID, _ sink: ImageSink) async throws(WireError) -> Response {
        // Rights may have gone while the bytes came.
        try await checkUpload(to: room)
        guard let image = sink.image else { throw .notAnImage }
        let size = sink.size
        let file = try await stored {
            try await world.store.blobs.keep(sink.upload) { digest in
                try await world.record(digest, image, size: size, in: room)
            }
        }
        guard let file else {
            throw .tooManyFiles(limit: world.settings.uploads.filesPerRoom)
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
        let (reading, record) = try await readable(name, in: room)
        do {
            // Of a closed matter nothing stays on a machine that others use, too.
            let caching =
                reading.isMatter ? "no-store" : "private, max-age=31536000, immutable"
            let response = try await image(
                record.digest,
                typed: record.type,
                caching: caching,
                request
            )
            // An answer without content shows nothing: 304, 412, 416.
            if response.status.kind == .successful {
                try await disclose(name, in: room, to: reading, request)
            }
            return response
        } catch let error as WireError {
            throw error
        } catch {
            world.log.error("a file could not be read", metadata: ["cause": "\(error)"])
            throw .unavailable("storage")
        }
    }

    /// `GET /rooms/R/files/FILE/text`: the words on a page image, for whoever may be sent that image;
    /// of a closed matter they are noted as the image is.
    func text(
        of name: String,
        in room: RoomID,
        _ request: Request
    ) async throws(WireError) -> Response {
        let (reading, record) = try await readable(name, in: room)
        let text = try await stored {
            try await world.store.people.texts(of: [record.digest], in: room)[record.digest]
        }
        try await disclose(name, in: room, to: reading, request)
        var response = json { $0.member("text", text ?? "") }
        if reading.isMatter { response.fields[.cacheControl] = "no-store" }
        return response
    }

    /// What is known of a file of a room, where the caller may be sent it.
    private func readable(
        _ name: String,
        in room: RoomID
    ) async throws(WireError) -> (Reading, FileRecord) {
        let reading = try await insideReading(of: room)
        let record = try await stored {
            try Digest(hex: name).flatMap { try world.store.people.file($0, in: room) }
        }
        guard let record else { throw WireError(.notFound, "there is no such file in this room") }
        return (reading, record)
    }

    /// How the caller reads a room, where it sees what is inside: of a closed one as a member, of a
    /// closed matter once it signed.
    func insideReading(of room: RoomID) async throws(WireError) -> Reading {
        guard world.directory.contains(room) else { throw .noSuchRoom }
        let reading = try await reading(room)
        try reading.requireInside()
        try reading.requireSignature()
        return reading
    }
}

extension WireError {
    static let notAnImage = WireError(ImageUpload.Fault.unknown)

    static func tooManyFiles(limit: Int) -> WireError {
        let values = [JSON.Member("limit", .integer(Int64(limit)))]
        return WireError(.fileTooMany, "the room keeps at most \(limit) files", values)
    }

    init(_ fault: ImageUpload.Fault) {
        switch fault {
        case .unknown:
            self.init(.fileUnsupported, "only whole PNG, JPEG and WebP images are taken")
        case .tooLarge(let width, let height, let limit):
            self.init(
                .fileTooManyPixels,
                "an image has at most \(limit) pixels a side",
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
    /// Keeps a page image of a room; `nil` where the room has as many as it may have.
    func keep(_ bytes: [UInt8], _ image: ImageUpload, in room: RoomID) async throws -> SlideFile? {
        try await store.blobs.keep(bytes) { digest in
            try await record(digest, image, size: bytes.count, in: room)
        }
    }

    /// Notes that a room has a file whose bytes are kept; `nil` where it has as many as it may have.
    func record(
        _ digest: Digest,
        _ image: ImageUpload,
        size: Int,
        in room: RoomID
    ) async throws -> SlideFile? {
        let record = FileRecord(
            room: room,
            digest: digest,
            type: image.type,
            width: image.width,
            height: image.height,
            size: size
        )
        let limit = settings.uploads.filesPerRoom
        guard try await store.people.add(record, upTo: limit) else { return nil }
        return SlideFile(
            file: digest.hex,
            type: image.type,
            width: image.width,
            height: image.height
        )
    }
}
