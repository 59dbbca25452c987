// Durable appends per second of the store, measured as scripts/bench/append.c measures C.
import Foundation
import Ledger
import OpenSSL
import Storage
import Synchronization

enum Bench {
    static func run(folder: String, writers: String, seconds: String) async throws {
        guard let writers = Int(writers), let seconds = Double(seconds) else { throw Usage() }
        let store = try Store(.init(folder: folder + "/append-swift"))
        // Sealing is the rooms' work: it is done before, as C has none to do.
        var chains: [Chain] = []
        for _ in 0..<writers {
            chains.append(try await Chain(store, length: Int(seconds * 100_000) / writers + 1))
        }
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        let counts = await withTaskGroup(of: Int.self) { group in
            for chain in chains {
                group.addTask {
                    await withCheckedContinuation { done in
                        append(chain, from: 0, until: end, to: store) { done.resume(returning: $0) }
                    }
                }
            }
            return await group.reduce(0, +)
        }
        let took = (ContinuousClock.now - start) / .seconds(1)
        let rate = Int(Double(counts) / took)
        FileHandle.standardOutput.write(
            Data("{\"writers\": \(writers), \"appendsPerSecond\": \(rate)}\n".utf8)
        )
        try await store.close()
    }

    /// Appends one event after the other, the next when the one before is durable.
    private static func append(
        _ chain: Chain,
        from index: Int,
        until end: ContinuousClock.Instant,
        to store: Store,
        then done: @escaping @Sendable (Int) -> Void
    ) {
        guard index < chain.requests.count, ContinuousClock.now < end else { return done(index) }
        store.append(chain.requests[index]) { answer in
            guard case .success = answer else { return done(index) }
            append(chain, from: index + 1, until: end, to: store, then: done)
        }
    }

    struct Usage: Error {}

    private struct Chain: Sendable {
        let requests: [AppendRequest]

        init(_ store: Store, length: Int) async throws {
            guard let room = RoomID(bytes: try SecureRandom.bytes(RoomID.byteCount)) else {
                throw Usage()
            }
            let genesis = Array("{}".utf8)
            try await store.createRoom(room, genesis: genesis, at: Timestamp(milliseconds: 0))
            var head = ChainHead.start(room: room, genesis: genesis)
            let content = [UInt8](repeating: UInt8(ascii: "x"), count: 200)
            let salt = [UInt8](repeating: 7, count: Part.saltByteCount)
            let actor = room.description.prefix(16)
            requests = (0..<length).map { index in
                let event = head.seal(
                    [(.everyone, content)],
                    at: Timestamp(milliseconds: 1_790_000_000_000 + UInt64(index)),
                    command: CommandKey(actor: String(actor), id: "k7QzX2-\(index)"),
                    salts: { salt }
                )
                return AppendRequest(
                    room: room,
                    expecting: UInt64(index),
                    epoch: store.epoch,
                    events: [event]
                )
            }
        }
    }
}
