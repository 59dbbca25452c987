import CLinux
import Dispatch
import Glibc

extension Shard {
    /// Batches of events in one call; then other jobs of the queue get their turn, and what is
    /// left makes the source fire again.
    private static var rounds: Int { 64 }

    /// The sockets' events.
    func takeEvents() {
        guard !isStopped else { return }
        for _ in 0..<Self.rounds {
            let count = clinux_epoll_poll(
                epoll,
                buffers.events,
                Int32(ShardBuffers.eventCapacity)
            )
            guard count > 0 else { return }
            begin()
            for position in 0..<Int(count) { take(buffers.events[position]) }
            finish()
        }
    }

    private func take(_ event: epoll_event) {
        let token = event.data.u64
        let index = Int(UInt32(truncatingIfNeeded: token))
        let generation = UInt32(truncatingIfNeeded: token >> 32)
        if generation == Self.listenerMark {
            accept(at: index)
            return
        }
        let connection = slab.base + index
        // What ended earlier in this batch may still have an event in it.
        guard connection.pointee.generation == generation, !connection.pointee.isFree else {
            return
        }
        if event.events & EPOLLOUT.rawValue != 0 {
            writable(index)
            guard !connection.pointee.isFree else { return }
        }
        if event.events & ~EPOLLOUT.rawValue != 0 {
            readable(index, hasEnded: event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0)
        }
    }

    /// Stands for the generation in a listener's token; connections never reach it.
    static var listenerMark: UInt32 { .max }

    /// The mailbox's jobs.
    func takeMail() {
        begin()
        for job in mailbox.take() { job(self) }
        finish()
    }

    /// The timers that are due.
    func takeTimers() {
        timerTime = .max
        guard !isStopped else { return }
        begin()
        while let entry = timers.pop(dueAt: time) {
            switch entry.purpose {
            case .job(let id): jobs.removeValue(forKey: id)?(self)
            case .connection(let index, let generation):
                let index = Int(index)
                let connection = slab.base + index
                guard connection.pointee.generation == generation, !connection.pointee.isFree,
                    connection.pointee.alarm == entry.time
                else { continue }
                connection.pointee.alarm = .max
                checkTime(index)
            }
        }
        finish()
    }

    private func begin() {
        isAwake = true
        time = clock.milliseconds
    }

    /// Lets the application merge and publish, writes what was said, tells of what ended; again,
    /// while that made something end.
    private func finish() {
        repeat {
            resumeExchanges()
            bury()
            application?.finishWakeup(on: self)
            flushDirty()
        } while !dead.isEmpty || !resumable.isEmpty
        isAwake = false
        setTimer()
        if isDraining, slab.count == 0 { tellEmpty() }
    }

    /// Somebody awaited the shard and said something outside a wakeup: asks for one.
    func awaken() {
        guard !isAwake else { return }
        isAwake = true
        time = clock.milliseconds
        post { _ in }
    }

    /// Ends a connection now. The application is told at the end of the wakeup.
    func kill(_ index: Int, _ reason: CloseReason) {
        let connection = slab.base + index
        guard !connection.pointee.isFree else { return }
        Glibc.close(connection.pointee.descriptor)
        connection.pointee.descriptor = -1
        connection.pointee.outbox = nil
        connection.pointee.secure = nil
        connection.pointee.leftover = []
        if connection.pointee.reason == nil { connection.pointee.reason = reason }
        if corked == index { corkCount = 0 }
        dead.append(UInt32(truncatingIfNeeded: index))
        awaken()
    }

    private func bury() {
        while let last = dead.popLast() {
            let index = Int(last)
            let id = id(at: index)
            let ended = slab.base[index]
            slab.giveBack(index)
            if ended.packing != nil { census.add(-1) }
            let reason = ended.reason ?? .lost(errno: 0)
            if case .outbound(let outbound) = ended.stage,
                case .request(let reply) = outbound.purpose
            {
                reply(.failure(.ended(reason)), self)
            } else if ended.isKnown {
                application?.closed(id, because: reason, on: self)
            }
        }
    }

    private func flushDirty() {
        while let last = dirty.popLast() {
            let index = Int(last)
            let connection = slab.base + index
            guard connection.pointee.isDirty, !connection.pointee.isFree else { continue }
            connection.pointee.isDirty = false
            flush(index)
        }
    }
}
