import Ledger
import Rooms
import Wire

/// Finds which files a log shows its reader: the pages that were placed.
struct FileCheck: Sendable {
    private static let prefix = Array(#"{"texts":{"files":"#.utf8)

    /// SHA-256 in lower-case hex, and the event that showed it first.
    private(set) var found: [String: UInt64] = [:]

    mutating func take(_ event: SealedEvent) {
        for part in event.parts.dropFirst().lazy.compactMap(\.part)
        where part.bytes.starts(with: Self.prefix) {
            guard
                case .slides(let files) = try? EventDecoding.texts(
                    from: part.bytes,
                    of: .slidesPlaced
                )
            else { continue }
            for file in files where found[file.file] == nil { found[file.file] = event.sequence }
        }
    }
}
