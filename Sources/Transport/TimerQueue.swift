/// What a timer of the application is called by.
public struct TimerID: Hashable, Sendable {
    let number: UInt64
}

/// Timers in the order of their time: a binary heap. What was cancelled stays in it until its
/// time comes or the heap is swept, and is passed over then.
struct TimerQueue {
    /// What is due.
    enum Purpose {
        case job(TimerID)
        case connection(index: UInt32, generation: UInt32)
    }

    struct Entry {
        let time: Int  // milliseconds
        /// Keeps timers of one millisecond in the order they were set.
        let order: UInt64
        let purpose: Purpose

        func isBefore(_ other: Entry) -> Bool {
            time != other.time ? time < other.time : order < other.order
        }
    }

    private var heap: [Entry] = []
    private var order: UInt64 = 0
    /// Sweep when the heap grows to this.
    private var sweepAt = 4_096

    /// When the first entry is due.
    var earliest: Int? { heap.first?.time }

    /// Adds an entry; O(log n), and O(1) for one that comes after all others.
    mutating func push(_ purpose: Purpose, at time: Int) {
        heap.append(Entry(time: time, order: order, purpose: purpose))
        order += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the first entry, if it is due.
    mutating func pop(dueAt now: Int) -> Entry? {
        guard let first = heap.first, first.time <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink(0)
        }
        return first
    }

    /// Whether so many entries are there that those passed over should go.
    var wantsSweep: Bool { heap.count >= sweepAt }

    /// Keeps the entries that still mean something.
    mutating func sweep(keeping isAlive: (Entry) -> Bool) {
        heap = heap.filter(isAlive)
        for parent in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(parent) }
        sweepAt = max(4_096, heap.count * 2)
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].isBefore(heap[least]) {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
