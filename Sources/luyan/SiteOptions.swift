import ArgumentParser
import Foundation
import Ledger
import LuyanClient
import Wire

/// A room on a server that runs, and whose right counts there.
struct SiteOptions: ParsableArguments {
    @Argument(help: "The room: 32 hex digits.")
    var room: String

    @Option(help: "Where the server is.")
    var server = "http://127.0.0.1:8080"

    @Option(help: "A sign-in link, or its token; it works once.")
    var link: String?

    /// Somebody on the server, with a right.
    struct Visit {
        let room: RoomID
        let site: Site
        let client: Client
        let server: String
    }

    func validate() throws {
        guard RoomID(room) != nil else {
            throw ValidationError("the room must be 32 lower-case hex digits")
        }
    }

    /// Goes to the server, does something, and leaves; refusals are said in a sentence.
    func run(_ body: (Visit) async throws -> Void) async throws {
        guard let id = RoomID(room) else { throw ValidationError("no room") }
        let client: Client
        do {
            client = try await Client()
        } catch {
            Exit.complain("\(error)")
            throw ExitCode.failure
        }
        do {
            var site = try Site(server, client: client)
            if let link {
                site.token = try await site.signIn(byLink: link, name: "luyan archive").token
                Exit.complain("LUYAN_TOKEN=\(site.token ?? "")")
            } else {
                site.token = ProcessInfo.processInfo.environment["LUYAN_TOKEN"]
            }
            try await body(Visit(room: id, site: site, client: client, server: server))
            await client.stop()
        } catch let error as ClientError {
            await client.stop()
            Exit.complain(error.sentence)
            throw ExitCode.failure
        }
    }

    /// Gives the room one command.
    func send(_ type: String, _ values: [(String, JSON)] = []) async throws {
        try await run { visit in
            let connection = try await visit.client.connect(
                to: visit.server,
                token: visit.site.token
            )
            _ = try await connection.join(visit.room)
            let data = JSON.object(values.map { JSON.Member($0.0, $0.1) })
            let answer = try await connection.send(type, in: visit.room, data)
            connection.close()
            Output.line(String(decoding: answer.bytes, as: UTF8.self))
        }
    }
}

extension ClientError {
    /// What went wrong, for people.
    fileprivate var sentence: String {
        guard case .refused(let refusal) = self else { return "\(self)" }
        return
            "\(refusal.code): \(refusal.message) \(String(decoding: refusal.values.bytes, as: UTF8.self))"
    }
}
