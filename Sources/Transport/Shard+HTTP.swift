public import HTTP
import HTTPTypes
import WebSocket

extension Shard {
    /// Answers the request that the connection's application was given.
    /// - Returns: `false` when the connection is gone or has no unanswered request.
    @discardableResult
    public func respond(to connection: ConnectionID, with response: Response) -> Bool {
        guard let index = index(of: connection), case .http(let exchange) = slab.base[index].stage,
            case .answering(let head) = exchange.phase
        else { return false }
        slab.base[index].isKnown = false
        answer(index, exchange, head, response)
        if !exchange.isServing, !slab.base[index].isFree { resumable.append(connection) }
        return true
    }

    /// Bytes of requests came.
    func takeRequests(
        _ index: Int,
        _ exchange: Exchange,
        _ bytes: UnsafeMutableRawBufferPointer
    ) {
        guard !exchange.isBusy, exchange.readAhead.isEmpty else {
            exchange.readAhead.append(contentsOf: bytes)
            pauseIfFull(index, exchange)
            return
        }
        cork(index)
        serve(index, exchange, bytes)
        uncork()
    }

    private func pauseIfFull(_ index: Int, _ exchange: Exchange) {
        guard exchange.readAhead.count >= limits.readAhead else { return }
        slab.base[index].isPaused = true
        watch(index)
    }

    /// Goes on with connections whose request was answered.
    func resumeExchanges() {
        while let connection = resumable.popLast() {
            guard let index = index(of: connection),
                case .http(let exchange) = slab.base[index].stage, !exchange.isBusy
            else { continue }
            var pending = exchange.readAhead
            exchange.readAhead = []
            slab.base[index].isPaused = exchange.hasEnded
            watch(index)
            cork(index)
            // Also of nothing: a body may be whole whose end was not told yet.
            pending.withUnsafeMutableBytes { serve(index, exchange, $0) }
            if exchange.hasEnded, !exchange.isBusy { end(index, exchange) }
            uncork()
        }
    }

    /// Serves requests until bytes or an answer are missing. What is behind an unanswered one is
    /// kept.
    func serve(
        _ index: Int,
        _ exchange: Exchange,
        _ bytes: UnsafeMutableRawBufferPointer
    ) {
        exchange.isServing = true
        defer { exchange.isServing = false }
        let input = UnsafeRawBufferPointer(bytes)
        var offset = 0
        var served = 0
        do throws(RequestError) {
            while !slab.base[index].isFree, !exchange.isBusy {
                if case .ended = exchange.phase { return }
                if offset < input.count, holds(index, exchange, served: served) { break }
                let before = offset
                let event = try exchange.parser.next(
                    in: input.bindMemory(to: UInt8.self).span,
                    from: &offset
                )
                note(exchange, taken: offset - before)
                guard let event else { break }
                switch event {
                case .head(let head):
                    served += 1
                    let decision = application?.plan(head, from: id(at: index), on: self)
                    let hasMore = offset < input.count
                    if try follow(decision, index, exchange, head, hasMore: hasMore) {
                        upgraded(index, bytes, from: offset)
                        return
                    }
                case .request(let request):
                    exchange.phase = .answering(request.head)
                    slab.base[index].isKnown = true
                    application?.receive(request, from: id(at: index), on: self)
                case .piece(let piece): pass(piece, index, exchange)
                case .end: passedAll(index, exchange)
                }
            }
        } catch {
            refuse(index, exchange, error.problem.response)
            return
        }
        guard !slab.base[index].isFree else { return }
        if exchange.isBusy, offset < input.count {
            exchange.readAhead.append(contentsOf: input[offset...])
            pauseIfFull(index, exchange)
        }
        rest(index, exchange)
    }

    /// Keeps the time of the present request: its body grows, or its head began.
    private func note(_ exchange: Exchange, taken: Int) {
        switch exchange.phase {
        case .resting where taken > 0: exchange.phase = .head(since: time)
        case .body(let head, let since, let received):
            exchange.phase = .body(head, since: since, received: received + taken)
        case .upload(let upload): upload.received += taken
        default: break
        }
    }

    /// All bytes were served: sets the time limit of what is awaited.
    private func rest(_ index: Int, _ exchange: Exchange) {
        switch exchange.phase {
        case .head where exchange.parser.isBetweenRequests && slab.base[index].isSeasoned:
            exchange.phase = .resting(since: time)
            setAlarm(index, at: time + limits.keepAliveTime.wholeMilliseconds)
        case .resting: setAlarm(index, at: time + limits.keepAliveTime.wholeMilliseconds)
        case .head(let since):
            setAlarm(index, at: since + limits.headTime.wholeMilliseconds)
        case .body(_, let since, _):
            setAlarm(index, at: since + limits.bodyTime.wholeMilliseconds)
        case .upload(let upload) where !exchange.isBusy:
            setAlarm(index, at: upload.since + limits.bodyTime.wholeMilliseconds)
        case .deciding, .upload, .answering, .sending, .ended: break
        }
    }

