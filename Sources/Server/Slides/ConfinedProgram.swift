internal import Foundation
internal import Synchronization

/// A program of the system that reads what a stranger sent: bounded in time, memory and what it
/// writes, without an environment, in a folder of its own, behind everything else.
struct ConfinedProgram {
    /// Where Debian's packages put programs.
    private static let folders = ["/usr/bin", "/bin", "/usr/local/bin"]

    private let path: String
    private let limiter: String

    enum Failure: Error, Equatable {
        case notStarted
        /// It took longer than it may.
        case tooSlow
        /// It ended by itself, with that status, or by the signal of that number below zero.
        case failed(Int32)
    }

    /// `nil` where the program is not installed, or nothing to confine it with.
    init?(_ name: String) {
        guard let path = Self.path(of: name), let limiter = Self.path(of: "prlimit") else {
            return nil
        }
        (self.path, self.limiter) = (path, limiter)
    }

    private static func path(of name: String) -> String? {
        folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// What one run may take.
    struct Limits {
        /// Seconds on the processor, and by the clock on the wall: the machine may be busy.
        let processor: Int
        let wall: Int
        /// Bytes of memory, and of each file that is written.
        let memory: Int
        let file: Int
        let openFiles: Int

        /// For a program that draws a page.
        static let usual = Limits(
            processor: 20,
            wall: 60,
            memory: 1 << 30,
            file: 64 << 20,
            openFiles: 64
        )

        fileprivate var arguments: [String] {
            [
                "--cpu=\(processor)", "--as=\(memory)", "--fsize=\(file)", "--nofile=\(openFiles)",
                "--core=0",
            ]
        }
    }

    /// Waits for its end; not for a thread that others wait for.
    /// - Returns: what it said.
    func run(
        _ arguments: [String],
        in folder: URL,
        within limits: Limits = .usual
    ) throws(Failure) -> String {
        let process = Process()
        process.executableURL = URL(filePath: limiter)
        // Also what it starts itself is ended then: `timeout` leads a group of its own.
        let end = ["timeout", "--signal=KILL", "\(limits.wall)"]
        process.arguments = limits.arguments + ["--"] + end + [path] + arguments
        process.environment = [
            "LANG": "C.UTF-8", "HOME": folder.path, "PATH": Self.folders.joined(separator: ":"),
        ]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let said = folder.appending(path: "said")
        guard FileManager.default.createFile(atPath: said.path, contents: nil),
            let output = try? FileHandle(forWritingTo: said)
        else { throw .notStarted }
        process.standardOutput = output
        process.qualityOfService = .background
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw .notStarted
        }
        try? output.close()
        ended.wait()
        guard process.terminationReason == .exit else {
            let signal = process.terminationStatus
            // The limit of time on the processor ends it so.
            throw signal == SIGXCPU || signal == SIGKILL ? .tooSlow : .failed(-signal)
        }
        // As a shell would tell of a signal; 124 is what `timeout` says of the end that it set.
        if [124, 128 + SIGKILL, 128 + SIGXCPU].contains(process.terminationStatus) {
            throw .tooSlow
        }
        guard process.terminationStatus == 0 else { throw .failed(process.terminationStatus) }
        // Of what it wrote at most this much is looked at.
        let head = (try? FileHandle(forReadingFrom: said))?.readData(ofLength: 64 << 10)
        return String(decoding: head ?? Data(), as: UTF8.self)
    }
}
