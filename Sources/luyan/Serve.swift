import ArgumentParser
import Foundation
import Logging
import Server
import Storage

/// `luyan serve`: the server.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the server.",
        discussion: """
            Example: luyan serve --data data --port 8080 --demo

            SIGTERM or SIGINT drains: nothing new is accepted, what is under way is finished,
            browsers reconnect by themselves. A second signal ends at once.
            """
    )

    @OptionGroup var options: SettingsOptions

    @Option(help: "The address to listen on.")
    var host: String?

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port: Int?

    @Flag(
        help: "Serves a local network by TLS, with a certificate of its own, on all interfaces."
    )
    var lan = false

    @Flag(help: "Makes the example in a data folder that has none, and prints links into it.")
    var demo = false

    @Option(help: "The example's folder.")
    var example = "config/example"

    @Flag(help: "Says that it is ready as one line of JSON.")
    var json = false

    @Option(
        name: .customLong("test-echo"),
        help: ArgumentHelp("Serves echo or broadcast instead, for tests.", visibility: .hidden)
    )
    var testEcho: EchoServer.Mode?

    func run() async throws {
        let settings = try readSettings()
        if let testEcho {
            try await EchoServer.run(testEcho, settings, json: json)
            return
        }
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let server: LiveServer
        do {
            server = try await LiveServer.start(settings, log: Logger(label: "luyan"))
        } catch {
            Exit.complain("\(error)")
            throw error.exitCode
        }
        let signals = Signals { server.reloadCertificate() }
        if demo {
            do {
                say(server, try await server.fillWithExample(from: example))
            } catch {
                Exit.complain("\(error)")
                await server.drain()
                throw Exit.badData
            }
        } else {
            say(server, nil)
        }
        await signals.first()
        await server.drain()
    }

    private func readSettings() throws(ExitCode) -> Settings {
        try options.settings { (settings) throws(SettingsError) in
            if lan {
                try settings.set("server.lan", to: "true", origin: "--lan")
                try settings.set("server.host", to: "0.0.0.0", origin: "--lan")
            }
            if let host { try settings.set("server.host", to: host, origin: "--host") }
            if let port { try settings.set("server.port", to: String(port), origin: "--port") }
        }
    }

    private func say(_ server: LiveServer, _ links: ExampleLinks?) {
        if json {
            var ready: [String: Any] = [
                "ready": true, "url": server.url, "urls": server.addresses, "port": server.port,
                "key": server.fingerprint,
            ]
            ready["authority"] = server.authorityFingerprint
            if let links {
                ready["room"] = links.room
                ready["moderator"] = links.moderator
                ready["organiser"] = links.organiser
                ready["judges"] = links.judges
                ready["presenters"] = links.presenters.map(\.url)
            }
            let line = try? JSONSerialization.data(
                withJSONObject: ready,
                options: [.sortedKeys, .withoutEscapingSlashes]
            )
            Output.line(line.map { String(decoding: $0, as: UTF8.self) } ?? "{}")
            return
        }
        Output.line("Luyan \(LiveServer.version) is ready: \(server.url)")
        for address in server.addresses.dropFirst() { Output.line("Also at: \(address)") }
        Output.line("Key: \(server.fingerprint)")
        sayAuthority(server)
        guard let links else { return }
        Output.line("")
        Output.line("Example room (anybody):   \(links.room)")
        Output.line("Moderator (works once):   \(links.moderator)")
        Output.line("Organiser (works once):   \(links.organiser)")
        for judge in links.judges { Output.line("Judge (works once):       \(judge)") }
        for presenter in links.presenters {
            Output.line("Presenter, slot \(presenter.slot) (once): \(presenter.url)")
        }
    }
}

extension Serve {
    /// How phones get here, and what they are to trust.
    private func sayAuthority(_ server: LiveServer) {
        guard let fingerprint = server.authorityFingerprint else { return }
        Output.line("")
        Output.line("Once on each device, trust this server's own authority:")
        Output.line("  \(server.url)/\(LiveServer.authorityPath)")
        Output.line("  SHA-256 \(fingerprint)")
        if let code = TerminalCode.text(of: server.url) { Output.line("\n\(code)") }
    }
}

/// Standard output, written at once.
enum Output {
    static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}

extension StorageError {
    /// What a script may learn from it.
    fileprivate var exitCode: ExitCode {
        switch self {
        case .locked, .busy: Exit.tryLater
        case .readOnly, .full: Exit.cannotCreate
        case .io, .sqlite: Exit.ioError
        case .serverName: Exit.badConfiguration
        default: Exit.badData
        }
    }
}

extension StartFailure {
    /// What a script may learn from it.
    fileprivate var exitCode: ExitCode {
        switch self {
        case .pagesMissing, .template, .tls, .halfIdentity: Exit.badConfiguration
        case .brokenLog: Exit.badData
        case .transport: Exit.unavailable
        case .storage(let error, _): error.exitCode
        case .example, .other: ExitCode.failure
        }
    }
}
