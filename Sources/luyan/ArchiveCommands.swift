import ArgumentParser
import Foundation
import Ledger
import LuyanClient
import Wire

/// `luyan archive`: the archive desk from a terminal, on a server that runs.
struct ArchiveCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Looks through, seals and downloads the record of a room.",
        discussion: """
            Whose right it is comes from LUYAN_TOKEN, a session's token, or from --link, a sign-in \
            link that works once.

            Example: luyan archive desk ROOM --link "$(luyan invite --role moderator --room ROOM)"
                     luyan archive arrange ROOM --audience members --retention 10_years
                     luyan archive seal ROOM && luyan archive seal ROOM --confirm
                     luyan archive bundle ROOM --output record.zip
            """,
        subcommands: [
            Desk.self, Correct.self, Redact.self, Arrange.self, Review.self, Consent.self,
            Seal.self, Supplement.self, Hold.self, Release.self, Bundle.self,
        ]
    )

    struct Desk: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints what is left to do, who reads the record, and its bundles."
        )

        @OptionGroup var site: SiteOptions

        func run() async throws {
            try await site.run { visit in
                let desk = try await visit.site.get("/api/v1/rooms/\(visit.room)/archive")
                Output.line(String(decoding: desk.bytes, as: UTF8.self))
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes how a text should read; what was said is kept."
        )

        @OptionGroup var site: SiteOptions
        @Argument(help: "The number of the text's event.") var sequence: UInt64
        @Argument(help: "How it should read.") var text: String

        func run() async throws {
            try await site.send(
                "content.correct",
                [("seq", .integer(Int64(clamping: sequence))), ("text", .string(text))]
            )
        }
    }

    struct Redact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a text away, for good."
        )

        @OptionGroup var site: SiteOptions
        @Argument(help: "The number of the text's event.") var sequence: UInt64
        @Option(help: "private, mistake, abuse, spam or other.") var reason = "private"

        func run() async throws {
            try await site.send(
                "content.redact",
                [("seq", .integer(Int64(clamping: sequence))), ("reason", .string(reason))]
            )
        }
    }

    struct Arrange: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decides who reads the record, and for how long it is kept."
        )

        @OptionGroup var site: SiteOptions
        @Option(help: "nobody, members, registered or public.") var audience: String
        @Option(help: "permanent, 30_years or 10_years.") var retention: String

        func run() async throws {
            try await site.send(
                "archive.arrange",
                [("audience", .string(audience)), ("retention", .string(retention))]
            )
        }
    }

    struct Review: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that it was looked through."
        )

        @OptionGroup var site: SiteOptions
        @Argument(help: "transcript or redactions.") var review: String
        @Flag(help: "It is to be looked through again.") var undo = false

        func run() async throws {
            try await site.send(
                "archive.review",
                [("review", .string(review)), ("done", .bool(!undo))]
            )
        }
    }

    struct Consent: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Notes whether a slot's presenter agrees that others see it."
        )

        @OptionGroup var site: SiteOptions
        @Argument(help: "The slot.") var slot: String
        @Flag(help: "The presenter does not agree.") var refuse = false

        func run() async throws {
            try await site.send(
                "archive.consent",
                [("slot", .string(slot)), ("agree", .bool(!refuse))]
            )
        }
    }

    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks for the seal; with --confirm, within a minute, seals the record."
        )

        @OptionGroup var site: SiteOptions
        @Flag(help: "The second step.") var confirm = false

        func run() async throws {
            try await site.send(confirm ? "archive.seal_confirm" : "archive.seal")
        }
    }

    struct Supplement: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds what came after the seal.")

        @OptionGroup var site: SiteOptions
        @Argument(help: "What it is.") var text: String

        func run() async throws {
            try await site.send("archive.supplement", [("text", .string(text))])
        }
    }

    struct Hold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keeps the record beyond its time, until it is released."
        )

        @OptionGroup var site: SiteOptions
        @Option(help: "Why.") var reason: String

        func run() async throws {
            try await site.send("archive.hold", [("reason", .string(reason))])
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets its retention count again.")

        @OptionGroup var site: SiteOptions
        @Option(help: "Why.") var reason: String

        func run() async throws {
            try await site.send("archive.release", [("reason", .string(reason))])
        }
    }
}
