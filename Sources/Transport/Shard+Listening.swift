import CLinux
import Dispatch
import Glibc
import HTTP
import HTTPTypes
import TLS
import WebSocket

/// A socket that listens for one shard.
struct Listener {
    let descriptor: Int32
    /// What its connections speak TLS with; `nil` plain.
    let tls: TLSContext?
    var isPaused = false
}

extension Shard {
    /// Begins to accept on a socket that listens.
    func adopt(
        listener descriptor: Int32,
        tls: TLSContext?
    ) throws(TransportError) {
        guard !isStopped, !isDraining else {
            Glibc.close(descriptor)
            throw .stopped
        }
        listeners.append(Listener(descriptor: descriptor, tls: tls))
        try watchListener(EPOLL_CTL_ADD, listeners.count - 1, EPOLLIN.rawValue)
    }

    private func watchListener(
        _ operation: Int32,
        _ place: Int,
        _ events: UInt32
    ) throws(TransportError) {
        let token = UInt64(Self.listenerMark) << 32 | UInt64(place)
        let result = clinux_epoll_control(
            epoll,
            operation,
            listeners[place].descriptor,
            events,
            token
        )
        guard result == 0 else { throw .system(call: "epoll_ctl", errno: errno) }
    }

    /// Accepts what waits, a bounded number at once.
    func accept(at place: Int) {
        guard place < listeners.count else { return }
        for _ in 0..<16 {
            let descriptor = clinux_accept(listeners[place].descriptor)
            guard descriptor < 0 else {
                admit(descriptor, listeners[place].tls)
                continue
            }
            switch errno {
            case EINTR, ECONNABORTED, EPROTO: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                pauseAccepting()
                return
            default: return
            }
        }
    }

    private func admit(_ descriptor: Int32, _ tls: TLSContext?) {
        let address = countedAddress(of: descriptor)
        if let address, !addresses.enter(address) {
            turnAway(descriptor, .crowded, isPlain: tls == nil)
            return
        }
        guard let index = slab.take() else {
            if let address { addresses.leave(address) }
            turnAway(descriptor, .full, isPlain: tls == nil)
            return
        }
        let connection = slab.base + index
        connection.pointee.descriptor = descriptor
        connection.pointee.address = address
        guard let tls else {
            connection.pointee.stage = .http(Exchange(limits: limits, at: time))
            guard register(index) else { return }
            setAlarm(index, at: time + limits.headTime.wholeMilliseconds)
            return
        }
        connection.pointee.stage = .securing(since: time)
        do throws(TLSConfigurationError) {
            try secure(index, tls, as: .server)
        } catch {
            kill(index, .lost(errno: ENOMEM))
            return
        }
        guard register(index) else { return }
        setAlarm(index, at: time + limits.handshakeTime.wholeMilliseconds)
    }

    /// What a new connection is counted by, if it is.
    private func countedAddress(of descriptor: Int32) -> PeerAddress? {
        guard addresses.isOn, let address = SocketAddress(of: descriptor, isPeer: true) else {
            return nil
        }
        guard !limits.proxies.isEmpty else { return address.peer }
        let host = address.host
        return limits.proxies.contains { $0.contains(host) } ? nil : address.peer
    }

    /// Counts a connection that came by a proxy for the client that it is for, a numeric address.
    /// - Returns: `false` when that client has as many as it may.
    public func count(_ connection: ConnectionID, for client: String) -> Bool {
        guard addresses.isOn, let index = index(of: connection),
            slab.base[index].address == nil, let address = AddressRange(client)?.peer
        else { return true }
        guard addresses.enter(address) else { return false }
        slab.base[index].address = address
        return true
    }

