import CLinux
import Glibc
public import WebSocket

extension Shard {
    /// Sends one message; text is to be UTF-8. Written at the end of the read or wakeup, with all
    /// else that is said to this peer. A droppable one may be left out when the peer is slow.
    /// - Returns: `false` when the connection is not open any more.
    @discardableResult
    public func send(
        _ kind: MessageKind,
        _ message: [UInt8],
        to connection: ConnectionID,
        droppable: Bool = false
    ) -> Bool {
        send(kind, message.span.bytes, to: connection, droppable: droppable)
    }

    /// Sends one message of borrowed bytes; text is to be UTF-8.
    @discardableResult
    public func send(
        _ kind: MessageKind,
        _ message: RawSpan,
        to connection: ConnectionID,
        droppable: Bool = false
    ) -> Bool {
        guard let index = index(of: connection), slab.base[index].isOpen else { return false }
        if slab.base[index].packing == nil {
            put(kind.opcode, message, to: index, droppable: droppable)
        } else {
            putMessage(kind, message, to: index, droppable: droppable)
        }
        return true
    }

    /// Sends a frame that is shared; `false` too for a connection of the client role.
    @discardableResult
    public func send(
        _ frame: SharedFrame,
        to connection: ConnectionID,
        droppable: Bool = false
    ) -> Bool {
        guard let index = index(of: connection), slab.base[index].isOpen,
            !slab.base[index].isClient
        else { return false }
        put(frame, to: index, droppable: droppable)
        return true
    }

    /// Sends a frame to all of these connections that are open, now, where nothing waits before
    /// it: merge the frames of a wakeup before (`FrameBatch`, `SharedFrame.init(joining:)`).
    public func broadcast(
        _ frame: SharedFrame,
        to connections: [ConnectionID],
        droppable: Bool = false
    ) {
        for connection in connections {
            guard let index = index(of: connection), slab.base[index].isOpen,
                !slab.base[index].isClient
            else { continue }
            put(frame, to: index, droppable: droppable)
        }
    }

    // MARK: One connection's frames

    /// Frames one message or control frame behind what was said before.
    func put(
        _ opcode: Opcode,
        _ payload: RawSpan,
        to index: Int,
        droppable: Bool = false,
        isPacked: Bool = false
    ) {
        let connection = slab.base + index
        let key = connection.pointee.isClient ? keys.next() : nil
        let header = FrameHeader(
            reserved: isPacked ? FrameHeader.packedBit : 0,
            opcode: opcode,
            key: key,
            length: payload.byteCount
        )
        let size = header.size + payload.byteCount
        if corked == index, corkHas(room: size) {
            let place = buffers.cork + corkCount
            let room = UnsafeMutableRawBufferPointer(
                start: place + header.write(to: place),
                count: payload.byteCount
            )
            payload.withUnsafeBytes { room.copyMemory(from: $0) }
            if let key { Masking.apply(key, to: room) }
            corkCount += size
            return
        }
        guard hasRoom(index, for: size, droppable: droppable) else { return }
        let outbox = outbox(of: index)
        if droppable {
            var frame: [UInt8] = []
            FrameWriter.append(opcode, payload, key: key, isPacked: isPacked, to: &frame)
            outbox.append(frame, isDroppable: true)
        } else {
            outbox.appendOwn(expecting: size) {
                FrameWriter.append(opcode, payload, key: key, isPacked: isPacked, to: &$0)
            }
        }
        markDirty(index)
    }

    private func put(
        _ frame: SharedFrame,
        to index: Int,
        droppable: Bool
    ) {
        let connection = slab.base + index
        var whole = frame.bytes
        if let packing = connection.pointee.packing, let packed = frame.packed,
            packing.takes(frame)
        {
            whole = packed
        }
        let bytes = whole.span.bytes
        guard !bytes.isEmpty else { return }
        if corked == index, gather(bytes) { return }
        if connection.pointee.outbox != nil {
            guard hasRoom(index, for: bytes.byteCount, droppable: droppable) else { return }
            outbox(of: index).append(whole, isDroppable: droppable)
            markDirty(index)
            return
        }
        guard let written = write(index, bytes), written < bytes.byteCount else { return }
        outbox(of: index).append(whole, sent: written, isDroppable: droppable)
        wait(index)
    }

