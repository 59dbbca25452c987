// Proves over real sockets that a connection outlives a cut line and a restart of the server.
import Foundation
import Ledger
import Logging
import Rooms
import Testing
import Transport
import WebSocket
import Wire

@testable import LuyanClient
@testable import Server

@Suite(.timeLimit(.minutes(2)))
struct RoomConnectionTests {
    @Test func `a reader joins, speaks, is cut off, resumes, and is sent away by a restart`()
        async throws
    {
        try await Hall.run { hall in
            let client = try await Client()
            let site = try Site(hall.server.url, client: client)
            let organiser = try await site.signIn(byLink: try await hall.link(), name: "Olga")
            let room = try await Site(hall.server.url, token: organiser.token, client: client)
                .makeRoom(title: "Roadshow", startsAt: Timestamp(milliseconds: 1), slots: ["One"])
            let guest = try await site.signInAsGuest(name: "Ann")
            let speaker = try await client.connect(to: hall.server.url, token: organiser.token)
            _ = try await speaker.join(room)
            try await speaker.send("room.open", in: room)
            try await speaker.send("room.start", in: room)

            let connection = try await client.connect(to: hall.server.url, token: guest.token)
            let entry = try await connection.join(room)
            guard case .snapshot(let snapshot) = entry.content else {
                Issue.record("a first join has a snapshot")
                return
            }
            #expect(snapshot["state"]?.text == "live" && entry.member != nil)
            var reader = Reader(connection, from: entry)

            let first = try await connection.say("before", in: room)
            #expect(try await reader.hear("before") == first)

            // Both lines are cut without a word; what is said meanwhile is said once.
            async let missed = speaker.say("missed", in: room)
            hall.cut()
            async let during = connection.say("during", in: room)
            #expect(try await Set([missed, during]).count == 2)
            try await reader.hear(["missed", "during"])
            #expect(reader.losses.contains { $0 != .peer(.serviceRestart) } && reader.returns > 0)

            // A restart says so, and the reader comes back to where it was.
            let losses = reader.losses.count
            try await hall.restart()
            try await speaker.say("after", in: room)
            try await reader.hear(["after"])
            #expect(reader.losses.dropFirst(losses).first == .peer(.serviceRestart))
            #expect(reader.signals.contains("drain"))
            #expect(reader.snapshots == 0 && reader.gaps == 0)
            #expect(reader.texts == Set(["before", "missed", "during", "after"]))

            connection.close()
            speaker.close()
            await client.stop()
        }
    }

    @Test func `a refusal, a bad address and a closed port are told as what they are`() async throws
    {
        try await Hall.run { hall in
            let client = try await Client()
            let visitor = try await client.connect(to: hall.server.url)
            let nowhere = RoomID(bytes: [UInt8](repeating: 9, count: 16))
            do {
                _ = try await visitor.join(try #require(nowhere))
                Issue.record("there is no such room")
            } catch let error as ClientError {
                guard case .refused(let refusal) = error else { throw error }
                #expect(refusal.code == "room.not_found")
            }
            let now = try await visitor.serverTime()
            #expect(now.milliseconds > 1_000_000_000_000)
            await #expect(throws: ClientError.badAddress("ftp://x")) {
                try await client.connect(to: "ftp://x")
            }
            await #expect(throws: ClientError.self) {
                try await client.connect(to: "http://127.0.0.1:1")
            }
            visitor.close()
            await client.stop()
        }
    }
}

/// What came to a reader, and whether it came in order and once.
private struct Reader {
    private var iterator: AsyncStream<Incoming>.AsyncIterator
    private var cursor: Cursor
    private(set) var texts: Set<String> = []
    private(set) var losses: [CloseReason] = []
    private(set) var signals: Set<String> = []
    private(set) var returns = 0
    private(set) var snapshots = 0
    private(set) var gaps = 0

    init(_ connection: RoomConnection, from entry: RoomEntry) {
        iterator = connection.incoming.makeAsyncIterator()
        cursor = entry.cursor
    }

    /// Takes what comes until that text, and gives its event's number.
    @discardableResult
    mutating func hear(_ text: String) async throws -> UInt64 {
        while let incoming = await iterator.next(isolation: #isolation) {
            switch incoming {
            case .event(let event):
                #expect(cursor.take(event) == .next, "each event comes once and in order")
                guard let said = event.texts?["text"]?.text else { continue }
                #expect(texts.insert(said).inserted, "\(said) came twice")
                if said == text { return event.sequence }
            case .signal(let name, _, _): signals.insert(name)
            case .lost(let reason, _): losses.append(reason)
            case .back: returns += 1
            case .snapshot: snapshots += 1
            case .gap: gaps += 1
            case .left, .fault, .unreadable: Issue.record("\(incoming)")
            }
        }
        throw ClientError.cancelled
    }

    /// The same for several, in any order.
    mutating func hear(_ wanted: Set<String>) async throws {
        for text in wanted where !texts.contains(text) { try await hear(text) }
    }
}

/// A server on a data folder of its own, which is cut off and started again.
private final class Hall {
    private let folder: URL
    private var settings: Settings
    private(set) var server: LiveServer

    /// Runs a test with a server that is stopped after it.
    static func run(_ body: (Hall) async throws -> Void) async throws {
        let hall = try await Hall()
        do {
            try await body(hall)
        } catch {
            await hall.end()
            throw error
        }
        await hall.end()
    }

    private init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "luyan-\(UUID())")
        settings = Settings()
        settings.data = folder.path
        settings.web =
            URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../web").standardized.path
        settings.templates = ""
        settings.port = 0
        settings.shards = 2
        server = try await LiveServer.start(settings, log: Logger(label: "test"))
        settings.port = server.port
    }

    private func end() async {
        await server.drain()
        try? FileManager.default.removeItem(at: folder)
    }

    /// An organiser's sign-in link.
    func link() async throws -> String {
        let made = try await Invitations.make(
            in: settings,
            room: nil,
            role: "organiser",
            slot: nil,
            name: nil,
            hours: 1
        )
        return made.url
    }

    /// Every socket is gone, as when a cable is drawn.
    func cut() {
        for shard in server.world.allShards {
            shard.post { shard in
                guard let hub = shard.application as? Hub else { return }
                for socket in hub.viewers.keys { shard.drop(socket) }
            }
        }
    }

    /// It drains, and starts again at the same address.
    func restart() async throws {
        await server.drain()
        server = try await LiveServer.start(settings, log: Logger(label: "test"))
    }
}
