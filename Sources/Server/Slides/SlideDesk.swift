internal import Dispatch
internal import Foundation
internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Synchronization
internal import Wire

/// Makes slides of uploaded PDFs, one document after another, away from what is live.
final class SlideDesk: Sendable {
    /// Documents that wait at once.
    private static let limit = 50

    private let queue = DispatchQueue(label: "luyan.slides", qos: .utility)
    private let states = Mutex<[Place: State]>([:])

    /// Whose slides are made.
    struct Place: Hashable {
        let room: RoomID
        let slot: SlotID
    }

    enum State: Equatable {
        /// A presentation becomes a PDF first.
        case converting
        case making(done: Int, pages: Int)
        case failed(String)
        /// Placed, so many pages.
        case ready(Int)
    }

    /// How far the slot's newest document is; `nil` where none came since the start.
    func state(of place: Place) -> State? { states.withLock { $0[place] } }

    /// - Returns: `false` when too many wait, or the slot's slides are being made already.
    func begin(
        _ place: Place,
        from upload: BlobUpload,
        isPresentation: Bool,
        by speaker: Speaker,
        in world: World
    ) -> Bool {
        let isTaken = states.withLock { states -> Bool in
            if states[place]?.isRunning == true { return false }
            let waiting = states.values.count(where: \.isRunning)
            guard waiting < Self.limit else { return false }
            // What was told long ago is asked for by nobody any more.
            if states.count > 10_000 { states = states.filter { $0.value.isRunning } }
            states[place] = isPresentation ? .converting : .making(done: 0, pages: 0)
            return true
        }
        guard isTaken else { return false }
        Task {
            let outcome: State
            do {
                let source = try await upload.sealedPath()
                outcome = .ready(
                    try await self.make(place, from: source, isPresentation, by: speaker, in: world)
                )
            } catch {
                world.log.warning("slides were not made", metadata: ["cause": "\(error)"])
                outcome = .failed(Self.word(for: error))
            }
            self.states.withLock { $0[place] = outcome }
        }
        return true
    }

    private func make(
        _ place: Place,
        from source: String,
        _ isPresentation: Bool,
        by speaker: Speaker,
        in world: World
    ) async throws -> Int {
        let folder = URL(filePath: world.settings.data, directoryHint: .isDirectory)
            .appending(path: Self.folder).appending(path: try SecureRandom.bytes(8).hexText)
        let attributes = [FileAttributeKey.posixPermissions: 0o700]
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: attributes
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = isPresentation ? try await converted(source, in: folder) : source
        let document = try SlideDocument(file: file, folder: folder)
        let limit = RoomLimits().pages
        let pages = try await run { try document.pageCount(upTo: limit) }
        var files: [SlideFile] = []
        for page in 1...pages {
            states.withLock { $0[place] = .making(done: page - 1, pages: pages) }
            let (bytes, text) = try await run {
                (try document.image(ofPage: page), document.text(ofPage: page))
            }
            files.append(try await Self.keep(bytes, text, in: place.room, of: world))
        }
        let command = Command.placeSlides(place.slot, files)
        _ = try await world.perform(command, in: place.room, by: speaker)
        return pages
    }

    private func converted(_ source: String, in folder: URL) async throws -> String {
        guard let converter = PresentationConverter() else {
            throw SlideDocument.Failure.unavailable
        }
        return try await run { try converter.document(of: source, in: folder) }
    }

    /// Keeps a page's image, and its text beside it.
    private static func keep(
        _ bytes: [UInt8],
        _ text: String,
        in room: RoomID,
        of world: World
    ) async throws -> SlideFile {
        guard let file = try await world.keep(bytes, try ImageUpload(bytes), in: room) else {
            throw WireError.tooManyFiles(limit: world.settings.uploads.filesPerRoom)
        }
        if !text.isEmpty, let digest = Digest(hex: file.file) {
            try await world.store.people.setText(text, of: digest, in: room)
        }
        return file
    }

    /// Runs what waits for a program on a thread of its own.
    private func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }

    private static func word(for error: any Error) -> String {
        switch error {
        case let failure as SlideDocument.Failure: failure.word
        case is ImageUpload.Fault: "unreadable"
        case let refusal as WireError: refusal.code.rawValue
        case StorageError.full: "disk_full"
        default: "storage"
        }
    }

    /// Below the data folder: what programs work in.
    private static let folder = "work"

    /// Removes what an end in the middle left behind.
    static func clear(in settings: Settings) {
        let folder = URL(filePath: settings.data).appending(path: folder)
        try? FileManager.default.removeItem(at: folder)
    }
}

extension SlideDesk.State {
    fileprivate var isRunning: Bool {
        switch self {
        case .converting, .making: true
        case .failed, .ready: false
        }
    }

    /// `{"state", "done", "pages", "why"}`, what there is of it.
    func write(to object: inout JSONWriter) {
        switch self {
        case .converting: object.member("state", "converting")
        case .making(let done, let pages):
            object.member("state", "making")
            object.member("done", done)
            object.member("pages", pages)
        case .ready(let pages):
            object.member("state", "ready")
            object.member("pages", pages)
        case .failed(let why):
            object.member("state", "failed")
            object.member("why", why)
        }
    }
}
