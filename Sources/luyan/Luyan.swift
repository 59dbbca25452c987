import ArgumentParser
import Server

/// The command line: puts everything together, decides nothing.
@main
struct Luyan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "luyan",
        abstract: "Live roadshows that never lose anything (科技路演现场服务器).",
        version: LiveServer.version,
        subcommands: [
            Serve.self, Invite.self, ArchiveCommands.self, Verify.self, Reader.self, Bench.self,
            SendMail.self, User.self, ImportRecord.self,
        ],
        defaultSubcommand: Serve.self
    )
}
