internal import HTTP
internal import Ledger
internal import Logging
internal import Rooms
internal import Storage
internal import Transport
internal import WebSocket
internal import Wire

/// One shard's share of the server: its sockets, and the rooms that live on it.
final class Hub: Application {
    let world: World
    /// The pages; once they are packed, with their variants.
    var pages: StaticFiles
    var viewers: [ConnectionID: Viewer] = [:]
    /// Who is behind a socket that is being upgraded.
    var entering: [ConnectionID: Viewer] = [:]
    var followers: [RoomID: Followers] = [:]
    private var hosts: [RoomID: RoomHost] = [:]
    /// Rooms that had something to do in this wakeup.
    private var touched: [RoomID: RoomHost] = [:]
    var timers: [RoomID: RoomTimers] = [:]
    /// Sockets of live media, rooms whose media are relayed here, and, of rooms that live here, the
    /// numbers of their tracks.
    var mediaSockets: [ConnectionID: MediaSocket] = [:]
    var enteringMedia: [ConnectionID: MediaSocket] = [:]
    var mediaRooms: [RoomID: MediaRoom] = [:]
    /// Frames that came in this wakeup, in order.
    var framesArrived: [RoomID: [RelayedFrame]] = [:]
    var trackNumbers: [RoomID: TrackNumbers] = [:]
    /// The last event of each room whose word on media the shards have.
    var mediaTold: [RoomID: UInt64] = [:]
    var playbacks: [RoomID: PlayedRecording] = [:]
    /// What rooms of other shards said in this wakeup to those who follow them here.
    var arrived: [RoomID: [Delivery]] = [:]

    init(world: World) {
        self.world = world
        pages = world.pages
    }

    /// The room's host, where the room lives here.
    func host(of room: RoomID) -> RoomHost? {
        hosts[room]
    }

    /// A room lives here from now on.
    func adopt(_ host: RoomHost, on shard: isolated Shard) {
        hosts[host.id] = host
        world.directory.set(host.summary)
        touch(host)
    }

    /// The room's turn ends with this wakeup.
    func touch(_ host: RoomHost) {
        touched[host.id] = host
    }

    func finishWakeup(on shard: isolated Shard) {
        handArrived(on: shard)
        handFrames(on: shard)
        guard !touched.isEmpty else { return }
        let turn = touched
        touched = [:]
        for host in turn.values { finishTurn(of: host, on: shard) }
    }

    private func finishTurn(of host: RoomHost, on shard: isolated Shard) {
        host.finishTurn()
        let output = host.output
        host.output = HostOutput()
        let (room, store) = (host.id, world.store)
        let home: Shard = shard
        for (batch, request) in output.appends {
            store.append(request) { result in
                home.post { shard in
                    (shard.application as? Hub)?.appended(batch, in: room, result, on: shard)
                }
            }
        }
        if !output.segments.isEmpty { deliver(output.segments, in: room, on: shard) }
        if !output.erasures.isEmpty { erase(output.erasures, in: room) }
        if output.hasRecordChanged { world.archive.changed(room, in: world) }
        keepMedia(of: host, on: shard)
        if let after = output.recoverAfter { recover(room, after: after, on: shard) }
        keepTimers(of: host, on: shard)
        let summary = host.summary
        if world.directory[room] != summary { world.directory.set(summary) }
    }

    private func appended(
        _ batch: UInt64,
        in room: RoomID,
        _ result: Result<UInt64, AppendFailure>,
        on shard: isolated Shard
    ) {
        guard let host = hosts[room] else { return }
        if case .failure(let failure) = result {
            world.log.error("append failed", metadata: ["room": "\(room)", "cause": "\(failure)"])
        }
        host.appended(batch, result)
        world.search.note(room)
        host.tellPagesDue()
        touch(host)
    }

    private func erase(_ texts: [(sequence: UInt64, parts: [Int])], in room: RoomID) {
        let world = world
        Task {
            do {
                try await world.store.erase(texts, in: room)
            } catch {
                // It is erased at the next start, which looks for texts that should be gone.
                world.log.error(
                    "erasing failed",
                    metadata: ["room": "\(room)", "texts": "\(texts.count)", "cause": "\(error)"]
                )
            }
        }
    }

    /// Reads the log after a failed append, again and again until it can be read and written.
    private func recover(_ room: RoomID, after sequence: UInt64, on shard: isolated Shard) {
        let (world, home): (World, Shard) = (world, shard)
        Task {
            while true {
                do {
                    try await world.store.mark(world.clock.now())
                    let events = try await world.store.readAll(room, after: sequence)
                    home.post { shard in
                        guard let hub = shard.application as? Hub, let host = hub.host(of: room)
                        else { return }
                        host.recover(with: events)
                        world.search.note(room)
                        hub.touch(host)
                    }
                    return
                } catch {
                    world.log.warning(
                        "the log cannot be written yet",
                        metadata: ["room": "\(room)", "cause": "\(error)"]
                    )
                    do { try await Task.sleep(for: .seconds(1)) } catch { return }
                }
            }
        }
    }
}

extension EventLog {
    /// All durable events after a sequence number.
    func readAll(_ room: RoomID, after sequence: UInt64) async throws -> [SealedEvent] {
        var events: [SealedEvent] = []
        var last = sequence
        while true {
            let page = try await read(room, after: last, limit: 1_000)
            events += page
            guard let newest = page.last, page.count == 1_000 else { return events }
            last = newest.sequence
        }
    }
}
