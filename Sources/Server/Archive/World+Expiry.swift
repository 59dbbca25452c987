internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

// What becomes of a record whose time is over: its log stays as digests, everything else goes.
extension World {
    /// Takes away the records whose time is over, and goes on with what was not finished.
    func expireRecords() async {
        for summary in directory.all where summary.state == .archived {
            guard !Task.isCancelled else { return }
            do {
                _ = try await perform(.expire, in: summary.room, by: .server)
                let (isExpired, sequence) = try await withHost(of: summary.room) { host, _, _ in
                    (host.durable.archival.isExpired, host.durable.sequence)
                }
                guard isExpired, !archive.isErased(summary.room, upTo: sequence) else { continue }
                try await eraseRecord(of: summary.room)
                archive.noteErased(summary.room, upTo: sequence)
            } catch {
                log.error(
                    "an expired record was not erased",
                    metadata: ["room": "\(summary.room)", "cause": "\(error)"]
                )
            }
        }
    }

    /// Every text of the log, every file, every bundle. It may be called again at any point of it.
    private func eraseRecord(of room: RoomID) async throws {
        await archive.cancel(room)
        try store.bundles.bundles(of: room).removeAll()
        for id in try store.recordings.recordings(in: room) {
            let folder = store.recordings.recording(id, in: room)
            media.exports.forget(folder)
            try folder.remove()
        }
        var last: UInt64 = 0
        while case let page = try await store.read(room, after: last, limit: 256),
            let newest = page.last
        {
            let texts = page.map { (sequence: $0.sequence, parts: $0.textPlaces) }
                .filter { !$0.parts.isEmpty }
            if !texts.isEmpty { try await store.erase(texts, in: room) }
            last = newest.sequence
        }
        for file in try await store.people.forgetRecord(of: room) {
            try await store.removeUnlessNeeded(file)
        }
    }
}

extension SealedEvent {
    private static let texts = Array(#"{"texts":"#.utf8)

    /// The places of parts that hold texts and were not erased.
    fileprivate var textPlaces: [Int] {
        parts.indices.filter { parts[$0].part?.bytes.starts(with: Self.texts) ?? false }
    }
}
