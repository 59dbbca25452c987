// Proves that scripts/verify.py, which shares no code with us, comes to the same verdicts.
import Archive
import Foundation
import Ledger
import OpenSSL
import Testing

struct IndependentCheckTests {
    struct Case {
        let name: String
        let file: [UInt8]
        var key: Digest?
        var kept: SignedCheckpoint?
    }

    static func cases() throws -> [Case] {
        let log = try SampleLog.small()
        let forged = try SampleLog.small(seed: 43)
        let file = try log.file()
        let key = log.fingerprint
        var short = try SampleLog()
        short.add([(.everyone, "1")])
        let start = LogLine.start(room: log.room, genesis: log.genesis)
        var cases = [
            Case(name: "good", file: file, key: key),
            Case(name: "a visitor's", file: try log.file { $0 == .everyone }, key: key),
            Case(name: "no key", file: file),
            Case(name: "kept", file: file, key: key, kept: try log.checkpoint(of: 3)),
            Case(name: "forged with a new key", file: try forged.file(), key: key),
            Case(name: "forged, no key", file: try forged.file()),
            Case(name: "forged, kept", file: try forged.file(), kept: try log.checkpoint()),
            Case(name: "cut off", file: try short.file(), key: key, kept: try log.checkpoint()),
            Case(
                name: "rewritten",
                file: try short.file(),
                key: key,
                kept: try log.checkpoint(of: 1)
            ),
            Case(name: "another server's", file: file, kept: try log.checkpoint(server: "club")),
            Case(name: "nothing", file: []),
            Case(name: "unsigned", file: start.bytes),
            Case(name: "no lines", file: Array("hello\n".utf8)),
            Case(name: "version", file: Array("{\"log\":2}\n".utf8)),
        ]
        for place in stride(from: 5, to: file.count, by: 43) {
            var bent = file
            bent[place] ^= 1
            cases.append(Case(name: "byte \(place)", file: bent, key: key))
            if place % 7 == 0 {
                cases.append(Case(name: "cut \(place)", file: Array(file[..<place]), key: key))
            }
        }
        return cases
    }

    @Test
    func `both checks agree`() throws {
        let cases = try Self.cases()
        let codes = try Self.check(cases)
        try #require(codes.count == cases.count)
        for (example, code) in zip(cases, codes) {
            let expected =
                switch verdict(example.file, key: example.key, kept: example.kept) {
                case .verified: 0
                case .broken: 1
                case .unusable: 2
                case .consistent: 3
                }
            #expect(code == expected, "\(example.name)")
        }
    }

    /// Runs the script's `main` for each line of arguments; prints what it would exit with.
    static let runner = """
        import contextlib, importlib.util, io, shlex, sys
        spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        for line in sys.stdin:
            sys.argv = ["verify.py"] + shlex.split(line)
            with contextlib.redirect_stdout(io.StringIO()):
                code = script.main()
            print(code)
        """

    /// The exit codes of the script, in one process.
    static func check(_ cases: [Case]) throws -> [Int] {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "luyan-" + Hex.encode(try SecureRandom.bytes(8))
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { _ = try? FileManager.default.removeItem(at: folder) }
        var calls = ""
        for (number, example) in cases.enumerated() {
            let log = folder.appending(path: "\(number).jsonl")
            try Data(example.file).write(to: log)
            calls += log.path()
            if let key = example.key { calls += " --key \(key.hex)" }
            if let kept = example.kept {
                let note = folder.appending(path: "\(number).note")
                try Data(kept.note.utf8).write(to: note)
                calls += " --checkpoint \(note.path())"
            }
            calls += "\n"
        }
        let input = folder.appending(path: "calls")
        try Data(calls.utf8).write(to: input)
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let script = Process()
        script.executableURL = URL(filePath: "/usr/bin/env")
        script.arguments = [
            "python3", "-c", runner, root.appending(path: "scripts/verify.py").path(),
        ]
        let output = Pipe()
        script.standardInput = try FileHandle(forReadingFrom: input)
        script.standardOutput = output
        try script.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        script.waitUntilExit()
        #expect(script.terminationStatus == 0)
        return text.split(separator: "\n").compactMap { Int($0) }
    }
}
