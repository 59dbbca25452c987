// Proves the log file's bytes, that each line has one spelling, and what each reader sees of it.
import Archive
import Foundation
import Ledger
import OpenSSL
import TestSupport
import Testing

struct LogFileTests {
    @Test
    func `the small log is the golden file, for its server and for a visitor`() throws {
        let log = try SampleLog.small()
        try Golden.check(try log.file(), "whole.jsonl")
        try Golden.check(try log.file { $0 == .everyone }, "visitor.jsonl")
    }

    @Test
    func `every line reads back as it was written`() throws {
        let bytes = try SampleLog.small().file()
        let lines = bytes.split(separator: 10).map { Array($0) }
        #expect(lines.count == 6)
        for line in lines {
            #expect(try LogLine(parsing: line).bytes == line + [10])
        }
    }

    @Test
    func `what a reader may not see is a digest, and its file verifies`() throws {
        let log = try SampleLog.small()
        let whole = try log.file()
        let visitor = try log.file { $0 == .everyone }
        let text = String(decoding: visitor, as: UTF8.self)
        #expect(!text.contains("for staff"))
        #expect(!text.contains("a0a1a2a3a4a5a6a7"))
        guard case .verified(let all) = verdict(whole, key: log.fingerprint),
            case .verified(let some) = verdict(visitor, key: log.fingerprint)
        else {
            Issue.record("not verified")
            return
        }
        #expect((all.withheld, some.withheld) == (0, 4))
        #expect(all.root == some.root)
        #expect(all.root == log.tree.root)
        #expect((all.events, all.covered, all.checkpoints) == (4, 4, 1))
        #expect((all.server, all.room, all.fingerprint) == ("hall", log.room, log.fingerprint))
    }

    @Test
    func `an erased part is a digest`() throws {
        let log = try SampleLog.small()
        let event = log.events[1]
        let parts = [event.parts[0], .erased(.everyone, event.parts[1].digest)]
        let erased = SealedEvent(
            header: event.header,
            parts: parts,
            hash: event.hash,
            command: nil
        )
        let shown = LogEvent(erased) { _ in true }
        #expect(shown.parts == [event.parts[0], .withheld(event.parts[1].digest)])
    }

    @Test
    func `what a checkpoint does not cover is left out`() throws {
        let log = try SampleLog.small()
        let file = LogFile.bytes(
            room: log.room,
            genesis: log.genesis,
            events: log.events,
            checkpoint: try log.checkpoint(of: 2),
            isVisible: { _ in true }
        )
        guard case .verified(let report) = verdict(file, key: log.fingerprint) else {
            Issue.record("not verified")
            return
        }
        #expect(report.events == 2)
    }

    /// Each row: what is replaced in the golden file's line of that number, and by what.
    static let spellings: [(line: Int, old: String, new: String)] = [
        (0, #""log":1"#, #""log": 1"#), (0, #""log":1"#, #""log":1.0"#),
        (0, #""log":1,"#, #""log":1,"x":1,"#), (0, #""room":"0"#, #""room":"g"#),
        (0, "0b0c0d0e0f", "0B0c0d0e0f"), (0, #"{"log":1,"#, #"{"#),
        (1, #""seq":1"#, #""seq":01"#), (1, #""seq":1"#, #""seq":-1"#),
        (1, #""seq":1"#, #""seq":"1""#), (1, #""seq":1"#, #""seq":1e0"#),
        (1, #""at":"#, #""at":9999999999999999999"#), (1, #""to":"everyone","#, ""),
        (1, #""to":"everyone""#, #""to":"nobody""#), (1, #""salt":""#, #""salt":"00"#),
        (1, #""text":"#, #""txt":"#), (1, #"}]}"#, #"}]} "#), (1, #"}]}"#, #"}],"x":1}"#),
        (2, "路", #"\u8def"#), (2, #"\u0001"#, #"\u0001\/"#), (2, "\u{7f}", #"\u007f"#),
        (4, #""base64":"/wD+""#, #""base64":"/wD""#), (4, #""base64":"/wD+""#, #""base64":"YQ==""#),
        (5, "luyan/hall", "luyan/ha ll"), (5, #"\n\n"#, #"\n"#),
    ]

    @Test(arguments: spellings)
    func `no line has another spelling`(line: Int, old: String, new: String) throws {
        let bytes = try SampleLog.small().file()
        let text = String(decoding: bytes.split(separator: 10)[line], as: UTF8.self)
        #expect(text.contains(old))
        let changed = text.replacing(old, with: new, maxReplacements: 1)
        #expect(throws: LogLineError.malformed) { try LogLine(parsing: Array(changed.utf8)) }
    }

    @Test
    func `garbage is refused with a documented error and never traps`() throws {
        var random = SplitMix64(seed: 21)
        let lines = try SampleLog.small().file().split(separator: 10).map { Array($0) }
        for _ in 0..<3_000 {
            var line = lines[Int.random(in: 0..<lines.count, using: &random)]
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let start = Int.random(in: 0..<line.count, using: &random)
                let end = min(line.count, start + Int.random(in: 0...9, using: &random))
                let other = lines[Int.random(in: 0..<lines.count, using: &random)]
                line.replaceSubrange(start..<end, with: other.suffix(start % 12))
            }
            do throws(LogLineError) {
                #expect(try LogLine(parsing: line).bytes == line + [10])
            } catch {
                continue
            }
        }
    }

    @Test(arguments: [0, 2])
    func `another version is named`(version: Int64) {
        let line = #"{"log":\#(version),"room":"","genesis":""}"#
        #expect(throws: LogLineError.version(version)) { try LogLine(parsing: Array(line.utf8)) }
    }
}
