import Ledger
import LuyanClient

/// What a load consists of.
struct BenchPlan: Sendable {
    let address: ServerAddress
    let room: RoomID
    /// A session for each viewer, `nil` for a visitor.
    let viewers: [String?]
    /// A session for each sender.
    let senders: [String]
    /// Connections that are being opened at once.
    let window: Int
    /// Messages a second, of all senders.
    let rate: Double
    let seconds: Double
    /// Characters of a message.
    let length: Int
    /// Seconds within which all viewers come back after all were cut off; 0 cuts nobody off.
    let storm: Double
    /// Reactions a second, of all senders.
    let reactions: Double
    /// The poll in which the viewers with a session vote; `nil` where there is none.
    let poll: String?
    let process: ServerProcess?

    /// Within which they do, nanoseconds.
    var voting: Double { min(10, seconds) * 1e9 }

    /// The viewers that vote.
    var voters: [Int] {
        poll == nil ? [] : viewers.indices.filter { viewers[$0] != nil }
    }

    /// Messages in all.
    var messages: Int { max(1, Int(rate * seconds)) }

    /// A message that carries the time at which it was sent.
    func text(at nanoseconds: UInt64) -> String {
        let stamp = EventScan.stamp(nanoseconds)
        return stamp + String(repeating: "x", count: max(0, length - stamp.utf8.count))
    }
}
