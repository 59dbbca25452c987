import Foundation
import LuyanClient
import Wire

/// What a load showed.
struct BenchFigures: Sendable {
    let plan: BenchPlan
    /// From connecting to the join's answer, nanoseconds.
    var joins = Histogram()
    /// From sending to a viewer's receipt, nanoseconds.
    var deliveries = Histogram()
    /// From sending to the sender's answer, nanoseconds.
    var answers = Histogram()
    var joinedViewers = 0
    var joinedSenders = 0
    /// Until the last one had joined, nanoseconds.
    var openingTime: UInt64 = 0
    /// From the first message to the last delivery, nanoseconds.
    var chatTime: UInt64 = 0
    var sent = 0
    var accepted = 0
    var refused = 0
    var deliveredBytes = 0
    /// All that viewers got from the first message on.
    var receivedBytes = 0
    /// Votes given, and from giving one to being told of it, nanoseconds.
    var votes = 0
    var votings = Histogram()
    var reactions = 0
    /// Events whose predecessor a connection had not got.
    var gaps = 0
    /// Connections that were not opened, were refused, or were lost.
    var lost = 0
    /// The first thing that went wrong, for people.
    var firstFault: String?
    var cpuNanoseconds: UInt64?
    var residentBefore: Int?
    var residentJoined: Int?
    var residentAfter: Int?

    /// Viewers that came back after all were cut off.
    var stormJoined = 0
    /// From connecting again to the join's answer, nanoseconds.
    var stormJoins = Histogram()
    /// The senders' messages meanwhile, and their answers.
    var stormSent = 0
    var stormAccepted = 0
    var stormAnswers = Histogram()
    /// Until the last one was back, nanoseconds.
    var stormTime: UInt64 = 0

    init(_ plan: BenchPlan) {
        self.plan = plan
    }

    /// Deliveries that there should be.
    var expected: Int { accepted * joinedViewers }
    var missing: Int { expected - Int(clamping: deliveries.count) }
    var votesMissing: Int { plan.voters.count - Int(clamping: votings.count) }
    var unanswered: Int { sent - accepted - refused }

    /// Whether every viewer joined and got every message in order.
    var isClean: Bool {
        lost == 0 && gaps == 0 && refused == 0 && unanswered == 0 && missing == 0
            && votesMissing == 0 && joinedViewers == plan.viewers.count
            && joinedSenders == plan.senders.count
            && (plan.storm == 0
                || stormJoined == plan.viewers.count && stormAccepted == stormSent)
    }

    var deliveriesPerSecond: Double {
        chatTime == 0 ? 0 : Double(deliveries.count) / (Double(chatTime) / 1e9)
    }

    /// What one viewer gets in a minute.
    private var bytesPerMinute: Int? {
        guard chatTime > 0, joinedViewers > 0 else { return nil }
        return Int(Double(receivedBytes) / Double(joinedViewers) / (Double(chatTime) / 60e9))
    }

    private var cpuPerDelivery: Double? {
        guard let cpuNanoseconds, deliveries.count > 0 else { return nil }
        return Double(cpuNanoseconds) / 1_000 / Double(deliveries.count)
    }

    private var cpuPercent: Double? {
        guard let cpuNanoseconds, chatTime > 0 else { return nil }
        return Double(cpuNanoseconds) / Double(chatTime) * 100
    }

    private var bytesPerViewer: Int? {
        guard let residentBefore, let residentJoined else { return nil }
        return (residentJoined - residentBefore) / max(1, joinedViewers + joinedSenders)
    }
}

