// Proves what an append answers, that it is all or nothing, and that nothing is lost by a restart.
import Ledger
import OpenSSL
import Storage
import Testing

struct AppendTests {
    @Test
    func `what was appended is read back, also after a restart`() async throws {
        let folder = try TemporaryFolder()
        let room = try RoomWriter.room(1)
        var events: [SealedEvent] = []
        var store = try Store(.init(folder: folder.path))
        var writer = try await RoomWriter(room, in: store)
        #expect(try await store.head(of: room) == writer.head)
        for number in 0..<5 {
            let command = number == 3 ? try key("ann", "1") : nil
            let request = try writer.request(["a\(number)", "b\(number)"], command: command)
            events += request.events
            #expect(await store.append(request) == .success(writer.head.sequence))
        }
        try await store.close()
        store = try Store(.init(folder: folder.path))
        #expect(try await store.read(room, after: 0, limit: 100) == events)
        #expect(try await store.read(room, after: 3, limit: 2) == Array(events[3..<5]))
        #expect(try await store.read(room, after: 10, limit: 2).isEmpty)
        #expect(try await store.read(room, after: 0, limit: 0).isEmpty)
        #expect(try await store.read(room, after: .max, limit: 9).isEmpty)
        #expect(try await store.head(of: room) == writer.head)
        #expect(try await store.head(of: RoomWriter.room(9)) == nil)
        #expect(try await store.rooms() == [room])
        #expect(store.epoch == 2)
        try await store.close()
    }

