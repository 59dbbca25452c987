import WebSocket

/// What waits for one peer, in order: whole frames or parts of responses, by reference.
struct OutboxEntry {
    var bytes: [UInt8]
    /// Bytes of it that went out.
    var sent = 0
    /// May be left out while nothing of it went out.
    let isDroppable: Bool
    /// Bytes may still be added behind: it is nobody else's.
    let isOwn: Bool
    /// Its first byte belongs to a frame or response that the peer has in part.
    var isBegun = false

    var left: Int { bytes.count - sent }
}

/// The queue of one connection; it exists only while something waits.
final class Outbox {
    private var entries: [OutboxEntry] = []
    private var first = 0
    /// Bytes that wait.
    private(set) var count = 0
    /// When something last went out, or the queue began to wait; milliseconds.
    var progressed: Int

    /// Own entries grow up to this, so that small messages share one write.
    private static let growth = 16 * 1024
    /// Entries below this are copied together for one write; a longer one goes alone.
    private static let small = 32 * 1024

    init(at now: Int) {
        progressed = now
    }

    var isEmpty: Bool { count == 0 }

    /// Appends bytes that others may hold too, of which `sent` went out already; nothing is
    /// copied.
    func append(_ bytes: [UInt8], sent: Int = 0, isDroppable: Bool = false) {
        guard bytes.count > sent else { return }
        entries.append(
            OutboxEntry(
                bytes: bytes,
                sent: sent,
                isDroppable: isDroppable,
                isOwn: false,
                isBegun: sent > 0
            )
        )
        count += bytes.count - sent
    }

    /// Begins an empty queue with a copy of what a write did not take.
    func begin(rest: RawSpan, isBegun: Bool) {
        entries.append(
            OutboxEntry(
                bytes: [UInt8](copying: rest),
                isDroppable: false,
                isOwn: true,
                isBegun: isBegun
            )
        )
        count += rest.byteCount
    }

    /// Appends a copy of borrowed bytes.
    func append(copying bytes: RawSpan) {
        appendOwn(expecting: bytes.byteCount) { own in
            bytes.withUnsafeBytes { own.append(contentsOf: $0) }
        }
    }

    /// Appends what `write` adds to an array.
    func appendOwn(expecting size: Int, _ write: (inout [UInt8]) -> Void) {
        if let last = entries.indices.last, last >= first, entries[last].isOwn,
            entries[last].bytes.count + size <= Self.growth
        {
            let before = entries[last].bytes.count
            write(&entries[last].bytes)
            count += entries[last].bytes.count - before
        } else {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            write(&bytes)
            count += bytes.count
            entries.append(OutboxEntry(bytes: bytes, isDroppable: false, isOwn: true))
        }
    }

    /// Leaves out droppable entries of which nothing went out.
    func dropDroppable() {
        let kept = entries[first...].filter { entry in
            let goes = entry.isDroppable && !entry.isBegun
            if goes { count -= entry.left }
            return !goes
        }
        (entries, first) = (kept, 0)
    }

    /// Leaves out all but the rest of a frame or response that the peer has in part.
    func dropUnbegun() {
        let begun = entries[first...].filter(\.isBegun)
        (entries, first) = (begun, 0)
        count = begun.reduce(0) { $0 + $1.left }
    }

    /// Lends the next bytes to write; several small entries are copied together in `scratch`.
    func writeNext<Result>(
        by scratch: UnsafeMutableRawBufferPointer,
        _ write: (RawSpan) -> Result
    ) -> Result {
        let isAlone = first + 1 >= entries.count
        if isAlone || entries[first].left >= Self.small {
            let entry = entries[first]
            return write(entry.bytes.span.bytes.extracting(droppingFirst: entry.sent))
        }
        var filled = 0
        for entry in entries[first...] {
            let room = scratch.count - filled
            let size = min(room, entry.left)
            entry.bytes.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(
                    rebasing: bytes[entry.sent..<entry.sent + size]
                )
                UnsafeMutableRawBufferPointer(rebasing: scratch[filled...]).copyMemory(from: rest)
            }
            filled += size
            if filled == scratch.count { break }
        }
        return write(UnsafeRawBufferPointer(rebasing: scratch[..<filled]).bytes)
    }

    /// Takes off what went out.
    func remove(_ written: Int, at now: Int) {
        var rest = written
        while rest > 0 {
            let left = entries[first].left
            if rest < left {
                entries[first].sent += rest
                entries[first].isBegun = true
                break
            }
            rest -= left
            entries[first].bytes = []
            entries[first].sent = 0
            entries[first].isBegun = false
            first += 1
        }
        count -= written
        progressed = now
        // Forget what went out as soon as it is half of the list.
        if first * 2 > entries.count {
            entries.removeFirst(first)
            first = 0
        }
    }
}
