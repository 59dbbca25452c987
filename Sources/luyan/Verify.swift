import Archive
import ArgumentParser
import Foundation
import Ledger
import OpenSSL
import Server
import Storage

/// `luyan verify`: checks a bundle, a downloaded log or a data folder, without a server.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks a bundle, a downloaded log or a data folder.",
        discussion: """
            Example: luyan verify luyan-ROOM.jsonl --key FINGERPRINT --checkpoint kept.txt

            Exit status: 0 verified; 1 something does not fit; 2 it cannot be told; 3 it is
            consistent with itself, but its origin was not checked (no --key, or the end of the
            log is not signed yet).
            """
    )

    @Argument(help: "A bundle (ZIP), a log (JSON Lines) or a data folder.")
    var path: String

    @Option(help: "The fingerprint of the server's key: 64 hex digits.")
    var key: String?

    @Option(help: "A file with a checkpoint that you kept.")
    var checkpoint: String?

    @Flag(help: "Prints one line of JSON for each log.")
    var json = false

    func run() throws {
        let (fingerprint, kept) = try expectations()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw unusable("there is no \(path)")
        }
        if !isFolder.boolValue, try isBundle() { return try verifyBundle(fingerprint, kept) }
        let verdicts =
            isFolder.boolValue
            ? try folderVerdicts(fingerprint, kept) : [try fileVerdict(fingerprint, kept)]
        for verdict in verdicts {
            Output.line(json ? verdict.json : verdict.text(isKeyAsked: key != nil))
        }
        guard let worst = verdicts.map(\.exitCode).max(by: { $0.gravity < $1.gravity }) else {
            throw unusable("\(path) holds no room")
        }
        if worst != .success { throw worst }
    }

    private func expectations() throws -> (key: Digest?, kept: SignedCheckpoint?) {
        var fingerprint: Digest?
        if let key {
            guard let digest = Digest(hex: key.lowercased()) else {
                throw unusable("--key must be 64 hex digits")
            }
            fingerprint = digest
        }
        var kept: SignedCheckpoint?
        if let checkpoint {
            guard let note = try? String(contentsOf: URL(filePath: checkpoint), encoding: .utf8),
                let signed = try? SignedCheckpoint(parsing: note)
            else { throw unusable("\(checkpoint) holds no checkpoint") }
            kept = signed
        }
        return (fingerprint, kept)
    }

    private func isBundle() throws -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw unusable("\(path) cannot be read")
        }
        return try handle.read(upToCount: 4) == Data([0x50, 0x4b, 0x03, 0x04])
    }

    private func verifyBundle(_ key: Digest?, _ kept: SignedCheckpoint?) throws {
        guard let file = try? BlobFile.open(path) else { throw unusable("\(path) cannot be read") }
        let verdict = BundleVerifier(key: key, kept: kept).verify(BundleBytes(file))
        Output.line(json ? verdict.json : verdict.text)
        if verdict.exitCode != .success { throw verdict.exitCode }
    }

    private func fileVerdict(_ key: Digest?, _ kept: SignedCheckpoint?) throws -> Verdict {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw unusable("\(path) cannot be read")
        }
        var verifier = Verifier(key: key, kept: kept)
        do {
            while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty {
                verifier.take([UInt8](data))
            }
        } catch {
            throw unusable("\(path) cannot be read: \(error.localizedDescription)")
        }
        return verifier.finish()
    }

    private func folderVerdicts(_ key: Digest?, _ kept: SignedCheckpoint?) throws -> [Verdict] {
        do {
            let log = try StoredLog(folder: path)
            let rooms = try log.rooms()
            var verdicts = try rooms.map { room in
                // A kept checkpoint speaks of one room.
                let own = kept.flatMap { $0.checkpoint.room == room ? $0 : nil }
                var verifier = Verifier(key: key, kept: own)
                verifier.begin(room: room, genesis: try log.genesis(of: room) ?? [])
                var last: UInt64 = 0
                while case let page = try log.read(room, after: last, limit: 500),
                    let newest = page.last
                {
                    for event in page { verifier.take(event) }
                    last = newest.sequence
                }
                if let newest = try log.checkpoint(of: room) { verifier.take(newest) }
                return verifier.finish(isFile: false)
            }
            if let kept, !rooms.contains(kept.checkpoint.room) {
                let genesis = try rooms.first.flatMap { try log.genesis(of: $0) }
                let server = try log.serverName()
                verdicts.append(.missingRoom(of: kept, server: server, genesis: genesis))
            }
            return verdicts
        } catch let error as StorageError {
            throw unusable(error.sentence(path))
        }
    }

    private func unusable(_ sentence: String) -> ExitCode {
        Exit.complain(sentence)
        return ExitCode(2)
    }
}

extension ExitCode {
    /// Which of several matters most.
    fileprivate var gravity: Int {
        switch rawValue {
        case 1: 3
        case 2: 2
        case 3: 1
        default: 0
        }
    }
}

extension Verdict {
    fileprivate var exitCode: ExitCode {
        switch self {
        case .verified: .success
        case .broken: ExitCode(1)
        case .unusable: ExitCode(2)
        case .consistent: ExitCode(3)
        }
    }

