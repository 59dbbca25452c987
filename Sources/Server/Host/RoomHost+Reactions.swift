internal import Ledger
internal import Rooms
internal import Transport
internal import Wire

extension RoomHost {
    /// Counts a reaction for the next signal, and answers at once: nothing of it is kept.
    func react(_ reaction: Reaction, by actor: Actor, on connection: ConnectionID, id: String) {
        if let refusal = durable.refusalToReact(by: actor) {
            tellAtOnce(.socket(connection, id: id), .failure(WireError(refusal)))
            return
        }
        // Whoever hammers a button counts once a signal.
        if case .member(let member) = actor { reactions[reaction, default: []].insert(member) }
        acknowledge(id, on: connection)
    }

    /// The answer to what is kept nowhere.
    func acknowledge(_ id: String, on connection: ConnectionID) {
        withPublishing { $0.direct.append((connection, ServerMessage.answer(to: id) { _ in })) }
    }

    /// Keeps where it points for the next signal, and answers at once.
    func point(_ pointer: Pointer, by actor: Actor, on connection: ConnectionID, id: String) {
        if let refusal = durable.refusal(to: pointer, by: actor, at: now()) {
            tellAtOnce(.socket(connection, id: id), .failure(WireError(refusal)))
            return
        }
        self.pointer = pointer
        acknowledge(id, on: connection)
    }

    /// The signal `pointer`: where it points now, if it moved since the last one.
    func takePointer() -> [ReaderClass: [UInt8]] {
        guard let pointer else { return [:] }
        self.pointer = nil
        let bytes = ServerMessage.signal("pointer", in: id) { signal in
            signal.member("slot", pointer.slot.description)
            signal.member("page", pointer.page)
            signal.member("x", pointer.x)
            signal.member("y", pointer.y)
        }
        return toldInside(bytes)
    }

    /// The signal `reactions`: how many members showed what since the last one.
    func takeReactions() -> [ReaderClass: [UInt8]] {
        let shown = reactions
        reactions = [:]
        guard !shown.isEmpty else { return [:] }
        let bytes = ServerMessage.signal("reactions", in: id) { signal in
            for (reaction, members) in shown.sorted(by: { $0.key < $1.key }) {
                signal.member(reaction.rawValue, members.count)
            }
        }
        return toldInside(bytes)
    }

    /// Behind a closed door those outside see neither reactions nor slides.
    private func toldInside(_ bytes: [UInt8]) -> [ReaderClass: [UInt8]] {
        let readers = audience.keys.filter { durable.shows(to: $0) }
        return Dictionary(uniqueKeysWithValues: readers.map { ($0, bytes) })
    }
}
