// Folders that go away with the test, and a writer that seals and appends.
import Foundation
import Ledger
import OpenSSL
import Storage
import Testing

/// A folder of its own for each test.
final class TemporaryFolder {
    let path: String

    init() throws {
        let name = "luyan-" + Hex.encode(try SecureRandom.bytes(8))
        path = FileManager.default.temporaryDirectory.appending(path: name).path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Issue.record(error)
        }
    }

    /// All bytes of all files below it.
    func contents() throws -> Data {
        var all = Data()
        for name in try FileManager.default.subpathsOfDirectory(atPath: path).sorted() {
            let file = path + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            all.append(try Data(contentsOf: URL(filePath: file)))
        }
        return all
    }
}

/// Seals events of one room as its owner would.
struct RoomWriter {
    var head: ChainHead
    var epoch: UInt64

    static func room(_ number: UInt8) throws -> RoomID {
        try #require(RoomID(bytes: [UInt8](repeating: number, count: 16)))
    }

    /// Makes the room and starts at its beginning.
    init(_ room: RoomID, in store: Store) async throws {
        let genesis = Array("{}".utf8)
        try await store.createRoom(room, genesis: genesis, at: Timestamp(milliseconds: 1))
        head = .start(room: room, genesis: genesis)
        epoch = store.epoch
    }

    /// Starts where the log ends.
    init(resuming room: RoomID, in store: Store) async throws {
        head = try #require(try await store.head(of: room))
        epoch = store.epoch
    }

    /// A request of events with these texts; the head moves on as if it were appended.
    mutating func request(_ texts: [String], command: CommandKey? = nil) throws -> AppendRequest {
        let expecting = head.sequence
        var events: [SealedEvent] = []
        for (index, text) in texts.enumerated() {
            let event = try head.seal(
                [(.everyone, Array("{}".utf8)), (.members, Array(text.utf8))],
                at: Timestamp(milliseconds: 1_000 + head.sequence),
                command: index == 0 ? command : nil,
                salts: { () throws(OpenSSLError) in try SecureRandom.bytes(Part.saltByteCount) }
            )
            events.append(event)
        }
        return AppendRequest(room: head.room, expecting: expecting, epoch: epoch, events: events)
    }
}

extension Store {
    /// Appends and waits for the answer.
    func append(_ request: AppendRequest) async -> Result<UInt64, AppendFailure> {
        await withCheckedContinuation { continuation in
            append(request) { continuation.resume(returning: $0) }
        }
    }
}

func key(_ actor: String, _ id: String) throws -> CommandKey {
    try #require(CommandKey(actor: actor, id: id))
}
