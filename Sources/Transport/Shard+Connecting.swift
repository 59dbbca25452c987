import CLinux
import Glibc
public import HTTP
public import HTTPTypes
import OpenSSL
import TLS
import WebSocket

extension Shard {
    /// What a request's sender is called back with.
    public typealias ResponseHandler = (Result<Response, RequestFailure>, isolated Shard) -> Void

    /// Begins an outbound WebSocket; `opened` or `closed` of its id follows. A host name is
    /// looked up on the spot, which holds the shard up: use a numeric address where that matters.
    public func connect(to target: OutboundTarget) throws(TransportError) -> ConnectionID {
        let handshake: ClientHandshake
        do {
            handshake = ClientHandshake(
                nonce: try SecureRandom.bytes(16),
                subprotocols: target.subprotocols,
                deflate: limits.deflate
            )
        } catch {
            throw .system(call: "RAND_bytes", errno: 0)
        }
        try keys.refillIfEmpty()
        var fields = target.fields
        for field in handshake.fields { fields.append(field) }
        return try begin(.webSocket(handshake), .get, target, fields, body: [])
    }

    /// Sends one request on a connection of its own; `reply` is called once.
    @discardableResult
    public func request(
        _ method: HTTPRequest.Method,
        of target: OutboundTarget,
        body: [UInt8] = [],
        then reply: @escaping ResponseHandler
    ) throws(TransportError) -> ConnectionID {
        var fields = target.fields
        fields[.connection] = "close"
        return try begin(.request(reply), method, target, fields, body: body)
    }

    private func begin(
        _ purpose: Outbound.Purpose,
        _ method: HTTPRequest.Method,
        _ target: OutboundTarget,
        _ fields: HTTPFields,
        body: [UInt8]
    ) throws(TransportError) -> ConnectionID {
        guard !isStopped, !isDraining else { throw .stopped }
        let addresses = try SocketAddress.resolve(
            host: target.host,
            port: target.port,
            isPassive: false
        )
        let source = try target.localHost.map { host throws(TransportError) in
            try SocketAddress.resolve(host: host, port: 0, isPassive: false)[0]
        }
        let request = HTTPRequest(
            method: method,
            scheme: "http",
            authority: target.authority,
            path: target.path,
            headerFields: fields
        )
        let outbound = Outbound(
            purpose,
            to: target,
            request: RequestSerializer.bytes(of: request, body: body),
            method: method,
            addresses: addresses,
            from: source,
            at: time
        )
        guard let index = slab.take() else { throw .connectionLimit(limits.connections) }
        let connection = slab.base + index
        connection.pointee.stage = .outbound(outbound)
        connection.pointee.isClient = true
        if case .webSocket = purpose { connection.pointee.isKnown = true }
        awaken()
        let id = id(at: index)
        guard let code = tryNext(index, outbound) else { return id }
        slab.giveBack(index)
        throw .system(call: "connect", errno: code)
    }

    /// Tries the addresses that are left.
    /// - Returns: the last one's refusal, `nil` when a connection is under way.
    private func tryNext(_ index: Int, _ outbound: Outbound) -> Int32? {
        var code = ECONNREFUSED
        while let address = outbound.addresses.popLast() {
            let descriptor = clinux_stream_socket(address.family)
            guard descriptor >= 0 else {
                code = errno
                continue
            }
            var result: Int32 = 0
            if let source = outbound.source {
                result = source.withPointer { clinux_bind_source(descriptor, $0, $1) }
            }
            if result == 0 {
                result = address.withPointer { Glibc.connect(descriptor, $0, $1) }
            }
            guard result == 0 || errno == EINPROGRESS else {
                code = errno
                Glibc.close(descriptor)
                continue
            }
            slab.base[index].descriptor = descriptor
            slab.base[index].interest = EPOLLOUT.rawValue
            let added = clinux_epoll_control(
                epoll,
                EPOLL_CTL_ADD,
                descriptor,
                EPOLLOUT.rawValue,
                token(of: index)
            )
            guard added == 0 else {
                code = errno
                Glibc.close(descriptor)
                slab.base[index].descriptor = -1
                continue
            }
            var one: Int32 = 1
            setsockopt(
                descriptor,
                Int32(IPPROTO_TCP),
                TCP_NODELAY,
                &one,
                socklen_t(MemoryLayout<Int32>.size)
            )
            setAlarm(index, at: outbound.begun + limits.connectTime.wholeMilliseconds)
            return nil
        }
        return code
    }

    /// The connection stands, or was refused.
    func connected(_ index: Int, _ outbound: Outbound) {
        let connection = slab.base + index
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(connection.pointee.descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        guard code == 0 else {
            Glibc.close(connection.pointee.descriptor)
            connection.pointee.descriptor = -1
            if let last = tryNext(index, outbound) {
                // `kill` wants a descriptor to tell the living from the dead.
                bringOut(index, .lost(errno: outbound.addresses.isEmpty ? code : last))
            }
            return
        }
        outbound.isConnected = true
        connection.pointee.heard = time
        connection.pointee.interest = 0
        guard let tls = outbound.tls else {
            outbox(of: index).append(outbound.request)
            flush(index)
            watch(index)
            return
        }
        do throws(TLSConfigurationError) {
            try secure(index, tls, as: .client(host: outbound.host))
        } catch {
            kill(index, .lost(errno: ENOMEM))
            return
        }
        if let secure = connection.pointee.secure { beginSecuring(index, secure) }
        watch(index)
    }

    /// Ends a connection that has no descriptor any more.
    private func bringOut(_ index: Int, _ reason: CloseReason) {
        slab.base[index].reason = reason
        dead.append(UInt32(truncatingIfNeeded: index))
        awaken()
    }

    /// Bytes of the answer came.
    func takeAnswer(
        _ index: Int,
        _ outbound: Outbound,
        _ bytes: UnsafeMutableRawBufferPointer
    ) {
        var offset = 0
        do throws(ResponseError) {
            let span = UnsafeRawBufferPointer(bytes).bindMemory(to: UInt8.self).span
            guard let response = try outbound.parser.next(in: span, from: &offset) else { return }
            answered(index, outbound, response)
        } catch {
            unreadable(index, outbound, error)
            return
        }
        guard slab.base[index].isOpen, offset < bytes.count else { return }
        takeFrames(index, UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]))
    }

    /// The stream ended, which may be the answer's end.
    func finishAnswer(_ index: Int, _ outbound: Outbound, _ code: Int32) {
        do throws(ResponseError) {
            guard code == 0, let response = try outbound.parser.finish() else {
                kill(index, .lost(errno: code))
                return
            }
            answered(index, outbound, response)
        } catch {
            unreadable(index, outbound, error)
        }
    }

    private func answered(_ index: Int, _ outbound: Outbound, _ response: Response) {
        switch outbound.purpose {
        case .request(let reply):
            slab.base[index].stage = .finishing
            kill(index, .local(.normal))
            reply(.success(response), self)
        case .webSocket(let handshake):
            do throws(HandshakeError) {
                let agreement = try handshake.check(
                    status: response.status.code,
                    values: response.fields.values
                )
                open(index, role: .client, deflate: agreement.deflate)
            } catch {
                kill(index, .handshakeRefused(status: response.status.code))
            }
        }
    }

    private func unreadable(_ index: Int, _ outbound: Outbound, _ error: ResponseError) {
        guard case .request(let reply) = outbound.purpose else {
            kill(index, .handshakeRefused(status: nil))
            return
        }
        slab.base[index].stage = .finishing
        kill(index, .lost(errno: 0))
        reply(.failure(.malformed(error)), self)
    }
}
