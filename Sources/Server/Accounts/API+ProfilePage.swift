internal import HTTP
internal import HTTPTypes
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport
internal import Wire

/// A person's own page and picture, and how others read them.
extension API {
    /// What an upload may be, where the caller may make it; asked before its bytes are read.
    func checkUpload(_ route: Route) async throws(WireError) -> UploadSettings.Limits {
        switch route {
        case .upload(let room):
            try await planUpload(to: room)
            return world.settings.uploads.slides
        default:
            _ = try owned()
            return world.settings.uploads.pictures
        }
    }

    /// A file that came, for what its address says.
    func take(_ route: Route, _ sink: any BodySink) async throws(WireError) -> Response {
        switch (route, sink) {
        case (.uploadRecording(let room, let slot), let recording as MarkedSink):
            return try await upload(to: room, of: slot, recording)
        case (.uploadSlides(let room, let slot), let document as MarkedSink):
            return try await takeSlides(to: room, of: slot, document)
        case (_, let image as ImageSink): return try await upload(route, image)
        default: throw WireError(.notFound, "there is nothing at this address")
        }
    }

    /// An image that came.
    private func upload(_ route: Route, _ sink: ImageSink) async throws(WireError) -> Response {
        try caller.require(route.access)
        if case .upload(let room) = route { return try await upload(to: room, sink) }
        return try await setPicture(sink)
    }

    /// A picture in place of the one before, whose bytes go at once.
    private func setPicture(_ sink: ImageSink) async throws(WireError) -> Response {
        let owner = try owned().person
        guard let image = sink.image else { throw .notAnImage }
        let size = sink.size
        let store = world.store
        let change = try await stored {
            try await store.blobs.keep(sink.upload) { digest in
                let picture = ProfilePage.Picture(
                    digest: digest,
                    type: image.type,
                    width: image.width,
                    height: image.height,
                    size: size
                )
                return try await store.people.setPicture(picture, ofPerson: owner.id)
            }
        }
        let page = try await settle(change)
        return json(status: .created) { page.write(to: &$0) }
    }

    func removePicture() async throws(WireError) -> Response {
        let owner = try owned().person
        let change = try await stored {
            try await world.store.people.setPicture(nil, ofPerson: owner.id)
        }
        _ = try await settle(change)
        return Response(status: .noContent)
    }

    /// Takes the bytes of a former picture away, unless somebody has the same.
    private func settle(
        _ change: (page: ProfilePage, former: Digest?)?
    ) async throws(WireError) -> ProfilePage {
        guard let change else {
            throw WireError(.accountRequired, "the account is gone")
        }
        if let former = change.former { await world.forget(former) }
        return change.page
    }

    /// `{"public"}`: whether others see the page.
    func changePage(_ request: Request) async throws(WireError) -> Response {
        let owner = try owned().person
        guard let isPublic = try object(request)["public"]?.flag else {
            throw .badAccount("public", "true or false")
        }
        let page = try await stored {
            try await world.store.people.setPublic(isPublic, ofPerson: owner.id)
        }
        guard let page else { throw WireError(.accountRequired, "the account is gone") }
        return json { page.write(to: &$0) }
    }

    // MARK: As others read it

    /// A page that the caller may see: a public one, or their own. Any other is not there.
    private func page(
        _ id: ProfilePage.ID
    ) async throws(WireError) -> (page: ProfilePage, owner: Person, account: Account) {
        let found = try await stored { try await world.store.people.page(id) }
        guard let found, found.page.isPublic || found.owner.id == caller.owner?.id else {
            throw WireError(.notFound, "there is no such page")
        }
        return found
    }

    func profilePage(_ id: ProfilePage.ID) async throws(WireError) -> Response {
        let (page, owner, account) = try await page(id)
        let organisations = try await stored {
            try await world.store.people.verifiedOrganisations(of: owner.id)
        }
        let isOwn = owner.id == caller.owner?.id
        return json { writer in
            page.write(to: &writer)
            writer.member("you", isOwn)
            writer.member("name", owner.typedCard.name)
            writer.member("profile", raw: Array(account.profile.utf8))
            writer.member(
                "organisations",
                array: { array in for one in organisations { array.object { one.write(to: &$0) } } }
            )
        }
    }

    func picture(
        ofPage id: ProfilePage.ID,
        _ request: Request
    ) async throws(WireError) -> Response {
        guard let picture = try await page(id).page.picture else {
            throw WireError(.notFound, "there is no picture")
        }
        do {
            // Asked for anew each time: it may have been taken away, or hidden.
            return try await image(
                picture.digest,
                typed: picture.type,
                caching: "private, no-cache",
                request
            )
        } catch let error as WireError {
            throw error
        } catch {
            world.log.error("a picture could not be read", metadata: ["cause": "\(error)"])
            throw .unavailable("storage")
        }
    }
}

extension World {
    /// Takes the bytes of a file away that somebody gave up, unless they are needed elsewhere. Where
    /// that fails they go with the next sweep.
    func forget(_ file: Digest) async {
        do throws(StorageError) {
            try await store.removeUnlessNeeded(file)
        } catch {
            log.warning("a file stays until the next sweep", metadata: ["cause": "\(error)"])
        }
    }
}

extension ProfilePage {
    /// Where its picture is; another address for another picture, so that no old one is shown.
    var pictureAddress: String? {
        picture.map { "/api/v1/people/\(id)/picture?v=\($0.digest.hex.prefix(16))" }
    }

    func write(to object: inout JSONWriter) {
        object.member("id", "\(id)")
        object.member("public", isPublic)
        object.member("picture", orNull: pictureAddress)
    }
}
