import Dispatch
import LuyanClient
import Transport
import Wire

/// The viewers and senders of a load, on one shard: joins them, lets them chat, and counts.
final class BenchCrowd: SocketHandler {
    struct Seat {
        let token: String?
        let isSender: Bool
        var socket: ConnectionID?
        /// When it began to connect, nanoseconds.
        var begun: UInt64 = 0
        /// The last event of its class that it got.
        var last: UInt64 = 0
        var isJoined = false
        /// When it voted, nanoseconds, while it has not been told that it did.
        var votedAt: UInt64?
    }

    /// What it waits for.
    enum Alarm: Int {
        case openingLimit, openMore, chatBegin, nextMessage, drainCheck, stormStep
        case nextVote, nextReaction
    }

    enum Phase {
        case opening, chatting, draining
        /// All viewers were cut off and come back.
        case storm(Storm)
        case done
    }

    /// How long the connections may take to be opened, and the last messages to arrive.
    private static let openingLimit = Duration.seconds(120)
    private static let drainLimit = 5_000_000_000 as UInt64  // nanoseconds
    private static let joinID = "j"

    let plan: BenchPlan
    let switchboard: Switchboard
    private let finished: (BenchFigures) -> Void
    private let joinText: [UInt8]
    var phase = Phase.opening
    /// Viewers, then senders.
    var seats: [Seat]
    /// The seat of each socket, by the socket's index.
    private var seatOf: [Int] = []
    private var nextSeat = 0
    private var opening = 0
    private var settled = 0
    var figures: BenchFigures
    private var begun: UInt64 = 0
    private(set) var chatBegun: UInt64 = 0
    private var lastDelivery: UInt64 = 0
    private var drainUntil: UInt64 = 0
    private var cpuBegun: UInt64?
    /// When each message was sent.
    private(set) var sentAt: [UInt64] = []

    init(
        _ plan: BenchPlan,
        _ switchboard: Switchboard,
        then finished: @escaping (BenchFigures) -> Void
    ) {
        self.plan = plan
        self.switchboard = switchboard
        self.finished = finished
        seats = plan.viewers.map { Seat(token: $0, isSender: false) }
        seats += plan.senders.map { Seat(token: $0, isSender: true) }
        joinText = CommandText.join(id: Self.joinID, room: plan.room)
        figures = BenchFigures(plan)
    }

    var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    /// Opens all connections; the rest follows by itself.
    func begin(on shard: isolated Shard) {
        begun = now
        figures.residentBefore = plan.process?.residentBytes
        wake(.openingLimit, after: Self.openingLimit, on: shard)
        openMore(on: shard)
    }

    func wake(_ alarm: Alarm, after delay: Duration, on shard: isolated Shard) {
        switchboard.wake(self, alarm.rawValue, after: delay, on: shard)
    }

    func woken(_ tag: Int, on shard: isolated Shard) {
        switch Alarm(rawValue: tag) {
        case .openingLimit:
            guard case .opening = phase else { return }
            note("not all connections were open in time")
            finish(on: shard)
        case .openMore: openMore(on: shard)
        case .chatBegin: beginChat(on: shard)
        case .nextMessage: chat(on: shard)
        case .drainCheck: drain(on: shard)
        case .stormStep: stepStorm(on: shard)
        case .nextVote: vote(on: shard)
        case .nextReaction: react(on: shard)
        case nil: return
        }
    }

    private func openMore(on shard: isolated Shard) {
        while nextSeat < seats.count, opening < plan.window {
            nextSeat += 1
            opening += 1
            open(nextSeat - 1, on: shard)
        }
        guard case .opening = phase, settled == seats.count else { return }
        startChat(on: shard)
    }

    /// Opens the connection of a seat.
    func open(_ number: Int, on shard: isolated Shard) {
        seats[number].begun = now
        do throws(TransportError) {
            let socket = try switchboard.open(
                plan.address,
                token: seats[number].token,
                from: localHost(of: number),
                for: self,
                on: shard
            )
            while seatOf.count <= Int(socket.index) { seatOf.append(-1) }
            seatOf[Int(socket.index)] = number
            seats[number].socket = socket
        } catch {
            lose(number, "\(error)", on: shard)
        }
    }

    /// Many connections to this machine come from several of its addresses: with one, the system
    /// would look for free ports most of the time.
    private func localHost(of number: Int) -> String? {
        plan.address.host == "127.0.0.1" ? "127.0.0.\(2 + number % 8)" : nil
    }

    private func seat(of socket: ConnectionID) -> Int? {
        let index = Int(socket.index)
        guard seatOf.indices.contains(index), seatOf[index] >= 0,
            seats[seatOf[index]].socket == socket
        else { return nil }
        return seatOf[index]
    }

    func opened(_ socket: ConnectionID, on shard: isolated Shard) {
        guard case .storm = phase, let number = seat(of: socket) else {
            switchboard.send(joinText, to: socket, on: shard)
            return
        }
        let text = CommandText.join(
            id: Self.joinID,
            room: plan.room,
            cursor: Cursor(ofClass: seats[number].last, own: 0)
        )
        switchboard.send(text, to: socket, on: shard)
    }

    func closed(_ socket: ConnectionID, because reason: CloseReason, on shard: isolated Shard) {
        guard let number = seat(of: socket) else { return }
        seats[number].socket = nil
        if case .done = phase { return }
        if seats[number].isJoined {
            figures.lost += 1
            note("a connection was lost: \(reason)")
        } else {
            lose(number, "\(reason)", on: shard)
        }
    }