extension BenchFigures {
    /// For people.
    var table: String {
        var rows: [(String, String)] = [
            ("viewers joined", "\(joinedViewers) of \(plan.viewers.count)"),
            ("senders joined", "\(joinedSenders) of \(plan.senders.count)"),
            ("all open after", "\(Self.decimal(Double(openingTime) / 1e9, 2)) s"),
            ("join time", Self.times(joins)),
            ("messages", "\(sent) sent, \(accepted) accepted, \(refused) refused"),
            ("answer time", Self.times(answers)),
            ("deliveries", "\(deliveries.count) of \(expected)"),
            ("deliveries a second", Self.decimal(deliveriesPerSecond, 0)),
            ("delivery time", Self.times(deliveries)),
            ("gaps", "\(gaps)"),
            ("connections lost", "\(lost)"),
        ]
        if let bytesPerMinute { rows.append(("bytes to a viewer a minute", "\(bytesPerMinute)")) }
        if plan.poll != nil {
            rows.append(("votes", "\(votings.count) of \(plan.voters.count)"))
            rows.append(("vote time", Self.times(votings)))
        }
        if plan.reactions > 0 { rows.append(("reactions", "\(reactions)")) }
        if let cpuPerDelivery, let cpuPercent {
            rows.append(("server CPU a delivery", "\(Self.decimal(cpuPerDelivery, 2)) us"))
            rows.append(("server CPU", "\(Self.decimal(cpuPercent, 0)) % of a core"))
        }
        if let residentAfter, let bytesPerViewer {
            rows.append(("server memory", "\(residentAfter >> 10) KiB"))
            rows.append(("server memory a connection", "\(bytesPerViewer) bytes"))
        }
        if plan.storm > 0 {
            rows.append(("came back", "\(stormJoined) of \(plan.viewers.count)"))
            rows.append(("all back after", "\(Self.decimal(Double(stormTime) / 1e9, 2)) s"))
            rows.append(("time of coming back", Self.times(stormJoins)))
            rows.append(("messages meanwhile", "\(stormAccepted) of \(stormSent) accepted"))
            rows.append(("answer time meanwhile", Self.times(stormAnswers)))
        }
        if let firstFault { rows.append(("first fault", firstFault)) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + value
        }.joined(separator: "\n")
    }

    /// For programs; times in milliseconds.
    var json: String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("clean", isClean)
            object.member("room", "\(plan.room)")
            object.member("viewers", plan.viewers.count)
            object.member("joinedViewers", joinedViewers)
            object.member("senders", plan.senders.count)
            object.member("joinedSenders", joinedSenders)
            object.member("openingMs", Self.number(Double(openingTime) / 1e6))
            object.member("joinMs", Self.quantiles(joins))
            object.member("sent", sent)
            object.member("accepted", accepted)
            object.member("refused", refused)
            object.member("unanswered", unanswered)
            object.member("answerMs", Self.quantiles(answers))
            object.member("deliveries", deliveries.count)
            object.member("expected", expected)
            object.member("missing", missing)
            object.member("gaps", gaps)
            object.member("lost", lost)
            object.member("deliveriesPerSecond", Self.number(deliveriesPerSecond))
            object.member("deliveryMs", Self.quantiles(deliveries))
            object.member("deliveredBytes", deliveredBytes)
            object.member("bytesPerMinute", orNull: bytesPerMinute)
            if plan.poll != nil {
                object.member("votes", votings.count)
                object.member("voteMs", Self.quantiles(votings))
            }
            if plan.reactions > 0 { object.member("reactions", reactions) }
            object.member("chatMs", Self.number(Double(chatTime) / 1e6))
            if let cpuPerDelivery, let cpuPercent {
                object.member("cpuMicrosecondsPerDelivery", Self.number(cpuPerDelivery))
                object.member("cpuPercent", Self.number(cpuPercent))
            }
            object.member("residentBytes", orNull: residentAfter)
            object.member("bytesPerConnection", orNull: bytesPerViewer)
            if plan.storm > 0 {
                object.member("stormJoined", stormJoined)
                object.member("stormMs", Self.number(Double(stormTime) / 1e6))
                object.member("stormJoinMs", Self.quantiles(stormJoins))
                object.member("stormSent", stormSent)
                object.member("stormAccepted", stormAccepted)
                object.member("stormAnswerMs", Self.quantiles(stormAnswers))
            }
            object.member("fault", orNull: firstFault)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static let quantiles = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)]

    private static func times(_ histogram: Histogram) -> String {
        guard histogram.count > 0 else { return "-" }
        let shares = quantiles.map { name, share in
            "\(name) \(decimal(Double(histogram.quantile(share)) / 1e6, 2))"
        }
        return shares.joined(separator: ", ")
            + ", most \(decimal(Double(histogram.most) / 1e6, 2)) ms"
    }

    private static func quantiles(_ histogram: Histogram) -> JSON {
        let shares = quantiles.map { name, share in
            JSON.Member(name, number(Double(histogram.quantile(share)) / 1e6))
        }
        return .object(shares + [JSON.Member("max", number(Double(histogram.most) / 1e6))])
    }

    /// Three decimals are enough for anything measured here.
    private static func number(_ value: Double) -> JSON {
        .number((value * 1_000).rounded() / 1_000)
    }

    private static func decimal(_ value: Double, _ places: Int) -> String {
        String(format: "%.\(places)f", value)
    }
}
