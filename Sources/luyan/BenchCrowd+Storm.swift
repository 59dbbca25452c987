import LuyanClient
import Transport

/// All viewers come back at once: a server that was started anew, a network that was away.
struct Storm {
    /// When the lines were cut, nanoseconds.
    let begun: UInt64
    /// When each viewer comes back, the last one first; nanoseconds.
    var due: [(time: UInt64, seat: Int)]
    /// Messages that were sent before it.
    let sentBefore: Int
}

extension BenchCrowd {
    /// How long after the last one's time all must be back, nanoseconds.
    private static var patience: UInt64 { 20_000_000_000 }

    var isStorm: Bool {
        if case .storm = phase { return true }
        return false
    }

    /// Cuts all viewers off, without a word; the senders stay, and go on.
    func beginStorm(on shard: isolated Shard) {
        let begun = now
        let span = plan.storm * 1e9
        var due: [(time: UInt64, seat: Int)] = []
        for number in plan.viewers.indices {
            if let socket = seats[number].socket {
                seats[number].socket = nil
                shard.drop(socket)
            }
            seats[number].isJoined = false
            due.append((begun + UInt64(Double.random(in: 0..<span)), number))
        }
        due.sort { $0.time > $1.time }
        phase = .storm(Storm(begun: begun, due: due, sentBefore: sentAt.count))
        stepStorm(on: shard)
    }

    /// Brings back whose time has come, lets the senders speak, and comes again.
    func stepStorm(on shard: isolated Shard) {
        guard case .storm(var storm) = phase else { return }
        let time = now
        while let next = storm.due.last, next.time <= time {
            storm.due.removeLast()
            open(next.seat, on: shard)
        }
        phase = .storm(storm)
        let wanted = storm.sentBefore + Int(Double(time - storm.begun) / 1e9 * plan.rate)
        let isOver = storm.due.isEmpty && figures.stormJoined == plan.viewers.count
        if !isOver {
            while sentAt.count < wanted { say(on: shard) }
        }
        let isLate = time > storm.begun + UInt64(plan.storm * 1e9) + Self.patience
        if isOver && figures.stormAccepted == figures.stormSent || isLate {
            if isLate { note("not all came back in time") }
            figures.stormTime = time - storm.begun
            finish(on: shard)
            return
        }
        wake(.stormStep, after: .milliseconds(5), on: shard)
    }

    /// A viewer joined again.
    func cameBack(_ nanoseconds: UInt64) {
        figures.stormJoined += 1
        figures.stormJoins.add(nanoseconds)
    }
}
