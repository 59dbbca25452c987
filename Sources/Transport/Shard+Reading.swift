import CLinux
import Glibc
public import WebSocket

extension Shard {
    /// Something came, or the peer ended; `hasEnded` when both directions are shut or it broke.
    func readable(_ index: Int, hasEnded: Bool) {
        let connection = slab.base + index
        if connection.pointee.isPaused {
            if hasEnded { kill(index, .lost(errno: 0)) }
            return
        }
        if case .outbound(let outbound) = connection.pointee.stage, !outbound.isConnected {
            connected(index, outbound)
            return
        }
        let secure = connection.pointee.secure
        let place = secure == nil ? buffers.receive : buffers.records
        let count = recv(
            connection.pointee.descriptor,
            place,
            receiveLimit(connection),
            0
        )
        guard count > 0 else {
            let code = errno
            if count < 0, code == EAGAIN || code == EINTR { return }
            lost(index, count == 0 ? 0 : code)
            return
        }
        connection.pointee.heard = time
        if isIgnored(index) {
            connection.pointee.ignored += count
            if connection.pointee.ignored > limits.ignored {
                kill(index, .lost(errno: 0))
                return
            }
        }
        if connection.pointee.pinged > 0 {
            connection.pointee.pinged = 0
            setAlarm(index, at: time + limits.pingAfter.wholeMilliseconds)
        }
        if let secure {
            takeRecords(index, secure, UnsafeRawBufferPointer(start: place, count: count))
        } else {
            take(index, UnsafeMutableRawBufferPointer(start: place, count: count))
        }
    }

    /// A WebSocket that was told its end: who only goes on sending would never come to read it.
    private func isIgnored(_ index: Int) -> Bool {
        switch slab.base[index].stage {
        case .closing, .lingering: slab.base[index].isKnown
        default: false
        }
    }

    /// Bytes came, out of their records where there is TLS.
    func take(_ index: Int, _ bytes: UnsafeMutableRawBufferPointer) {
        switch slab.base[index].stage {
        case .open, .closing: takeFrames(index, bytes)
        case .http(let exchange): takeRequests(index, exchange, bytes)
        case .outbound(let outbound): takeAnswer(index, outbound, bytes)
        case .free, .securing, .finishing, .lingering: break
        }
    }

    /// A peer of HTTP is read in smaller pieces: what is behind its request has to be kept.
    private func receiveLimit(_ connection: UnsafeMutablePointer<Connection>) -> Int {
        let reach = connection.pointee.reach
        let most =
            connection.pointee.secure == nil
            ? reach.bytes : min(reach.bytes, ShardBuffers.recordCapacity)
        guard case .http(let exchange) = connection.pointee.stage else { return most }
        return min(most, max(1, limits.readAhead - exchange.readAhead.count))
    }

    /// The peer's side of the stream ended, or the stream broke. Answers that are owed to a peer
    /// of HTTP that ended its side still go out.
    func lost(_ index: Int, _ code: Int32) {
        switch slab.base[index].stage {
        case .outbound(let outbound): finishAnswer(index, outbound, code)
        case .http(let exchange) where code == 0 && exchange.isBusy:
            exchange.hasEnded = true
            slab.base[index].isPaused = true
            watch(index)
        case .finishing where code == 0 && slab.base[index].isWaiting:
            slab.base[index].isPaused = true
            watch(index)
        default: kill(index, .lost(errno: code))
        }
    }

    /// Frames came; `bytes` are at the front of the receive buffer or in memory of their own with
    /// nothing kept before them.
    func takeFrames(_ index: Int, _ bytes: UnsafeMutableRawBufferPointer) {
        let connection = slab.base + index
        var rest = bytes
        let kept = connection.pointee.leftover.count
        if kept > 0, let start = bytes.baseAddress {
            // The buffer has room before it for the beginning that came last time.
            let front = start - kept
            connection.pointee.leftover.withUnsafeBytes { old in
                front.copyMemory(from: old.baseAddress ?? UnsafeRawPointer(front), byteCount: kept)
            }
            connection.pointee.leftover = []
            rest = UnsafeMutableRawBufferPointer(start: front, count: kept + bytes.count)
        }
        cork(index)
        do throws(ProtocolViolation) {
            try takeFrames(index, &rest)
        } catch {
            fail(index, error.closeCode, because: .violation(error))
        }
        if !rest.isEmpty, !connection.pointee.isFree {
            connection.pointee.leftover = [UInt8](rest)
        }
        uncork()
    }

