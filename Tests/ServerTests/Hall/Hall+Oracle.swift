// What each follower must have been told by now, found from the log alone, without the host.
import Ledger
import OpenSSL
import Rooms
import Wire

@testable import Server
@testable import Transport

extension Hall {
    /// The room's state and texts by replay of the log up to an event.
    func replay(upTo sequence: UInt64) -> (room: Room, texts: RoomTextBook) {
        var room = Room(limits: host.durable.limits)
        var texts = RoomTextBook()
        for event in log.originals.prefix(Int(sequence)) {
            guard let entry = Entry(event) else { continue }
            room.apply(entry.recorded)
            texts.apply(entry.recorded, entry.texts)
        }
        return (room, texts)
    }

    /// The snapshot that a class must get at an event.
    func replayedSnapshot(for reader: ReaderClass, at sequence: UInt64) -> JSON? {
        let (room, texts) = replay(upTo: sequence)
        return try? JSONParser.parse(Snapshot.bytes(of: room, texts, for: reader))
    }

    /// What is wrong with what a follower was told, if anything is.
    func fault(of connection: ConnectionID) -> String? {
        let watcher = self[connection]
        if let fault = watcher.faults.first { return "\(connection): \(fault)" }
        guard let following = watcher.following else { return nil }
        let reader = following.reader
        guard reader == host.durable.readerClass(of: following.member) else {
            return "\(connection) reads as \(reader.roles)"
        }
        let wanted = expected(after: watcher.since.class) { reader.sees($0) }
        if let fault = difference(watcher.told, wanted) { return "\(connection): \(fault)" }
        guard let member = following.member else {
            return watcher.toldOwn.isEmpty ? nil : "\(connection): a visitor has nothing of its own"
        }
        let own = expected(after: watcher.since.own) { $0 == .member(member) }
        return difference(watcher.toldOwn, own).map { "\(connection), own: \($0)" }
    }

    private func expected(
        after sequence: UInt64,
        where sees: (Audience) -> Bool
    ) -> [Watcher.Told] {
        let durable = log.originals.prefix(Int(host.durable.sequence))
        return durable.dropFirst(Int(sequence)).compactMap { event in
            let parts = event.visibleParts(where: sees)
            guard !parts.isEmpty else { return nil }
            let bodies = parts.map { ($0.place, (try? JSONParser.parse($0.bytes)) ?? .null) }
            return Watcher.Told(
                sequence: event.sequence,
                parts: Dictionary(uniqueKeysWithValues: bodies)
            )
        }
    }

    /// A part may be missing where its text was removed before it was told.
    private func difference(_ told: [Watcher.Told], _ wanted: [Watcher.Told]) -> String? {
        guard told.map(\.sequence) == wanted.map(\.sequence) else {
            return "was told \(told.map(\.sequence)), not \(wanted.map(\.sequence))"
        }
        for (one, other) in zip(told, wanted) where one != other {
            var rest = other.parts
            for place in removed[one.sequence] ?? [] where one.parts[place] == nil {
                rest[place] = nil
            }
            guard one.parts == rest else { return "event \(one.sequence) was told as \(one.parts)" }
        }
        return nil
    }

    /// The parts that redactions in the log removed, by event.
    private var removed: [UInt64: [Int]] {
        var removed: [UInt64: [Int]] = [:]
        for event in log.originals {
            if case .contentRedacted(let sequence, let parts, _) = Entry(event)?.recorded.event {
                removed[sequence] = parts
            }
        }
        return removed
    }
}
