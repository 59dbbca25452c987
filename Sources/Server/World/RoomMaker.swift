internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport
internal import Wire

/// Makes rooms, and brings those of the log back to life.
struct RoomMaker: Sendable {
    let world: World

    /// A new room, live on its shard when this returns.
    /// - Parameters:
    ///   - plan: what it is to be.
    ///   - chosen: its id, for a request that may come again: a room that was made by it stays as it
    ///     is, one that a crash left unborn is finished. At random without one.
    ///   - prepare: what is to be durable before the room is.
    /// - Returns: its id.
    /// - Throws: `room.bad_plan`, `unavailable`, or what `prepare` throws.
    func make(
        _ plan: RoomPlan,
        as chosen: RoomID? = nil,
        prepare: (RoomID) async throws(WireError) -> Void = { (_) throws(WireError) in }
    ) async throws(WireError) -> RoomID {
        // What cannot be created is refused before anything is written.
        let trial = Room(limits: world.roomLimits).decide(
            .create(plan),
            by: .server,
            at: world.clock.now()
        )
        if case .failure(let rejection) = trial { throw WireError(rejection) }
        let room = try await world.stored { [chosen] in
            if let chosen { return chosen }
            guard let fresh = RoomID(bytes: try SecureRandom.bytes(16)) else {
                throw WireError.unavailable("no random bytes")
            }
            return fresh
        }
        if let known = world.directory[room], known.state != .unborn { return room }
        try await prepare(room)
        if !world.directory.contains(room) {
            let now = world.clock.now()
            let genesis = genesis(at: now)
            try await world.stored {
                try await world.store.createRoom(room, genesis: genesis, at: now)
            }
            await start(room, genesis: genesis, events: [])
        }
        _ = try await world.perform(.create(plan), in: room, by: .server)
        return room
    }

    /// The room's genesis, as it is stored and hashed (`ledger.md`, Event).
    private func genesis(at now: Timestamp) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("v", 1)
            object.member("server", world.store.serverName)
            object.member("kind", "roadshow")
            object.member("at", now.milliseconds)
            object.member("hash", "sha256")
            object.member("sign", "ed25519")
            object.member("key", world.store.key.publicKey.raw.hexText)
            object.member("rules", 1)
        }
        return writer.bytes
    }

    /// Puts a room on its shard with the events it has. A clock that ran when the server was last
    /// known to live makes up for the time since: before anything else can be decided.
    /// - Returns: what is wrong with its log, if it cannot be taken over.
    @discardableResult
    func start(
        _ room: RoomID,
        genesis: [UInt8],
        events: [SealedEvent],
        checkpoint: SignedCheckpoint? = nil,
        lastMark: Timestamp? = nil
    ) async -> RoomHost.LoadError? {
        guard let home = world.home(of: room) else { return nil }
        let world = world
        return await withCheckedContinuation { continuation in
            home.post { shard in
                guard let hub = shard.application as? Hub else {
                    continuation.resume(returning: nil)
                    return
                }
                let host = world.makeHost(of: room, genesis: genesis)
                do throws(RoomHost.LoadError) {
                    for event in events { try host.load(event) }
                    host.load(checkpoint)
                    host.finishLoading()
                    if let lastMark { host.makeUp(since: lastMark) }
                    hub.adopt(host, on: shard)
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
        }
    }
}

extension [UInt8] {
    /// Lower-case hex.
    var hexText: String {
        Hex.encode(self)
    }
}
