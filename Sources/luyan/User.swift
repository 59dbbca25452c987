import ArgumentParser
import Foundation
import Server

/// `luyan user`: accounts for whoever runs the site, also while the server runs.
struct User: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists, makes and changes accounts; prints a line of JSON for each.",
        discussion: """
            Example: luyan user add ann@example.org --name Ann --operator < password.txt
                     luyan user list --text ann
                     luyan user set ann@example.org --disabled true

            Passwords are read from standard input, where no other user of the machine sees them.
            """,
        subcommands: [List.self, Add.self, Change.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists accounts.")

        @OptionGroup var options: SettingsOptions

        @Option(help: "What name, organisation or contact begin with.")
        var text = ""

        func run() async throws {
            try await User.run(options) { (accounts) throws(SiteAccounts.Failure) in
                var next: String?
                repeat {
                    let page = try await accounts.list(text, after: next)
                    for line in page.lines { Output.line(line) }
                    next = page.next
                } while next != nil
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an account; the password is a line of standard input."
        )

        @OptionGroup var options: SettingsOptions

        @Argument(help: "An e-mail address, or a telephone number.")
        var contact: String

        @Option(help: "The name on the card.")
        var name: String

        @Flag(name: .customLong("operator"), help: "Lets them run the site.")
        var isOperator = false

        func validate() throws {
            guard (1...40).contains(name.unicodeScalars.count) else {
                throw ValidationError("--name must be 1 to 40 characters")
            }
        }

        func run() async throws {
            let password = readLine() ?? ""
            try await User.run(options) { (accounts) throws(SiteAccounts.Failure) in
                Output.line(
                    try await accounts.add(
                        contact,
                        name: name,
                        password: password,
                        isOperator: isOperator
                    )
                )
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: "Changes an account."
        )

        @OptionGroup var options: SettingsOptions

        @Argument(help: "The account's contact.")
        var contact: String

        @Option(name: .customLong("operator"), help: "Whether they run the site.")
        var isOperator: Bool?

        @Option(name: .customLong("organiser"), help: "Whether they may make rooms.")
        var isOrganiser: Bool?

        @Option(name: .customLong("disabled"), help: "Whether nobody can sign in to it.")
        var isDisabled: Bool?

        @Flag(help: "Sets a new password, a line of standard input.")
        var password = false

        func run() async throws {
            var change = SiteAccounts.Change()
            change.isOperator = isOperator
            change.isOrganiser = isOrganiser
            change.isDisabled = isDisabled
            if password { change.password = readLine() ?? "" }
            let wanted = change
            try await User.run(options) { (accounts) throws(SiteAccounts.Failure) in
                Output.line(try await accounts.change(contact, wanted))
            }
        }
    }

    private static func run(
        _ options: SettingsOptions,
        _ body: (SiteAccounts) async throws(SiteAccounts.Failure) -> Void
    ) async throws {
        let settings = try options.settings()
        do throws(SiteAccounts.Failure) {
            try await body(try SiteAccounts(in: settings))
        } catch {
            Exit.complain("\(error)")
            throw ExitCode.failure
        }
    }
}
