// Proves that a barrier's job runs once, on its shard, after every shard has come by.
import HTTP
import Synchronization
import Testing

@testable import Server
@testable import Transport

struct BarrierTests {
    @Test(.timeLimit(.minutes(1)), arguments: [1, 2, 5])
    func `the job runs once, when the last shard has come by`(count: Int) async throws {
        let group = try await ShardGroup(count: count, makeApplication: { _ in Idle() })
        let home = try #require(group.shards.last)
        let runs = Mutex<[UInt16]>([])
        let barrier = Barrier(count: count, home: home) { shard in
            runs.withLock { $0.append(shard.number) }
        }
        for shard in group.shards.dropLast() {
            await turn(of: shard) { barrier.arrive() }
            await turn(of: home) {}
            #expect(runs.withLock(\.self) == [])
        }
        await turn(of: home) { barrier.arrive() }
        await turn(of: home) {}
        #expect(runs.withLock(\.self) == [home.number])
        await group.stop()
    }

    @Test(.timeLimit(.minutes(1)))
    func `what was posted to a shard before the barrier's job is done before it`() async throws {
        let group = try await ShardGroup(count: 3, makeApplication: { _ in Idle() })
        let home = group.shards[0]
        let order = Mutex<[Int]>([])
        await withCheckedContinuation { continuation in
            let barrier = Barrier(count: 3, home: home) { _ in
                order.withLock { $0.append(-1) }
                continuation.resume()
            }
            for (number, shard) in group.shards.enumerated() {
                // A command that was received on that shard goes to the room's home first.
                shard.post { _ in home.post { _ in order.withLock { $0.append(number) } } }
                shard.post { _ in barrier.arrive() }
            }
        }
        let seen = order.withLock(\.self)
        #expect(seen.last == -1)
        #expect(seen.dropLast().sorted() == [0, 1, 2])
        await group.stop()
    }

    /// Waits until a job was done on the shard.
    private func turn(of shard: Shard, _ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            shard.post { _ in
                body()
                continuation.resume()
            }
        }
    }
}

/// Serves nothing.
private final class Idle: Application {
    func plan(
        _ head: RequestHead,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) -> RequestPlan {
        .read(bodyLimit: 0)
    }

    func receive(_ request: Request, from connection: ConnectionID, on shard: isolated Shard) {}
}
