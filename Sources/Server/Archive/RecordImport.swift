internal import Archive
public import Ledger
public import OpenSSL
internal import Rooms
public import Storage
internal import Wire

/// Takes another server's record into a data folder: its log as it is, slides, recordings. Such a room is
/// read and never written to; whoever runs the site reads it as staff. What was cut short is gone on
/// with by doing it again.
public struct RecordImport {
    /// Why a record was not taken.
    public enum Failure: Error, Sendable {
        case storage(StorageError)
        /// The bundle does not pass the check.
        case broken(String)
        /// It is not the whole record of a room.
        case notWhole
        /// A room of that id is there, with another log.
        case otherRoom(RoomID)
        /// This server's own record.
        case ownRoom(RoomID)
        case reading(String)
    }

    /// What was taken.
    public struct Summary: Sendable {
        public let room: RoomID
        public let events: UInt64
        public let files: Int
        public let recordings: Int
    }

    private static let batch = 256

    private let store: Store
    private let reader: BundleReader<BundleBytes>
    private let report: BundleReport
    private let file: BlobFile

    /// Imports the bundle at `path`, signed by the key of that fingerprint, into the folder of `options`,
    /// which no server may hold.
    public static func run(
        _ path: String,
        key: Digest,
        into options: Store.Options
    ) async throws(Failure) -> Summary {
        do {
            guard let file = try BlobFile.open(path) else {
                throw Failure.reading("there is no \(path)")
            }
            let report: BundleReport
            switch BundleVerifier(key: key).verify(BundleBytes(file)) {
            case .verified(let found): report = found
            case .consistent: throw Failure.broken("no key")
            case .broken(let fault): throw Failure.broken("\(fault)")
            }
            guard report.manifest.view == .complete, report.manifest.scope == .room else {
                throw Failure.notWhole
            }
            let store = try Store(options)
            do {
                let record = RecordImport(
                    store: store,
                    reader: try BundleReader(BundleBytes(file)),
                    report: report,
                    file: file
                )
                let summary = try await record.take()
                try await store.close()
                return summary
            } catch {
                try await store.close()
                throw error
            }
        } catch let failure as Failure {
            throw failure
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .reading("\(error)")
        }
    }

    private func take() async throws -> Summary {
        let room = report.manifest.room
        guard report.log.fingerprint != store.key.publicKey.fingerprint else {
            throw Failure.ownRoom(room)
        }
        var pages: [String: SlideFile] = [:]
        var spans: [RecordingID: (from: Timestamp, to: Timestamp)] = [:]
        try await takeLog(of: room) { event in
            guard let entry = Entry(event) else { return }
            switch (entry.recorded.event, entry.texts) {
            case (.slidesPlaced, .slides(let files)): for file in files { pages[file.file] = file }
            case (.recordingStarted(let id), _):
                spans[id] = (entry.recorded.at, entry.recorded.at)
            case (.recordingStopped(let id, _), _): spans[id]?.to = entry.recorded.at
            default: return
            }
        }
        var (files, recordings) = (0, 0)
        for entry in reader.entries {
            if entry.name.hasPrefix("files/") {
                files += try await takeFile(entry, pages, of: room) ? 1 : 0
            } else if entry.name.hasPrefix("media/"),
                let id = RecordingID(String(entry.name.dropFirst(6).prefix(16)))
            {
                try takeRecording(entry, id, spans[id], of: room)
                recordings += 1
            }
        }
        try keepBundle(of: room)
        return Summary(
            room: room,
            events: report.log.events,
            files: files,
            recordings: recordings
        )
    }

