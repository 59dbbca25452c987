internal import Ledger
internal import Logging
internal import Rooms
internal import Storage
internal import Wire

/// What became of an erasure.
struct ErasureOutcome: Sendable {
    /// Texts and cards that went.
    var erased = 0
    /// Those that closed rooms keep, without anybody knowing whose they are.
    var kept = 0
    /// A room, or the store, could not take it now: it is tried again.
    var isPending = false
}

extension World {
    /// Takes a person's texts out of every room, and then the person. It may be called again at any
    /// point of it: what went is gone, and the rest follows.
    func erase(_ person: Person) async -> ErasureOutcome {
        var outcome = ErasureOutcome()
        var kept: [RoomID: Int] = [:]
        // Twice: what a socket had sent before it was closed may have come into a room after the first.
        for summary in directory.all + directory.all {
            // A server that stops does not wait for the rest.
            guard !Task.isCancelled else {
                outcome.isPending = true
                break
            }
            guard let member = person.member(in: summary.room) else { continue }
            do throws(WireError) {
                let found = try await forget(member, in: summary.room)
                outcome.erased += found.erased
                kept[summary.room] = found.kept
                guard try await forgetRecordings(of: member, in: summary.room) else {
                    outcome.isPending = true
                    continue
                }
            } catch {
                log.warning(
                    "an erasure goes on later",
                    metadata: ["room": "\(summary.room)", "cause": "\(error.code.rawValue)"]
                )
                outcome.isPending = true
            }
        }
        outcome.kept = kept.values.reduce(0, +)
        guard !outcome.isPending else { return outcome }
        do {
            let picture = try await store.people.erase(person.id)
            if let picture { await forget(picture) }
        } catch {
            log.warning("an erasure goes on later", metadata: ["cause": "\(error)"])
            outcome.isPending = true
        }
        return outcome
    }

    /// Goes on with what a restart or a full disk held up.
    func resumeErasures() async {
        do {
            for person in try await store.people.erasing() { _ = await erase(person) }
        } catch {
            log.warning("erasures go on later", metadata: ["cause": "\(error)"])
        }
    }

    /// - Throws: where the room cannot take it now.
    private func forget(
        _ member: MemberID,
        in room: RoomID
    ) async throws(WireError) -> (erased: Int, kept: Int) {
        let before = try await textsLeft(by: member, in: room)
        var left = before
        while left > 0 {
            guard !Task.isCancelled else { throw .unavailable("closing") }
            do throws(WireError) {
                _ = try await perform(.forget(member), in: room, by: .server)
            } catch {
                // A room that is over keeps its texts.
                guard error.code == .roomWrongState else { throw error }
                return (before - left, left)
            }
            left = try await textsLeft(by: member, in: room)
        }
        return (before, 0)
    }

    /// Takes away what somebody rehearsed or uploaded; what was live in a room stays its record.
    /// - Returns: whether nothing is left of it: what is being recorded ends first.
    private func forgetRecordings(
        of member: MemberID,
        in room: RoomID
    ) async throws(WireError) -> Bool {
        var isGone = true
        let names = try await stored { try store.recordings.recordings(in: room) }
        for id in names.compactMap({ RecordingID($0) }) {
            let folder = store.recordings.recording("\(id)", in: room)
            let head = try await stored { try folder.head().flatMap(RecordingHead.init) }
            guard let head, head.member == member else { continue }
            if let recorder = media.running(id, in: room) {
                media.finishRehearsal(recorder, at: clock.now())
                isGone = false
            } else {
                media.exports.forget(folder)
                try await stored { try folder.remove() }
            }
        }
        return isGone
    }

    private func textsLeft(by member: MemberID, in room: RoomID) async throws(WireError) -> Int {
        try await withHost(of: room) { host, _, _ in host.durable.countOfTextsLeft(by: member) }
    }
}
