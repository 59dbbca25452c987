public import Ledger

/// A room's state as the rules need it: pure, without texts, names, clock or I/O.
///
/// `decide` answers a command and changes nothing; `apply` takes over what was decided. Replaying a
/// log's events gives the same state again.
public struct Room: Equatable, Sendable {
    public let limits: RoomLimits
    public internal(set) var lifecycle = Lifecycle.unborn
    /// The end of the live part was asked for and can be confirmed until then.
    public internal(set) var endRequestedUntil: Timestamp?
    public internal(set) var members: [MemberID: Membership] = [:]
    /// Who is known to the room and not in it.
    public internal(set) var outside: [MemberID: Outside] = [:]
    public internal(set) var conduct = Conduct()
    public internal(set) var floor = Floor()
    public internal(set) var recording = Recording()
    /// When each who signed the terms of a closed matter did so; also of those who went since.
    public internal(set) var signatures: [MemberID: Timestamp] = [:]
    /// What of a closed matter was sent to whom lately.
    var disclosures = Disclosures()
    public internal(set) var questions: [UInt64: Question] = [:]
    /// Most rooms merge none, and count without looking for them.
    var hasMergedQuestions = false
    /// By the events that opened them.
    public internal(set) var polls: [UInt64: Poll] = [:]
    var openPollID: UInt64?
    /// Whose text stands in which event, for removal by its author or a moderator.
    var texts: [UInt64: RedactableText] = [:]
    public internal(set) var roadshow = Roadshow()
    public internal(set) var judging = Judging()
    public internal(set) var intents = Intents()
    public internal(set) var attendance = Attendance()
    public internal(set) var archival = Archival()
    /// The number of the last event applied.
    public internal(set) var sequence: UInt64 = 0

    public init(limits: RoomLimits = RoomLimits()) {
        self.limits = limits
    }
}

/// What a member may do here.
public struct Membership: Equatable, Sendable {
    public internal(set) var roles: Set<Role>
    /// The slots it presents.
    public internal(set) var slots: Set<SlotID>
    public internal(set) var isMuted = false
    /// In the hall.
    public internal(set) var isOnSite = false
    /// Staff set its roles by hand: links of before no longer add to them.
    public internal(set) var rolesAreSet = false
    /// When it last said something in the chat.
    var lastSaid: Timestamp?
}

/// How the chat is kept in order.
public struct Conduct: Equatable, Sendable {
    /// Between two messages of one member; 0 where it is off.
    public internal(set) var slowSeconds: UInt64 = 0
    /// Messages wait for approval.
    public internal(set) var holdsChat = false
    /// Nobody but moderators writes.
    public internal(set) var isStopped = false
    /// Questions may be asked without a name that others than staff see.
    public internal(set) var allowsAnonymous = false
    /// Messages that wait, by the event that holds them.
    public internal(set) var held: [UInt64: HeldMessage] = [:]
}

/// A message that waits for approval.
public struct HeldMessage: Equatable, Sendable {
    public let author: MemberID
    /// Whom it calls by name.
    public let mentions: [MemberID]
}

/// Where a text stands that can be removed.
struct RedactableText: Equatable, Sendable {
    let author: MemberID
    let parts: [Int]
    /// The event that held it before it was approved: its words stand there too.
    var heldIn: UInt64?
    /// A name card, with what came with it: it goes with the person alone, not by a moderator.
    var isCard = false
    /// What was said or written for all, and can be corrected.
    var isSpoken = false
    /// Who alone knows of it; `nil` where staff does.
    var circle: [Audience]?
    var isRedacted: Bool

    /// Whether it is a text of that member that nobody removed.
    func isLeft(by member: MemberID) -> Bool { author == member && !isRedacted }

    /// Whether the member knows of it at all, and so may be told that it cannot be removed.
    func isKnown(to member: MemberID, _ isModerator: Bool) -> Bool {
        guard let circle, author != member else { return true }
        return circle.contains(.member(member)) || (isModerator && circle.contains(.staff))
    }
}

/// The agenda, the stage and its clock.
public struct Roadshow: Equatable, Sendable {
    public internal(set) var frame: RoomFrame?
    public internal(set) var slots: [Slot] = []
    /// The place in `slots` of the one on stage.
    var stageIndex: Int?
    public internal(set) var clock: Clock?
    /// The last draw of the order, however it ended.
    public internal(set) var draw: Draw?
    /// When a slot was last called onto the stage, or sent back to its start there.
    public internal(set) var calledAt: Timestamp?

    /// Whether a slot was ever called: the order stands from then on.
    public var hasCalled: Bool { calledAt != nil }

    public var rules: StageRules { frame?.rules ?? StageRules() }

    /// The slot on stage.
    public var stage: Slot? {
        guard let stageIndex, slots.indices.contains(stageIndex) else { return nil }
        return slots[stageIndex]
    }

    func index(of id: SlotID) -> Int? {
        slots.firstIndex { $0.frame.id == id }
    }

    /// When the room's next deadline falls; `nil` while no clock runs towards one.
    public var nextDeadline: Timestamp? {
        guard let clock, case .running(let end) = clock.reading else { return nil }
        switch clock.phase {
        case .pitch: return end
        case .overtime: return rules.atZero == .moveOn ? end : nil
        case .questions: return nil
        }
    }

    /// The slot whose presenters are not heard, since their time is up.
    public var cut: SlotID? {
        rules.atZero == .cut && clock?.phase == .overtime ? stage?.frame.id : nil
    }
}

extension Room {
    /// Texts that were removed, by event: the places of their parts.
    public var redactedParts: [UInt64: [Int]] {
        texts.compactMapValues { $0.isRedacted ? $0.parts : nil }
    }

    public var door: Door { roadshow.frame?.door ?? .open }

    /// Who waits for staff, longest waiting first.
    public var queue: [MemberID] {
        outside.compactMap { id, outside in outside.since.map { ($0, id) } }
            .sorted { $0.0 < $1.0 }
            .map(\.1)
    }

    /// The events with texts of a member, cards included, that nobody removed, in order.
    public func textsLeft(by member: MemberID) -> [UInt64] {
        texts.filter { $0.value.isLeft(by: member) }.keys.sorted()
    }

    /// How many `textsLeft(by:)` gives, without putting them in order.
    public func countOfTextsLeft(by member: MemberID) -> Int {
        texts.values.count { $0.isLeft(by: member) }
    }

    /// How the member reads this room.
    public func readerClass(of member: MemberID?) -> ReaderClass {
        guard let member, let membership = members[member], !mustSign(member) else {
            return .visitor
        }
        return ReaderClass(roles: membership.roles)
    }
}