    /// Does what the application decides on a head. `hasMore` tells that something came behind it.
    /// - Returns: whether the connection is a WebSocket now.
    func follow(
        _ decision: RequestPlan?,
        _ index: Int,
        _ exchange: Exchange,
        _ head: RequestHead,
        hasMore: Bool
    ) throws(RequestError) -> Bool {
        guard !slab.base[index].isFree else { return false }
        switch decision {
        case nil: kill(index, .draining)
        case .read(let limit):
            try exchange.parser.readBody(upTo: limit)
            exchange.phase = .body(head, since: time, received: 0)
            invite(index, head, hasMore: hasMore)
        case .stream(let sink, let limit):
            try exchange.parser.streamBody(upTo: limit)
            exchange.phase = .upload(Upload(head: head, sink: sink, at: time))
            invite(index, head, hasMore: hasMore)
        case .later:
            exchange.phase = .deciding(head)
            slab.base[index].isKnown = true
        case .refuse(let response):
            guard head.framing.isEmpty else {
                exchange.phase = .answering(head)
                answer(index, exchange, head, response, keeps: false)
                return false
            }
            // Nothing of it is left to read: the connection can go on.
            exchange.phase = .answering(head)
            try exchange.parser.readBody(upTo: 0)
            try passOver(exchange)
            answer(index, exchange, head, response)
        case .upgrade(let subprotocol, let fields, let isPacked):
            // What the application planned it is told the end of.
            slab.base[index].isKnown = true
            return upgrade(index, exchange, head, subprotocol, fields, isPacked: isPacked)
        }
        return false
    }

    /// `100 Continue`, unless there is no body or it is coming already (RFC 9110 §10.1.1).
    private func invite(_ index: Int, _ head: RequestHead, hasMore: Bool) {
        guard head.expectsContinue, !head.framing.isEmpty, !hasMore else { return }
        say(index, ResponseSerializer.continueBytes)
    }

    /// Decides on a request whose plan was `later`.
    /// - Returns: `false` when the connection is gone or waits for no decision.
    @discardableResult
    public func proceed(_ connection: ConnectionID, with plan: RequestPlan) -> Bool {
        guard let index = index(of: connection), case .http(let exchange) = slab.base[index].stage,
            case .deciding(let head) = exchange.phase
        else { return false }
        slab.base[index].isKnown = false
        let hasMore = !exchange.readAhead.isEmpty || exchange.hasEnded
        do throws(RequestError) {
            if try follow(plan, index, exchange, head, hasMore: hasMore) {
                var frames = exchange.readAhead
                slab.base[index].isPaused = false
                watch(index)
                frames.withUnsafeMutableBytes { upgraded(index, $0, from: 0) }
                return true
            }
        } catch {
            refuse(index, exchange, error.problem.response)
        }
        if !slab.base[index].isFree { resumable.append(connection) }
        return true
    }

    /// Takes the request without a body that was refused out of the parser.
    private func passOver(_ exchange: Exchange) throws(RequestError) {
        var offset = 0
        _ = try exchange.parser.next(in: Span(), from: &offset)
    }

    /// A request did not come in its time; one of which nothing came has no answer.
    func refuseSlow(_ index: Int, _ limit: CloseReason.TimeLimit) {
        guard case .http(let exchange) = slab.base[index].stage else { return }
        slab.base[index].reason = .timedOut(limit)
        if exchange.parser.isBetweenRequests {
            kill(index, .timedOut(limit))
            return
        }
        let allowed = limit == .head ? limits.headTime : limits.bodyTime
        let error = RequestError.tooSlow(limitMilliseconds: allowed.wholeMilliseconds)
        refuse(index, exchange, error.problem.response)
    }

    // MARK: The upgrade

    private func upgrade(
        _ index: Int,
        _ exchange: Exchange,
        _ head: RequestHead,
        _ subprotocol: String?,
        _ fields: HTTPFields,
        isPacked: Bool
    ) -> Bool {
        do throws(HandshakeError) {
            let offered = HandshakeFields(head.fields)
            let handshake = try ServerHandshake(
                method: head.method.rawValue,
                isHTTP11: head.minorVersion == 1,
                values: offered.values
            )
            let deflate = isPacked ? limits.deflate?.answer(handshake.extensions) : nil
            let bytes = ResponseSerializer.switchingProtocols(
                try handshake.answer(subprotocol: subprotocol, deflate: deflate),
                fields,
                date: date.text(at: time)
            )
            exchange.parser.end()
            exchange.deflate = deflate
            say(index, bytes)
            return true
        } catch {
            slab.base[index].reason = .handshakeRefused(status: error.status)
            say(index, HandshakeRefusal.bytes(for: error, date: date.text(at: time)))
            exchange.phase = .ended
            exchange.parser.end()
            slab.base[index].lingers = true
            finish(index)
            markDirty(index)
            return false
        }
    }

    /// The connection is a WebSocket; what follows the request are frames already.
    private func upgraded(
        _ index: Int,
        _ bytes: UnsafeMutableRawBufferPointer,
        from offset: Int
    ) {
        guard !slab.base[index].isFree, case .http(let exchange) = slab.base[index].stage else {
            return
        }
        open(index, role: .server, deflate: exchange.deflate)
        guard !slab.base[index].isFree, offset < bytes.count else { return }
        takeFrames(index, UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]))
    }

    /// Makes a WebSocket of a connection; all that HTTP needed is released.
    func open(_ index: Int, role: Role, deflate: DeflateParameters?) {
        let connection = slab.base + index
        connection.pointee.stage = .open
        connection.pointee.isKnown = true
        var inflater: MessageInflater?
        if let deflate, let policy = limits.deflate {
            do throws(DeflateFailure) {
                inflater = try agree(deflate, policy, role: role, at: index)
            } catch {
                kill(index, .local(.internalError))
                return
            }
        }
        connection.pointee.reader = FrameReader(
            role: role,
            frameLimit: limits.frame,
            messageLimit: limits.message,
            fragmentLimit: limits.fragments,
            inflater: inflater
        )
        connection.pointee.heard = time
        setAlarm(index, at: time + limits.pingAfter.wholeMilliseconds)
        application?.opened(id(at: index), on: self)
    }
}
