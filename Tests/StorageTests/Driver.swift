// Runs the driver as a process of its own, on a disk whose power can be cut.
import Foundation
import Testing

/// Tests/EndToEnd/powercut/powercut.c, built once.
enum PowerCut {
    static let library: Result<String, any Error> = Result {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let source = tests.appending(path: "EndToEnd/powercut/powercut.c").path()
        let output = FileManager.default.temporaryDirectory
            .appending(path: "luyan-powercut-\(ProcessInfo.processInfo.processIdentifier).so")
            .path()
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        compiler.arguments = [
            "cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", output, source,
            "-ldl", "-lpthread",
        ]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { throw NotBuilt() }
        return output
    }

    struct NotBuilt: Error {}
}

/// One run of the driver.
final class Driver {
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    private var unread = Data()

    /// Starts it to append events; `settings` are those of powercut.c, without `POWERCUT_`.
    convenience init(
        folder: String,
        synchronous: String = "full",
        writers: Int = 4,
        settings: [String: String] = [:]
    ) throws {
        try self.init(["append", folder, synchronous, "\(writers)"], folder, settings)
    }

    /// Starts it to add people.
    static func people(
        folder: String,
        synchronous: String,
        settings: [String: String]
    ) throws -> Driver {
        try Driver(["people", folder, synchronous], folder, settings)
    }

    private init(_ arguments: [String], _ folder: String, _ settings: [String: String]) throws {
        let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(filePath: executable).deletingLastPathComponent()
            .appending(path: "StorageDriver")
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["LD_PRELOAD"] = try PowerCut.library.get()
        environment["POWERCUT_FOLDER"] = folder
        for (name, value) in settings { environment["POWERCUT_" + name] = value }
        process.environment = environment
        process.standardOutput = output
        process.standardInput = input
        try process.run()
    }

    /// The next line; `nil` at the end.
    func line() -> String? {
        while true {
            if let end = unread.firstIndex(of: 10) {
                let line = String(decoding: unread[..<end], as: UTF8.self)
                unread = Data(unread[unread.index(after: end)...])
                return line
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            unread.append(more)
        }
    }

    func cutPower() { kill(process.processIdentifier, SIGUSR2) }

    /// Lets it go on after a failure.
    func goOn() throws { try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }

    /// Every line until it ended, and how it did.
    func rest() -> (lines: [String], signal: Int32?) {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        return (lines, isSignal ? process.terminationStatus : nil)
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
}
