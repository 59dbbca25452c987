internal import Ledger
internal import Rooms
internal import Wire

// Polls, with the results that a class of readers may see.
extension Snapshot {
    static func writePolls(
        of room: Room,
        _ texts: RoomTextBook,
        for reader: ReaderClass,
        to writer: inout JSONWriter
    ) {
        writer.member(
            "polls",
            array: { array in
                for (id, poll) in room.polls.sorted(by: { $0.key < $1.key }) {
                    array.object { object in
                        object.member("id", String(id))
                        object.member("seq", id)
                        object.member("by", "\(poll.by)")
                        object.member("at", poll.openedAt.milliseconds)
                        poll.frame.write(to: &object)
                        object.member("state", poll.state.rawValue)
                        object.member("closedAt", orNull: poll.closedAt?.milliseconds)
                        poll.writeResults(for: reader, to: &object)
                        if let words = texts.polls[id] {
                            words.write(to: &object)
                        } else {
                            object.member("removed", true)
                        }
                    }
                }
            }
        )
    }
}

extension Poll {
    /// Whether readers of that class see how it stands.
    private func showsResults(to reader: ReaderClass) -> Bool {
        switch state {
        case .open: frame.results == .live || reader.sees(.staff)
        case .closed: true
        case .cancelled: false
        }
    }

    /// `voters`, and `counts` where the class may see them.
    func writeResults(for reader: ReaderClass, to object: inout JSONWriter) {
        object.member("voters", voters)
        if showsResults(to: reader) { object.member("counts", numbers: counts) }
    }
}

extension RoomHost {
    /// The signal `poll.tally`: how the open poll stands, once for all votes since the last.
    func tally() -> [ReaderClass: [UInt8]] {
        guard let (id, poll) = durable.openPoll else { return [:] }
        var signals: [ReaderClass: [UInt8]] = [:]
        for reader in audience.keys where durable.shows(to: reader) {
            signals[reader] = ServerMessage.signal("poll.tally", in: self.id) { signal in
                signal.member("poll", String(id))
                poll.writeResults(for: reader, to: &signal)
            }
        }
        return signals
    }

    /// What the member chose in each poll that has results or will have them.
    func writeBallots(of member: MemberID, to you: inout JSONWriter) {
        let own = durable.polls.compactMapValues { $0.ballot(of: member) }
        guard !own.isEmpty else { return }
        you.member(
            "ballots",
            array: { array in
                for (id, ballot) in own.sorted(by: { $0.key < $1.key }) {
                    array.object { object in
                        object.member("poll", String(id))
                        object.member("choices", numbers: ballot.choices)
                    }
                }
            }
        )
    }
}
