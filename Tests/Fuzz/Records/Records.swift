// Proves that no bytes trap the reader of a room's records, which come from a disk or a copied log, and
// that what is read is written back to the same event.
import FuzzSupport
import Rooms
import Wire

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRecords(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        let bytes = input.rest
        for type in EventType.allCases { _ = try? EventDecoding.texts(from: bytes, of: type) }
        guard let record = try? EventDecoding.record(from: bytes) else { return }
        let parts = EventEncoding.parts(
            of: Draft(record.event),
            by: record.by,
            command: record.command
        )
        guard let first = parts.first, let again = try? EventDecoding.record(from: first.1) else {
            fatalError("what was written cannot be read: \(record)")
        }
        demand(again == record, "\(record) came back as \(again)")
    }
}