    private func takeFrames(
        _ index: Int,
        _ rest: inout UnsafeMutableRawBufferPointer
    ) throws(ProtocolViolation) {
        let connection = slab.base + index
        let id = id(at: index)
        guard let application else { return }
        let size = rest.count
        var frames = 0
        while !connection.pointee.isFree {
            frames &+= 1
            if let message = try connection.pointee.reader.nextWhole(&rest) {
                guard connection.pointee.isOpen else { continue }
                application.receive(message.kind, message.bytes.bytes, from: id, on: self)
            } else if let event = try connection.pointee.reader.next(&rest) {
                deliver(event, to: index)
            } else {
                connection.pointee.reach = Reach(bytes: size, frames: frames)
                return
            }
        }
    }

    private func deliver(_ event: FrameEvent, to index: Int) {
        let connection = slab.base + index
        guard connection.pointee.isOpen else {
            // Our close frame is said: only the peer's counts now (§5.5.1).
            if case .close = event { finishClosing(index) }
            return
        }
        switch event {
        case .message(let kind, let payload):
            application?.receive(kind, payload.bytes, from: id(at: index), on: self)
        case .assembled(let kind, let message):
            application?.receive(kind, message.span.bytes, from: id(at: index), on: self)
        case .ping(let payload):
            guard takeControl(index) else { return }
            put(.pong, payload.bytes, to: index)
        case .pong: _ = takeControl(index)
        case .close(let code, _):
            connection.pointee.reason = .peer(code)
            putClose(FrameWriter.closePayload(code), to: index)
            finishClosing(index)
        }
    }

    /// Counts a ping or pong, which cost without bringing anything.
    /// - Returns: `false` when there were too many, and the connection ends.
    private func takeControl(_ index: Int) -> Bool {
        guard !limits.controlFrames.take(&slab.base[index].controlDue, at: time) else {
            return true
        }
        let cause = CloseReason.flooding(limits.controlFrames)
        fail(index, .policyViolation, "too many control frames", because: cause)
        return false
    }

    // MARK: The end of a WebSocket

    /// Begins the close handshake (RFC 6455 §7.1.2); the connection takes no message any more.
    /// A reason that makes the frame too long is cut.
    public func close(_ connection: ConnectionID, with code: CloseCode, reason: String = "") {
        close(connection, with: code, reason: reason, because: .local(code))
    }

    func close(
        _ connection: ConnectionID,
        with code: CloseCode,
        reason: String,
        because cause: CloseReason
    ) {
        guard let index = index(of: connection), slab.base[index].isOpen else { return }
        slab.base[index].reason = cause
        putClose(FrameWriter.closePayload(code, reason: reason), to: index)
        beginClosing(index)
    }

    /// Ends a connection of any kind at once, without a close frame.
    public func drop(_ connection: ConnectionID) {
        guard let index = index(of: connection) else { return }
        kill(index, .local(.goingAway))
    }

    /// The peer broke the protocol or a limit: it is told the code, and nothing more is taken
    /// (§7.1.7).
    private func fail(
        _ index: Int,
        _ code: CloseCode,
        _ reason: String = "",
        because cause: CloseReason
    ) {
        let connection = slab.base + index
        guard !connection.pointee.isFree else { return }
        if connection.pointee.isOpen {
            connection.pointee.reason = cause
            putClose(FrameWriter.closePayload(code, reason: reason), to: index)
        }
        connection.pointee.lingers = true
        finish(index)
    }

    private func putClose(_ payload: [UInt8], to index: Int) {
        put(.close, payload.span.bytes, to: index)
    }

    /// Our close frame is said; the peer has so long to say its own.
    func beginClosing(_ index: Int) {
        let connection = slab.base + index
        // `put` may have found the connection broken, or its peer too slow.
        guard !connection.pointee.isFree, connection.pointee.isOpen else { return }
        connection.pointee.stage = .closing
        connection.pointee.ended = time
        setAlarm(index, at: time + limits.closeTime.wholeMilliseconds)
        awaken()
    }

    /// Both close frames are said: the server ends the stream first (§7.1.1), a client shuts its
    /// side and waits for that.
    private func finishClosing(_ index: Int) {
        let connection = slab.base + index
        connection.pointee.lingers = connection.pointee.isClient
        finish(index)
    }

    /// Nothing more is taken; the connection ends when all was written.
    func finish(_ index: Int) {
        let connection = slab.base + index
        guard !connection.pointee.isFree else { return }
        connection.pointee.stage = .finishing
        if !connection.pointee.isWaiting, corked != index {
            settle(index)
        }
    }
}
