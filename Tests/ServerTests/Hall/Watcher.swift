// A client as a stranger would write it: keeps its cursors, and notes whatever breaks the protocol.
import Ledger
import OpenSSL
import Rooms
import Wire

@testable import Server
@testable import Transport

/// One connection and what it was sent.
struct Watcher {
    let connection: ConnectionID
    let member: MemberID?
    var following: Viewer.Following?
    private(set) var inbox: [JSON] = []
    /// The last event of its class, and the last of its own, that it has.
    private(set) var cursor: UInt64 = 0
    private(set) var own: UInt64 = 0
    /// Where what it has began: a snapshot's event, or what it said it had.
    private(set) var since: (class: UInt64, own: UInt64) = (0, 0)
    /// What it was told since then.
    private(set) var told: [Told] = []
    private(set) var toldOwn: [Told] = []
    private(set) var faults: [String] = []
    /// The join that was not answered yet.
    var asking: String?
    /// Its cursors are made up: they need not name events that it has.
    private var isPretending = false

    struct Told: Equatable {
        let sequence: UInt64
        /// Place and body of each part.
        let parts: [Int: JSON]
    }

    init(connection: ConnectionID, member: MemberID?) {
        self.connection = connection
        self.member = member
    }

    /// The answers in the order they came.
    var answers: [JSON] { inbox.filter { $0["re"] != nil } }

    func answer(_ id: String) -> JSON? {
        inbox.last { $0["re"]?.text == id }
    }

    /// The names of the signals that came, in order.
    var signals: [String] { inbox.compactMap { $0["signal"]?.text } }

    /// The events of its class that came, in order.
    var events: [JSON] { inbox.filter { $0["seq"] != nil && $0["to"] == nil } }

    mutating func receive(_ message: JSON) {
        inbox.append(message)
        if message["seq"] != nil { take(message) }
        if let asking, message["re"]?.text == asking { self.asking = nil }
        guard let ok = message["ok"], let answered = ok["cursor"] else { return }
        let newest = UInt64(answered["class"]?.integer ?? 0)
        let newestOwn = UInt64(answered["own"]?.integer ?? 0)
        if let snapshot = ok["snapshot"] {
            let start = UInt64(snapshot["seq"]?.integer ?? 0)
            (told, toldOwn, since) = ([], [], (start, start))
        } else {
            // Whoever says that it has what is yet to come is told of it when it comes.
            if isPretending { since.own = min(since.own, newestOwn) }
            for event in ok["events"]?.items ?? [] { take(event) }
            if !isPretending, (cursor, own) != (newest, member == nil ? own : newestOwn) {
                faults.append("has \(cursor) and \(own) after resuming, told \(answered)")
            }
        }
        (cursor, own, isPretending) = (newest, newestOwn, false)
    }

    /// It says that it has other events than it has.
    mutating func pretend(since: UInt64, own: UInt64) {
        (told, toldOwn, self.since) = ([], [], (since, own))
        (cursor, self.own, isPretending) = (since, own, true)
    }

    private mutating func take(_ event: JSON) {
        guard let sequence = event["seq"]?.integer.map(UInt64.init),
            let previous = event["prev"]?.integer.map(UInt64.init)
        else {
            faults.append("no event: \(event)")
            return
        }
        var parts: [Int: JSON] = [:]
        for part in event["parts"]?.items ?? [] {
            guard let place = part["n"]?.integer else { continue }
            parts[Int(place)] = part["body"]
        }
        let told = Told(sequence: sequence, parts: parts)
        if let to = event["to"]?.text {
            if to != member.map({ "\($0)" }) { faults.append("\(sequence) is for \(to)") }
            if !isNext(sequence, previous, own) { faults.append("own \(sequence) after \(own)") }
            own = sequence
            toldOwn.append(told)
        } else {
            if !isNext(sequence, previous, cursor) { faults.append("\(sequence) after \(cursor)") }
            cursor = sequence
            self.told.append(told)
        }
    }

    /// A cursor that was made up lies between two events.
    private func isNext(_ sequence: UInt64, _ previous: UInt64, _ last: UInt64) -> Bool {
        previous == last || (isPretending && previous < last && last < sequence)
    }
}