    /// A connection that never joined.
    private func lose(_ number: Int, _ reason: String, on shard: isolated Shard) {
        figures.lost += 1
        note("a connection was not made: \(reason)")
        guard !isStorm else { return }
        opening -= 1
        settled += 1
        wake(.openMore, after: .zero, on: shard)
    }

    func note(_ fault: String) {
        if figures.firstFault == nil { figures.firstFault = fault }
    }

    func received(_ text: RawSpan, from socket: ConnectionID, on shard: isolated Shard) {
        guard let number = seat(of: socket) else { return }
        guard seats[number].isJoined else {
            joined(number, text, on: shard)
            return
        }
        let received = now
        if seats[number].isSender, let id = EventScan.answeredID(in: text) {
            answered(id, text, at: received)
            return
        }
        EventScan.links(in: text) { link in
            guard !link.isOwn else { return toldOwn(number, at: received) }
            if link.previous != seats[number].last { figures.gaps += 1 }
            seats[number].last = link.sequence
        }
        guard !seats[number].isSender, !isStorm else { return }
        figures.receivedBytes += text.byteCount
        var count = 0
        EventScan.stamps(in: text) { stamp in
            figures.deliveries.add(received > stamp ? received - stamp : 0)
            count += 1
        }
        guard count > 0 else { return }
        figures.deliveredBytes += text.byteCount
        lastDelivery = received
    }

    private func joined(_ number: Int, _ text: RawSpan, on shard: isolated Shard) {
        guard EventScan.answeredID(in: text) == Self.joinID else { return }
        guard let last = EventScan.number(named: "class", in: text) else {
            let answer = text.withUnsafeBytes { String(decoding: $0.prefix(300), as: UTF8.self) }
            if let socket = seats[number].socket { switchboard.close(socket, on: shard) }
            seats[number].socket = nil
            lose(number, answer, on: shard)
            return
        }
        seats[number].isJoined = true
        seats[number].last = last
        let time = now
        if isStorm {
            cameBack(time - seats[number].begun)
            return
        }
        figures.joins.add(time - seats[number].begun)
        figures.openingTime = time - begun
        if seats[number].isSender {
            figures.joinedSenders += 1
        } else {
            figures.joinedViewers += 1
        }
        opening -= 1
        settled += 1
        openMore(on: shard)
    }
}

// Chatting.
extension BenchCrowd {
    private func startChat(on shard: isolated Shard) {
        phase = .chatting
        // What opening left to do (presence, checkpoints) is not to be measured.
        wake(.chatBegin, after: .milliseconds(300), on: shard)
    }

    private func beginChat(on shard: isolated Shard) {
        figures.residentJoined = plan.process?.residentBytes
        guard figures.joinedViewers > 0, figures.joinedSenders > 0 else {
            finish(on: shard)
            return
        }
        cpuBegun = plan.process?.cpuNanoseconds
        chatBegun = now
        vote(on: shard)
        react(on: shard)
        chat(on: shard)
    }

    /// Sends what is due, and comes again for the next.
    private func chat(on shard: isolated Shard) {
        let step = 1e9 / plan.rate
        while sentAt.count < plan.messages {
            let due = chatBegun + UInt64(Double(sentAt.count) * step)
            let time = now
            guard due <= time else {
                wake(.nextMessage, after: .nanoseconds(due - time), on: shard)
                return
            }
            say(on: shard)
        }
        phase = .draining
        drainUntil = now + Self.drainLimit
        drain(on: shard)
    }

    func say(on shard: isolated Shard) {
        let number = plan.viewers.count + sentAt.count % plan.senders.count
        let time = now
        sentAt.append(time)
        if isStorm { figures.stormSent += 1 } else { figures.sent += 1 }
        guard seats[number].isJoined, let socket = seats[number].socket else { return }
        let text = CommandText.bytes(
            id: "b-\(sentAt.count - 1)",
            type: "chat.say",
            room: plan.room,
            values: .object([.init("text", .string(plan.text(at: time)))])
        )
        switchboard.send(text, to: socket, on: shard)
    }

    private func answered(_ id: String, _ text: RawSpan, at received: UInt64) {
        guard id.hasPrefix("b-"), let message = Int(id.dropFirst(2)),
            sentAt.indices.contains(message)
        else { return }
        guard EventScan.number(named: "seq", in: text) != nil else {
            figures.refused += 1
            let answer = text.withUnsafeBytes { String(decoding: $0.prefix(300), as: UTF8.self) }
            note("a message was refused: \(answer)")
            return
        }
        if isStorm {
            figures.stormAccepted += 1
            figures.stormAnswers.add(received - sentAt[message])
            return
        }
        figures.accepted += 1
        figures.answers.add(received - sentAt[message])
    }

    /// Waits for what is still on its way.
    private func drain(on shard: isolated Shard) {
        let isDone = figures.unanswered == 0 && figures.missing <= 0 && figures.votesMissing == 0
        if isDone || now >= drainUntil {
            measured()
            if plan.storm > 0 { beginStorm(on: shard) } else { finish(on: shard) }
            return
        }
        wake(.drainCheck, after: .milliseconds(5), on: shard)
    }

    /// The chat is over: what it cost.
    private func measured() {
        figures.chatTime = lastDelivery > chatBegun && chatBegun > 0 ? lastDelivery - chatBegun : 0
        if let cpuBegun, let cpu = plan.process?.cpuNanoseconds {
            figures.cpuNanoseconds = cpu &- cpuBegun
        }
        figures.residentAfter = plan.process?.residentBytes
    }

    func finish(on shard: isolated Shard) {
        if case .done = phase { return }
        if case .opening = phase { measured() }
        phase = .done
        for seat in seats {
            guard let socket = seat.socket else { continue }
            switchboard.close(socket, on: shard)
        }
        finished(figures)
    }
}
