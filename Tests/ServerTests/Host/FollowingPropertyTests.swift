// Proves on seeded random rooms that everybody is told exactly what they may see, once and in order.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct FollowingPropertyTests {
    static let stepsPerSeed = 200

    @Test(arguments: Seeds.first(40))
    func `followers of a log that never fails are told all, once, in order`(seed: UInt64) throws {
        var crowd = try Crowd(seed: seed, failures: false)
        for _ in 0..<Self.stepsPerSeed {
            try crowd.step()
            try #require(crowd.fault == nil, "SEED=\(seed)")
        }
        try crowd.finish()
        try #require(crowd.fault == nil, "SEED=\(seed)")
    }

    @Test(arguments: Seeds.first(40))
    func `followers of a log that fails, is in doubt, and restarts lose nothing`(
        seed: UInt64
    ) throws {
        var crowd = try Crowd(seed: seed, failures: true)
        for _ in 0..<Self.stepsPerSeed {
            try crowd.step()
            try #require(crowd.fault == nil, "SEED=\(seed)")
        }
        try crowd.finish()
        try #require(crowd.fault == nil, "SEED=\(seed)")
    }
}

/// Random people in one room: they speak, come, go and come back, while the log takes its time.
struct Crowd {
    private let hall: Hall
    private let failures: Bool
    private var commands: CommandGenerator
    private var random: SplitMix64
    private var connections: [ConnectionID] = []
    private var given: [Given] = []
    /// How many messages of each connection were looked through for snapshots.
    private var looked: [ConnectionID: Int] = [:]
    private(set) var fault: String?

    private struct Given {
        let id: String
        let command: Command
        let speaker: Speaker
    }

    init(seed: UInt64, failures: Bool) throws {
        hall = try Hall(seed: seed)
        self.failures = failures
        commands = CommandGenerator(seed: seed)
        random = SplitMix64(seed: seed &* 31)
        hall.serve(.create(.sample()))
        hall.settleAll()
    }

