public import Ledger
public import OpenSSL

/// Checks a bundle: that it is whole, that nothing in it was changed, and that its log fits
/// (docs/verification.md).
public struct BundleVerifier {
    private let fingerprint: Digest?
    private let kept: SignedCheckpoint?

    /// - Parameters:
    ///   - fingerprint: that of the key which must have signed it.
    ///   - kept: a checkpoint of the room's log that somebody kept.
    public init(key fingerprint: Digest? = nil, kept: SignedCheckpoint? = nil) {
        (self.fingerprint, self.kept) = (fingerprint, kept)
    }

    /// Reads all of it once. `progress` is told how many bytes were read.
    public func verify(
        _ source: some BundleSource,
        progress: (UInt64) -> Void = { _ in }
    ) -> BundleVerdict {
        do throws(BundleFault) {
            let reader = try BundleReader(source)
            let manifest = try manifest(of: reader)
            let log = try checkFiles(of: reader, manifest, progress)
            return try verdict(reader, manifest, log)
        } catch {
            return .broken(error)
        }
    }

    private func manifest<Source>(
        of reader: BundleReader<Source>
    ) throws(BundleFault) -> BundleManifest {
        let entries = reader.entries
        guard entries.count >= 2, entries[entries.count - 2].name == BundleManifest.name else {
            throw .manifest
        }
        let entry = entries[entries.count - 2]
        let bytes = try reader.content(of: entry, upTo: UInt64(BundleManifest.longest))
        let manifest = try BundleManifest(parsing: bytes)
        let named = Set(manifest.files.map(\.name))
        let there = Set(entries.map(\.name))
        if let file = manifest.files.first(where: { !there.contains($0.name) }) {
            throw .missing(name: file.name)
        }
        for entry in entries.dropLast(2) where !named.contains(entry.name) {
            throw .added(name: entry.name)
        }
        guard manifest.files.map(\.name) == entries.dropLast(2).map(\.name) else {
            throw .manifest
        }
        return manifest
    }

    /// Reads every file, and the log as such.
    private func checkFiles<Source>(
        of reader: BundleReader<Source>,
        _ manifest: BundleManifest,
        _ progress: (UInt64) -> Void
    ) throws(BundleFault) -> Verifier {
        var log = Verifier(key: fingerprint, kept: kept)
        var done: UInt64 = 0
        for (entry, file) in zip(reader.entries, manifest.files) {
            let isLog = entry.name == BundleManifest.logName
            let digest = try reader.read(entry) { bytes in
                if isLog { log.take(bytes) }
                done += UInt64(bytes.count)
                progress(done)
            }
            // A slide's name is its digest, which the log knows.
            let isNamed =
                !entry.name.hasPrefix("files/")
                || entry.name.dropFirst(6).prefix { $0 != "." } == digest.hex
            guard entry.size == file.size, digest == file.digest, isNamed else {
                throw .changed(name: entry.name)
            }
        }
        return log
    }

    private func verdict<Source>(
        _ reader: BundleReader<Source>,
        _ manifest: BundleManifest,
        _ log: consuming Verifier
    ) throws(BundleFault) -> BundleVerdict {
        guard manifest.files.contains(where: { $0.name == BundleManifest.logName }) else {
            throw .missing(name: BundleManifest.logName)
        }
        let report: LogReport
        let isVerified: Bool
        let verdict = log.finish()
        switch verdict {
        case .verified(let found): (report, isVerified) = (found, true)
        case .consistent(let found): (report, isVerified) = (found, false)
        case .broken, .unusable: throw .log(verdict)
        }
        guard report.room == manifest.room, report.server == manifest.server,
            report.events == manifest.events, report.root == manifest.root
        else { throw .otherLog }
        guard let last = reader.entries.last, last.name == BundleManifest.noteName,
            let text = String(
                validating: try reader.content(of: last, upTo: 16_384),
                as: UTF8.self
            ),
            let note = BundleNote(parsing: text), let key = log.key,
            note.server == manifest.server, note.room == manifest.room,
            note.manifest == SHA256.hash(manifest.bytes), note.isSigned(by: key)
        else { throw .signature }
        let names = Set(manifest.files.map { $0.name.prefix { $0 != "." } })
        for (file, event) in log.shownFiles.sorted(by: { $0.value < $1.value })
        where !names.contains("files/\(file)") {
            throw .lacks(name: file, event: event)
        }
        let found = BundleReport(manifest: manifest, log: report)
        return isVerified ? .verified(found) : .consistent(found)
    }
}

/// What a check of a bundle found.
public enum BundleVerdict: Hashable, Sendable {
    /// All of it fits, and the key that was asked for signed it.
    case verified(BundleReport)
    /// All of it fits, but no key was asked for: anybody may have made it.
    case consistent(BundleReport)
    case broken(BundleFault)
}

/// What stands in a bundle that fits.
public struct BundleReport: Hashable, Sendable {
    public let manifest: BundleManifest
    public let log: LogReport
}
