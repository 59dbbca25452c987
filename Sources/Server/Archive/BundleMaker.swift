internal import Archive
internal import Compression
internal import Ledger
internal import Media
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

/// Makes one bundle, file by file (docs/archive.md). What is whole is noted as it is written, so that a
/// bundle that a crash cut short goes on behind its last whole file. Blocks while the disk is written.
struct BundleMaker: Sendable {
    /// Where what goes in comes from.
    struct Record: Sendable {
        let server: String
        let room: RoomID
        let genesis: [UInt8]
        let key: Ed25519PrivateKey
        /// The bundle holds the log up to here.
        let checkpoint: SignedCheckpoint
        /// The next events after a number; none at the end.
        let read: @Sendable (UInt64) async throws -> [SealedEvent]
        let blob: @Sendable (Digest) async throws -> BlobFile?
        /// A recording as one file; `nil` where it holds nothing that plays.
        let media: @Sendable (RecordingID) async throws -> BlobFile?
        /// The page that plays the record without a server.
        var reader: ReaderPage?
    }

    /// Why there is no bundle.
    enum Failure: Error {
        case storage(StorageError)
        /// What was written does not pass the check.
        case unsound(BundleFault)
        /// A file of the record is gone.
        case lost(String)
        case tooLarge(String)
        case signing
        case cancelled
        case reading(String)
    }

    /// How far it is: bytes written, and about how many there will be.
    struct Progress: Sendable {
        var written: UInt64
        var about: UInt64
    }

    /// Bytes of a file that is made while its size is not known.
    private static let longest: UInt64 = UInt64(UInt32.max) - 1
    private static let piece = 1 << 20

    let record: Record
    let view: BundleView
    let scope: BundleScope
    let now: Timestamp
    /// Bytes after which what is whole is made durable and noted.
    var stride: UInt64 = 8 << 20

    private typealias Sink = ([UInt8]) throws -> Void

    private struct Item {
        let name: String
        /// Bytes, where they are known before.
        var size: UInt64?
        let write: (Sink) async throws -> Void

        init(_ name: String, size: UInt64? = nil, write: @escaping (Sink) async throws -> Void) {
            (self.name, self.size, self.write) = (name, size, write)
        }

        init(_ name: String, bytes: [UInt8]) {
            self.init(name, size: UInt64(bytes.count)) { try $0(bytes) }
        }
    }

    /// Makes it, or goes on with it, checks it, and gives it its name.
    func run(
        in folder: BundleFolder,
        as name: String,
        progress: @Sendable (Progress) -> Void
    ) async throws(Failure) {
        do {
            let replay = try await replay()
            let items = try await items(replay)
            var writing = try BundleWriting(folder, name, Self.plan(of: self))
            var done = Progress(
                written: writing.end,
                about: items.reduce(0) {
                    $0 + ($1.size ?? 1_024 * record.checkpoint.checkpoint.size)
                }
            )
            for item in items {
                guard !Task.isCancelled else { throw Failure.cancelled }
                if writing.has(item.name) { continue }
                try writing.begin(item.name, size: item.size)
                try await item.write { bytes in
                    guard !Task.isCancelled else { throw Failure.cancelled }
                    try writing.append(bytes)
                    done.written += UInt64(bytes.count)
                    progress(done)
                }
                guard item.size != nil || writing.size <= Self.longest else {
                    throw Failure.tooLarge(item.name)
                }
                try writing.endFile(durably: stride)
            }
            try seal(&writing, replay)
            try check(folder, name)
            try folder.finish(name)
        } catch let failure as Failure {
            throw failure
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .reading("\(error)")
        }
    }

    /// What a bundle that was begun must have been begun for, to be gone on with.
    private static func plan(of maker: BundleMaker) -> String {
        let size = maker.record.checkpoint.checkpoint.size
        return "bundle \(BundleManifest.version) \(maker.view.rawValue) \(maker.scope) \(size)"
    }

    private func sees(_ audience: Audience) -> Bool { view.sees(audience) }

    private func replay() async throws -> RecordReplay {
        var replay = RecordReplay(scope, sees: sees)
        try await events { replay.take($0) }
        return replay
    }

    /// Every event that the checkpoint covers, in order.
    private func events(_ body: (SealedEvent) throws -> Void) async throws {
        var last: UInt64 = 0
        let size = record.checkpoint.checkpoint.size
        while last < size {
            let page = try await record.read(last)
            guard let newest = page.last, newest.sequence > last else {
                throw Failure.reading("the log ends before event \(size)")
            }
            for event in page where event.sequence <= size { try body(event) }
            last = newest.sequence
        }
    }

