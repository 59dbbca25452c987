internal import Archive
internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Synchronization

/// Makes bundles, one after another, away from what is live.
final class ArchiveDesk: Sendable {
    /// Bundles that wait at once.
    private static let limit = 200

    /// A bundle of a room.
    struct Place: Hashable, Sendable {
        let room: RoomID
        let view: BundleView
        let scope: BundleScope

        init(room: RoomID, view: BundleView, scope: BundleScope) {
            (self.room, self.view, self.scope) = (room, view, scope)
        }

        /// The one of that name; `nil` where none is named so.
        init?(_ name: String, in room: RoomID) {
            let words = name.split(separator: "-", maxSplits: 2).map(String.init)
            guard let view = words.first.flatMap({ BundleView(rawValue: $0) }) else { return nil }
            guard words.count > 1 else {
                self.init(room: room, view: view, scope: .room)
                return
            }
            guard words.count == 3, let scope = BundleScope("\(words[1]):\(words[2])") else {
                return nil
            }
            self.init(room: room, view: view, scope: scope)
        }

        /// Its name in the room's folder.
        var name: String {
            switch scope {
            case .room: view.rawValue
            case .slot(let id): "\(view.rawValue)-slot-\(id)"
            case .question(let id): "\(view.rawValue)-question-\(id)"
            }
        }
    }

    enum State: Sendable, Equatable {
        /// Bytes written, and about how many there will be; 0 of 0 while it waits.
        case making(written: UInt64, about: UInt64)
        /// One word for the cause.
        case failed(String)
        case ready(bytes: Int, made: Int64)
    }

    private struct Job {
        var state: State
        let task: Task<Void, Never>?
    }

    private let jobs = Mutex<[Place: Job]>([:])
    /// The end of what was begun last: one after another.
    private let queue = Mutex<Task<Void, Never>?>(nil)

    /// Expired records of which all was found to be gone since the start, up to an event.
    private let erased = Mutex<[RoomID: UInt64]>([:])

    /// Changes of records, one after another: what a later one takes away is not made by an earlier one.
    private let changes = Mutex<Task<Void, Never>?>(nil)

    /// A room's record has changed.
    func changed(_ room: RoomID, in world: World) {
        changes.withLock { last in
            let before = last
            last = Task {
                await before?.value
                await world.recordChanged(in: room)
            }
        }
    }

    func isErased(_ room: RoomID, upTo sequence: UInt64) -> Bool {
        erased.withLock { $0[room] == sequence }
    }

    func noteErased(_ room: RoomID, upTo sequence: UInt64) {
        erased.withLock { $0[room] = sequence }
    }

    /// How far a bundle is; `nil` where none was begun.
    func state(of place: Place, in shelf: BundleShelf) throws(StorageError) -> State? {
        if let state = jobs.withLock({ $0[place]?.state }) { return state }
        guard let file = try shelf.bundles(of: place.room).file(place.name) else { return nil }
        return .ready(bytes: file.count, made: file.modified)
    }

    /// The bundles of a room that are being made, wait, or failed.
    func underWay(in room: RoomID) -> [Place] {
        jobs.withLock { jobs in
            jobs.keys.filter { $0.room == room }.sorted { $0.name < $1.name }
        }
    }

    /// Begins a bundle, unless it is being made.
    /// - Returns: `false` when too many wait.
    func begin(_ place: Place, in world: World) -> Bool {
        jobs.withLock { jobs in
            if case .making = jobs[place]?.state { return true }
            let waiting = jobs.values.count { if case .making = $0.state { true } else { false } }
            guard waiting < Self.limit else { return false }
            let task = queue.withLock { last in
                let before = last
                let task = Task.detached(priority: .utility) { [self] in
                    await before?.value
                    await make(place, in: world)
                }
                last = task
                return task
            }
            jobs[place] = Job(state: .making(written: 0, about: 0), task: task)
            return true
        }
    }

    /// Ends what is made of a room, and waits until it is ended: the room's record has changed.
    func cancel(_ room: RoomID) async {
        let ended = jobs.withLock { jobs -> [Task<Void, Never>] in
            let own = jobs.filter { $0.key.room == room }
            for place in own.keys { jobs[place] = nil }
            return own.values.compactMap(\.task)
        }
        for task in ended { task.cancel() }
        for task in ended { await task.value }
    }

