internal import Ledger
internal import Rooms
internal import Transport
internal import WebSocket
internal import Wire

// What many do at once is told as a count, a few times a second: votes of the open poll, reactions.
extension Hub {
    private static let tallyTick = 250  // milliseconds
    private static let reactionTick = 100  // milliseconds
    private static let pointerTick = 100  // milliseconds

    func keepTallies(of host: RoomHost, _ timers: inout RoomTimers, on shard: isolated Shard) {
        let room = host.id
        if timers.toldTally != host.tallyChanged, timers.tallyTimer == nil, host.here > 0 {
            timers.tallyTimer = shard.schedule(
                after: Self.pause(Self.tallyTick, for: host)
            ) { shard in
                (shard.application as? Hub)?.tellTally(of: room, on: shard)
            }
        }
        if !host.reactions.isEmpty, timers.reactionTimer == nil {
            timers.reactionTimer = shard.schedule(
                after: Self.pause(Self.reactionTick, for: host)
            ) { shard in
                (shard.application as? Hub)?.tellReactions(of: room, on: shard)
            }
        }
    }

    func keepPointer(of host: RoomHost, _ timers: inout RoomTimers, on shard: isolated Shard) {
        let room = host.id
        guard host.pointer != nil, timers.pointerTimer == nil else { return }
        timers.pointerTimer = shard.schedule(
            after: Self.pause(Self.pointerTick, for: host)
        ) { shard in
            guard let hub = shard.application as? Hub else { return }
            hub.timers[room]?.pointerTimer = nil
            guard let host = hub.host(of: room) else { return }
            hub.spread(host.takePointer(), in: room, on: shard)
        }
    }

    /// Counts the audience at most so often.
    func keepAttendance(of host: RoomHost, _ timers: inout RoomTimers, on shard: isolated Shard) {
        let room = host.id
        guard timers.attendanceTimer == nil, host.hasAttendanceToNote else { return }
        let pause = Duration.seconds(world.settings.attendanceSeconds)
        timers.attendanceTimer = shard.schedule(after: pause) { shard in
            guard let hub = shard.application as? Hub else { return }
            hub.timers[room]?.attendanceTimer = nil
            guard let host = hub.host(of: room) else { return }
            if host.hasAttendanceToNote { host.noteAttendance() }
            hub.touch(host)
        }
    }

    func lookBack(
        to page: Int,
        of slot: SlotID,
        _ id: String,
        in room: RoomID,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        inPassing(id, in: room, from: connection, on: shard) { host, _ in
            host.lookBack(to: page, of: slot, on: connection, id: id)
        }
    }

    /// Ten thousand votes within seconds are a few signals.
    private func tellTally(of room: RoomID, on shard: isolated Shard) {
        timers[room]?.tallyTimer = nil
        guard let host = host(of: room) else { return }
        timers[room]?.toldTally = host.tallyChanged
        spread(host.tally(), in: room, on: shard)
    }

    private func tellReactions(of room: RoomID, on shard: isolated Shard) {
        timers[room]?.reactionTimer = nil
        guard let host = host(of: room) else { return }
        spread(host.takeReactions(), in: room, on: shard)
    }

    func react(
        _ reaction: Reaction,
        _ id: String,
        in room: RoomID,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        inPassing(id, in: room, from: connection, on: shard) { host, actor in
            host.react(reaction, by: actor, on: connection, id: id)
        }
    }

    func point(
        _ pointer: Pointer,
        _ id: String,
        in room: RoomID,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        inPassing(id, in: room, from: connection, on: shard) { host, actor in
            host.point(pointer, by: actor, on: connection, id: id)
        }
    }

    /// Hands what is kept nowhere to the room's host, of whoever follows the room.
    private func inPassing(
        _ id: String,
        in room: RoomID,
        from connection: ConnectionID,
        on shard: isolated Shard,
        _ body: @escaping @Sendable (RoomHost, Actor) -> Void
    ) {
        guard let following = viewers[connection]?.following[room] else {
            let error = WireError(.roomNotJoined, "join the room first")
            shard.send(.text, ServerMessage.refusal(to: id, error), to: connection)
            return
        }
        let actor = following.member.map { Actor.member($0) } ?? .visitor
        onHost(of: room, on: shard) { hub, host, _ in
            body(host, actor)
            hub.touch(host)
        }
    }
}