    @Test
    func `each refusal is typed and leaves nothing`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let room = try RoomWriter.room(1)
        var writer = try await RoomWriter(room, in: store)
        let first = try key("ann", "1")
        #expect(await store.append(try writer.request(["x"], command: first)) == .success(1))
        let good = writer
        func answer(
            _ change: (inout RoomWriter) throws -> AppendRequest
        ) async throws -> Result<UInt64, AppendFailure> {
            var writer = good
            return await store.append(try change(&writer))
        }
        let next = try writer.request(["n"]).events
        func request(
            _ room: RoomID,
            _ expecting: UInt64,
            _ epoch: UInt64,
            _ events: [SealedEvent]
        ) -> AppendRequest {
            AppendRequest(room: room, expecting: expecting, epoch: epoch, events: events)
        }
        let other = try RoomWriter.room(2)
        let rows: [(AppendRequest, AppendFailure)] = [
            (request(room, 0, 1, []), .unavailable(.malformed)),
            (request(room, 0, 1, next), .unavailable(.malformed)),
            (request(room, 2, 1, next), .unavailable(.malformed)),
            (request(other, 1, 1, next), .unavailable(.malformed)),
            (request(room, 1, 0, next), .fenced(current: 1)),
            (request(room, 1, 1, next + next), .unavailable(.malformed)),
        ]
        for (request, failure) in rows {
            #expect(await store.append(request) == .failure(failure))
        }
        #expect(
            try await answer {
                $0.head = .start(room: room, genesis: [])
                return try $0.request(["late"])
            } == .failure(.conflict(actual: 1))
        )
        #expect(
            try await answer {
                $0.head = .start(room: other, genesis: [])
                return try $0.request(["nowhere"])
            } == .failure(.unavailable(.noSuchRoom))
        )
        #expect(
            try await answer { try $0.request(["again"], command: first) }
                == .failure(.duplicate([first]))
        )
        let second = try key("ann", "2")
        #expect(
            try await answer {
                let one = try $0.request(["a"], command: second)
                let two = try $0.request(["b"], command: first)
                return request(room, 1, 1, one.events + two.events)
            } == .failure(.duplicate([first]))
        )
        #expect(
            try await answer {
                let one = try $0.request(["a"], command: second)
                let two = try $0.request(["b"], command: second)
                return request(room, 1, 1, one.events + two.events)
            } == .failure(.duplicate([second]))
        )
        #expect(try await store.read(room, after: 0, limit: 9).count == 1)
        #expect(try await store.resolve(room, [first, second]) == [first: 1])
        #expect(await store.append(request(room, 1, 1, next)) == .success(2))
        try await store.close()
    }

    @Test
    func `refused appends never fail their group`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let count: UInt8 = 40
        let used = try key("ann", "used")
        let answers = try await withThrowingTaskGroup(
            of: (UInt8, [Result<UInt64, AppendFailure>]).self
        ) { group in
            for number in 1...count {
                let writer = try await RoomWriter(RoomWriter.room(number), in: store)
                group.addTask {
                    var writer = writer
                    let start = writer
                    var requests = [try writer.request(["1"], command: used)]
                    var late = start
                    requests.append(try late.request(["late"]))
                    requests.append(try writer.request(["2", "3"]))
                    var twice = writer
                    requests.append(try twice.request(["4", "5"], command: used))
                    requests.append(try writer.request(["4"]))
                    return (number, await store.appendAll(requests))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for number in 1...count {
            #expect(
                answers[number] == [
                    .success(1), .failure(.conflict(actual: 1)), .success(3),
                    .failure(.duplicate([used])), .success(4),
                ]
            )
            let room = try RoomWriter.room(number)
            var head = ChainHead.start(room: room, genesis: Array("{}".utf8))
            for event in try await store.read(room, after: 0, limit: 9) {
                let fits = head.advance(to: event)
                #expect(fits)
            }
            #expect(try await store.head(of: room) == head)
            #expect(head.sequence == 4)
        }
        try await store.close()
    }

    @Test
    func `a later start fences off an owner that did not notice`() async throws {
        let folder = try TemporaryFolder()
        let room = try RoomWriter.room(1)
        let store = try Store(.init(folder: folder.path))
        var writer = try await RoomWriter(room, in: store)
        #expect(await store.append(try writer.request(["a"])) == .success(1))
        // The lock is gone, as on a disk that does not keep locks.
        try removeFile(folder.path + "/lock")
        let later = try Store(.init(folder: folder.path))
        #expect(later.epoch == 2)
        var rival = try await RoomWriter(resuming: room, in: later)
        #expect(await store.append(try writer.request(["old"])) == .failure(.fenced(current: 2)))
        #expect(await later.append(try rival.request(["new"])) == .success(2))
        #expect(try await store.read(room, after: 0, limit: 9).count == 2)
        try await store.close()
        try await later.close()
    }

    @Test
    func `a closed store answers so`() async throws {
        let folder = try TemporaryFolder()
        let room = try RoomWriter.room(1)
        let store = try Store(.init(folder: folder.path))
        var writer = try await RoomWriter(room, in: store)
        let request = try writer.request(["a"])
        try await store.close()
        #expect(await store.append(request) == .failure(.unavailable(.closed)))
        await #expect(throws: StorageError.closed) { try await store.head(of: room) }
        await #expect(throws: StorageError.closed) {
            try await store.read(room, after: 0, limit: 1)
        }
    }
}

extension Store {
    /// Appends all at once and waits for all answers, in order.
    func appendAll(_ requests: [AppendRequest]) async -> [Result<UInt64, AppendFailure>] {
        await withTaskGroup(of: (Int, Result<UInt64, AppendFailure>).self) { group in
            // Handed over in order, before any is waited for.
            let answers = requests.map { request in
                let (stream, answer) = AsyncStream<Result<UInt64, AppendFailure>>.makeStream()
                append(request) {
                    answer.yield($0)
                    answer.finish()
                }
                return stream
            }
            for (index, stream) in answers.enumerated() {
                group.addTask {
                    for await answer in stream { return (index, answer) }
                    return (index, .failure(.unavailable(.closed)))
                }
            }
            var all: [Int: Result<UInt64, AppendFailure>] = [:]
            for await (index, answer) in group { all[index] = answer }
            return requests.indices.compactMap { all[$0] }
        }
    }
}
