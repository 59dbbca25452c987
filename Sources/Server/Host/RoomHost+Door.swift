internal import Ledger
internal import Rooms
internal import Wire

// Who comes to the door: admitted, waiting, or told what is missing.
extension RoomHost {
    /// What the server does for somebody who wants to come in; `nil` where it stays outside.
    func command(
        for call: JoinCall,
        _ member: MemberID,
        _ grants: [(role: Role, slot: SlotID?)]
    ) -> Command? {
        let (door, outside) = (decided.door, decided.outside[member])
        let membership = decided.members[member]
        switch outside {
        case .declined, .banned: return nil
        // Nothing but staff undoes what staff did: links of before lead no further than to the queue.
        case .removed: return call.standing < door.least ? nil : .knock(member)
        case nil, .waiting, .applied: break
        }
        if membership != nil || !grants.isEmpty {
            // Roles that staff gave or took in the room stand above those of links.
            let given = membership?.rolesAreSet ?? false ? [] : grants
            return .admit(member, roles: Set(given.map(\.role)), slots: given.compactMap(\.slot))
        }
        guard outside == nil, call.standing >= door.least else { return nil }
        switch door.admission {
        case .invitation, .registration: return nil
        case .code where !call.hasPassed: return nil
        case .open, .code:
            return door.hasWaitingArea
                ? .knock(member) : .admit(member, roles: [.audience], slots: [])
        }
    }

    /// A command with the words that its event tells and the rules do not keep: of the message that
    /// is approved, of those who are let in, of the contact that waits for this one.
    func worded(_ command: Command, by actor: Actor) -> Command {
        switch command {
        case .approve(let sequence, nil):
            guard let content = texts.held[sequence]?.content else { return command }
            return .approve(sequence, words: HeldWords(by: content.byline, text: content.text))
        case .letIn(let member, nil): return .letIn(member, card: texts.outsiders[member]?.card)
        case .letInAll:
            var cards: [MemberID: NameCard] = [:]
            for member in decided.queue.prefix(decided.limits.letInAtOnce) {
                cards[member] = texts.outsiders[member]?.card
            }
            return .letInAll(cards: cards)
        case .closeScoring(let slot, _): return .closeScoring(slot, words: texts.sheets.book)
        case .publishScores: return .publishScores(words: texts.sheets.book)
        case .offerContact(let slot, let other, let text, nil):
            let theirs = offered(by: other, to: actor, in: slot)
            return .offerContact(slot, with: other, text: text, theirs: theirs)
        case .startDraw(nil):
            return .startDraw(seed: (try? salts()).flatMap { DrawBytes(bytes: $0) })
        case .finishDraw(let draw, nil): return .finishDraw(draw, in: id)
        case .startRecording(nil):
            guard let bytes = try? salts() else { return command }
            return .startRecording(RecordingID(Array(bytes.prefix(8)).hexText))
        default: return command
        }
    }

    /// Whether the event makes its subject read the room in another way.
    func changesReading(_ event: Event) -> Bool {
        switch event {
        case .rolesChanged, .memberRemoved, .memberBanned, .memberDeclined, .memberApplied,
            .memberUnbanned, .termsSigned:
            true
        // Who comes by itself joins after; another page of the same person may follow already.
        case .memberAdmitted(let member, _, _), .memberWaiting(let member):
            present[member] != nil
        default: false
        }
    }

    /// What keeps somebody outside, in `you` of the answer to a join.
    func writeDoor(_ call: JoinCall, to you: inout JSONWriter) {
        guard let state = doorState(call) else { return }
        you.member(
            "door",
            object: { object in
                object.member("state", state)
                guard let member = call.member, let outside = durable.outside[member] else {
                    return
                }
                if outside.since != nil {
                    let queue = durable.queue
                    object.member("place", (queue.firstIndex(of: member) ?? 0) + 1)
                    object.member("waiting", queue.count)
                }
                if let reason = texts.outsiders[member]?.reason { object.member("reason", reason) }
            }
        )
    }

