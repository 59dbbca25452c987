internal import Ledger
internal import Logging
internal import Rooms
internal import Storage
internal import Synchronization

/// Brings what rooms' logs say into the index of words, behind what is live: a shard only notes that a
/// room has something new, and what there is is read from the log. So nothing of it is lost by a crash,
/// and nothing waits but the names of rooms.
final class SearchFeeder: Sendable {
    /// Events that are read at once.
    private static let stretch = 256
    /// What comes in so short a time is taken over together.
    private static let pause = Duration.milliseconds(200)
    private static let pauseAfterFailure = Duration.seconds(5)

    /// How far reading all logs is, in events.
    struct Progress: Equatable, Sendable {
        var done: UInt64
        var of: UInt64
    }

    private let waiting = Mutex<Set<RoomID>>([])
    private let reading = Mutex<Progress?>(Progress(done: 0, of: 0))
    private let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init() {
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// `nil` once all that stood in the logs at the start is found.
    var progress: Progress? { reading.withLock { $0 } }

    /// The room's log has something new. On any thread; it waits for nothing.
    func note(_ room: RoomID) {
        let isFirst = waiting.withLock { waiting in
            defer { waiting.insert(room) }
            return waiting.isEmpty
        }
        if isFirst { bell.yield() }
    }

    /// Reads on until its task is cancelled.
    func run(in world: World) async {
        let rooms = world.directory.all.map(\.room)
        await measure(rooms, in: world)
        for room in rooms where !Task.isCancelled { await read(room, in: world) }
        reading.withLock { $0 = nil }
        for await _ in bells {
            do { try await Task.sleep(for: Self.pause) } catch { return }
            let rooms = waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            for room in rooms where !Task.isCancelled { await read(room, in: world) }
        }
    }

    private func measure(_ rooms: [RoomID], in world: World) async {
        for room in rooms where !Task.isCancelled {
            do {
                let end = try await world.store.head(of: room)?.sequence ?? 0
                let known = try await world.store.search.sequence(of: room)
                reading.withLock { $0?.of += end > known ? end - known : 0 }
            } catch {
                continue  // It is only told how far it is.
            }
        }
    }

    /// Takes over what the index lacks of a room.
    private func read(_ room: RoomID, in world: World) async {
        do {
            while !Task.isCancelled, let read = try await readStretch(of: room, in: world) {
                reading.withLock { $0?.done += read }
            }
        } catch {
            guard !Task.isCancelled else { return }
            let metadata: Logger.Metadata = ["room": "\(room)", "cause": "\(error)"]
            world.log.warning("what was said is found later", metadata: metadata)
            do { try await Task.sleep(for: Self.pauseAfterFailure) } catch { return }
            note(room)
        }
    }

    /// - Returns: how many events there were; `nil` at the end of the log.
    private func readStretch(of room: RoomID, in world: World) async throws -> UInt64? {
        let index = world.store.search
        let after = try await index.sequence(of: room)
        let events = try await world.store.read(room, after: after, limit: Self.stretch)
        guard let last = events.last else { return nil }
        let redacted = try await world.withHost(of: room) { host, _, _ in
            host.durable.redactedParts
        }
        let facts = try await index.facts(of: room) ?? SearchRoom()
        var changes = SearchChanges(sequence: last.sequence, room: facts)
        for event in events.erasing(redacted) {
            guard let entry = Entry(event) else { continue }
            changes.take(entry)
            if case .slidesPlaced(let slot, _) = entry.recorded.event {
                try await takeSlides(entry, slot, room, into: &changes, in: world)
            }
        }
        try await index.apply(changes, to: room)
        return last.sequence - after
    }

    /// The words of a slot's pages stand beside their files; those of a closed matter are not taken.
    private func takeSlides(
        _ entry: Entry,
        _ slot: SlotID,
        _ room: RoomID,
        into changes: inout SearchChanges,
        in world: World
    ) async throws {
        let name = slot.description
        changes.replacedSlides.append(name)
        changes.documents.removeAll { $0.kind == .slide && $0.slot == name }
        guard case .slides(let files) = entry.texts, !changes.room.isMatter else { return }
        let digests = Set(files.compactMap(\.digest))
        let texts = try await world.store.people.texts(of: digests, in: room)
        let planned = changes.documents.first { $0.kind == .slot && $0.slot == name }?.field
        let stored = try await world.store.search.field(of: name, in: room)
        for (place, file) in files.enumerated() {
            guard let text = file.digest.flatMap({ texts[$0] }) else { continue }
            changes.documents.append(
                SearchDocument(
                    sequence: entry.recorded.sequence,
                    kind: .slide,
                    slot: name,
                    page: place + 1,
                    field: planned ?? stored,
                    at: entry.recorded.at,
                    readers: [changes.room.isClosed ? .members : .everyone],
                    text: text
                )
            )
        }
    }
}
