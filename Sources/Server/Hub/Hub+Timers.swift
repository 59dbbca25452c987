internal import Ledger
internal import Logging
internal import Rooms
internal import Storage
internal import Transport
internal import WebSocket
internal import Wire

/// What a room waits for.
struct RoomTimers {
    /// The clock's deadline that a timer stands for.
    var deadline: Timestamp?
    var deadlineTimer: TimerID?
    /// How many were told to be here.
    var toldHere = -1
    var presenceTimer: TimerID?
    /// How much of the log the last checkpoint that was sent covers.
    var toldSize: UInt64 = 0
    /// The change of the queue that was told last.
    var toldQueue: UInt64 = 0
    var queueTimer: TimerID?
    /// The change of the counts of intents that was told last.
    var toldInterest: UInt64 = 0
    var interestTimer: TimerID?
    var checkpointTimer: TimerID?
    /// The vote up to which the open poll's tally was told.
    var toldTally: UInt64 = 0
    var tallyTimer: TimerID?
    var reactionTimer: TimerID?
    var attendanceTimer: TimerID?
    var pointerTimer: TimerID?
}

extension Hub {
    /// Presence is told at most so often, checkpoints at most so often, and to a crowd less often:
    /// either costs a room at most so many messages a second.
    private static let presenceTick = 100  // milliseconds
    private static let checkpointTick = 1_000  // milliseconds
    private static let queueTick = Duration.milliseconds(250)
    private static let interestTick = 1_000  // milliseconds
    private static let signalsPerSecond = 10_000

    static func pause(_ tick: Int, for host: RoomHost) -> Duration {
        .milliseconds(max(tick, host.here * 1_000 / signalsPerSecond))
    }

    func keepTimers(of host: RoomHost, on shard: isolated Shard) {
        let room = host.id
        var timers = timers[room] ?? RoomTimers()
        let deadline = host.nextDeadline
        if timers.deadline != deadline {
            if let old = timers.deadlineTimer { shard.cancel(old) }
            timers.deadline = deadline
            timers.deadlineTimer = nil
            if let deadline {
                let wait = max(0, world.clock.now().milliseconds(to: deadline))
                timers.deadlineTimer = shard.schedule(after: .milliseconds(wait)) { shard in
                    (shard.application as? Hub)?.deadlinePassed(in: room, on: shard)
                }
            }
        }
        if timers.toldHere != host.here, timers.presenceTimer == nil {
            timers.presenceTimer = shard.schedule(
                after: Self.pause(Self.presenceTick, for: host)
            ) { shard in
                (shard.application as? Hub)?.tellPresence(of: room, on: shard)
            }
        }
        if timers.toldQueue != host.queueChanged, timers.queueTimer == nil,
            host.durable.door.isClosed || !host.durable.outside.isEmpty
        {
            timers.queueTimer = shard.schedule(after: Self.queueTick) { shard in
                (shard.application as? Hub)?.tellQueue(of: room, on: shard)
            }
        }
        keepTallies(of: host, &timers, on: shard)
        keepPointer(of: host, &timers, on: shard)
        keepInterest(of: host, &timers, on: shard)
        keepAttendance(of: host, &timers, on: shard)
        if host.here > 0, host.durableHead.sequence > timers.toldSize,
            timers.checkpointTimer == nil
        {
            timers.checkpointTimer = shard.schedule(
                after: Self.pause(Self.checkpointTick, for: host)
            ) { shard in
                (shard.application as? Hub)?.tellCheckpoint(of: room, on: shard)
            }
        }
        self.timers[room] = timers
    }

    private func keepInterest(
        of host: RoomHost,
        _ timers: inout RoomTimers,
        on shard: isolated Shard
    ) {
        let room = host.id
        guard timers.toldInterest != host.durable.intents.counted, timers.interestTimer == nil
        else { return }
        timers.interestTimer = shard.schedule(
            after: Self.pause(Self.interestTick, for: host)
        ) { shard in
            (shard.application as? Hub)?.tellInterest(of: room, on: shard)
        }
    }

    /// Decides the deadline after every command that was received before it, on any shard.
    private func deadlinePassed(in room: RoomID, on shard: isolated Shard) {
        timers[room]?.deadlineTimer = nil
        timers[room]?.deadline = nil
        let barrier = Barrier(count: world.allShards.count, home: shard) { shard in
            guard let hub = shard.application as? Hub, let host = hub.host(of: room) else { return }
            host.take(
                .keepTime,
                mark: nil,
                by: .server,
                received: hub.world.clock.now(),
                replyTo: .nobody
            )
            hub.touch(host)
        }
        for other in world.allShards { other.post { _ in barrier.arrive() } }
    }

    private func tellPresence(of room: RoomID, on shard: isolated Shard) {
        timers[room]?.presenceTimer = nil
        guard let host = host(of: room) else { return }
        let here = host.here
        timers[room]?.toldHere = here
        let bytes = ServerMessage.signal("presence", in: room) { $0.member("here", here) }
        spread(.text(bytes), in: room, on: shard)
    }

    /// Tells staff how many wait, and those who wait their place.
    private func tellQueue(of room: RoomID, on shard: isolated Shard) {
        timers[room]?.queueTimer = nil
        guard let host = host(of: room) else { return }
        timers[room]?.toldQueue = host.queueChanged
        deliver([host.queueSegment()], in: room, on: shard)
    }

    /// Tells those inside how many have an intent; not of whom, nor how far each would go.
    private func tellInterest(of room: RoomID, on shard: isolated Shard) {
        timers[room]?.interestTimer = nil
        guard let host = host(of: room) else { return }
        timers[room]?.toldInterest = host.durable.intents.counted
        deliver([host.interestSegment()], in: room, on: shard)
    }

    private func tellCheckpoint(of room: RoomID, on shard: isolated Shard) {
        timers[room]?.checkpointTimer = nil
        guard let host = host(of: room), let made = host.makeCheckpoint() else { return }
        timers[room]?.toldSize = made.checkpoint.size
        keep(made)
        let bytes = ServerMessage.signal("checkpoint", in: room) { $0.member("note", made.note) }
        spread(.text(bytes), in: room, on: shard)
        touch(host)
    }

    private func keep(_ checkpoint: SignedCheckpoint) {
        let world = world
        Task {
            do {
                try await world.store.keep(checkpoint)
            } catch {
                world.log.warning("a checkpoint was not kept", metadata: ["cause": "\(error)"])
            }
        }
    }
}