    /// `waiting` to `banned` as the room knows the person; else what it takes to come in: `card`,
    /// `account`, `code`, `invitation`, `registration`; `terms` where it is in and has yet to sign.
    /// `nil` where a name card alone is missing and everybody may watch.
    private func doorState(_ call: JoinCall) -> String? {
        let door = durable.door
        guard let member = call.member else { return door.isClosed ? "card" : nil }
        if let outside = durable.outside[member] { return outside.name.rawValue }
        if durable.members[member] != nil { return durable.mustSign(member) ? "terms" : nil }
        guard door.isClosed else { return nil }
        if call.standing < door.least { return "account" }
        return door.admission == .open ? nil : door.admission.rawValue
    }

    /// The member's own messages that wait for approval.
    func writeHeld(of member: MemberID, to you: inout JSONWriter) {
        let own = texts.held.filter { $0.value.by == member }
        guard !own.isEmpty else { return }
        you.member(
            "held",
            array: { array in
                for (_, line) in own.sorted(by: { $0.key < $1.key }) {
                    array.object { line.write(to: &$0) }
                }
            }
        )
    }

    /// The signal `queue`: for staff how many wait, for each who waits its place.
    func queueSegment() -> Segment {
        var segment = Segment()
        let queue = durable.queue
        let bytes = ServerMessage.signal("queue", in: id) { $0.member("waiting", queue.count) }
        for reader in audience.keys where reader.sees(.staff) {
            segment.published[reader] = [bytes]
        }
        for (index, member) in queue.enumerated() where present[member] != nil {
            let bytes = ServerMessage.signal("queue", in: id) { signal in
                signal.member("place", index + 1)
                signal.member("waiting", queue.count)
            }
            segment.personal.append((member, bytes))
        }
        return segment
    }
}

extension Snapshot {
    /// The door, the form, and the last announcement: what everybody sees.
    static func writeDoor(of room: Room, _ texts: RoomTextBook, to writer: inout JSONWriter) {
        writer.member("door", object: { room.door.write(to: &$0) })
        writer.member(
            "form",
            array: { array in for question in texts.room?.form ?? [] { array.string(question) } }
        )
        if let terms = texts.room?.terms { writer.member("terms", terms) }
        writer.name("announcement")
        guard let announcement = texts.announcement else {
            writer.null()
            return
        }
        writer.object { object in
            object.member("seq", announcement.sequence)
            object.member("at", announcement.at.milliseconds)
            object.member("text", announcement.text)
        }
    }

    /// Titles and times as they were planned, without what happened.
    static func writeProgramme(of room: Room, _ texts: RoomTextBook, to writer: inout JSONWriter) {
        writer.member("stage", .null)
        writer.member(
            "slots",
            array: { array in
                for slot in room.roadshow.frame?.slots ?? [] {
                    array.object { object in
                        object.member("id", slot.id.description)
                        texts.room?.slots.first { $0.id == slot.id }?.writeTexts(to: &object)
                        object.member("pitchMs", slot.pitchMilliseconds)
                        object.member("qaMs", slot.questionsMilliseconds)
                        object.member("state", SlotState.waiting.rawValue)
                        object.member("absences", 0)
                        object.member("page", 1)
                        object.member("pages", array: { _ in })
                    }
                }
            }
        )
        writer.member("clock", .null)
        writeRules(of: room.roadshow, to: &writer)
        writer.member("calledAt", .null)
        writer.member("draw", .null)
        writer.member("orderFixed", false)
        writer.member("slowMode", 0)
        writer.member("chatHold", false)
        writer.member("stopped", false)
        writer.member("chat", array: { _ in })
        writer.member("chatMore", false)
        writer.member("anonymousQuestions", false)
        writer.member("questions", array: { _ in })
        writer.member("polls", array: { _ in })
        writeNoMedia(to: &writer)
    }
}
