// Appends to rooms of its own for ever, and says of each event when it was acknowledged.
import Foundation
import Ledger
import OpenSSL
import Storage

enum Appender {
    /// Each line: room, sequence, event hash. Lines are written whole, one call each, so that a
    /// reader sees only what was acknowledged. After a failure it waits for a line on standard
    /// input, resolves what is in doubt, and goes on.
    static func run(folder: String, synchronous: String, writers: String) async throws {
        guard let mode = Store.Synchronous(rawValue: synchronous.uppercased()),
            let writers = UInt8(writers)
        else { throw Bench.Usage() }
        let store = try Store(.init(folder: folder, synchronous: mode))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...max(writers, 1) {
                group.addTask { try await append(to: number, of: store) }
            }
            try await group.waitForAll()
        }
    }

    /// Each line: the number of a person who was added.
    static func addPeople(folder: String, synchronous: String) async throws {
        guard let mode = Store.Synchronous(rawValue: synchronous.uppercased()) else {
            throw Bench.Usage()
        }
        let store = try Store(.init(folder: folder, synchronous: mode))
        while true { say("\(try await store.people.add(Card(name: "Ann")).id)") }
    }

    private static func append(to number: UInt8, of store: Store) async throws {
        guard let room = RoomID(bytes: [UInt8](repeating: number, count: RoomID.byteCount)) else {
            throw Bench.Usage()
        }
        if try await store.head(of: room) == nil {
            try await store.createRoom(
                room,
                genesis: Array("{}".utf8),
                at: Timestamp(milliseconds: 0)
            )
        }
        while let durable = try await store.head(of: room) {
            var head = durable
            let key = CommandKey(actor: "driver", id: "\(head.sequence)-\(store.epoch)")
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: Int(head.sequence % 500) * 8)
            let event = try head.seal(
                [(.everyone, Array("{}".utf8)), (.members, text)],
                at: Timestamp(milliseconds: head.sequence),
                command: key,
                salts: { () throws(OpenSSLError) in try SecureRandom.bytes(Part.saltByteCount) }
            )
            let request = AppendRequest(
                room: room,
                expecting: durable.sequence,
                epoch: store.epoch,
                events: [event]
            )
            switch await store.append(request) {
            case .success: say("\(room) \(event.sequence) \(event.hash)")
            case .failure(let failure):
                say("failed \(failure.name)")
                guard readLine() != nil else { return }
                let found = try await store.resolve(room, request.commands)
                say("resolved \(found.count)")
            }
        }
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}

extension AppendFailure {
    fileprivate var name: String {
        switch self {
        case .conflict: "conflict"
        case .fenced: "fenced"
        case .duplicate: "duplicate"
        case .inDoubt: "in doubt"
        case .unavailable(let reason): "unavailable \(reason)"
        }
    }
}

extension Store {
    fileprivate func append(_ request: AppendRequest) async -> Result<UInt64, AppendFailure> {
        await withCheckedContinuation { continuation in
            append(request) { continuation.resume(returning: $0) }
        }
    }
}
