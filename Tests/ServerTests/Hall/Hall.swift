// A room's host with its surroundings in memory: a log, a clock, salts, and people who follow it.
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import TestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

/// Carries out what the host asks for as the Hub does, one turn after each call.
final class Hall {
    static let room = RoomID(bytes: [UInt8](repeating: 0x5e, count: 16))
    static let genesis = Array(#"{"v":1}"#.utf8)
    /// Who gives commands and follows nothing.
    static let desk = ConnectionID(shard: 0, index: 0, generation: 0)

    let log = HeldLog()
    let clock = HandClock()
    let key: Ed25519PrivateKey
    private(set) var host: RoomHost
    private(set) var watchers: [ConnectionID: Watcher] = [:]
    private(set) var followers = Followers()
    /// Every message in the order of sending.
    private(set) var sent: [(to: ConnectionID, message: JSON)] = []
    /// Texts that are to be erased from the log, oldest first.
    private(set) var erasures: [(sequence: UInt64, parts: [Int])] = []
    /// The log is to be read again after that event.
    private(set) var recoverAfter: UInt64?
    private(set) var faults: [String] = []
    private let limits: RoomLimits
    private var salts: SplitMix64
    private var lastConnection: UInt32 = 0
    private var lastID = 0

    /// An empty room; nothing is recorded yet.
    init(seed: UInt64 = 1, limits: RoomLimits = RoomLimits()) throws {
        key = try Ed25519PrivateKey(raw: [UInt8](repeating: 7, count: 32))
        self.limits = limits
        salts = SplitMix64(seed: seed)
        host = try Self.host(limits: limits, key: key, clock: clock, salts: SaltMill(seed: seed))
        watchers[Self.desk] = Watcher(connection: Self.desk, member: nil)
    }

    /// A room of that plan, live, everybody of the sample admitted, all having signed its terms.
    static func live(
        _ plan: RoomPlan = .sample(),
        limits: RoomLimits = RoomLimits()
    ) throws -> Hall {
        let hall = try Hall(limits: limits)
        hall.serve(.create(plan))
        for person in Person.allCases {
            guard let membership = person.membership else { continue }
            let admit = Command.admit(person.id, roles: membership.roles, slots: membership.slots)
            hall.serve(admit, card: person.card)
            if let terms = plan.frame.door.terms {
                hall.give(.sign(terms: terms, name: person.card.name), by: person)
            }
        }
        hall.give(.openRoom, by: .moderator)
        hall.give(.startRoom, by: .moderator)
        hall.settleAll()
        return hall
    }

    static func host(
        limits: RoomLimits,
        key: Ed25519PrivateKey,
        clock: HandClock,
        salts: SaltMill
    ) throws -> RoomHost {
        RoomHost(
            id: try #require(room),
            genesis: genesis,
            epoch: 1,
            limits: limits,
            checkpoints: CheckpointMaker(server: "test", key: key),
            now: { clock.now },
            salts: { salts.next() }
        )
    }
}

/// A clock that stands until it is turned.
final class HandClock {
    private(set) var now = Timestamp.start

    func turn(byMilliseconds shift: UInt64) {
        now = now.advanced(byMilliseconds: Int64(clamping: shift))
    }
}

/// Salts from a seed.
final class SaltMill {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    func next() -> [UInt8] {
        (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}

// What people and the server do.
extension Hall {
    /// A command of a person, answered at the desk unless another connection is named.
    /// - Returns: its id.
    @discardableResult
    func give(
        _ command: Command,
        by person: Person,
        id: String? = nil,
        payload: String? = nil,
        on connection: ConnectionID = Hall.desk
    ) -> String {
        let speaker = Speaker(person.actor, card: person.card)
        return give(command, by: speaker, id: id, payload: payload, on: connection)
    }

    @discardableResult
    func give(
        _ command: Command,
        by speaker: Speaker,
        id: String? = nil,
        payload: String? = nil,
        on connection: ConnectionID = Hall.desk,
        turning: Bool = true
    ) -> String {
        lastID += 1
        let id = id ?? "k-\(lastID)"
        let digest = SHA256.hash(Array((payload ?? "\(command)").utf8)).hex
        host.take(
            command,
            mark: EventEncoding.CommandMark(id: id, digest: digest),
            by: speaker,
            received: clock.now,
            replyTo: .socket(connection, id: id)
        )
        if turning { turn() }
        return id
    }

    /// A command of the server's own.
    func serve(_ command: Command, card: NameCard = .blank) {
        host.take(
            command,
            mark: nil,
            by: Speaker(.server, card: card),
            received: clock.now,
            replyTo: .nobody
        )
        turn()
    }

    /// A new connection of that member; `nil` for a visitor.
    func connect(_ member: MemberID?) -> ConnectionID {
        lastConnection += 1
        let connection = ConnectionID(shard: 0, index: lastConnection, generation: 0)
        watchers[connection] = Watcher(connection: connection, member: member)
        return connection
    }

    /// A new connection of that person, which asks to follow.
    func seat(_ person: Person?, _ request: JoinRequest = JoinRequest()) -> ConnectionID {
        let connection = connect(person?.id)
        join(connection, request, card: person?.card ?? .blank)
        return connection
    }

