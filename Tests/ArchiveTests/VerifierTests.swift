// Proves that every forgery of a log is caught and named, and that a good log is verified.
import Archive
import Foundation
import Ledger
import OpenSSL
import Testing

struct VerifierTests {
    @Test
    func `a good log is verified with its key, and consistent without`() throws {
        let log = try SampleLog.small()
        let file = try log.file()
        guard case .verified = verdict(file, key: log.fingerprint),
            case .verified = verdict(file, key: log.fingerprint, kept: try log.checkpoint(of: 2)),
            case .consistent = verdict(file),
            case .consistent = verdict(file, kept: try log.checkpoint())
        else {
            Issue.record("a good log was not accepted")
            return
        }
    }

    @Test
    func `each byte of a log counts`() throws {
        let log = try SampleLog.small()
        let file = try log.file { $0 != .staff }
        for place in file.indices {
            var bent = file
            bent[place] ^= 1 << (place % 8)
            switch verdict(bent, key: log.fingerprint) {
            case .broken, .unusable: continue
            case .verified, .consistent: Issue.record("byte \(place), bit \(place % 8)")
            }
        }
    }

    @Test
    func `each cut of a log is caught`() throws {
        let log = try SampleLog.small()
        let file = try log.file()
        for end in file.indices {
            switch verdict(Array(file[..<end]), key: log.fingerprint) {
            case .broken, .unusable: continue
            case .verified, .consistent: Issue.record("cut at \(end)")
            }
        }
    }

    @Test
    func `pieces of any size are the same file`() throws {
        let log = try SampleLog.small()
        let file = try log.file()
        let whole = verdict(file, key: log.fingerprint)
        for size in [1, 2, 3, 7, 64, 1_000] {
            var verifier = Verifier(key: log.fingerprint)
            for start in stride(from: 0, to: file.count, by: size) {
                verifier.take(Array(file[start..<min(start + size, file.count)]))
            }
            #expect(verifier.finish() == whole)
        }
    }

    @Test
    func `a log rewritten with a new key is not the one that was asked for`() throws {
        let log = try SampleLog.small()
        let forged = try SampleLog.small(seed: 43)
        let file = try forged.file()
        #expect(verdict(file, key: log.fingerprint) == .broken(.otherKey(forged.fingerprint)))
        guard case .consistent = verdict(file) else {
            Issue.record("without a key it is consistent with itself")
            return
        }
        #expect(verdict(file, kept: try log.checkpoint()) == .broken(.keptSignature))
    }

