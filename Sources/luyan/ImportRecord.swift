import ArgumentParser
import Foundation
import OpenSSL
import Server
import Storage

/// `luyan import`: takes the whole record of a room, made by another server, into a data folder.
struct ImportRecord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Takes another server's record of a room into a data folder that no server holds.",
        discussion: """
            Example: luyan archive bundle ROOM --view complete --output record.zip
                     luyan import --key FINGERPRINT --data DIR record.zip

            The room is read here and never written to. Who reads it is what its record says; whoever
            runs the site reads it as staff.
            """
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "A bundle of the view `complete`.")
    var bundle: String

    @Option(help: "The fingerprint of the key that signed it: 64 hex digits.")
    var key: String

    func run() async throws {
        guard let fingerprint = Digest(hex: key.lowercased()) else {
            throw ValidationError("--key must be 64 hex digits")
        }
        let settings = try options.settings()
        do throws(RecordImport.Failure) {
            let taken = try await RecordImport.run(
                bundle,
                key: fingerprint,
                into: Store.Options(folder: settings.data, serverName: settings.serverName)
            )
            Output.line(
                "room \(taken.room): \(taken.events) events, \(taken.files) files, "
                    + "\(taken.recordings) recordings"
            )
        } catch {
            Exit.complain(error.sentence(settings.data))
            throw ExitCode.failure
        }
    }
}

extension RecordImport.Failure {
    fileprivate func sentence(_ folder: String) -> String {
        switch self {
        case .storage(let error): error.sentence(folder)
        case .broken(let cause): "the bundle does not pass the check: \(cause)"
        case .notWhole: "only a bundle of the view `complete`, of a whole room, can be imported"
        case .otherRoom(let room): "there is a room \(room) with another log"
        case .ownRoom(let room): "room \(room) is this server's own"
        case .reading(let cause): "it could not be read: \(cause)"
        }
    }
}