    mutating func step() throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<35: give()
        case 35..<40: giveAgain()
        case 40..<52: enter()
        case 52..<57: leave()
        case 57..<66: comeBack()
        case 66..<69: pretend()
        case 69..<71: hall.eraseAll()
        case 71..<73 where failures: try restart()
        case 73..<76 where failures: hall.settle(.doubtful(isKept: .random(using: &random)))
        case 76..<79 where failures: hall.settle(.failed(.full))
        case 79..<83: hall.recover()
        default:
            // The log answers what it synced together in one turn.
            for _ in 0..<Int.random(in: 1...3, using: &random) { hall.settle(turning: false) }
            hall.turn()
        }
        check()
    }

    /// All settles down: nothing is under way, everything sent has its answer.
    mutating func finish() throws {
        hall.turn()
        hall.settleAll()
        hall.recover()
        for connection in connections where hall[connection].following == nil {
            hall.join(connection)
        }
        hall.settleAll()
        check()
        checkAnswers()
        let fresh = try hall.reloaded()
        if let difference = hall.host.difference(from: fresh) { note(difference) }
    }

    private mutating func give() {
        let step = commands.next(for: hall.host.decided)
        hall.clock.turn(byMilliseconds: step.elapsed)
        if step.speaker.actor == .server {
            hall.serve(step.command, card: step.speaker.card)
        } else {
            let isLast = Bool.random(using: &random)
            let id = hall.give(step.command, by: step.speaker, turning: isLast)
            given.append(Given(id: id, command: step.command, speaker: step.speaker))
        }
    }

    private mutating func giveAgain() {
        guard let old = given.randomElement(using: &random) else { return }
        // Whoever was refused may say the same again; the answer is then a new one.
        hall.give(old.command, by: old.speaker, id: old.id)
    }

    private mutating func enter() {
        let person = Person.allCases.randomElement(using: &random)
        let member = Int.random(in: 0..<4, using: &random) == 0 ? nil : person
        let connection = hall.connect(member?.id)
        connections.append(connection)
        let grants: [(role: Rooms.Role, slot: SlotID?)] =
            Int.random(in: 0..<3, using: &random) > 0
            ? [] : [(.moderator, nil), (.presenter, .first)]
        hall.join(connection, grants: member == nil ? [] : grants)
        if connections.count > 12 {
            hall.hangUp(connections.removeFirst())
        }
    }

    private mutating func leave() {
        guard let connection = connections.randomElement(using: &random) else { return }
        hall.leave(connection)
    }

    private mutating func comeBack() {
        guard let connection = idle else { return }
        if hall[connection].signals.last == "restart" {
            hall.join(connection)
        } else {
            hall.resume(connection)
        }
    }

    /// A connection that waits for no join's answer.
    private var idle: ConnectionID? {
        mutating get {
            connections.filter { hall[$0].asking == nil }.randomElement(using: &random)
        }
    }

    /// A client with any cursors at all.
    private mutating func pretend() {
        guard let connection = idle else { return }
        let most = hall.host.durable.sequence + 3
        hall.resume(
            connection,
            since: .random(in: 0...most, using: &random),
            own: .random(in: 0...most, using: &random)
        )
    }

    private mutating func restart() throws {
        try hall.restart()
        for connection in connections { hall.resume(connection) }
    }

    private mutating func check() {
        for found in hall.faults { note(found) }
        for connection in connections {
            if let found = hall.fault(of: connection) { note(found) }
            checkSnapshot(connection)
        }
    }

    /// The newest snapshot that it got is what replay gives.
    private mutating func checkSnapshot(_ connection: ConnectionID) {
        let watcher = hall[connection]
        let isNew =
            looked.updateValue(watcher.inbox.count, forKey: connection) != watcher.inbox.count
        guard isNew, let following = watcher.following, let last = watcher.inbox.last,
            let snapshot = last["ok"]?["snapshot"], let sequence = snapshot["seq"]?.integer
        else { return }
        let wanted = hall.replayedSnapshot(for: following.reader, at: UInt64(sequence))
        if snapshot != wanted { note("snapshot \(snapshot) is not \(String(describing: wanted))") }
    }

    /// What was acknowledged is in the log as it was said; what was refused last is not.
    private mutating func checkAnswers() {
        var logged: [CommandKey: UInt64] = [:]
        for event in hall.log.events {
            if let key = event.command, logged.updateValue(event.sequence, forKey: key) != nil {
                note("\(key) stands in the log twice")
            }
        }
        for old in given {
            guard let key = CommandKey(actor: old.speaker.actor.name, id: old.id) else { continue }
            let answers = hall[Hall.desk].answers.filter { $0["re"]?.text == old.id }
            // Its command was lost with the server that crashed, or is in the log unanswered.
            guard let answer = answers.last else { continue }
            let sequence = answer["ok"]?["seq"]?.integer.map(UInt64.init)
            if let known = logged[key] {
                if sequence == nil, !failures { note("\(old.id) was refused and is in the log") }
                if let sequence, sequence != known {
                    note("\(old.id) is \(known), told \(sequence)")
                }
            }
            // What changed nothing may be decided anew; what is in the log has its answer for ever.
            let told = answers.compactMap { $0["ok"]?["seq"]?.integer.map(UInt64.init) }
            let since = told.drop { $0 != logged[key] }
            if Set(since).count > 1, !failures {
                note("\(old.id) was answered with \(told)")
            }
            if let sequence, sequence > hall.log.events.count { note("\(old.id) is lost") }
        }
    }

    private mutating func note(_ found: String) {
        if fault == nil { fault = found }
    }
}

extension RoomHost {
    /// In what another host of the same log differs, if in anything.
    func difference(from other: RoomHost) -> String? {
        if durable != other.durable { return "the states differ" }
        if decided != other.decided || head != other.head { return "the decided states differ" }
        if durableHead != other.durableHead { return "the heads differ" }
        if tree.root != other.tree.root { return "the trees differ" }
        if previous != other.previous { return "the classes' chains differ" }
        if ownPrevious != other.ownPrevious { return "the members' chains differ" }
        if membershipChanged != other.membershipChanged { return "the memberships differ" }
        if answers.mapValues(\.answer) != other.answers.mapValues(\.answer) {
            return "the answers differ"
        }
        if answers.mapValues(\.digest) != other.answers.mapValues(\.digest) {
            return "the commands' digests differ"
        }
        for reader in ReaderClass.all where snapshot(for: reader) != other.snapshot(for: reader) {
            return "the snapshots of \(reader.roles) differ"
        }
        return nil
    }
}