    // MARK: The cork

    /// From here to `uncork`, what is said to this connection is gathered.
    func cork(_ index: Int) {
        corked = index
    }

    /// Whether so many bytes fit; what was gathered is written if that makes them fit.
    private func corkHas(room size: Int) -> Bool {
        if size <= ShardBuffers.corkCapacity - corkCount { return true }
        flushCork()
        return size <= ShardBuffers.corkCapacity && !slab.base[corked].isFree
            && slab.base[corked].outbox == nil
    }

    /// Gathers bytes for the corked connection, if they fit.
    func gather(_ bytes: RawSpan) -> Bool {
        guard corkHas(room: bytes.byteCount) else { return false }
        let room = UnsafeMutableRawBufferPointer(
            start: buffers.cork + corkCount,
            count: bytes.byteCount
        )
        bytes.withUnsafeBytes { room.copyMemory(from: $0) }
        corkCount += bytes.byteCount
        return true
    }

    /// Writes what was gathered. Frames right behind a handshake cork and uncork inside the
    /// handshake's own; the outer one has nothing to do then.
    func uncork() {
        guard corked >= 0 else { return }
        flushCork()
        let index = corked
        corked = -1
        settle(index)
    }

    func flushCork() {
        guard corkCount > 0, corked >= 0 else { return }
        let gathered = UnsafeRawBufferPointer(start: buffers.cork, count: corkCount)
        let index = corked
        corkCount = 0
        writeOrKeep(index, gathered.bytes)
    }

    /// Writes bytes behind what waits; what the socket does not take is copied.
    private func writeOrKeep(_ index: Int, _ bytes: RawSpan) {
        let connection = slab.base + index
        if connection.pointee.outbox != nil {
            guard hasRoom(index, for: bytes.byteCount, droppable: false) else { return }
            outbox(of: index).append(copying: bytes)
            markDirty(index)
            return
        }
        guard let written = write(index, bytes), written < bytes.byteCount else { return }
        outbox(of: index).begin(
            rest: bytes.extracting(droppingFirst: written),
            isBegun: written > 0
        )
        wait(index)
    }

    // MARK: The queue

    func outbox(of index: Int) -> Outbox {
        if let outbox = slab.base[index].outbox { return outbox }
        let outbox = Outbox(at: time)
        slab.base[index].outbox = outbox
        return outbox
    }

    /// Sees to it that the queue is written at the end of the wakeup, unless the socket is full:
    /// then epoll tells when it takes more.
    func markDirty(_ index: Int) {
        guard !slab.base[index].isDirty,
            slab.base[index].interest & EPOLLOUT.rawValue == 0
        else { return }
        slab.base[index].isDirty = true
        dirty.append(UInt32(truncatingIfNeeded: index))
        awaken()
    }

    /// Whether a WebSocket's queue takes so many bytes more. One message always fits an empty
    /// queue; beyond the limit droppable ones go first, and then the peer is too slow.
    private func hasRoom(_ index: Int, for size: Int, droppable: Bool) -> Bool {
        guard slab.base[index].isOpen else { return true }
        func fits() -> Bool {
            guard let waiting = slab.base[index].outbox?.count, waiting > 0 else { return true }
            return waiting + size <= limits.outbound
        }
        if fits() { return true }
        // Not yet tried: the socket may take it all.
        if slab.base[index].isDirty {
            slab.base[index].isDirty = false
            flush(index)
            guard !slab.base[index].isFree else { return false }
            if fits() { return true }
        }
        if droppable { return false }
        slab.base[index].outbox?.dropDroppable()
        if fits() { return true }
        overflow(index)
        return false
    }

    /// The peer is too slow: what it has not begun to get is thrown away, and it is told 1013.
    private func overflow(_ index: Int) {
        let connection = slab.base + index
        guard let outbox = connection.pointee.outbox, connection.pointee.isOpen else { return }
        let queued = outbox.count
        outbox.dropUnbegun()
        if corked == index { corkCount = 0 }
        connection.pointee.reason = .tooSlow(queued: queued)
        outbox.appendOwn(expecting: 16) { bytes in
            let payload = FrameWriter.closePayload(.tryAgainLater, reason: "too slow")
            let key = connection.pointee.isClient ? keys.next() : nil
            FrameWriter.append(.close, payload.span.bytes, key: key, to: &bytes)
        }
        beginClosing(index)
        markDirty(index)
    }

