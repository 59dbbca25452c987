import CLinux
import Dispatch
import Glibc

extension Shard {
    /// Under load the shard waits for its sockets itself rather than be called by the queue for
    /// each wakeup, which costs some 10 us of processor time...
    private static var patience: Int32 { 1 }  // milliseconds without an event
    /// ...and goes back to the queue after so long, so that other jobs get their turn.
    private static var turn: Int { 10 }  // milliseconds
    /// Sockets that had something in one call, or so short a time since the last one, are load.
    private static var busyEvents: Int { 4 }
    /// Events are taken for so long before what is said is written and mail is taken, such as what
    /// became durable. Without it, peers that send what costs much keep everybody's answers
    /// waiting for as long as a batch of them lasts.
    private static var slice: Int { 2 }  // milliseconds

    /// The sockets' events.
    func takeEvents() {
        guard !isStopped else { return }
        let start = clock.milliseconds
        var isBusy = start - served <= Int(Self.patience)
        var wait: Int32 = 0
        while !isStopped {
            if batch.isEmpty {
                let count = clinux_epoll_wait(
                    epoll,
                    buffers.events,
                    Int32(ShardBuffers.eventCapacity),
                    wait
                )
                guard count > 0 else { break }
                batch = 0..<Int(count)
                isBusy = isBusy || count >= Self.busyEvents
            }
            begin()
            let isCalled = takeSlice()
            finish()
            let hadMail = (isCalled || !batch.isEmpty) && takeMailIfAny()
            // The bell without mail: a job of the queue waits.
            if isCalled, !hadMail { break }
            takeTimersIfDue()
            guard time - start < Self.turn else { break }
            if isBusy, limits.rest > .zero {
                usleep(UInt32(min(limits.rest.wholeMilliseconds, Self.turn)) * 1_000)
            } else if isBusy, wait == 0 {
                wait = Self.patience
                bell.listen()
                takeMailIfAny()
            }
        }
        bell.stopListening()
        served = clock.milliseconds
    }

    /// Takes events of the batch for a while. What is left of it comes first the next time, so that
    /// nobody is passed over.
    /// - Returns: whether the bell was among them.
    private func takeSlice() -> Bool {
        let end = time + Self.slice
        var isCalled = false
        repeat {
            let event = buffers.events[batch.lowerBound]
            batch = batch.dropFirst()
            if !take(event) { isCalled = true }
        } while !batch.isEmpty && clock.milliseconds <= end
        return isCalled
    }

    @discardableResult
    private func takeMailIfAny() -> Bool {
        guard mailbox.hasMail else { return false }
        takeMail()
        return true
    }

    private func takeTimersIfDue() {
        guard let earliest = timers.earliest, earliest <= time else { return }
        takeTimers()
    }

    /// Stands for the bell in epoll's tokens.
    static var bellToken: UInt64 { .max }

    /// - Returns: `false` for the bell.
    private func take(_ event: epoll_event) -> Bool {
        let token = event.data.u64
        if token == Self.bellToken {
            bell.silence()
            return false
        }
        let index = Int(UInt32(truncatingIfNeeded: token))
        let generation = UInt32(truncatingIfNeeded: token >> 32)
        if generation == Self.listenerMark {
            accept(at: index)
            return true
        }
        let connection = slab.base + index
        // What ended earlier in this batch may still have an event in it.
        guard connection.pointee.generation == generation, !connection.pointee.isFree else {
            return true
        }
        if event.events & EPOLLOUT.rawValue != 0 {
            writable(index)
            guard !connection.pointee.isFree else { return true }
        }
        if event.events & ~EPOLLOUT.rawValue != 0 {
            readable(index, hasEnded: event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0)
        }
        return true
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
            if let address = ended.address { addresses.leave(address) }
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
