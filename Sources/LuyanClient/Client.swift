internal import Synchronization
internal import TLS
public import Transport

/// The shards that a program's connections to Luyan servers live on.
public final class Client: Sendable {
    private let group: ShardGroup
    private let count = Atomic<UInt64>(0)
    /// For servers that speak TLS.
    let tls: TLSContext

    /// `shards`: serial queues for sockets; one serves some thousand.
    /// `limits`: those of the transport; messages up to 16 MiB where none are given.
    /// `authorities`: a PEM file of those that are trusted to name servers; the system's where none
    /// is given.
    public init(
        shards: Int = 1,
        limits: TransportLimits = Client.standardLimits,
        authorities: String? = nil
    ) async throws(ClientError) {
        do throws(TLSConfigurationError) {
            tls = try TLSContext(clientTrusting: authorities)
        } catch {
            throw .authorities(error)
        }
        do throws(TransportError) {
            let tls = tls
            group = try await ShardGroup(count: max(1, shards), limits: limits) { _ in
                Switchboard(tls: tls)
            }
        } catch {
            throw .transport(error)
        }
    }

    /// A snapshot of a long room is far longer than what clients send.
    public static var standardLimits: TransportLimits {
        var limits = TransportLimits()
        limits.frame = 16 << 20
        limits.message = 16 << 20
        limits.outbound = 16 << 20
        return limits
    }

    /// Connects to a server's rooms; from then on the line is made again whenever it is lost.
    ///
    /// `url`: such as `https://luyan.example`.
    /// `token`: of a session (`Site.signIn…`); `nil` for a visitor.
    /// `buffer`: messages that may wait to be taken from `incoming`.
    /// Throws `ClientError` when the first attempt fails.
    public func connect(
        to url: String,
        token: String? = nil,
        buffer: Int = 4_096
    ) async throws(ClientError) -> RoomConnection {
        let address = try ServerAddress(url)
        let number = count.add(1, ordering: .relaxed).newValue
        let shard = group.shards[Int(number % UInt64(group.shards.count))]
        let (incoming, feed) = AsyncStream.makeStream(
            of: Incoming.self,
            bufferingPolicy: .bufferingOldest(max(16, buffer))
        )
        let connection = RoomConnection(shard: shard, line: number, incoming: incoming)
        let result: Result<Void, ClientError> = await withCheckedContinuation { continuation in
            shard.post { shard in
                guard let switchboard = shard.application as? Switchboard else {
                    continuation.resume(returning: .failure(.transport(.stopped)))
                    return
                }
                let line = Line(number: number, address: address, token: token, feed: feed)
                switchboard.keep(line)
                line.start(on: shard) { continuation.resume(returning: $0) }
            }
        }
        try result.get()
        return connection
    }

    /// How many shards there are.
    public var shardCount: Int { group.shards.count }

    /// Runs `body` on a shard, for handlers that bear many sockets.
    ///
    /// `index`: taken modulo the number of shards.
    public func onShard(
        _ index: Int,
        _ body: @escaping @Sendable (Switchboard, isolated Shard) -> Void
    ) {
        group.shards[abs(index % group.shards.count)].post { shard in
            guard let switchboard = shard.application as? Switchboard else { return }
            body(switchboard, shard)
        }
    }

    /// Ends all connections at once.
    public func stop() async {
        await group.stop()
    }
}