    /// Writes once.
    /// - Returns: how many bytes the socket took; `nil` when the connection broke.
    private func write(_ index: Int, _ bytes: RawSpan) -> Int? {
        if let secure = slab.base[index].secure { return writeSecured(index, secure, bytes) }
        let descriptor = slab.base[index].descriptor
        // A closure that touches the shard would prove its isolation anew with each call.
        let (written, code) = bytes.withUnsafeBytes { bytes in
            let written = clinux_send(descriptor, bytes.baseAddress, bytes.count)
            return (written, written < 0 ? errno : 0)
        }
        return written >= 0 ? written : refused(index, code)
    }

    /// Gives bytes to the socket as they are.
    /// - Returns: how many it took; `nil` when the connection broke.
    func sendPlain(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Int? {
        let written = clinux_send(slab.base[index].descriptor, bytes.baseAddress, bytes.count)
        return written >= 0 ? written : refused(index, errno)
    }

    /// The socket took nothing: it is full, or broke.
    private func refused(_ index: Int, _ code: Int32) -> Int? {
        if code == EAGAIN || code == EINTR || code == ENOBUFS { return 0 }
        kill(index, .lost(errno: code))
        return nil
    }

    /// The socket takes more.
    func writable(_ index: Int) {
        if case .outbound(let outbound) = slab.base[index].stage, !outbound.isConnected {
            connected(index, outbound)
            return
        }
        flush(index)
    }

    /// Writes what waits, as far as the socket takes it.
    func flush(_ index: Int) {
        let connection = slab.base + index
        if let secure = connection.pointee.secure, !sendPending(index, secure) { return }
        while let outbox = connection.pointee.outbox, !outbox.isEmpty {
            let offer = outbox.writeNext(by: buffers.scratch) { bytes in
                (offered: bytes.byteCount, written: write(index, bytes))
            }
            guard let written = offer.written else { return }
            if written > 0 { outbox.remove(written, at: time) }
            if written < offer.offered || connection.pointee.secure?.hasPending ?? false {
                wait(index)
                drained(index)
                return
            }
        }
        connection.pointee.outbox = nil
        watch(index)
        settle(index)
        drained(index)
    }

    /// The socket is full: goes on when it takes more, or the peer stalls.
    func wait(_ index: Int) {
        watch(index)
        setAlarm(index, at: time + limits.sendStallTime.wholeMilliseconds)
    }

    /// Tells epoll what the connection waits for.
    func watch(_ index: Int) {
        let connection = slab.base + index
        guard !connection.pointee.isFree else { return }
        var events: UInt32 = connection.pointee.isPaused ? 0 : EPOLLIN.rawValue
        if connection.pointee.isWaiting { events |= EPOLLOUT.rawValue }
        guard events != connection.pointee.interest else { return }
        connection.pointee.interest = events
        clinux_epoll_control(
            epoll,
            EPOLL_CTL_MOD,
            connection.pointee.descriptor,
            events,
            token(of: index)
        )
    }

    func token(of index: Int) -> UInt64 {
        UInt64(slab.base[index].generation) << 32 | UInt64(UInt32(truncatingIfNeeded: index))
    }

    /// When all was said to a connection that is finishing: shuts it.
    func settle(_ index: Int) {
        let connection = slab.base + index
        guard !connection.pointee.isFree, case .finishing = connection.pointee.stage,
            !connection.pointee.isWaiting, corked != index, endSecured(index)
        else { return }
        guard connection.pointee.lingers else {
            kill(index, .lost(errno: 0))
            return
        }
        shutdown(connection.pointee.descriptor, Int32(SHUT_WR))
        connection.pointee.stage = .lingering
        connection.pointee.isPaused = false
        connection.pointee.ended = time
        watch(index)
        setAlarm(index, at: time + limits.closeTime.wholeMilliseconds)
    }
}
