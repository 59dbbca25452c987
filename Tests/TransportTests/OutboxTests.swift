// Proves that a queue gives back what was put into it, in order, whatever the socket takes, and
// that what is dropped are whole frames.
import TestSupport
import Testing
import WebSocket

@testable import Transport

struct OutboxTests {
    @Test(arguments: Seeds.first(50))
    func `what goes out is what came in`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1_000, alignment: 8)
        defer { scratch.deallocate() }
        let outbox = Outbox(at: 0)
        var expected: [UInt8] = []
        var out: [UInt8] = []
        var next: UInt8 = 0
        for _ in 0..<300 {
            if Bool.random(using: &random) || outbox.isEmpty {
                let size = [1, 10, 400, 5_000, 40_000].randomElement(using: &random) ?? 1
                next &+= 1
                let bytes = [UInt8](repeating: next, count: size)
                expected += bytes
                if Bool.random(using: &random) {
                    outbox.append(bytes)
                } else {
                    outbox.append(copying: bytes.span.bytes)
                }
            } else {
                let taken = outbox.writeNext(by: scratch) { offer in
                    let count = Int.random(in: 0...offer.byteCount, using: &random)
                    out += [UInt8](copying: offer.extracting(first: count))
                    return count
                }
                outbox.remove(taken, at: 1)
            }
            #expect(outbox.count == expected.count - out.count)
        }
        #expect(out == Array(expected.prefix(out.count)))
    }

    @Test func `only whole frames are dropped`() {
        let outbox = Outbox(at: 0)
        outbox.append([1, 2, 3], sent: 1, isDroppable: true)
        outbox.append([4, 5], isDroppable: true)
        outbox.append([6])
        outbox.dropDroppable()
        #expect(rest(of: outbox) == [2, 3, 6])
        let other = Outbox(at: 0)
        other.begin(rest: [UInt8]([7, 8]).span.bytes, isBegun: true)
        other.append([9])
        other.dropUnbegun()
        #expect(rest(of: other) == [7, 8])
        let fresh = Outbox(at: 0)
        fresh.begin(rest: [UInt8]([7, 8]).span.bytes, isBegun: false)
        fresh.dropUnbegun()
        #expect(fresh.isEmpty)
    }

    private func rest(of outbox: Outbox) -> [UInt8] {
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 8)
        defer { scratch.deallocate() }
        return outbox.writeNext(by: scratch) { [UInt8](copying: $0) }
    }

    @Test(arguments: Seeds.first(20))
    func `timers come in the order of time and setting`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var queue = TimerQueue()
        var expected: [(time: Int, number: UInt64)] = []
        for number in 0..<500 {
            let time = Int.random(in: 0..<100, using: &random)
            queue.push(.job(TimerID(number: UInt64(number))), at: time)
            expected.append((time, UInt64(number)))
        }
        queue.sweep { entry in
            guard case .job(let id) = entry.purpose else { return false }
            return id.number % 3 != 0
        }
        expected = expected.filter { $0.number % 3 != 0 }.sorted {
            ($0.time, $0.number) < ($1.time, $1.number)
        }
        #expect(queue.pop(dueAt: -1)?.time == nil)
        for (time, number) in expected {
            guard case .job(let id) = queue.pop(dueAt: 100)?.purpose else {
                Issue.record("too few")
                return
            }
            #expect(id.number == number, "at \(time)")
        }
        #expect(queue.earliest == nil)
    }
}
