import ArgumentParser
import Foundation
import Ledger
import Rooms
import Server

/// `luyan invite`: a sign-in link, also while the server runs.
struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a sign-in link that works once.",
        discussion: """
            Example: luyan invite --role organiser
                     luyan invite --role presenter --room ROOM --slot 2 --name 张三

            An organiser may make rooms, and moderates those it makes. An operator may do that, and decides
            which organisations are recognised.
            """
    )

    enum InvitedRole: String, ExpressibleByArgument, CaseIterable {
        case `operator`, organiser, moderator, presenter, judge, investor, bidder, expert, asker
        case captioner, audience, auditor
    }

    @OptionGroup var options: SettingsOptions

    @Option(help: "What the link makes of whoever uses it.")
    var role: InvitedRole

    @Option(help: "The room; not for an organiser.")
    var room: String?

    @Option(help: "The slot that is presented.")
    var slot: String?

    @Option(help: "The name on the card; whoever signs in can change it.")
    var name: String?

    @Option(help: "Hours until the link expires.")
    var hours = 168

    @Flag(help: "Prints one line of JSON.")
    var json = false

    func validate() throws {
        guard (1...8_760).contains(hours) else {
            throw ValidationError("--hours must be from 1 to 8760")
        }
        guard [.organiser, .operator].contains(role) == (room == nil) else {
            throw ValidationError("every role but organiser and operator needs --room")
        }
        guard (role == .presenter) == (slot != nil) else {
            throw ValidationError("a presenter needs --slot, and nobody else has one")
        }
        if let room, RoomID(room) == nil {
            throw ValidationError("--room must be 32 lower-case hex digits")
        }
        if let slot, SlotID(slot) == nil {
            throw ValidationError("--slot must be 1 to 16 letters, digits or hyphens")
        }
        if let name, !(1...40).contains(name.unicodeScalars.count) {
            throw ValidationError("--name must be 1 to 40 characters")
        }
    }

    func run() async throws {
        let settings = try options.settings()
        do throws(InviteFailure) {
            let made = try await Invitations.make(
                in: settings,
                room: room,
                role: role.rawValue,
                slot: slot,
                name: name,
                hours: hours
            )
            Output.line(
                json
                    ? #"{"url":"\#(made.url)","expires":\#(made.expiresMilliseconds)}"# : made.url
            )
        } catch {
            Exit.complain("\(error)")
            throw ExitCode.failure
        }
    }
}
