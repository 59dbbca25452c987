// Proves that programs which read strangers' files have their limits and nothing of the server's.
import Foundation
import TestSupport
import Testing

@testable import Server

struct ConfinedProgramTests {
    private static func run(_ name: String, _ arguments: [String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "confined-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = try #require(ConfinedProgram(name))
        return try program.run(arguments, in: folder)
    }

    @Test func `what is not installed is none`() {
        #expect(ConfinedProgram("no-such-program-of-anybody") == nil)
    }

    @Test func `it has nothing of the server's environment`() throws {
        let lines = try Self.run("env", []).split(separator: "\n").map { $0.prefix { $0 != "=" } }
        #expect(Set(lines) == ["LANG", "HOME", "PATH"])
    }

    @Test func `its limits are those it is given`() throws {
        let said = try Self.run("prlimit", ["--noheadings", "--raw", "--output=RESOURCE,SOFT"])
        let limits = Set(said.split(separator: "\n").map(String.init))
        let wanted: Set = [
            "CPU 20", "AS 1073741824", "FSIZE 67108864", "NOFILE 64", "CORE 0",
        ]
        #expect(limits.isSuperset(of: wanted), "\(said)")
    }

    @Test func `what takes too long is ended with all that it started`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "confined-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let short = ConfinedProgram.Limits(
            processor: 20,
            wall: 1,
            memory: 1 << 30,
            file: 1 << 20,
            openFiles: 64
        )
        // What the program started holds this pipe open for as long as it lives.
        let pipe = folder.appending(path: "alive").path
        try #require(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDONLY | O_NONBLOCK)
        try #require(reader >= 0)
        defer { close(reader) }
        let shell = try #require(ConfinedProgram("sh"))
        #expect(throws: ConfinedProgram.Failure.tooSlow) {
            try shell.run(["-c", "sleep 600 > alive & wait"], in: folder, within: short)
        }
        var waited = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        #expect(poll(&waited, 1, 20_000) == 1, "it lives on")
        #expect(waited.revents & Int16(POLLHUP) != 0)
    }

    @Test func `a failure tells how it ended`() {
        #expect(throws: ConfinedProgram.Failure.failed(1)) { try Self.run("false", []) }
        // What writes for ever is ended by its limit.
        #expect(throws: ConfinedProgram.Failure.self) { try Self.run("yes", []) }
    }
}
