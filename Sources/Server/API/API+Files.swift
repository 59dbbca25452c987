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

    /// A page image: kept by its digest, typed by its own bytes.
    func upload(to room: RoomID, _ request: Request) async throws(WireError) -> Response {
        _ = try caller.signedIn()
        let reading = try await reading(room)
        guard reading.reader.sees(.staff) || reading.reader.sees(.role(Role.presenter.rawValue))
        else {
            throw WireError(Rejection.notPermitted(needs: [.moderator, .presenter]))
        }
        let image: ImageUpload
        do throws(ImageUpload.Fault) {
            image = try ImageUpload(request.body)
        } catch {
            let sentence =
                "a page is a PNG, JPEG or WebP image of at most \(ImageUpload.sideLimit) pixels a side"
            throw WireError(.fileUnsupported, sentence)
        }
        let bytes = request.body
        let file = try await stored {
            guard try world.store.people.fileCount(in: room) < Self.filesPerRoom else {
                return nil as SlideFile?
            }
            return try await world.keep(bytes, image, in: room)
        }
        guard let file else { throw WireError(.fileTooMany, "the room keeps no more files") }
        return json(status: .created) { writer in
            file.write(to: &writer)
            writer.member("bytes", bytes.count)
        }
    }

    /// A file of a room, for whoever may read the room; it never changes.
    func file(
        _ name: String,
        in room: RoomID,
        _ request: Request
    ) async throws(WireError) -> Response {
        guard world.directory.contains(room) else { throw .noSuchRoom }
        do {
            guard let digest = Digest(hex: name),
                let record = try world.store.people.file(digest, in: room),
                let tag = EntityTag(name)
            else { throw WireError(.notFound, "there is no such file in this room") }
            var response = Response(type: MediaType(record.type), body: [])
            response.fields[.eTag] = tag.text
            response.fields[.cacheControl] = "private, max-age=31536000, immutable"
            if tag.isNamed(byIfNoneMatch: request.fields) {
                response.status = .notModified
                return response
            }
            guard let bytes = try await world.store.blobs.read(digest) else {
                throw WireError(.notFound, "the file is gone")
            }
            response.body = bytes
            return response
        } catch let error as WireError {
            throw error
        } catch {
            world.log.error("a file could not be read", metadata: ["cause": "\(error)"])
            throw .unavailable("storage")
        }
    }
}

extension World {
    /// Keeps a page image of a room.
    func keep(_ bytes: [UInt8], _ image: ImageUpload, in room: RoomID) async throws -> SlideFile {
        let digest = try await store.blobs.keep(bytes)
        let record = FileRecord(
            room: room,
            digest: digest,
            type: image.type,
            width: image.width,
            height: image.height,
            size: bytes.count
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