    /// Appends what is missing of the log, and tells of every event.
    private func takeLog(of room: RoomID, _ tell: (SealedEvent) -> Void) async throws {
        guard let log = reader.entries.first(where: { $0.name == BundleManifest.logName }) else {
            throw Failure.notWhole
        }
        let lines = try await lines(of: log)
        var last = try await store.head(of: room)?.sequence
        if last != nil {
            let known = try await store.genesis(of: room)
            guard case .start(_, let genesis) = lines.first, known == genesis else {
                throw Failure.otherRoom(room)
            }
        }
        var batch: [SealedEvent] = []
        for line in lines {
            switch line {
            case .start(_, let genesis):
                guard last == nil else { continue }
                try await store.createRoom(room, genesis: genesis, at: report.manifest.made)
                last = 0
            case .event(let event):
                let sealed = event.sealed(in: room)
                tell(sealed)
                guard sealed.sequence > last ?? 0 else { continue }
                batch.append(sealed)
                if batch.count >= Self.batch { try await append(&batch, to: room, after: &last) }
            case .checkpoint(let checkpoint):
                try await append(&batch, to: room, after: &last)
                try await store.keep(checkpoint)
            }
        }
    }

    private func lines(of log: ZipEntry) async throws -> [LogLine] {
        let bytes = try reader.content(of: log, upTo: UInt64(UInt32.max))
        var lines: [LogLine] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            lines.append(try LogLine(parsing: Array(line)))
        }
        return lines
    }

    /// Appends what was gathered, and begins to gather anew.
    private func append(
        _ events: inout [SealedEvent],
        to room: RoomID,
        after last: inout UInt64?
    ) async throws {
        guard let newest = events.last else { return }
        let request = AppendRequest(
            room: room,
            expecting: last ?? 0,
            epoch: store.epoch,
            events: events
        )
        let result = await withCheckedContinuation { continuation in
            store.append(request) { continuation.resume(returning: $0) }
        }
        if case .failure(let failure) = result { throw Failure.reading("\(failure)") }
        (events, last) = ([], newest.sequence)
    }

    private func takeFile(
        _ entry: ZipEntry,
        _ pages: [String: SlideFile],
        of room: RoomID
    ) async throws -> Bool {
        let name = String(entry.name.dropFirst(6).prefix { $0 != "." })
        guard let page = pages[name] else { return false }
        let bytes = try reader.content(of: entry, upTo: 256 << 20)
        let people = store.people
        return try await store.blobs.keep(bytes) { digest in
            let record = FileRecord(
                room: room,
                digest: digest,
                type: page.type,
                width: page.width,
                height: page.height,
                size: bytes.count
            )
            return try await people.add(record, upTo: BundleManifest.mostFiles)
        }
    }

    /// A recording as the one file that was made of it.
    private func takeRecording(
        _ entry: ZipEntry,
        _ id: RecordingID,
        _ span: (from: Timestamp, to: Timestamp)?,
        of room: RoomID
    ) throws {
        let folder = store.recordings.recording("\(id)", in: room)
        guard try folder.made(WebMExport.name) == nil else { return }
        let span = span ?? (report.manifest.made, report.manifest.made)
        let head = RecordingHead(kind: .live, begunAt: span.from)
        try folder.create(head: head.bytes)
        let made = try folder.make(WebMExport.name)
        var failure: (any Error)?
        _ = try reader.read(entry) { bytes in
            guard failure == nil else { return }
            do { try made.append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        try made.sync()
        try folder.writeEnd(RecordingEndNote(from: span.from, to: span.to).bytes)
        try folder.finish(WebMExport.name)
    }

    /// The bundle itself is this server's copy of the whole record: it cannot sign another.
    private func keepBundle(of room: RoomID) throws {
        let folder = store.bundles.bundles(of: room)
        let name = BundleView.complete.rawValue
        guard try folder.file(name) == nil else { return }
        try folder.remove(name)
        let copy = try folder.open(name)
        var place = 0
        while place < file.count {
            let end = min(file.count, place + (1 << 20))
            try copy.append(try file.bytes(in: place..<end))
            place = end
        }
        try copy.sync()
        try folder.finish(name)
    }
}
