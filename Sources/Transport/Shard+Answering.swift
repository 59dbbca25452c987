import Dispatch
import Glibc
import HTTP
import HTTPTypes
import WebSocket

/// Answers on their way out: in memory, or fetched as the peer takes them.
extension Shard {
    /// Writes an answer; the connection rests then, or ends.
    func answer(
        _ index: Int,
        _ exchange: Exchange,
        _ head: RequestHead,
        _ response: Response,
        keeps: Bool = true
    ) {
        // RFC 9112 §6.3: what has no length ends with the connection, for HTTP/1.0.
        let endsByClose = response.content.count == nil && head.minorVersion == 0
        let keeps = keeps && head.keepsAlive && !isDraining && !endsByClose
        let serialized = ResponseSerializer.head(
            of: response,
            minorVersion: head.minorVersion,
            outcome: keeps ? .keepAlive : .close,
            date: date.text(at: time)
        )
        say(index, serialized)
        if ResponseSerializer.hasBody(response, to: head.method) {
            guard case .bytes(let body) = response.content else {
                let isChunked = response.content.count == nil && !endsByClose
                let download = Download(response.content, isChunked: isChunked, keeps: keeps)
                exchange.phase = .sending(download)
                fetch(index, exchange, download)
                return
            }
            sayBody(index, body)
        }
        answered(index, exchange, keeps: keeps)
    }

    private func answered(_ index: Int, _ exchange: Exchange, keeps: Bool) {
        guard !slab.base[index].isFree else { return }
        slab.base[index].isSeasoned = true
        if keeps, !isDraining {
            exchange.phase = .resting(since: time)
            setAlarm(index, at: time + limits.keepAliveTime.wholeMilliseconds)
        } else {
            end(index, exchange)
        }
    }

    // MARK: Fetched content

    /// The queue of a peer got shorter: its answer goes on.
    func drained(_ index: Int) {
        guard case .http(let exchange) = slab.base[index].stage else { return }
        if case .sending(let download) = exchange.phase {
            fetch(index, exchange, download)
        } else if exchange.pause == .backlog {
            release(id(at: index))
        }
    }

    // MARK: Requests behind one another

    /// Requests of one connection that are served in one go.
    private static var servedAtOnce: Int { 16 }

    /// Whether the next request of a connection has to wait: a peer that asks and asks, and takes
    /// no answer, would else have the server hold all of them.
    func holds(_ index: Int, _ exchange: Exchange, served: Int) -> Bool {
        guard exchange.parser.isBetweenRequests else { return false }
        let id = id(at: index)
        if queued(for: id) > limits.downloadAhead {
            exchange.pause = .backlog
        } else if served >= Self.servedAtOnce {
            exchange.pause = .turn
        } else {
            return false
        }
        // What is gathered may go out at once; then nobody else tells.
        post { $0.release(id) }
        return true
    }

    /// The requests of a connection go on, if nothing stands in their way any more.
    private func release(_ connection: ConnectionID) {
        guard let index = index(of: connection), case .http(let exchange) = slab.base[index].stage,
            let pause = exchange.pause, pause == .turn || hasAppetite(index)
        else { return }
        exchange.pause = nil
        resumable.append(connection)
    }

    /// Fetches the next pieces of an answer, unless enough waits for the peer already.
    private func fetch(_ index: Int, _ exchange: Exchange, _ download: Download) {
        while !download.isFetching, !slab.base[index].isFree, hasAppetite(index) {
            let id = id(at: index)
            switch download.next(limit: limits.downloadPiece) {
            case .say(let bytes): sayBody(index, bytes)
            case .read(let source, let range):
                download.isFetching = true
                // A disk may take its time, which the shard has not.
                disk.async {
                    let result = Result { try source.bytes(in: range) }
                    self.post { shard in
                        shard.fetched(id, source, result, isWhole: result.count == range.count)
                    }
                }
            case .ask(let stream):
                download.isFetching = true
                stream.next { result in
                    self.post { $0.fetched(id, stream, result, isWhole: true) }
                }
            case .finish:
                answered(index, exchange, keeps: download.keeps)
                if !exchange.isServing, !slab.base[index].isFree { resumable.append(id) }
                return
            }
        }
    }

    private func hasAppetite(_ index: Int) -> Bool {
        (slab.base[index].outbox?.count ?? 0) <= limits.downloadAhead
    }

    /// A piece is there, or could not be had: the peer then sees the answer cut short.
    private func fetched(
        _ connection: ConnectionID,
        _ origin: AnyObject,
        _ result: Result<[UInt8], any Error>,
        isWhole: Bool
    ) {
        guard let index = index(of: connection), case .http(let exchange) = slab.base[index].stage,
            case .sending(let download) = exchange.phase
        else { return }
        download.isFetching = false
        guard isWhole, case .success(let bytes) = result else {
            cutShort(index)
            return
        }
        if origin is any ByteStream {
            if bytes.isEmpty { download.end() }
            if download.isChunked {
                say(index, bytes.isEmpty ? ChunkedWriter.last : ChunkedWriter.begin(bytes.count))
            }
            sayBody(index, bytes)
            if download.isChunked, !bytes.isEmpty { say(index, ChunkedWriter.end) }
        } else {
            sayBody(index, bytes)
        }
        fetch(index, exchange, download)
    }

    /// Breaks the connection with a reset: an orderly end would be taken for the answer's own where
    /// that has no length.
    private func cutShort(_ index: Int) {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            slab.base[index].descriptor,
            SOL_SOCKET,
            SO_LINGER,
            &now,
            socklen_t(MemoryLayout<linger>.size)
        )
        kill(index, .local(.internalError))
    }

    // MARK: The end

    /// Refuses what is no request, and ends.
    func refuse(_ index: Int, _ exchange: Exchange, _ response: Response) {
        guard !slab.base[index].isFree else { return }
        let bytes = ResponseSerializer.bytes(
            of: response,
            to: .get,
            outcome: .close,
            date: date.text(at: time)
        )
        say(index, bytes)
        end(index, exchange)
    }

    /// No request more on this connection: what comes is thrown away until the peer ends, so
    /// that no reset overtakes the answer (RFC 9112 §9.6).
    func end(_ index: Int, _ exchange: Exchange) {
        guard case .http = slab.base[index].stage else { return }
        exchange.phase = .ended
        exchange.parser.end()
        slab.base[index].lingers = true
        slab.base[index].isKnown = false
        // An upload or a long answer may have stopped the reading.
        slab.base[index].isPaused = exchange.hasEnded
        watch(index)
        finish(index)
        markDirty(index)
    }

    /// Bytes of a response, gathered with others.
    func say(_ index: Int, _ bytes: [UInt8]) {
        guard !slab.base[index].isFree else { return }
        if corked == index, gather(bytes.span.bytes) { return }
        outbox(of: index).append(copying: bytes.span.bytes)
        markDirty(index)
    }

    /// A body goes out from where it is; a small one is gathered with its head.
    private func sayBody(_ index: Int, _ body: [UInt8]) {
        guard !slab.base[index].isFree, !body.isEmpty else { return }
        guard body.count > 16 * 1024 else {
            say(index, body)
            return
        }
        if corked == index { flushCork() }
        guard !slab.base[index].isFree else { return }
        outbox(of: index).append(body)
        markDirty(index)
    }
}

extension Result where Success == [UInt8] {
    fileprivate var count: Int? {
        if case .success(let bytes) = self { return bytes.count }
        return nil
    }
}
