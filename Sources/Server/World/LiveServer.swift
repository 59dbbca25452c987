internal import Foundation
public import Logging
internal import HTTP
internal import Ledger
internal import Mail
internal import OpenSSL
internal import Rooms
internal import Storage
internal import TLS
internal import Transport
public import WebSocket
internal import Wire

/// A running server: one process, one port, one data folder.
public final class LiveServer: Sendable {
    public static let version = "0.1.0"
    /// Where phones get the authority's certificate from.
    public static let authorityPath = "authority.crt"

    let world: World
    private let group: ShardGroup
    private let tls: ServerTLS?
    private let mail: MailQueue?
    private let marks: Task<Void, Never>
    private let packing: Task<Void, Never>
    private let sweeping: Task<Void, Never>
    private let erasing: Task<Void, Never>
    private let recording: Task<Void, Never>
    private let archiving: Task<Void, Never>
    private let finding: Task<Void, Never>
    /// The port it listens on.
    public let port: Int
    /// Where people reach it, best first: one, or one for each interface where it listens on all.
    public let addresses: [String]

    private init(
        world: World,
        group: ShardGroup,
        tls: ServerTLS?,
        mail: MailQueue?,
        port: Int
    ) {
        self.world = world
        self.mail = mail
        self.group = group
        self.tls = tls
        self.port = port
        var settings = world.settings
        settings.port = port
        addresses = settings.addresses()
        packing = Task.detached(priority: .background) { Self.packPages(of: world) }
        SlideDesk.clear(in: settings)
        sweeping = Task.detached(priority: .background) {
            await Self.again(every: .seconds(86_400)) { await world.sweep() }
        }
        finding = Task.detached(priority: .background) { await world.search.run(in: world) }
        recording = Task { await Self.again(every: .seconds(5)) { await world.watchRecordings() } }
        archiving = Task(priority: .utility) {
            await world.resumeBundles()
            await Self.again(every: .seconds(3_600)) { await world.expireRecords() }
        }
        erasing = Task { await Self.again(every: .seconds(60)) { await world.resumeErasures() } }
        marks = Task {
            // The liveness mark: how far the server is known to have lived. Now and then what has
            // expired goes.
            var ticks = 0
            while !Task.isCancelled {
                do {
                    if ticks % 3_600 == 0 {
                        try await world.store.people.removeExpired(at: world.clock.now())
                    }
                    ticks += 1
                    try await Task.sleep(for: .seconds(1))
                    try await world.store.mark(world.clock.now())
                } catch is CancellationError {
                    return
                } catch {
                    world.log.warning("no liveness mark", metadata: ["cause": "\(error)"])
                }
            }
        }
    }

    /// Gives the shards the pages' variants; until then the plain bytes are served.
    private static func packPages(of world: World) {
        do {
            let packed = try PageFiles.packed(world.pages)
            for shard in world.allShards {
                shard.post { ($0.application as? Hub)?.pages = packed }
            }
        } catch is CancellationError {
            return
        } catch {
            world.log.warning("the pages stay unpacked", metadata: ["cause": "\(error)"])
        }
    }

    /// Opens the data folder, brings the rooms back to life and listens.
    public static func start(
        _ settings: Settings,
        log: Logger
    ) async throws(StartFailure) -> LiveServer {
        var pages = try PageFiles.read(settings.web)
        let templates = try Templates(settings.templates)
        let store = try open(settings)
        do {
            let tls = try settings.makeTLS()
            if let authority = tls?.authority {
                let bytes = Array(authority.certificate.utf8)
                pages.add(Self.authorityPath, bytes: bytes, digest: SHA256.hash(bytes).bytes)
            }
            let earliest = try await store.lastMark() ?? Timestamp(milliseconds: 0)
            let mark = try await store.mark()
            let clock = ServerClock(notBefore: earliest, wall: .wall)
            let mail = try settings.mail.queued(data: settings.data, log: log)
            let world = World(
                settings: settings,
                store: store,
                clock: clock,
                pages: pages,
                templates: templates,
                mailer: mail.way,
                log: log
            )
            let group = try await ShardGroup(
                count: settings.shardCount,
                limits: settings.transportLimits,
                makeApplication: { _ in Hub(world: world) }
            )
            world.attach(group.shards)
            try await revive(in: world, lastMark: mark)
            try await store.mark(clock.now())
            let port = try await group.listen(
                host: settings.host,
                port: settings.port,
                tls: tls?.context
            )
            await mail.queue?.start()
            let server = LiveServer(
                world: world,
                group: group,
                tls: tls,
                mail: mail.queue,
                port: port
            )
            try AddressNote(folder: settings.data).write(server.url)
            return server
        } catch let failure as StartFailure {
            await release(store, log)
            throw failure
        } catch let error as TransportError {
            await release(store, log)
            throw .transport(error)
        } catch let error as StorageError {
            await release(store, log)
            throw .storage(error, folder: settings.data)
        } catch {
            await release(store, log)
            throw .other("\(error)")
        }
    }

    /// The fingerprint of the authority that phones are to be told to trust, where the server is its
    /// own; pairs of hex digits.
    public var authorityFingerprint: String? {
        tls?.fingerprint
    }

