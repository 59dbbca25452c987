import ArgumentParser
import Foundation
import Server

/// Where settings come from, in rising order: the file, the environment, `--set`, single flags.
struct SettingsOptions: ParsableArguments {
    @Option(help: "The configuration file.")
    var config: String?

    @Option(help: "The data folder.")
    var data: String?

    @Option(
        name: .customLong("set"),
        help: "One setting, as in the configuration file: --set limits.command_burst=50."
    )
    var assignments: [String] = []

    /// The settings, and what single flags of a command make of them.
    /// - Throws: how the command ends, when it has said what is wrong.
    func settings(
        _ change: (inout Settings) throws(SettingsError) -> Void = { _ in }
    ) throws(ExitCode) -> Settings {
        do throws(SettingsError) {
            var settings = try read()
            try change(&settings)
            return settings
        } catch {
            Exit.complain("\(error)")
            throw Exit.badConfiguration
        }
    }

    private func read() throws(SettingsError) -> Settings {
        var settings = Settings()
        if let config {
            let text: String
            do {
                text = try String(contentsOf: URL(filePath: config), encoding: .utf8)
            } catch {
                throw .unreadable(file: config, cause: error.localizedDescription)
            }
            try settings.read(text, file: config)
        }
        try settings.read(environment: ProcessInfo.processInfo.environment)
        for assignment in assignments {
            guard let equals = assignment.firstIndex(of: "=") else {
                throw .badLine(origin: "--set \(assignment)")
            }
            let value = assignment[assignment.index(after: equals)...]
            try settings.set(String(assignment[..<equals]), to: String(value), origin: "--set")
        }
        if let data { settings.data = data }
        return settings
    }
}

/// How a command ends for scripts (sysexits.h).
enum Exit {
    static let badData = ExitCode(65)
    static let unavailable = ExitCode(69)
    static let cannotCreate = ExitCode(73)
    static let ioError = ExitCode(74)
    static let tryLater = ExitCode(75)
    static let badConfiguration = ExitCode(78)

    /// Says on standard error what is wrong and what to do, in one line.
    static func complain(_ sentence: String) {
        FileHandle.standardError.write(Data("luyan: \(sentence)\n".utf8))
    }
}
