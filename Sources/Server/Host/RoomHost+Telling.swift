internal import Ledger
internal import Rooms
internal import Transport
internal import Wire

extension RoomHost {
    /// Tells when every event that it was decided on is durable.
    func tell(_ replyTo: ReplyTo, _ result: Result<Answer, WireError>) {
        if case .nobody = replyTo { return }
        wait(.reply(replyTo, result))
    }

    /// Settles it with the newest batch, or at once where nothing is under way.
    func wait(_ pending: Batch.Pending) {
        if gathering != nil {
            gathering?.pending.append(pending)
        } else if let last = underWay.indices.last {
            underWay[last].pending.append(pending)
        } else {
            settle(pending)
        }
    }

    func settle(_ pending: Batch.Pending) {
        switch pending {
        case .reply(let replyTo, let result): tellAtOnce(replyTo, result)
        case .join(let call): complete(call)
        }
    }

    func tellAtOnce(_ replyTo: ReplyTo, _ result: Result<Answer, WireError>) {
        switch replyTo {
        case .nobody: return
        case .call(let call): call(result)
        case .socket(let connection, let id):
            let bytes =
                switch result {
                case .success(let answer): ServerMessage.answer(to: id) { answer.write(to: &$0) }
                case .failure(let error): ServerMessage.refusal(to: id, error)
                }
            withPublishing { $0.direct.append((connection, bytes)) }
        }
    }

    /// A segment to publish or answer in: not one in which somebody joined already, since whoever
    /// joined has everything before; nor one that ends streams, since those are told nothing after.
    func withPublishing(_ body: (inout Segment) -> Void) {
        let isOpen = output.segments.last.map { $0.joined.isEmpty && $0.restarts.isEmpty }
        if isOpen != true { output.segments.append(Segment()) }
        body(&output.segments[output.segments.count - 1])
    }

    /// A segment to join in: not one that ends streams, since whoever joins has the change already.
    func withJoining(_ body: (inout Segment) -> Void) {
        if !(output.segments.last?.restarts.isEmpty ?? false) { output.segments.append(Segment()) }
        body(&output.segments[output.segments.count - 1])
    }

    /// A signal to all who follow.
    func signal(_ name: String, data: (inout JSONWriter) -> Void = { _ in }) {
        let bytes = ServerMessage.signal(name, in: id, data: data)
        for reader in audience.keys {
            withPublishing { $0.published[reader, default: []].append(bytes) }
        }
    }

    /// The room as a class sees it, made once for all who join at this event.
    func snapshot(for reader: ReaderClass) -> [UInt8] {
        if let known = snapshots[reader], known.sequence == durable.sequence { return known.bytes }
        let bytes = Snapshot.bytes(of: durable, texts, for: reader)
        snapshots[reader] = (durable.sequence, bytes)
        return bytes
    }

    /// One more connection of that class and member follows.
    func entered(_ reader: ReaderClass, _ member: MemberID?) {
        if let member { present[member, default: 0] += 1 }
        audience[reader, default: 0] += 1
        viewership.came(member, making: here, at: now())
    }

    /// The message of a recent event for a class.
    func message(at index: Int, for reader: ReaderClass) -> [UInt8]? {
        recent[index].message(for: reader, counting: &encodings)
    }
}