    private func items(_ replay: RecordReplay) async throws -> [Item] {
        let chosen = replay.chosen
        let isOf = { (event: SealedEvent) in chosen?.contains(event.sequence) ?? true }
        var items = [
            Item("README.txt", bytes: Array(BundleReadme.text(of: record, view, scope).utf8)),
            Item(BundleManifest.logName) { try await writeLog(to: $0, isOf) },
            Item("checkpoint.txt", bytes: Array(record.checkpoint.note.utf8)),
        ]
        var transcripts = [Transcript.Language.chinese, .english].map {
            (language: $0, maker: TranscriptMaker(in: $0, zone: .china))
        }
        var captions = replay.languages.map { CaptionCues(language: $0, from: nil) }
        try await events { event in
            guard isOf(event) else { return }
            for index in transcripts.indices { transcripts[index].maker.take(event, visible: sees) }
            for index in captions.indices { captions[index].take([event], visible: sees) }
        }
        for (language, maker) in transcripts {
            let key = record.key.publicKey.fingerprint
            let text = maker.finished(room: record.room, key: key)
            let name = "transcript.\(language.rawValue)"
            items.append(Item("\(name).md", bytes: Array(text.utf8)))
            items.append(
                Item("\(name).html", bytes: PrintablePage.bytes(of: text, in: language.rawValue))
            )
        }
        for (language, cues) in zip(replay.languages, captions) {
            let bytes = WebVTT.document(cues.sorted, language: language)
            items.append(Item("captions.\(language).vtt", bytes: bytes))
        }
        if scope == .room, view.seesOutcome(of: replay.room) { items += outcome(of: replay) }
        if scope == .room, let page = record.reader { items.append(reader(page)) }
        for file in replay.files {
            guard let digest = Digest(hex: file.file), let blob = try await record.blob(digest)
            else { throw Failure.lost(file.file) }
            items.append(Self.item("files/\(file.file).\(file.ending)", blob))
        }
        for id in replay.recordings {
            guard let file = try await record.media(id) else { continue }
            items.append(Self.item("media/\(id).webm", file))
        }
        return items
    }

    /// The log as this view is shown it, of events of which it is about; of others the digests.
    private func writeLog(
        to sink: Sink,
        _ isOf: (SealedEvent) -> Bool = { _ in true }
    ) async throws {
        try sink(LogFile.start(room: record.room, genesis: record.genesis))
        try await events { event in
            let shown = isOf(event)
            try sink(LogLine.event(LogEvent(event) { shown && sees($0) }).bytes)
        }
        try sink(LogFile.end(record.checkpoint))
    }

    /// The record as a page: what makes it play, and the log within it.
    private func reader(_ page: ReaderPage) -> Item {
        Item("reader.html") { sink in
            try sink(page.head)
            try await writeLog(to: { try sink(ReaderPage.escape($0)) })
            try sink(page.tail)
        }
    }

    private func outcome(of replay: RecordReplay) -> [Item] {
        let key = record.key.publicKey.fingerprint
        let outcome = Outcome(of: record.room, replay.room, replay.texts, regions: [], key: key)
        var json = JSONWriter()
        json.object { outcome.write(to: &$0) }
        var items = [Item("outcome.json", bytes: json.bytes)]
        for language in [Transcript.Language.chinese, .english] {
            let name = "outcome.\(language.rawValue)"
            let text = outcome.markdown(in: language, zone: .china)
            items.append(Item("\(name).md", bytes: Array(text.utf8)))
            items.append(Item("\(name).csv", bytes: outcome.table(in: language).bytes))
        }
        return items
    }

    private static func item(_ name: String, _ file: BlobFile) -> Item {
        Item(name, size: UInt64(file.count)) { sink in
            var place = 0
            while place < file.count {
                let end = min(file.count, place + piece)
                try sink(try file.bytes(in: place..<end))
                place = end
            }
        }
    }

    /// Manifest, signature, directory.
    private func seal(_ writing: inout BundleWriting, _ replay: RecordReplay) throws {
        let manifest = BundleManifest(
            server: record.server,
            room: record.room,
            scope: scope,
            view: view,
            made: now,
            events: record.checkpoint.checkpoint.size,
            root: replay.root.root,
            sealed: replay.room.archival.seal?.sequence,
            files: writing.files
        )
        guard let note = try? BundleNote(of: manifest, signedBy: record.key) else {
            throw Failure.signing
        }
        try writing.add(BundleManifest.name, manifest.bytes)
        try writing.add(BundleManifest.noteName, Array(note.note.utf8))
        try writing.finish()
    }

    /// Reads all of it again, as a stranger would.
    private func check(_ folder: BundleFolder, _ name: String) throws {
        guard let file = try folder.unfinished(name) else { throw Failure.lost(name) }
        let verifier = BundleVerifier(key: record.key.publicKey.fingerprint)
        switch verifier.verify(BundleBytes(file)) {
        case .verified: return
        case .consistent: throw Failure.signing
        case .broken(let fault):
            try folder.remove(name)
            throw Failure.unsound(fault)
        }
    }
}

extension BundleView {
    func sees(_ audience: Audience) -> Bool {
        switch self {
        case .complete: true
        case .staff: ReaderClass(roles: [.moderator, .presenter]).sees(audience)
        case .members: ReaderClass(roles: [.audience]).sees(audience)
        case .everyone: ReaderClass.visitor.sees(audience)
        }
    }

    /// Who reads the outcome is a rule of the room.
    fileprivate func seesOutcome(of room: Room) -> Bool {
        switch (room.roadshow.rules.outcome, self) {
        case (_, .complete), (_, .staff), (.published, _), (.members, .members): true
        case (.members, .everyone), (.kept, _): false
        }
    }
}

extension SlideFile {
    /// How its name ends.
    fileprivate var ending: String {
        switch type {
        case "image/png": "png"
        case "image/jpeg": "jpg"
        case "image/webp": "webp"
        default: "bin"
        }
    }
}
