import ArgumentParser
import Foundation
import Ledger
import LuyanClient
import Transport

/// `luyan bench`: loads a running server and prints its figures.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Loads a running server with viewers and chat, and prints its figures.",
        discussion: """
            Example: luyan bench --url http://127.0.0.1:8080 --room ROOM --viewers 1000 --rate 10
                     luyan bench --url http://127.0.0.1:8080 --link http://…/join#TOKEN --json

            The room must be open. Without --room a room is made, for which an organiser's
            --token or sign-in --link is needed. The senders are guests: a server that bears many
            from one address is started with --set limits.guests_per_minute=….
            Ends with 0 when every viewer got every message in order, with 1 when not.
            """
    )

    @Option(help: "The server's address.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The room; without it one is made.")
    var room: String?

    @Option(help: "An organiser's session, to make a room with.")
    var token: String?

    @Option(help: "An organiser's sign-in link, instead of --token; it is used up.")
    var link: String?

    @Option(help: "Viewers that join the room.")
    var viewers = 1_000

    @Option(help: "How many of the viewers are guests with a name card; the others are visitors.")
    var members = 0

    @Option(help: "Guests that chat, beside the viewers.")
    var senders = 10

    @Option(help: "Chat messages a second, of all senders together.")
    var rate = 10.0

    @Option(help: "How long they chat.")
    var seconds = 10.0

    @Option(help: "Characters of a message.")
    var length = 60

    @Option(help: "Connections that are being opened at once.")
    var window = 64

    @Option(help: "Then cuts all viewers off, who come back within so many seconds, amid chat.")
    var storm = 0.0

    @Option(help: "Reactions a second, of all senders together, beside the chat.")
    var reactions = 0.0

    @Option(help: "An open poll in the room: members among the viewers vote in it within 10 s.")
    var poll: String?

    @Option(help: "The server's process, for its CPU time and memory; on this machine.")
    var pid: Int32?

    @Flag(help: "Prints the figures as JSON.")
    var json = false

    func validate() throws {
        try require("--viewers", viewers, in: 1...100_000)
        try require("--members", members, in: 0...viewers)
        try require("--senders", senders, in: 1...1_000)
        try require("--length", length, in: 20...1_000)
        try require("--window", window, in: 1...1_000)
        guard rate > 0, rate <= 100_000 else {
            throw ValidationError("--rate must be above 0, and 100000 at most")
        }
        guard seconds > 0, seconds <= 3_600 else {
            throw ValidationError("--seconds must be above 0, and 3600 at most")
        }
        guard (0...10_000).contains(reactions) else {
            throw ValidationError("--reactions must be from 0 to 10000")
        }
        guard (0...600).contains(storm) else {
            throw ValidationError("--storm must be from 0 to 600")
        }
        if let room, RoomID(room) == nil {
            throw ValidationError("--room must be 32 lower-case hex digits")
        }
        guard room != nil || token != nil || link != nil else {
            throw ValidationError("without --room an organiser's --token or --link is needed")
        }
        guard token == nil || link == nil else {
            throw ValidationError("--token and --link say the same; give one")
        }
    }

    private func require(_ option: String, _ value: Int, in range: ClosedRange<Int>) throws {
        guard range.contains(value) else {
            throw ValidationError(
                "\(option) must be from \(range.lowerBound) to \(range.upperBound)"
            )
        }
    }

    func run() async throws {
        let figures: BenchFigures
        do {
            figures = try await measure()
        } catch let failure as BenchFailure {
            Exit.complain("\(failure)")
            throw Exit.unavailable
        } catch let error as ClientError {
            Exit.complain("the server at \(url) cannot be loaded: \(error.sentence)")
            throw Exit.unavailable
        }
        Output.line(json ? figures.json : figures.table)
        guard figures.isClean else { throw ExitCode.failure }
    }

    private func measure() async throws -> BenchFigures {
        try Descriptors.raise(to: viewers + senders + 64)
        if let pid, ServerProcess(pid).residentBytes == nil { throw BenchFailure.noProcess(pid) }
        var limits = Client.standardLimits
        limits.rest = .milliseconds(2)
        let client = try await Client(limits: limits)
        let stage = BenchStage(url: url, client: client)
        let place: BenchStage.Place
        if let room = room.flatMap({ RoomID($0) }) {
            place = BenchStage.Place(room: room, host: nil)
        } else {
            place = try await stage.makeRoom(token: token, link: link)
        }
        note("signing in \(members + senders) guests")
        let tokens = try await stage.guests(members + senders)
        let plan = BenchPlan(
            address: try ServerAddress(url),
            room: place.room,
            viewers: (0..<viewers).map { $0 < members ? tokens[senders + $0] : nil },
            senders: Array(tokens.prefix(senders)),
            window: window,
            rate: rate,
            seconds: seconds,
            length: length,
            storm: storm,
            reactions: reactions,
            poll: poll,
            process: pid.map { ServerProcess($0) }
        )
        note("opening \(viewers) viewers and \(senders) senders, then \(seconds) s of chat")
        let figures = await withCheckedContinuation { continuation in
            client.onShard(0) { switchboard, shard in
                let crowd = BenchCrowd(plan, switchboard) { continuation.resume(returning: $0) }
                crowd.begin(on: shard)
            }
        }
        place.host?.close()
        await client.stop()
        return figures
    }

    private func note(_ sentence: String) {
        guard !json else { return }
        FileHandle.standardError.write(Data((sentence + "\n").utf8))
    }
}

/// Why nothing was measured.
enum BenchFailure: Error, Equatable, CustomStringConvertible {
    case tooFewDescriptors(limit: Int, needed: Int)
    case noProcess(Int32)

    var description: String {
        switch self {
        case .tooFewDescriptors(let limit, let needed):
            "\(needed) connections need as many descriptors, and the system allows \(limit); "
                + "raise it with ulimit -n, or take fewer --viewers"
        case .noProcess(let pid): "there is no process \(pid) to look at"
        }
    }
}

extension ClientError {
    /// For people.
    fileprivate var sentence: String {
        switch self {
        case .refused(let refusal): "\(refusal.message) (\(refusal.code))"
        case .ended(let reason): "the connection ended: \(reason)"
        default: "\(self)"
        }
    }
}
