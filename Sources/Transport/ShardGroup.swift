import CLinux
import Glibc
public import TLS

/// The shards of one process. Each listens for itself, and the operating system spreads the
/// connections over them (SO_REUSEPORT). It runs until `drain` or `stop`.
public final class ShardGroup: Sendable {
    public let shards: [Shard]
    private let turnedAway = TurnAwayCounts()

    /// Starts the shards: at least one, one a core is meant. `makeApplication` is called once on
    /// each.
    /// - Throws: `TransportError.system` when the process has no descriptor left.
    public init(
        count: Int,
        limits: TransportLimits = TransportLimits(),
        makeApplication: @escaping @Sendable (isolated Shard) -> any Application
    ) async throws(TransportError) {
        var shards: [Shard] = []
        let census = PackingCensus()
        let connections = ConnectionCensus(limit: limits.connections)
        let addresses = AddressCensus(limit: limits.connectionsPerAddress)
        for number in 0..<max(1, min(count, Int(UInt16.max))) {
            shards.append(
                try Shard(
                    number: UInt16(truncatingIfNeeded: number),
                    limits: limits,
                    census: census,
                    connections: connections,
                    addresses: addresses,
                    turnedAway: turnedAway
                )
            )
        }
        self.shards = shards
        for shard in shards { await shard.start(makeApplication) }
    }

    /// Listens on all shards.
    /// - Parameters:
    ///   - host: a numeric address of IPv4 or IPv6, or a name such as `localhost`.
    ///   - port: 0 takes a free one.
    ///   - tls: what connections speak TLS with; `nil` for plain ones.
    /// - Returns: the port.
    /// - Throws: `TransportError.portTaken` when another socket listens there, of this process or
    ///   another.
    public func listen(
        host: String,
        port: Int,
        tls: TLSContext? = nil
    ) async throws(TransportError) -> Int {
        let addresses = try SocketAddress.resolve(host: host, port: port, isPassive: true)
        guard let address = addresses.first else { throw .unknownHost(host) }
        let first = try ListeningSocket.open(address, host: host, isFirst: true)
        var sockets = [first]
        guard let bound = SocketAddress(of: first, isPeer: false) else {
            close(first)
            throw .system(call: "getsockname", errno: errno)
        }
        do throws(TransportError) {
            for _ in shards.dropFirst() {
                sockets.append(try ListeningSocket.open(bound, host: host, isFirst: false))
            }
        } catch {
            for socket in sockets { close(socket) }
            throw error
        }
        for (shard, socket) in zip(shards, sockets) {
            try await shard.adopt(listener: socket, tls: tls)
        }
        return bound.port
    }

    /// Connections that were turned away so far.
    public func turnedAway(because reason: TurnAway) -> Int { turnedAway[reason] }

    /// Stops accepting, tells WebSockets 1012, lets requests under way be answered, for so long;
    /// then stops.
    public func drain(within limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            for shard in shards {
                group.addTask { await shard.drain(within: limit) }
            }
        }
        await stop()
    }

    /// Drops all connections and stops, at once.
    public func stop() async {
        for shard in shards { await shard.stop() }
    }
}

/// Makes sockets that listen.
enum ListeningSocket {
    /// A socket that listens. The first one binds without SO_REUSEPORT, which fails where anybody
    /// else listens, and takes it on afterwards for the other shards.
    static func open(
        _ address: SocketAddress,
        host: String,
        isFirst: Bool
    ) throws(TransportError) -> Int32 {
        let descriptor = clinux_stream_socket(address.family)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        do throws(TransportError) {
            try set(SOL_SOCKET, SO_REUSEADDR, on: descriptor)
            if address.family == AF_INET6 {
                try set(Int32(IPPROTO_IPV6), Int32(IPV6_V6ONLY), on: descriptor)
            }
            if !isFirst { try set(SOL_SOCKET, SO_REUSEPORT, on: descriptor) }
            guard address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
                throw failure("bind", host, address.port)
            }
            if isFirst { try set(SOL_SOCKET, SO_REUSEPORT, on: descriptor) }
            guard Glibc.listen(descriptor, 4_096) == 0 else {
                throw failure("listen", host, address.port)
            }
            return descriptor
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    private static func set(
        _ level: Int32,
        _ option: Int32,
        on descriptor: Int32
    ) throws(TransportError) {
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard setsockopt(descriptor, level, option, &one, size) == 0 else {
            throw .system(call: "setsockopt", errno: errno)
        }
    }

    private static func failure(_ call: String, _ host: String, _ port: Int) -> TransportError {
        switch errno {
        case EADDRINUSE: .portTaken(host: host, port: port)
        case EACCES: .portForbidden(host: host, port: port)
        case EADDRNOTAVAIL: .unknownHost(host)
        case let code: .system(call: call, errno: code)
        }
    }
}
