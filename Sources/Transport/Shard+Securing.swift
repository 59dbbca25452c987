import CLinux
import Glibc
import TLS

/// A connection's TLS, and the records that its socket did not take yet.
final class SecureLayer {
    let session: TLSSession
    private(set) var pending: [UInt8] = []
    private var sent = 0
    /// When something of it last went out, or it began to wait; milliseconds.
    private(set) var progressed = 0
    /// That nothing more follows has been said.
    var isEnded = false

    init(_ session: TLSSession) {
        self.session = session
    }

    var hasPending: Bool { sent < pending.count }

    /// Bytes that wait.
    var count: Int { pending.count - sent }

    /// Keeps what the socket did not take; it is at most what one call made, since nothing is
    /// sealed while records wait.
    func keep(_ records: UnsafeRawBufferPointer, at now: Int) {
        if !hasPending {
            (pending, sent, progressed) = ([], 0, now)
        }
        pending.append(contentsOf: records)
    }

    func withPending<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        pending.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
    }

    func remove(_ count: Int, at now: Int) {
        guard count > 0 else { return }
        sent += count
        progressed = now
        if !hasPending { (pending, sent) = ([], 0) }
    }
}

extension Shard {
    /// Bytes that are sealed before they are sent: four records.
    private static var sealedAtOnce: Int { 64 * 1024 }

    /// Gives a new connection its TLS.
    func secure(
        _ index: Int,
        _ context: TLSContext,
        as role: TLSSession.Role
    ) throws(TLSConfigurationError) {
        let pipe = try recordPipe()
        slab.base[index].secure = SecureLayer(
            try TLSSession(context, as: role, through: pipe)
        )
    }

    private func recordPipe() throws(TLSConfigurationError) -> TLSPipe {
        if let pipe { return pipe }
        let made = try TLSPipe()
        pipe = made
        return made
    }

    /// Begins the handshake of the client role.
    func beginSecuring(_ index: Int, _ secure: SecureLayer) {
        guard let pipe else { return }
        pipe.clearOutput()
        do throws(TLSFailure) {
            _ = try secure.session.handshake()
            sendRecords(index, secure)
        } catch {
            fail(index, secure, error)
        }
    }

    /// Records came: goes on with the handshake, or opens them.
    func takeRecords(
        _ index: Int,
        _ secure: SecureLayer,
        _ records: UnsafeRawBufferPointer
    ) {
        guard let pipe else { return }
        pipe.clearOutput()
        pipe.lend(records)
        defer { pipe.lend(UnsafeRawBufferPointer(start: nil, count: 0)) }
        do throws(TLSFailure) {
            if !secure.session.isEstablished {
                let isDone = try secure.session.handshake()
                sendRecords(index, secure)
                guard isDone, !slab.base[index].isFree else { return }
                secured(index)
            }
            guard !slab.base[index].isFree else { return }
            let (count, hasEnded) = try open(index, secure)
            if count > 0 {
                let bytes = UnsafeMutableRawBufferPointer(start: buffers.receive, count: count)
                take(index, bytes)
            }
            if hasEnded, !slab.base[index].isFree { lost(index, 0) }
        } catch {
            fail(index, secure, error)
        }
    }

    /// Opens all records that are whole into the receive buffer, which has room for what one call
    /// of the socket can bring.
    private func open(
        _ index: Int,
        _ secure: SecureLayer
    ) throws(TLSFailure) -> (count: Int, hasEnded: Bool) {
        guard let pipe else { return (0, false) }
        pipe.clearOutput()
        var count = 0
        while true {
            let room = UnsafeMutableRawBufferPointer(
                start: buffers.receive + count,
                count: ShardBuffers.receiveCapacity - count
            )
            switch try secure.session.read(into: room) {
            case .bytes(let more): count += more
            case .needsMore, .ended:
                // Answers of TLS itself, such as to a change of keys.
                sendRecords(index, secure)
                return (count, secure.session.hasEnded)
            }
        }
    }

    /// The handshake is done.
    private func secured(_ index: Int) {
        switch slab.base[index].stage {
        case .securing:
            slab.base[index].stage = .http(Exchange(limits: limits, at: time))
            setAlarm(index, at: time + limits.headTime.wholeMilliseconds)
        case .outbound(let outbound):
            outbox(of: index).append(outbound.request)
            flush(index)
        default: break
        }
    }

    /// TLS failed: what it says about that is sent, as far as that goes.
    private func fail(_ index: Int, _ secure: SecureLayer, _ failure: TLSFailure) {
        guard !slab.base[index].isFree else { return }
        sendRecords(index, secure)
        guard !slab.base[index].isFree else { return }
        slab.base[index].reason = .insecure(failure)
        guard failure == .plainHTTP else {
            kill(index, .insecure(failure))
            return
        }
        // Somebody typed http: for https:. Without TLS, that can be said plainly.
        slab.base[index].secure = nil
        slab.base[index].lingers = true
        outbox(of: index).append(HandshakeRefusal.plainOnTLS(date: date.text(at: time)))
        flush(index)
        finish(index)
    }

    // MARK: Writing

    /// Sends the records that the pipe holds, behind those that wait.
    func sendRecords(_ index: Int, _ secure: SecureLayer) {
        guard let pipe, !pipe.output.isEmpty, !slab.base[index].isFree else { return }
        let records = pipe.output
        pipe.clearOutput()
        var written = 0
        if !secure.hasPending {
            guard let taken = sendPlain(index, records) else { return }
            written = taken
        }
        guard written < records.count else { return }
        secure.keep(UnsafeRawBufferPointer(rebasing: records[written...]), at: time)
        wait(index)
    }

    /// Sends the records that wait.
    /// - Returns: whether none is left; `false` too when the connection broke.
    func sendPending(_ index: Int, _ secure: SecureLayer) -> Bool {
        guard secure.hasPending else { return true }
        guard let written = secure.withPending({ sendPlain(index, $0) }) else { return false }
        secure.remove(written, at: time)
        if secure.hasPending { wait(index) }
        return !secure.hasPending
    }

    /// Seals and sends bytes, none while records wait.
    /// - Returns: how many bytes are sealed, and so on their way; `nil` when the connection broke.
    func writeSecured(_ index: Int, _ secure: SecureLayer, _ bytes: RawSpan) -> Int? {
        guard let pipe else { return nil }
        guard sendPending(index, secure) else { return slab.base[index].isFree ? nil : 0 }
        var taken = 0
        while taken < bytes.byteCount, !secure.hasPending {
            let end = min(bytes.byteCount, taken + Self.sealedAtOnce)
            pipe.clearOutput()
            do throws(TLSFailure) {
                try bytes.extracting(taken..<end).withUnsafeBytes { piece throws(TLSFailure) in
                    try secure.session.write(piece)
                }
            } catch {
                kill(index, .insecure(error))
                return nil
            }
            taken = end
            sendRecords(index, secure)
            guard !slab.base[index].isFree else { return nil }
        }
        return taken
    }

    /// Says that nothing more follows, once.
    /// - Returns: whether that is sent.
    func endSecured(_ index: Int) -> Bool {
        guard let secure = slab.base[index].secure, let pipe else { return true }
        if !secure.isEnded {
            secure.isEnded = true
            pipe.clearOutput()
            secure.session.end()
            sendRecords(index, secure)
        }
        return !slab.base[index].isFree && !secure.hasPending
    }
}