    /// Ends everything; what was begun goes on at the next start.
    func stop() async {
        await changes.withLock { $0 }?.value
        let tasks = jobs.withLock { $0.values.compactMap(\.task) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func make(_ place: Place, in world: World) async {
        guard !Task.isCancelled else { return }
        do {
            let maker = try await world.bundleMaker(of: place)
            try await maker.run(
                in: world.store.bundles.bundles(of: place.room),
                as: place.name
            ) { progress in
                self.set(.making(written: progress.written, about: progress.about), of: place)
            }
            jobs.withLock { $0[place] = nil }
        } catch BundleMaker.Failure.cancelled {
            return
        } catch {
            world.log.error(
                "a bundle was not made",
                metadata: ["room": "\(place.room)", "name": "\(place.name)", "cause": "\(error)"]
            )
            set(.failed((error as? BundleMaker.Failure)?.word ?? "storage"), of: place)
        }
    }

    /// What was cancelled meanwhile stays so.
    private func set(_ state: State, of place: Place) {
        jobs.withLock { jobs in if jobs[place] != nil { jobs[place]?.state = state } }
    }
}

extension BundleMaker.Failure {
    /// One word for it, as clients are told.
    var word: String {
        switch self {
        case .storage(.full): "disk_full"
        case .storage, .reading: "storage"
        case .unsound: "unsound"
        case .lost: "lost"
        case .tooLarge: "too_large"
        case .signing: "signing"
        case .cancelled: "cancelled"
        }
    }
}

extension Archival {
    /// The view of those who read the record; `nil` where staff alone does.
    var sharedView: BundleView? {
        switch terms?.audience ?? .nobody {
        case .nobody: nil
        case .members: .members
        case .registered, .public: .everyone
        }
    }
}

extension World {
    /// What a bundle is made of, as the room stands now.
    func bundleMaker(of place: ArchiveDesk.Place) async throws -> BundleMaker {
        let room = place.room
        let (genesis, checkpoint) = try await withHost(of: room) { host, _, _ in
            (host.genesis, host.makeCheckpoint())
        }
        guard let checkpoint else { throw BundleMaker.Failure.signing }
        let record = BundleMaker.Record(
            server: store.serverName,
            room: room,
            genesis: genesis,
            key: store.key,
            checkpoint: checkpoint,
            read: { [store] in try await store.read(room, after: $0, limit: 256) },
            blob: { [store] in try await store.blobs.open($0) },
            media: { [store, media] id in
                let folder = store.recordings.recording("\(id)", in: room)
                return try await media.exports.file(of: folder)
            },
            reader: try ReaderPage(pages)
        )
        return BundleMaker(
            record: record,
            view: place.view,
            scope: place.scope,
            now: clock.now()
        )
    }

    /// The bundles that a sealed room has by itself: staff's, and its audience's.
    func ownBundles(of room: RoomID) async throws -> [ArchiveDesk.Place] {
        let (archival, isForeign) = try await withHost(of: room) { host, _, _ in
            (host.durable.archival, host.isForeign)
        }
        guard !isForeign, archival.seal != nil, !archival.isExpired else { return [] }
        return [.staff, archival.sharedView].compactMap(\.self).map {
            ArchiveDesk.Place(room: room, view: $0, scope: .room)
        }
    }

    /// The record of a room has changed: what was made of it is no more, and made again.
    fileprivate func recordChanged(in room: RoomID) async {
        await archive.cancel(room)
        do {
            try store.bundles.bundles(of: room).removeAll()
            for place in try await ownBundles(of: room) { _ = archive.begin(place, in: self) }
        } catch {
            log.error(
                "bundles were not made anew",
                metadata: ["room": "\(room)", "cause": "\(error)"]
            )
        }
    }

    /// After a start: goes on with what was begun, makes what is missing.
    func resumeBundles() async {
        for summary in directory.all where summary.state == .archived {
            do {
                let folder = store.bundles.bundles(of: summary.room)
                let finished = Set(try folder.finished())
                for place in try await ownBundles(of: summary.room)
                where !finished.contains(place.name) {
                    _ = archive.begin(place, in: self)
                }
            } catch {
                log.error(
                    "bundles were not gone on with",
                    metadata: ["room": "\(summary.room)", "cause": "\(error)"]
                )
            }
        }
    }
}
