internal import Ledger
internal import Rooms
internal import Transport
internal import WebSocket
internal import Wire

/// A segment ready to be sent: framed once for all shards.
struct Delivery: Sendable {
    var published: [(reader: ReaderClass, frame: SharedFrame)] = []
    var personal: [(member: MemberID, frame: SharedFrame)] = []
    var direct: [(connection: ConnectionID, bytes: [UInt8])] = []
    var joined: [Segment.Joined] = []
    var restarts: [MemberID] = []

    /// Deliveries of one room, in order, as few: what several of them publish goes to each connection
    /// in one write. The order within a delivery stays that of a segment, so nothing is merged behind
    /// those who joined or whose streams ended.
    static func merged(_ deliveries: [Delivery]) -> [Delivery] {
        var merged: [Delivery] = []
        var run: [Delivery] = []
        for delivery in deliveries {
            run.append(delivery)
            guard !delivery.joined.isEmpty || !delivery.restarts.isEmpty else { continue }
            merged.append(Delivery(joining: run))
            run = []
        }
        if !run.isEmpty { merged.append(Delivery(joining: run)) }
        return merged
    }
}

extension Delivery {
    init(_ segment: Segment, on shard: isolated Shard) {
        published = segment.published.map {
            ($0, shard.share(.text, ServerMessage.joined($1)))
        }
        personal = segment.personal.map { ($0, shard.share(.text, $1)) }
        direct = segment.direct
        joined = segment.joined
        restarts = segment.restarts
    }

    /// What a run of deliveries says, of which only the last may have joins and restarts.
    private init(joining run: [Delivery]) {
        var frames: [ReaderClass: [SharedFrame]] = [:]
        for (reader, frame) in run.flatMap(\.published) {
            frames[reader, default: []].append(frame)
        }
        published = frames.map { ($0, SharedFrame(joining: $1)) }
        personal = run.flatMap(\.personal)
        direct = run.flatMap(\.direct)
        joined = run.last?.joined ?? []
        restarts = run.last?.restarts ?? []
    }
}

extension Hub {
    /// Sends a room's segments on all shards, here first.
    func deliver(_ segments: [Segment], in room: RoomID, on shard: isolated Shard) {
        let deliveries = segments.map { Delivery($0, on: shard) }
        hand(deliveries, in: room, on: shard)
        for other in world.allShards where other.number != shard.number {
            other.post { shard in
                (shard.application as? Hub)?.arrived[room, default: []] += deliveries
            }
        }
    }

    /// Hands on what came in this wakeup from other shards: while one was handed to a crowd, others
    /// may have come.
    func handArrived(on shard: isolated Shard) {
        guard !arrived.isEmpty else { return }
        let rooms = arrived
        arrived = [:]
        for (room, deliveries) in rooms { hand(Delivery.merged(deliveries), in: room, on: shard) }
    }

    private func hand(_ deliveries: [Delivery], in room: RoomID, on shard: isolated Shard) {
        for delivery in deliveries {
            for (reader, frame) in delivery.published {
                guard let connections = followers[room]?.byClass[reader] else { continue }
                shard.broadcast(frame, to: connections)
            }
            for (member, frame) in delivery.personal {
                guard let connections = followers[room]?.byMember[member] else { continue }
                shard.broadcast(frame, to: connections)
            }
            for (connection, bytes) in delivery.direct where connection.shard == shard.number {
                shard.send(.text, bytes, to: connection)
            }
            for joined in delivery.joined where joined.connection.shard == shard.number {
                follow(joined, in: room, on: shard)
            }
            for member in delivery.restarts { restart(member, in: room, on: shard) }
        }
    }

    /// A frame that may be dropped, to all who follow the room on any shard.
    func spread(_ frame: SharedFrame, in room: RoomID, on shard: isolated Shard) {
        for other in world.allShards where other.number != shard.number {
            other.post { shard in
                (shard.application as? Hub)?.spreadHere(frame, in: room, on: shard)
            }
        }
        spreadHere(frame, in: room, on: shard)
    }

    /// The same, where each class is told something of its own.
    func spread(_ messages: [ReaderClass: [UInt8]], in room: RoomID, on shard: isolated Shard) {
        let frames = messages.mapValues { SharedFrame.text($0) }
        guard !frames.isEmpty else { return }
        for other in world.allShards where other.number != shard.number {
            other.post { shard in
                (shard.application as? Hub)?.spreadHere(frames, in: room, on: shard)
            }
        }
        spreadHere(frames, in: room, on: shard)
    }

    private func spreadHere(
        _ frames: [ReaderClass: SharedFrame],
        in room: RoomID,
        on shard: isolated Shard
    ) {
        for (reader, frame) in frames {
            guard let connections = followers[room]?.byClass[reader] else { continue }
            shard.broadcast(frame, to: connections, droppable: true)
        }
    }

    private func spreadHere(_ frame: SharedFrame, in room: RoomID, on shard: isolated Shard) {
        guard let followers = followers[room] else { return }
        for connections in followers.byClass.values {
            shard.broadcast(frame, to: connections, droppable: true)
        }
    }

    private func follow(_ joined: Segment.Joined, in room: RoomID, on shard: isolated Shard) {
        let connection = joined.connection
        unfollow(room, connection, on: shard)
        guard viewers[connection] != nil else {
            // It left while it joined.
            leave(room, joined.reader, joined.member, on: shard)
            return
        }
        let place = followers[room, default: Followers()].add(
            connection,
            joined.reader,
            joined.member
        )
        viewers[connection]?.following[room] = Viewer.Following(
            member: joined.member,
            reader: joined.reader,
            place: place
        )
        shard.send(.text, joined.bytes, to: connection)
    }

    /// The member's roles changed: its streams end, and its pages join anew.
    private func restart(_ member: MemberID, in room: RoomID, on shard: isolated Shard) {
        restartMedia(member, in: room, on: shard)
        let bytes = ServerMessage.signal("restart", in: room)
        for connection in followers[room]?.byMember[member] ?? [] {
            unfollow(room, connection, on: shard)
            shard.send(.text, bytes, to: connection)
        }
    }

    /// The connection no longer follows the room, if it did.
    func unfollow(_ room: RoomID, _ connection: ConnectionID, on shard: isolated Shard) {
        guard let following = viewers[connection]?.following.removeValue(forKey: room) else {
            return
        }
        if let moved = followers[room]?.remove(connection, following) {
            viewers[moved]?.following[room]?.place = following.place
        }
        if followers[room]?.isEmpty ?? false { followers[room] = nil }
        leave(room, following.reader, following.member, on: shard)
    }

    private func leave(
        _ room: RoomID,
        _ reader: ReaderClass,
        _ member: MemberID?,
        on shard: isolated Shard
    ) {
        onHost(of: room, on: shard) { hub, host, _ in
            host.left(reader, member)
            hub.touch(host)
        }
    }

    /// Runs `body` with the room's host: at once where it lives here, else on its shard.
    func onHost(
        of room: RoomID,
        on shard: isolated Shard,
        _ body: @escaping @Sendable (Hub, RoomHost, isolated Shard) -> Void
    ) {
        guard let home = world.home(of: room) else { return }
        if home.number == shard.number {
            guard let host = host(of: room) else { return }
            body(self, host, shard)
        } else {
            home.post { shard in
                guard let hub = shard.application as? Hub, let host = hub.host(of: room) else {
                    return
                }
                body(hub, host, shard)
            }
        }
    }
}
