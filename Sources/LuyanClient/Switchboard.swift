public import HTTP
internal import HTTPTypes
internal import TLS
public import Transport
public import WebSocket

/// What a client's sockets on one shard are for. Made and called on that shard only; one handler may
/// have thousands of sockets.
public protocol SocketHandler: AnyObject {
    /// The socket is open.
    func opened(_ socket: ConnectionID, on shard: isolated Shard)

    /// A text came; `text` is borrowed for the call.
    func received(_ text: RawSpan, from socket: ConnectionID, on shard: isolated Shard)

    /// Bytes that are no text came; `bytes` are borrowed for the call.
    func receivedBinary(
        _ bytes: RawSpan,
        from socket: ConnectionID,
        on shard: isolated Shard
    )

    /// The socket is gone, or could not be opened.
    func closed(_ socket: ConnectionID, because reason: CloseReason, on shard: isolated Shard)

    /// A time is over that `Switchboard.wake` was asked to wait for.
    func woken(_ tag: Int, on shard: isolated Shard)
}

extension SocketHandler {
    public func receivedBinary(
        _ bytes: RawSpan,
        from socket: ConnectionID,
        on shard: isolated Shard
    ) {}
    public func woken(_ tag: Int, on shard: isolated Shard) {}
}

/// A client's share of one shard: gives what its sockets receive to their handlers.
public final class Switchboard: Application {
    /// At the index of each connection.
    private var handlers: [(generation: UInt32, handler: any SocketHandler)?] = []
    private var lines: [UInt64: Line] = [:]
    private var sleepers: [UInt64: any SocketHandler] = [:]
    private var sleeperCount: UInt64 = 0
    private let tls: TLSContext

    init(tls: TLSContext) {
        self.tls = tls
    }

    /// Opens a socket to the server's rooms.
    ///
    /// `token`: of a session; `nil` for a visitor.
    /// `path`, `subprotocols`: for servers that are no Luyan.
    /// `localHost`: the address of this machine to come from, numeric.
    public func open(
        _ address: ServerAddress,
        token: String?,
        path: String = "/ws",
        subprotocols: [String] = ["luyan.v1"],
        from localHost: String? = nil,
        for handler: any SocketHandler,
        on shard: isolated Shard
    ) throws(TransportError) -> ConnectionID {
        var fields = HTTPFields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        let target = OutboundTarget(
            host: address.host,
            port: address.port,
            path: path,
            subprotocols: subprotocols,
            fields: fields,
            tls: address.isTLS ? tls : nil,
            localHost: localHost
        )
        let socket = try shard.connect(to: target)
        let index = Int(socket.index)
        while handlers.count <= index { handlers.append(nil) }
        handlers[index] = (socket.generation, handler)
        return socket
    }

    /// Sends a text to the server; one whose socket is gone goes nowhere.
    public func send(_ text: [UInt8], to socket: ConnectionID, on shard: isolated Shard) {
        shard.send(.text, text, to: socket)
    }

    /// Sends bytes that are no text; one whose socket is gone goes nowhere.
    public func send(binary: RawSpan, to socket: ConnectionID, on shard: isolated Shard) {
        shard.send(.binary, binary, to: socket)
    }

    /// Says goodbye; `closed` follows.
    public func close(_ socket: ConnectionID, on shard: isolated Shard) {
        shard.close(socket, with: .normal)
    }

    /// Calls `woken` of the handler with that tag after a while, once.
    public func wake(
        _ handler: any SocketHandler,
        _ tag: Int,
        after delay: Duration,
        on shard: isolated Shard
    ) {
        sleeperCount += 1
        let number = sleeperCount
        sleepers[number] = handler
        shard.schedule(after: delay) { shard in
            guard let switchboard = shard.application as? Switchboard else { return }
            switchboard.sleepers.removeValue(forKey: number)?.woken(tag, on: shard)
        }
    }

    func line(_ number: UInt64) -> Line? {
        lines[number]
    }

    func keep(_ line: Line) {
        lines[line.number] = line
    }

    func drop(_ line: Line) {
        lines[line.number] = nil
    }

    private func handler(of socket: ConnectionID) -> (any SocketHandler)? {
        let index = Int(socket.index)
        guard handlers.indices.contains(index), let entry = handlers[index],
            entry.generation == socket.generation
        else { return nil }
        return entry.handler
    }

    public func opened(_ connection: ConnectionID, on shard: isolated Shard) {
        handler(of: connection)?.opened(connection, on: shard)
    }

    public func receive(
        _ kind: MessageKind,
        _ bytes: RawSpan,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard let handler = handler(of: connection) else { return }
        switch kind {
        case .text: handler.received(bytes, from: connection, on: shard)
        case .binary: handler.receivedBinary(bytes, from: connection, on: shard)
        }
    }

    public func closed(
        _ connection: ConnectionID,
        because reason: CloseReason,
        on shard: isolated Shard
    ) {
        let handler = handler(of: connection)
        if handler != nil { handlers[Int(connection.index)] = nil }
        handler?.closed(connection, because: reason, on: shard)
    }

    /// A client serves nobody.
    public func plan(
        _ head: RequestHead,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) -> RequestPlan {
        .refuse(Response(status: .notFound))
    }

    public func receive(
        _ request: Request,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        shard.respond(to: connection, with: Response(status: .notFound))
    }
}
