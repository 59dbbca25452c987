// What the tests of this target serve: an application that tells what it is told.
import HTTP
import HTTPTypes
import TLS
import Transport
import WebSocket

/// What the application was told.
enum Told: Equatable, Sendable {
    case request(String, ConnectionID)
    case opened(ConnectionID)
    case released
    case message(MessageKind, [UInt8], ConnectionID)
    case closed(ConnectionID, CloseReason)
}

/// `/ws` becomes a WebSocket, `/refuse` is refused, `/later` waits for the test's answer, `/big`
/// has twenty million bytes, `/small` takes bodies of at most ten; all else is answered with its
/// body. `/file/N` has N bytes of a source, `/broken/N` as many but breaks off, `/stream/N` is a
/// stream; `/store` puts the body in a basket, `/hold` in one that the test lets go, `/full` in one
/// of a hundred thousand bytes; `/decide` waits for the test's plan. A message that begins with
/// `echo` comes back.
final class Probe: Application {
    /// What `/hold` is given, for the test.
    private(set) weak var held: Basket?
    /// Who asked for `/decide`, before and after the test's plan.
    var undecided: ConnectionID?
    var unanswered: ConnectionID?
    /// What `/file` and `/stream` read from.
    private(set) var pattern: Pattern?

    static let bigBody = [UInt8](repeating: 0x62, count: 20_000_000)

    private let tell: AsyncStream<Told>.Continuation

    init(_ tell: AsyncStream<Told>.Continuation) {
        self.tell = tell
    }

    func plan(
        _ head: RequestHead,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) -> RequestPlan {
        switch head.path.first {
        case "ws": .upgrade(subprotocol: head.path.count > 1 ? head.path[1] : nil, fields: [:])
        case "refuse": .refuse(Response(status: .forbidden))
        case "small": .read(bodyLimit: 10)
        case "decide": waits(connection)
        case "store", "hold", "full": .stream(to: basket(head.path[0]), bodyLimit: 1 << 25)
        default: .read(bodyLimit: 1 << 24)
        }
    }

    private func waits(_ connection: ConnectionID) -> RequestPlan {
        undecided = connection
        return .later
    }

    private func basket(_ name: String) -> Basket {
        let tell = tell
        let basket = Basket(
            isHolding: name == "hold",
            limit: name == "full" ? 100_000 : .max
        ) { tell.yield(.released) }
        held = basket
        return basket
    }

    func receive(
        _ head: RequestHead,
        takenBy sink: any BodySink,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard let basket = sink as? Basket else { return }
        shard.respond(to: connection, with: Response(body: basket.bytes))
    }

    func receive(_ request: Request, from connection: ConnectionID, on shard: isolated Shard) {
        tell.yield(.request(request.path.joined(separator: "/"), connection))
        let size = request.path.count > 1 ? Int(request.path[1]) ?? 0 : 0
        switch request.path.first {
        case "later": return
        case "decide": unanswered = connection
        case "file", "broken", "stream":
            let isBroken = request.path[0] == "broken"
            let pattern = Pattern(count: size, breaksAt: isBroken ? size / 2 : .max)
            self.pattern = pattern
            var response = Response()
            response.content =
                request.path[0] == "stream" || request.path.count > 2
                ? .stream(PatternStream(pattern))
                : .parts([.bytes([0x3C]), .slice(of: pattern, 0..<size), .bytes([0x3E])])
            shard.respond(to: connection, with: response)
        case "big": shard.respond(to: connection, with: Response(body: Self.bigBody))
        default: shard.respond(to: connection, with: Response(body: request.body))
        }
    }

    func opened(_ connection: ConnectionID, on shard: isolated Shard) {
        tell.yield(.opened(connection))
    }

    func receive(
        _ kind: MessageKind,
        _ bytes: RawSpan,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        let message = [UInt8](copying: bytes)
        tell.yield(.message(kind, message, connection))
        if message.starts(with: "echo".utf8) { shard.send(kind, bytes, to: connection) }
    }

    func closed(
        _ connection: ConnectionID,
        because reason: CloseReason,
        on shard: isolated Shard
    ) {
        tell.yield(.closed(connection, reason))
    }
}

/// A group of shards that serves probes on a free port.
struct Station {
    let group: ShardGroup
    let port: Int
    let told: AsyncStream<Told>

    init(
        shards: Int = 1,
        host: String = "127.0.0.1",
        tls: TLSContext? = nil,
        _ change: (inout TransportLimits) -> Void = { _ in }
    ) async throws {
        var limits = TransportLimits()
        change(&limits)
        let (told, tell) = AsyncStream.makeStream(of: Told.self)
        self.told = told
        group = try await ShardGroup(count: shards, limits: limits) { _ in Probe(tell) }
        port = try await group.listen(host: host, port: 0, tls: tls)
    }

    var shard: Shard { group.shards[0] }

    /// Runs a test with a station that is stopped after it.
    static func run(
        shards: Int = 1,
        tls: TLSContext? = nil,
        _ change: (inout TransportLimits) -> Void = { _ in },
        _ body: (Station) async throws -> Void
    ) async throws {
        let station = try await Station(shards: shards, tls: tls, change)
        do {
            try await body(station)
        } catch {
            await station.group.stop()
            throw error
        }
        await station.group.stop()
    }

    /// Runs a job on the shard and gives its result.
    func on<Value: Sendable>(
        _ job: @escaping @Sendable (isolated Shard) -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            shard.post { continuation.resume(returning: job($0)) }
        }
    }
}

extension AsyncStream<Told>.Iterator {
    /// The next connection that opened; what else is told before is passed over.
    mutating func nextOpened() async -> ConnectionID? {
        while let told = await next(isolation: #isolation) {
            if case .opened(let connection) = told { return connection }
        }
        return nil
    }

    /// Why the next connection that ends does.
    mutating func nextReason() async -> CloseReason? {
        while let told = await next(isolation: #isolation) {
            if case .closed(_, let reason) = told { return reason }
        }
        return nil
    }

    /// The next message.
    mutating func nextMessage() async -> [UInt8]? {
        while let told = await next(isolation: #isolation) {
            if case .message(_, let bytes, _) = told { return bytes }
        }
        return nil
    }

    /// The connection of the next request.
    mutating func nextRequest() async -> ConnectionID? {
        while let told = await next(isolation: #isolation) {
            if case .request(_, let connection) = told { return connection }
        }
        return nil
    }
}