    /// - Returns: the id of the message that asks.
    @discardableResult
    func join(
        _ connection: ConnectionID,
        _ request: JoinRequest = JoinRequest(),
        grants: [(role: Rooms.Role, slot: SlotID?)] = [],
        card: NameCard = NameCard(name: "somebody")
    ) -> String {
        unfollow(connection)
        lastID += 1
        let id = "j-\(lastID)"
        watchers[connection]?.asking = id
        let call = JoinCall(
            connection: connection,
            id: id,
            member: watchers[connection]?.member,
            card: card,
            request: request
        )
        host.join(call, grants: grants, received: clock.now)
        turn()
        return id
    }

    /// The connection asks for what it missed.
    @discardableResult
    func resume(_ connection: ConnectionID) -> String {
        let watcher = self[connection]
        return join(connection, JoinRequest(since: watcher.cursor, own: watcher.own))
    }

    /// It says that it has other events than it has, and asks for the rest.
    func resume(_ connection: ConnectionID, since: UInt64, own: UInt64) {
        watchers[connection]?.pretend(since: since, own: own)
        join(connection, JoinRequest(since: since, own: own))
    }

    func leave(_ connection: ConnectionID) {
        unfollow(connection)
    }

    /// The socket is gone.
    func hangUp(_ connection: ConnectionID) {
        unfollow(connection)
        watchers[connection] = nil
    }

    subscript(connection: ConnectionID) -> Watcher {
        watchers[connection] ?? Watcher(connection: connection, member: nil)
    }

    /// The answer that the desk got.
    func answer(_ id: String) -> JSON? {
        self[Self.desk].answer(id)
    }
}

// What the log does.
extension Hall {
    /// Decides the oldest append; the log may answer several in one turn.
    func settle(_ fate: HeldLog.Fate = .kept, turning: Bool = true) {
        guard let (batch, result) = log.settle(fate) else { return }
        host.appended(batch, result)
        if turning { turn() }
    }

    /// All that is under way becomes durable.
    func settleAll() {
        while !log.held.isEmpty { settle() }
    }

    /// The log is read again, as was asked for.
    func recover() {
        guard let after = recoverAfter else { return }
        recoverAfter = nil
        host.recover(with: Array(log.events[Int(after)...]))
        turn()
    }

    func eraseAll() {
        for (sequence, parts) in erasures { log.erase(sequence, parts) }
        erasures = []
    }

    /// The server stops at once and starts again from the log; every connection is gone.
    func restart() throws {
        log.crash()
        host = try reloaded()
        erasures = []
        recoverAfter = nil
        for connection in watchers.keys {
            watchers[connection]?.following = nil
            watchers[connection]?.asking = nil
        }
        followers = Followers()
        turn()
    }

    /// Another host with what the log holds now.
    func reloaded() throws -> RoomHost {
        let mill = SaltMill(seed: salts.next())
        let fresh = try Self.host(limits: limits, key: key, clock: clock, salts: mill)
        for event in log.events { try fresh.load(event) }
        fresh.finishLoading()
        return fresh
    }
}

// What the Hub does.
extension Hall {
    func turn() {
        host.finishTurn()
        let output = host.output
        host.output = HostOutput()
        for append in output.appends { log.hold(append) }
        for segment in output.segments { hand(segment) }
        erasures += output.erasures
        if let after = output.recoverAfter { recoverAfter = after }
    }

    private func hand(_ segment: Segment) {
        for (reader, messages) in segment.published {
            for connection in followers.byClass[reader] ?? [] {
                for message in messages { send(message, to: connection) }
            }
        }
        for (member, message) in segment.personal {
            for connection in followers.byMember[member] ?? [] { send(message, to: connection) }
        }
        for (connection, message) in segment.direct { send(message, to: connection) }
        for joined in segment.joined { follow(joined) }
        for member in segment.restarts {
            let signal = ServerMessage.signal("restart", in: host.id)
            for connection in followers.byMember[member] ?? [] {
                unfollow(connection)
                send(signal, to: connection)
            }
        }
    }

    private func follow(_ joined: Segment.Joined) {
        let connection = joined.connection
        unfollow(connection)
        guard watchers[connection] != nil else {
            host.left(joined.reader)
            return
        }
        let place = followers.add(connection, joined.reader, joined.member)
        watchers[connection]?.following = Viewer.Following(
            member: joined.member,
            reader: joined.reader,
            place: place
        )
        send(joined.bytes, to: connection)
    }

    private func unfollow(_ connection: ConnectionID) {
        guard let following = watchers[connection]?.following else { return }
        watchers[connection]?.following = nil
        if let moved = followers.remove(connection, following) {
            watchers[moved]?.following?.place = following.place
        }
        host.left(following.reader)
    }

    /// Notes at once whatever is told before it is durable.
    private func send(_ bytes: [UInt8], to connection: ConnectionID) {
        guard let message = try? JSONParser.parse(bytes) else {
            faults.append("no JSON: \(String(decoding: bytes, as: UTF8.self))")
            return
        }
        let durable = Int64(log.events.count)
        let numbers = [
            message["seq"], message["ok"]?["seq"], message["ok"]?["snapshot"]?["seq"],
            message["ok"]?["cursor"]?["class"], message["ok"]?["cursor"]?["own"],
        ]
        for number in numbers.compactMap({ $0?.integer }) where number > durable {
            faults.append("\(number) was told while \(durable) events were durable")
        }
        sent.append((connection, message))
        watchers[connection]?.receive(message)
    }
}
