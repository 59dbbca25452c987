internal import HTTP
internal import Ledger
internal import Logging
internal import Mail
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Synchronization
internal import Transport
internal import Wire

/// What all shards share. Nothing in it changes but through its own locks.
final class World: Sendable {
    let settings: Settings
    let store: Store
    let clock: ServerClock
    let pages: StaticFiles
    let templates: Templates
    let regions: Regions
    let directory = Directory()
    let guests: AddressLimits
    /// Guesses at entry codes: of one address, and at one room's.
    let codeTries: AddressLimits
    let codeTriesOfRoom: AddressLimits
    /// Searches of one address, and of one person.
    let searches: AddressLimits
    let tickets = Tickets()
    let signIns: SignInLimits
    let media = MediaCentre()
    let slides = SlideDesk()
    let archive = ArchiveDesk()
    let search = SearchFeeder()
    let log: Logger
    /// The way to people's mailboxes and telephones.
    let mailer: any Mailer
    let passwords = PasswordMill()
    let roomLimits: RoomLimits
    private let shards = Mutex<[Shard]>([])
    private let draining = Atomic(false)

    init(
        settings: Settings,
        store: Store,
        clock: ServerClock,
        pages: StaticFiles,
        templates: Templates,
        mailer: any Mailer,
        log: Logger
    ) {
        self.settings = settings
        self.store = store
        self.clock = clock
        self.pages = pages
        self.templates = templates
        regions = pages[Regions.path].flatMap { Regions($0.bytes) } ?? Regions()
        self.mailer = mailer
        self.log = log
        guests = AddressLimits(perMinute: settings.guestsPerMinute)
        searches = AddressLimits(perMinute: settings.searchesPerMinute)
        codeTries = AddressLimits(perMinute: settings.codeTriesPerMinute)
        codeTriesOfRoom = AddressLimits(perMinute: 6 * settings.codeTriesPerMinute)
        var limits = RoomLimits()
        limits.words = WordList(settings.words, consequence: settings.wordConsequence)
        roomLimits = limits
        signIns = SignInLimits(settings.people)
    }

    /// The shards, once they run.
    func attach(_ shards: [Shard]) {
        self.shards.withLock { $0 = shards }
    }

    /// Whether the server is going down: nothing new is taken.
    var isDraining: Bool { draining.load(ordering: .acquiring) }

    /// Tells every socket, lets what is under way become durable, and signs every log to its end.
    func prepareDrain() async {
        draining.store(true, ordering: .releasing)
        let frame = SharedFrame.text(ServerMessage.signal("drain", in: nil))
        for shard in allShards {
            shard.post { shard in
                guard let hub = shard.application as? Hub else { return }
                shard.broadcast(frame, to: Array(hub.viewers.keys), droppable: true)
            }
        }
        await media.flush(at: clock.now())
        for summary in directory.all {
            do throws(WireError) {
                // Answered when everything decided before it is durable.
                _ = try await perform(.keepTime, in: summary.room, by: .server)
                let checkpoint = try await withHost(of: summary.room) { host, _, _ in
                    host.makeCheckpoint()
                }
                guard let checkpoint else { continue }
                try await stored { try await store.keep(checkpoint) }
            } catch {
                let cause: Logger.Metadata = ["cause": "\(error.message)"]
                log.warning("a log was not signed to its end", metadata: cause)
            }
        }
    }

    /// Runs a call to the store; its failures are the server's, not the caller's.
    func stored<Value>(_ body: () async throws -> Value) async throws(WireError) -> Value {
        do {
            return try await body()
        } catch {
            log.error("storage failed", metadata: ["cause": "\(error)"])
            throw .unavailable("storage")
        }
    }

    var allShards: [Shard] { shards.withLock { $0 } }

    /// The shard that a room lives on.
    func home(of room: RoomID) -> Shard? {
        let shards = allShards
        guard !shards.isEmpty, let first = room.bytes.first else { return nil }
        return shards[Int(first) % shards.count]
    }

    var checkpoints: CheckpointMaker {
        CheckpointMaker(server: store.serverName, key: store.key)
    }

    /// A new host for a room, before any event is loaded.
    func makeHost(of room: RoomID, genesis: [UInt8]) -> RoomHost {
        let clock = clock
        var pool = RandomPool()
        return RoomHost(
            id: room,
            genesis: genesis,
            epoch: store.epoch,
            limits: roomLimits,
            checkpoints: checkpoints,
            now: { clock.now() },
            salts: { try pool.next(32) }
        )
    }

    /// Runs `body` with the room's host on its shard.
    /// - Throws: `room.not_found`, or what `body` throws.
    func withHost<Value: Sendable>(
        of room: RoomID,
        _ body: @escaping @Sendable (RoomHost, Hub, isolated Shard) throws(WireError) -> Value
    ) async throws(WireError) -> Value {
        guard let home = home(of: room) else { throw .unavailable("starting") }
        let result: Result<Value, WireError> = await withCheckedContinuation { continuation in
            home.post { shard in
                guard let hub = shard.application as? Hub, let host = hub.host(of: room) else {
                    continuation.resume(returning: .failure(.noSuchRoom))
                    return
                }
                do throws(WireError) {
                    continuation.resume(returning: .success(try body(host, hub, shard)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    /// Gives a room a command of the server or of a person, and waits until it is durable.
    func perform(
        _ command: Command,
        in room: RoomID,
        by speaker: Speaker
    ) async throws(WireError) -> Answer {
        guard let home = home(of: room) else { throw .unavailable("starting") }
        let received = clock.now()
        let result: Result<Answer, WireError> = await withCheckedContinuation { continuation in
            home.post { shard in
                guard let hub = shard.application as? Hub, let host = hub.host(of: room) else {
                    continuation.resume(returning: .failure(.noSuchRoom))
                    return
                }
                hub.touch(host)
                host.take(
                    command,
                    mark: nil,
                    by: speaker,
                    received: received,
                    replyTo: .call { continuation.resume(returning: $0) }
                )
            }
        }
        return try result.get()
    }
}

extension WireError {
    static let noSuchRoom = WireError(.roomNotFound, "there is no such room")

    /// The same command id came with another payload.
    static let reused = WireError(
        .commandIDReused,
        "this id was used for another command; ids are unique for a sender in a room"
    )
}

/// How often each address may do something; forgets addresses that have been quiet.
final class AddressLimits: Sendable {
    /// Addresses kept at once; beyond it all the rest share one bucket.
    private static let limit = 50_000

    private let burst: Int
    private let perSecond: Double
    private let buckets = Mutex<[String: TokenBucket]>([:])

    convenience init(perMinute: Int) {
        self.init(burst: perMinute, perMinutes: 1)
    }

    /// `burst` in so many minutes, all of them at once if need be.
    init(burst: Int, perMinutes minutes: Int) {
        self.burst = burst
        perSecond = Double(burst) / (60 * Double(minutes))
    }

    /// - Returns: `nil` when the address may go on, else the milliseconds to wait.
    func take(_ address: String?) -> Int64? {
        let now = ContinuousClock.now
        return buckets.withLock { buckets in
            if buckets.count >= Self.limit {
                buckets = buckets.filter { !$0.value.isFull(at: now) }
            }
            let isKnown = address.map { buckets[$0] != nil } ?? false
            let key = isKnown || buckets.count < Self.limit ? address ?? "" : ""
            let fresh = TokenBucket(burst: burst, perSecond: perSecond, at: now)
            return buckets[key, default: fresh].take(at: now)
        }
    }
}