    fileprivate func text(isKeyAsked: Bool) -> String {
        switch self {
        case .verified(let report):
            "verified: room \(report.room), \(report.events) events, key \(report.fingerprint)"
        case .consistent(let report) where isKeyAsked:
            "signed up to event \(report.covered) by \(report.fingerprint), "
                + "the newest \(report.events - report.covered) events are not signed yet: "
                + "room \(report.room)"
        case .consistent(let report):
            "consistent with itself, origin not checked: room \(report.room), "
                + "\(report.events) events, \(report.covered) of them signed by \(report.fingerprint)"
        case .broken(let fault):
            "broken\(fault.event.map { " at event \($0)" } ?? ""): \(fault.sentence)"
        case .unusable(let cause): "cannot be told: \(cause.sentence)"
        }
    }

    fileprivate var json: String {
        var fields: [String: Any] = [:]
        switch self {
        case .verified(let report), .consistent(let report):
            fields = report.fields
            if case .verified = self {
                fields["verdict"] = "verified"
            } else {
                fields["verdict"] = "consistent"
            }
        case .broken(let fault):
            fields = ["verdict": "broken", "cause": fault.sentence]
            if let event = fault.event { fields["event"] = event }
        case .unusable(let cause):
            fields = ["verdict": "unusable", "cause": cause.sentence]
        }
        return Self.line(fields)
    }

    fileprivate static func line(_ fields: [String: Any]) -> String {
        let line = try? JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])
        return line.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension BundleVerdict {
    fileprivate var exitCode: ExitCode {
        switch self {
        case .verified: .success
        case .consistent: ExitCode(3)
        case .broken(.log(let verdict)): verdict.exitCode
        case .broken(.notZip), .broken(.version), .broken(.reading): ExitCode(2)
        case .broken: ExitCode(1)
        }
    }

    fileprivate var text: String {
        switch self {
        case .verified(let report): "verified: \(report.text)"
        case .consistent(let report):
            "consistent with itself, origin not checked: \(report.text)"
        case .broken(.log(let verdict)):
            "\(BundleManifest.logName): \(verdict.text(isKeyAsked: true))"
        case .broken(let fault) where exitCode == ExitCode(2): "cannot be told: \(fault.sentence)"
        case .broken(let fault): "broken: \(fault.sentence)"
        }
    }

    fileprivate var json: String {
        var fields: [String: Any] = [:]
        switch self {
        case .verified(let report), .consistent(let report):
            fields = report.log.fields
            fields["verdict"] = exitCode == .success ? "verified" : "consistent"
            fields["scope"] = "\(report.manifest.scope)"
            fields["view"] = report.manifest.view.rawValue
            fields["files"] = report.manifest.files.count
        case .broken(.log(let verdict)): return verdict.json
        case .broken(let fault):
            let isUnusable = exitCode == ExitCode(2)
            fields = [
                "verdict": isUnusable ? "unusable" : "broken", "cause": fault.sentence,
            ]
        }
        return Verdict.line(fields)
    }
}

extension BundleReport {
    fileprivate var text: String {
        "room \(manifest.room), \(manifest.scope), view \(manifest.view.rawValue), "
            + "\(manifest.files.count) files, \(log.events) events, key \(log.fingerprint)"
    }
}

extension LogReport {
    fileprivate var fields: [String: Any] {
        [
            "room": "\(room)", "server": server, "events": events, "covered": covered,
            "withheld": withheld, "draws": draws, "scores": scores, "key": fingerprint.hex,
            "root": root.hex,
        ]
    }
}

extension LogFault {
    fileprivate var sentence: String {
        switch self {
        case .sequence(let found, let expected):
            "event \(found) stands where \(expected) should"
        case .time: "it is older than the event before it"
        case .content: "its parts are not those that its header speaks of"
        case .chain: "its hash does not follow from its header and the event before it"
        case .draw(_, let fault): fault.sentence
        case .scores(_, let slot):
            "the score or place of slot \(slot) does not follow from its sheets"
        case .checkpointOrigin(let size): "the checkpoint of size \(size) is of another log"
        case .checkpointPlace(let size, let events):
            "a checkpoint of size \(size) stands behind event \(events)"
        case .checkpointRoot(let size):
            "the checkpoint of size \(size) is not of these events"
        case .checkpointSignature(let size):
            "the checkpoint of size \(size) is not signed by the log's key"
        case .uncovered(let events, let covered):
            "the newest checkpoint covers \(covered) of \(events) events"
        case .otherKey(let found): "the log is signed by another key: \(found)"
        case .truncated(let events, let kept):
            "the log was cut off: it has \(events) events, the kept checkpoint covers \(kept)"
        case .keptRoot(let size):
            "the log was rewritten: its first \(size) events are not those of the kept checkpoint"
        case .keptSignature: "the kept checkpoint is not signed by the log's key"
        case .roomGone(let room): "the room of the kept checkpoint is gone: \(room)"
        }
    }
}

extension DrawFault {
    fileprivate var sentence: String {
        switch self {
        case .unknown: "the draw that it belongs to is not in the log"
        case .contribution: "the contribution is not the one that was committed"
        case .seed: "the server's seed is not the one that it committed to"
        case .order: "the drawn order does not follow from the seed and the contributions"
        }
    }
}

extension UnusableLog {
    fileprivate var sentence: String {
        "\(self)"
    }
}