    /// Puts a new connection into the epoll set.
    func register(_ index: Int, events: UInt32 = EPOLLIN.rawValue) -> Bool {
        let connection = slab.base + index
        connection.pointee.heard = time
        connection.pointee.interest = events
        var one: Int32 = 1
        setsockopt(
            connection.pointee.descriptor,
            Int32(IPPROTO_TCP),
            TCP_NODELAY,
            &one,
            socklen_t(MemoryLayout<Int32>.size)
        )
        let result = clinux_epoll_control(
            epoll,
            EPOLL_CTL_ADD,
            connection.pointee.descriptor,
            events,
            token(of: index)
        )
        if result != 0 { kill(index, .lost(errno: errno)) }
        return result == 0
    }

    /// Says why there is no place, as far as that goes without one, and closes.
    private func turnAway(_ descriptor: Int32, _ reason: TurnAway, isPlain: Bool) {
        turnedAway.add(reason)
        guard isPlain else {
            Glibc.close(descriptor)
            return
        }
        let bytes = ResponseSerializer.bytes(
            of: reason.problem.response,
            to: .get,
            outcome: .close,
            date: date.text(at: time)
        )
        bytes.withUnsafeBytes { _ = clinux_send(descriptor, $0.baseAddress, $0.count) }
        shutdown(descriptor, Int32(SHUT_WR))
        // What was not read would make a reset of the close, which may overtake the answer.
        _ = recv(descriptor, buffers.receive, ShardBuffers.receiveCapacity, 0)
        Glibc.close(descriptor)
    }

    /// No descriptor is left: asking again at once would spin.
    private func pauseAccepting() {
        for place in listeners.indices where !listeners[place].isPaused {
            listeners[place].isPaused = true
            _ = clinux_epoll_control(
                epoll,
                EPOLL_CTL_DEL,
                listeners[place].descriptor,
                0,
                0
            )
        }
        schedule(after: limits.acceptPause) { shard in shard.resumeAccepting() }
    }

    private func resumeAccepting() {
        for place in listeners.indices where listeners[place].isPaused {
            listeners[place].isPaused = false
            do {
                try watchListener(EPOLL_CTL_ADD, place, EPOLLIN.rawValue)
            } catch {
                listeners[place].isPaused = true
                schedule(after: limits.acceptPause) { shard in shard.resumeAccepting() }
                return
            }
        }
    }

    /// Stops accepting for good.
    func closeListeners() {
        for listener in listeners { Glibc.close(listener.descriptor) }
        listeners = []
    }

    // MARK: The end

    /// Stops accepting, tells WebSockets 1012, lets requests be answered; returns when no
    /// connection is left, or after `time`, and then drops what is left.
    func drain(within limit: Duration) async {
        guard !isStopped else { return }
        isDraining = true
        closeListeners()
        for index in 0..<slab.highest where !slab.base[index].isFree { drainConnection(index) }
        awaken()
        guard slab.count > 0 else { return }
        schedule(after: limit) { shard in shard.dropAll(.draining) }
        await withCheckedContinuation { emptied.append($0) }
    }

    private func drainConnection(_ index: Int) {
        switch slab.base[index].stage {
        case .open:
            close(id(at: index), with: .serviceRestart, reason: "restart", because: .draining)
        case .http(let exchange):
            if exchange.isBusy { return }
            if exchange.parser.isBetweenRequests { kill(index, .draining) }
        case .outbound, .securing: kill(index, .draining)
        case .free, .closing, .finishing, .lingering: break
        }
    }

    func dropAll(_ reason: CloseReason) {
        for index in 0..<slab.highest where !slab.base[index].isFree { kill(index, reason) }
    }

    /// Wakes those who wait for the last connection's end.
    func tellEmpty() {
        let waiting = emptied
        emptied = []
        for continuation in waiting { continuation.resume() }
    }

    /// Drops all connections and watches nothing any more.
    func stop() {
        guard !isStopped else { return }
        isDraining = true
        closeListeners()
        dropAll(.draining)
        takeMail()
        isStopped = true
        source?.cancel()
        timerSource?.cancel()
        (source, timerSource) = (nil, nil)
        jobs = [:]
        application = nil
        tellEmpty()
    }
}