    /// Reads the certificate and its key anew; when that fails, the old ones stay.
    public func reloadCertificate() {
        guard let tls else { return }
        do throws(TLSConfigurationError) {
            try tls.context.reload()
            world.log.notice("the certificate was read anew")
        } catch {
            world.log.error("the certificate stays as it was", metadata: ["cause": "\(error)"])
        }
    }

    private static func open(_ settings: Settings) throws(StartFailure) -> Store {
        do throws(StorageError) {
            return try Store(
                Store.Options(
                    folder: settings.data,
                    serverName: settings.serverName,
                    synchronous: settings.synchronous == .full ? .full : .off
                )
            )
        } catch {
            throw .storage(error, folder: settings.data)
        }
    }

    private static func release(_ store: Store, _ log: Logger) async {
        do throws(StorageError) {
            try await store.close()
        } catch {
            log.warning("the data folder was not closed cleanly", metadata: ["cause": "\(error)"])
        }
    }

    /// Loads every room, and lets running clocks make up for the time the server was away.
    private static func revive(in world: World, lastMark: Timestamp?) async throws {
        let maker = RoomMaker(world: world)
        for room in try await world.store.rooms() {
            guard let genesis = try await world.store.genesis(of: room) else { continue }
            let events = try await world.store.readAll(room, after: 0)
            if let error = await maker.start(
                room,
                genesis: genesis,
                events: events,
                checkpoint: try await world.store.checkpoint(of: room),
                lastMark: lastMark
            ) {
                throw StartFailure.brokenLog(room: "\(room)", cause: "\(error)")
            }
        }
    }

    /// The address that links begin with.
    public var url: String { addresses[0] }

    /// SHA-256 of the server's public key, in hex.
    public var fingerprint: String {
        world.store.key.publicKey.fingerprint.hex
    }

    /// Does it now, and again after each pause, until its task is cancelled.
    private static func again(every pause: Duration, _ work: () async -> Void) async {
        while !Task.isCancelled {
            await work()
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    /// Stops accepting, finishes what is under way, closes with 1012, and lets go of the data folder.
    public func drain() async {
        marks.cancel()
        packing.cancel()
        sweeping.cancel()
        erasing.cancel()
        recording.cancel()
        archiving.cancel()
        await world.archive.stop()
        await archiving.value
        finding.cancel()
        await sweeping.value
        await erasing.value
        await finding.value
        await mail?.stop()
        await world.prepareDrain()
        await group.drain(within: .milliseconds(world.settings.drainMilliseconds))
        await Self.release(world.store, world.log)
    }

    /// Makes the example in a data folder that has none, and gives links into it.
    public func fillWithExample(from folder: String) async throws(StartFailure) -> ExampleLinks {
        try await Example(world: world, folder: folder).links(base: url)
    }
}

extension Timestamp {
    /// The wall clock's time.
    static var wall: Timestamp {
        Timestamp(milliseconds: UInt64(max(0, Date().timeIntervalSince1970 * 1_000)))
    }
}

extension Settings {
    /// The addresses that links can begin with, best first: the public one, or those of host and port.
    func addresses() -> [String] {
        addresses(interfaces: isHostWildcard ? Host.current().addresses : [])
    }

    /// The same with the addresses of the machine's network `interfaces`, without the loopback, which
    /// stand in for a host that means all of them.
    func addresses(interfaces: [String]) -> [String] {
        guard publicURL.isEmpty else { return [publicURL] }
        let isIPv6 = host.contains(":")
        // An address with a zone (`fe80::1%eth0`) leads nowhere from another machine.
        let found = interfaces.filter { $0.contains(":") == isIPv6 && !$0.contains("%") }
        let reached = isHostWildcard ? found + [isIPv6 ? "::1" : "127.0.0.1"] : [host]
        return reached.map { host in
            let name = host.contains(":") ? "[\(host)]" : host
            return "\(isReachedByTLS ? "https" : "http")://\(name):\(port)"
        }
    }

    /// Whether the host is no address that leads anywhere, but means every interface.
    private var isHostWildcard: Bool {
        ["0.0.0.0", "::", "[::]", "0"].contains(host)
    }

    var shardCount: Int {
        shards > 0 ? shards : max(1, ProcessInfo.processInfo.activeProcessorCount)
    }

    var transportLimits: TransportLimits {
        var limits = TransportLimits()
        limits.connections = connections
        limits.connectionsPerAddress = connectionsPerAddress
        limits.proxies = proxies.ranges
        limits.outbound = outboundBytes
        limits.pingAfter = .milliseconds(pingMilliseconds)
        limits.pongTime = .milliseconds(pongMilliseconds)
        limits.handshakeTime = .milliseconds(handshakeMilliseconds)
        limits.headTime = .milliseconds(headMilliseconds)
        limits.bodyTime = .milliseconds(bodyMilliseconds)
        limits.sendStallTime = .milliseconds(stallMilliseconds)
        limits.frame = Self.messageLimit
        limits.message = Self.messageLimit
        limits.deflate = deflatePolicy
        return limits
    }

    /// What the server agrees to of permessage-deflate; `nil` where it is off.
    public var deflatePolicy: DeflatePolicy? {
        guard compression != .off else { return nil }
        var policy = DeflatePolicy()
        policy.keepsOwnContext = compression == .context
        policy.keepsPeerContext = compression == .context
        policy.threshold = compressionThreshold
        return policy
    }
}
