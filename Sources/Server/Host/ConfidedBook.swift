internal import Ledger
internal import Rooms
internal import Wire

/// What was said in private channels: the newest messages of each.
struct ConfidedBook {
    typealias Line = RoomTextBook.Line

    /// Messages of one channel that a snapshot holds; earlier ones are fetched by HTTP.
    static let inSnapshot = 30

    private(set) var lines: [Channel: [Line]] = [:]
    /// Channels with messages in the log before the first of `lines`.
    private var trimmed: Set<Channel> = []

    mutating func append(_ line: Line, in channel: Channel) {
        lines[channel, default: []].append(line)
        guard let count = lines[channel]?.count, count >= 2 * Self.inSnapshot else { return }
        lines[channel]?.removeFirst(count - Self.inSnapshot)
        trimmed.insert(channel)
    }

    mutating func erase(_ sequence: UInt64) {
        for (channel, said) in lines {
            guard let index = said.firstIndex(where: { $0.sequence == sequence }) else { continue }
            lines[channel]?[index].content = nil
        }
    }

    func holds(where isTold: (Channel, Line) -> Bool) -> Bool {
        lines.contains { channel, said in said.contains { isTold(channel, $0) } }
    }

    /// `confided` in order, and `confidedMore`: the channels that have earlier messages.
    /// `isTold` says of each message whether it was for the reader.
    func write(to object: inout JSONWriter, where isTold: (Channel, Line) -> Bool) {
        var shown: [Line] = []
        var longer: [String] = []
        for (channel, said) in lines {
            let told = said.filter { isTold(channel, $0) }
            guard !told.isEmpty else { continue }
            shown += told.suffix(Self.inSnapshot)
            if trimmed.contains(channel) || told.count > Self.inSnapshot {
                longer.append(channel.name)
            }
        }
        object.member(
            "confided",
            array: { array in
                for line in shown.sorted(by: { $0.sequence < $1.sequence }) {
                    array.object { line.write(to: &$0) }
                }
            }
        )
        object.member(
            "confidedMore",
            array: { array in for name in longer.sorted() { array.string(name) } }
        )
    }
}

extension RoomHost {
    /// What the member was told in the private channels that it still reads; whoever was told
    /// nothing does not learn that anything was said. Staff has all of it in its snapshot.
    func writeConfided(to member: MemberID, _ membership: Membership, to you: inout JSONWriter) {
        guard !membership.roles.readsAsStaff else { return }
        let isTold = { (channel: Channel, line: RoomTextBook.Line) in
            line.address.told.contains(member) && self.durable.reads(channel, member)
        }
        guard texts.confided.holds(where: isTold) else { return }
        texts.confided.write(to: &you, where: isTold)
    }
}