    @Test
    func `a room that is missing was taken away or was never there`() throws {
        let log = try SampleLog.small()
        let kept = try log.checkpoint()
        let gone = Verdict.broken(.roomGone(log.room))
        #expect(.missingRoom(of: kept, server: "hall", genesis: log.genesis) == gone)
        #expect(.missingRoom(of: kept, server: "hall", genesis: nil) == gone)
        let elsewhere = Verdict.unusable(.keptOrigin)
        #expect(.missingRoom(of: kept, server: "hall2", genesis: log.genesis) == elsewhere)
        let other = try SampleLog(seed: 43)
        #expect(.missingRoom(of: kept, server: "hall", genesis: other.genesis) == elsewhere)
        #expect(
            Verdict.missingRoom(of: kept, server: "hall", genesis: [])
                == .unusable(.genesis)
        )
    }

    @Test
    func `a log that was cut or rewritten is caught by whoever kept a checkpoint`() throws {
        let log = try SampleLog.small()
        let kept = try log.checkpoint()
        var cut = try SampleLog()
        var other = try SampleLog()
        for number in 1...4 {
            if number < 4 { cut.add([(.everyone, "\(number)")]) }
            other.add([(.everyone, "\(number)")])
        }
        #expect(
            verdict(try cut.file(), key: log.fingerprint, kept: kept)
                == .broken(.truncated(events: 3, kept: 4))
        )
        #expect(
            verdict(try other.file(), key: log.fingerprint, kept: kept)
                == .broken(.keptRoot(size: 4))
        )
        let elsewhere = try Checkpoint(
            server: "hall",
            room: try #require(RoomID(bytes: [UInt8](repeating: 1, count: 16))),
            size: 1,
            root: log.tree.root,
            time: Timestamp(milliseconds: 1)
        ).signed(by: log.key)
        #expect(verdict(try log.file(), kept: elsewhere) == .unusable(.keptOrigin))
    }

    @Test
    func `the first thing that does not fit is named`() throws {
        let log = try SampleLog.small()
        let start = LogLine.start(room: log.room, genesis: log.genesis)
        let lines = log.events.map { LogLine.event(LogEvent($0) { _ in true }) }
        let end = LogLine.checkpoint(try log.checkpoint())
        func check(_ lines: [LogLine], _ fault: LogFault, _ event: UInt64?) {
            #expect(verdict(lines.flatMap(\.bytes)) == .broken(fault))
            #expect(fault.event == event)
        }
        check([start, lines[1]], .sequence(2, expected: 1), 1)
        check([start, lines[0], lines[2], end], .sequence(3, expected: 2), 2)
        check([start, lines[0], lines[0]], .sequence(1, expected: 2), 2)
        check([start, lines[0], lines[1]], .uncovered(events: 2, covered: 0), nil)
        check([start], .uncovered(events: 0, covered: 0), nil)
        check([start] + lines.dropLast() + [end], .checkpointPlace(size: 4, events: 3), nil)
        let early = LogLine.checkpoint(try log.checkpoint(of: 1))
        check([start, lines[0], early, lines[1]], .uncovered(events: 2, covered: 1), nil)
        check([start, lines[0], lines[1], early], .checkpointPlace(size: 1, events: 2), nil)
        let stranger = LogLine.checkpoint(try log.checkpoint(server: "club"))
        check([start] + lines + [stranger], .checkpointOrigin(size: 4), nil)
        let other = LogLine.checkpoint(try SampleLog.small(seed: 43).checkpoint())
        check([start] + lines + [other], .checkpointRoot(size: 4), nil)
        let unsigned = try Checkpoint(
            server: "hall",
            room: log.room,
            size: 4,
            root: log.tree.root,
            time: Timestamp(milliseconds: 1)
        ).signed(by: try SampleLog(seed: 43).key)
        check([start] + lines + [.checkpoint(unsigned)], .checkpointSignature(size: 4), nil)
        let moved = LogLine.start(
            room: try #require(RoomID(bytes: [UInt8](repeating: 1, count: 16))),
            genesis: log.genesis
        )
        check([moved] + lines + [end], .chain(at: 1), 1)
    }

    @Test
    func `an event's parts, time and hash are each held to its header`() throws {
        let log = try SampleLog.small()
        let second = log.events[1]
        func seal(_ time: UInt64, _ parts: [KeptPart], _ digest: Digest? = nil) -> SealedEvent {
            let content = digest ?? EventHeader.contentDigest(of: parts.map(\.digest))
            let header = EventHeader(
                room: log.room,
                sequence: 2,
                time: Timestamp(milliseconds: time),
                contentDigest: content
            )
            return SealedEvent(
                header: header,
                parts: parts,
                hash: header.hash(after: log.events[0].hash),
                command: nil
            )
        }
        func check(_ event: SealedEvent, _ fault: LogFault) throws {
            var verifier = Verifier()
            verifier.begin(room: log.room, genesis: log.genesis)
            verifier.take(log.events[0])
            verifier.take(event)
            verifier.take(try log.checkpoint())
            #expect(verifier.finish() == .broken(fault))
        }
        let time = second.header.time.milliseconds
        try check(seal(1, second.parts), .time(of: 2))
        try check(seal(time, second.parts.reversed(), second.header.contentDigest), .content(of: 2))
        try check(seal(time, [second.parts[0]], second.header.contentDigest), .content(of: 2))
        let bent = SealedEvent(
            header: second.header,
            parts: second.parts,
            hash: log.events[0].hash,
            command: nil
        )
        try check(bent, .chain(at: 2))
        // A whole chain made anew fits itself; the checkpoint tells.
        try check(seal(time + 1, second.parts), .checkpointPlace(size: 4, events: 2))
    }

    @Test
    func `a data folder's newest events need not be signed yet, and are not verified`() throws {
        let log = try SampleLog.small()
        func finish(_ checkpoints: [Int], key: Digest?) throws -> Verdict {
            var verifier = Verifier(key: key)
            verifier.begin(room: log.room, genesis: log.genesis)
            for event in log.events { verifier.take(event) }
            for size in checkpoints { verifier.take(try log.checkpoint(of: size)) }
            return verifier.finish(isFile: false)
        }
        for (checkpoints, covered) in [([], 0), ([3], 3), ([1, 3], 3)] as [([Int], UInt64)] {
            guard case .consistent(let report) = try finish(checkpoints, key: log.fingerprint)
            else {
                Issue.record("\(checkpoints)")
                continue
            }
            #expect((report.covered, report.events) == (covered, 4))
        }
        guard case .verified = try finish([4], key: log.fingerprint),
            case .verified = try finish([3, 4, 2], key: log.fingerprint),
            case .consistent = try finish([4], key: nil)
        else {
            Issue.record("a covered log was not accepted")
            return
        }
        var empty = Verifier(key: log.fingerprint)
        empty.begin(room: log.room, genesis: log.genesis)
        guard case .consistent = empty.finish(isFile: false) else {
            Issue.record("nobody signed it")
            return
        }
    }

    @Test
    func `what is no log is unusable, and why is told`() throws {
        let log = try SampleLog.small()
        let start = LogLine.start(room: log.room, genesis: log.genesis)
        let event = LogLine.event(LogEvent(log.events[0]) { _ in true })
        let rows: [([UInt8], UnusableLog)] = [
            ([], .empty),
            ([10], .malformed(line: 1)),
            (Array("hello\n".utf8), .malformed(line: 1)),
            (event.bytes, .malformed(line: 1)),
            (start.bytes + start.bytes, .malformed(line: 2)),
            (start.bytes + event.bytes.dropLast(), .malformed(line: 2)),
            (start.bytes + [10] + event.bytes, .malformed(line: 2)),
            (Array(#"{"log":2}"#.utf8) + [10], .version(2)),
            (LogLine.start(room: log.room, genesis: Array("{}".utf8)).bytes, .genesis),
            (LogLine.start(room: log.room, genesis: []).bytes, .genesis),
        ]
        for (bytes, reason) in rows { #expect(verdict(bytes) == .unusable(reason)) }
        let changes: [(String, String, UnusableLog)] = [
            (#""hash":"sha256""#, #""hash":"sm3""#, .algorithm("sm3")),
            (#""sign":"ed25519""#, #""sign":"sm2""#, .algorithm("sm2")),
            (#""server":"hall""#, #""server":"a b""#, .genesis),
            (#""v":1"#, #""v":2"#, .genesis),
            (#""key":""#, #""key":"00"#, .genesis),
        ]
        for (old, new, reason) in changes {
            let other = try SampleLog(changing: old, to: new)
            let line = LogLine.start(room: other.room, genesis: other.genesis)
            #expect(verdict(line.bytes) == .unusable(reason))
        }
        for (count, reason) in [(99, .malformed(line: 1)), (101, .tooLong(line: 1))]
            as [(Int, UnusableLog)]
        {
            var verifier = Verifier(longestLine: 100)
            verifier.take([UInt8](repeating: 0x20, count: count - 50))
            verifier.take([UInt8](repeating: 0x20, count: 50))
            verifier.take([10])
            #expect(verifier.finish() == .unusable(reason))
        }
    }
}
