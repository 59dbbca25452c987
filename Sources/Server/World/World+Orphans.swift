internal import Ledger
internal import Logging
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

extension World {
    /// Takes files away that nobody refers to.
    func sweep() async {
        let grace = Int64(settings.uploads.orphanHours) * 3_600_000
        do {
            let placed = try await placedFiles()
            let sweep = try await store.removeOrphans(
                before: clock.now().advanced(byMilliseconds: -grace),
                but: placed
            )
            let counts: Logger.Metadata = [
                "files": "\(sweep.files)", "uploads": "\(sweep.uploads)",
            ]
            if sweep.files + sweep.uploads > 0 {
                log.notice("orphans were removed", metadata: counts)
            }
            if let cause = sweep.cause {
                log.warning(
                    "orphans could not be removed",
                    metadata: ["files": "\(sweep.failures)", "cause": "\(cause)"]
                )
            }
        } catch {
            log.warning("orphans were not looked for", metadata: ["cause": "\(error)"])
        }
    }

    /// Files that stand in a slot. Their rooms have records of them; should those be lost, the logs
    /// still need the bytes.
    private func placedFiles() async throws(WireError) -> Set<Digest> {
        var placed: Set<Digest> = []
        for summary in directory.all {
            let names = try await withHost(of: summary.room) { host, _, _ in
                host.texts.slides.values.flatMap { $0.map(\.file) }
            }
            placed.formUnion(names.compactMap { Digest(hex: $0) })
        }
        return placed
    }
}
