import Dispatch
import WebSocket

extension Shard {
    /// Runs a job after a while, on this shard, once.
    @discardableResult
    public func schedule(
        after delay: Duration,
        _ job: @escaping (isolated Shard) -> Void
    ) -> TimerID {
        timerCount += 1
        let id = TimerID(number: timerCount)
        jobs[id] = job
        // The millisecond that has begun does not count: a timer never fires before its delay.
        timers.push(.job(id), at: clock.milliseconds + 1 + delay.wholeMilliseconds)
        awaken()
        return id
    }

    /// Takes a timer back; one that has fired is no more.
    public func cancel(_ timer: TimerID) {
        jobs.removeValue(forKey: timer)
    }

    /// Sets the Dispatch timer if something is due before it.
    func setTimer() {
        if timers.wantsSweep { sweepTimers() }
        guard let earliest = timers.earliest, earliest < timerTime else { return }
        timerTime = earliest
        let wait = max(0, earliest - clock.milliseconds)
        timerSource?.schedule(
            deadline: .now() + .milliseconds(wait),
            leeway: .milliseconds(1)
        )
    }

    private func sweepTimers() {
        timers.sweep { entry in
            switch entry.purpose {
            case .job(let id): jobs[id] != nil
            case .connection(let index, let generation):
                slab.base[Int(index)].generation == generation
                    && slab.base[Int(index)].alarm == entry.time
            }
        }
    }

    /// Sees to it that the connection's time limits are looked at by then.
    func setAlarm(_ index: Int, at time: Int) {
        let connection = slab.base + index
        guard time < connection.pointee.alarm else { return }
        connection.pointee.alarm = time
        timers.push(
            .connection(
                index: UInt32(truncatingIfNeeded: index),
                generation: connection.pointee.generation
            ),
            at: time
        )
    }

    /// Looks at the time limits of a connection, and sets its next alarm.
    func checkTime(_ index: Int) {
        guard let next = nextLimit(index) else { return }
        guard next.time <= time else {
            setAlarm(index, at: next.time)
            return
        }
        switch next.limit {
        case nil:
            slab.base[index].pinged = time
            setAlarm(index, at: time + limits.pongTime.wholeMilliseconds)
            put(.ping, RawSpan(), to: index)
        case .head, .body: refuseSlow(index, next.limit == .head ? .head : .body)
        case .some(let limit): kill(index, .timedOut(limit))
        }
    }

    /// The next time limit; one of `nil` calls for a ping.
    private func nextLimit(_ index: Int) -> (time: Int, limit: CloseReason.TimeLimit?)? {
        let connection = slab.base + index
        let own = stageLimit(connection)
        guard let since = waitingSince(connection) else { return own }
        let stall = since + limits.sendStallTime.wholeMilliseconds
        guard let own, own.time <= stall else { return (stall, .sendStall) }
        return own
    }

    /// When the socket last took something of what waits.
    private func waitingSince(_ connection: UnsafeMutablePointer<Connection>) -> Int? {
        guard let secure = connection.pointee.secure, secure.hasPending else {
            return connection.pointee.outbox?.progressed
        }
        return secure.progressed
    }

    private func stageLimit(
        _ connection: UnsafeMutablePointer<Connection>
    ) -> (time: Int, limit: CloseReason.TimeLimit?)? {
        switch connection.pointee.stage {
        case .free, .finishing: return nil
        case .outbound(let outbound):
            var wait = limits.connectTime.wholeMilliseconds
            if case .request = outbound.purpose, outbound.isConnected {
                wait += limits.bodyTime.wholeMilliseconds
            }
            return (outbound.begun + wait, .connect)
        case .securing(let since):
            return (since + limits.handshakeTime.wholeMilliseconds, .handshake)
        case .http(let exchange):
            switch exchange.phase {
            case .resting(let since):
                return (since + limits.keepAliveTime.wholeMilliseconds, .keepAlive)
            case .head(let since): return (since + limits.headTime.wholeMilliseconds, .head)
            case .body(_, let since, let received):
                return (bodyEnd(since: since, received: received), .body)
            case .upload(let upload) where !exchange.isBusy:
                return (bodyEnd(since: upload.since, received: upload.received), .body)
            case .deciding, .upload, .answering, .sending, .ended: return nil
            }
        case .open:
            guard connection.pointee.pinged > 0 else {
                return (connection.pointee.heard + limits.pingAfter.wholeMilliseconds, nil)
            }
            return (connection.pointee.pinged + limits.pongTime.wholeMilliseconds, .pong)
        case .closing:
            let end = connection.pointee.ended + limits.closeTime.wholeMilliseconds
            return (end, .closeHandshake)
        case .lingering:
            let ended = connection.pointee.ended
            let quiet = max(ended, connection.pointee.heard) + limits.closeTime.wholeMilliseconds
            let most = connection.pointee.isClient ? limits.closeTime : limits.lingerTime
            return (min(quiet, ended + most.wholeMilliseconds), .closeHandshake)
        }
    }

    /// When a body must be there that began then; what came of it earns it time.
    private func bodyEnd(since: Int, received: Int) -> Int {
        let earned = received * 1_000 / max(1, limits.bodyRate)
        return since + limits.bodyTime.wholeMilliseconds + earned
    }
}
