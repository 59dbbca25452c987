internal import Ledger
internal import Rooms

extension Event {
    /// The event of that type whose `data` these are.
    init(_ type: EventType, from fields: Fields) throws(FieldFault) {
        switch type {
        case .roomCreated: self = .roomCreated(try RoomFrame(fields))
        case .memberAdmitted:
            let (member, roles, slots) = try Self.membership(fields)
            self = .memberAdmitted(member, roles: roles, slots: slots)
        case .rolesChanged:
            let (member, roles, slots) = try Self.membership(fields)
            self = .rolesChanged(member, roles: roles, slots: slots)
        case .roomOpened: self = .roomOpened
        case .roomStarted: self = .roomStarted
        case .roomPaused: self = .roomPaused
        case .roomResumed: self = .roomResumed
        case .endRequested: self = .endRequested(until: try fields.time("until"))
        case .roomEnded: self = .roomEnded(reopenUntil: try fields.time("reopenUntil"))
        case .roomReopened: self = .roomReopened
        case .roomClosed: self = .roomClosed
        case .roomCancelled: self = .roomCancelled
        case .chatSaid: self = .chatSaid(try ChatAddress(fields))
        case .contentRedacted:
            var parts: [Int] = []
            for item in try fields.items("parts") {
                guard let part = item.integer else { throw FieldFault("parts", "integers") }
                parts.append(Int(clamping: part))
            }
            self = .contentRedacted(
                try fields.natural("seq"),
                parts: parts,
                try fields.choice("reason", RedactionReason.self)
            )
        default:
            if let event = try Self.questions(type, from: fields) {
                self = event
            } else if let event = try Self.admission(type, from: fields) {
                self = event
            } else if let event = try Self.polls(type, from: fields) {
                self = event
            } else if let event = try Self.media(type, from: fields) {
                self = event
            } else if let event = try Self.judging(type, from: fields) {
                self = event
            } else if let event = try Self.intents(type, from: fields) {
                self = event
            } else if let event = try Self.order(type, from: fields) {
                self = event
            } else if let event = try Self.archive(type, from: fields) {
                self = event
            } else {
                self = try Self.roadshow(type, from: fields)
            }
        }
    }

    private static func roadshow(
        _ type: EventType,
        from fields: Fields
    ) throws(FieldFault) -> Event {
        let slot = try fields.slot("slot")
        switch type {
        case .slotReady: return .slotReady(slot)
        case .slotCalled: return .slotCalled(slot, remaining: try fields.natural("remainingMs"))
        case .slotFinished: return .slotFinished(slot)
        case .slotSkipped: return .slotSkipped(slot)
        case .slotMissed: return .slotMissed(slot, isForfeited: try fields.flag("forfeited"))
        case .slotRecalled: return .slotRecalled(slot)
        case .slotRestarted:
            return .slotRestarted(slot, remaining: try fields.natural("remainingMs"))
        case .pitchStarted: return .pitchStarted(slot, endsAt: try fields.time("endsAt"))
        case .overtimeStarted: return .overtimeStarted(slot, endsAt: try fields.time("endsAt"))
        case .questionsStarted: return .questionsStarted(slot, endsAt: try fields.time("endsAt"))
        case .clockPaused:
            return .clockPaused(
                slot,
                remaining: try fields.natural("remainingMs"),
                withRoom: try fields.flag("withRoom")
            )
        case .clockResumed: return .clockResumed(slot, endsAt: try fields.time("endsAt"))
        case .clockExtended:
            let reading: Clock.Reading =
                fields.has("endsAt")
                ? .running(endsAt: try fields.time("endsAt"))
                : .stopped(
                    remaining: try fields.natural("remainingMs"),
                    withRoom: try fields.flag("withRoom")
                )
            return .clockExtended(
                slot,
                by: try fields.natural("ms"),
                total: try fields.natural("totalMs"),
                reading: reading
            )
        case .clockShifted:
            return .clockShifted(
                slot,
                by: try fields.natural("ms"),
                endsAt: try fields.time("endsAt")
            )
        case .slidesPlaced:
            return .slidesPlaced(slot, pages: Int(clamping: try fields.natural("pages")))
        case .slideShown:
            return .slideShown(slot, page: Int(clamping: try fields.natural("page")))
        default:
            throw FieldFault("type", "an event of a roadshow")
        }
    }

    private static func membership(
        _ fields: Fields
    ) throws(FieldFault) -> (MemberID, Set<Role>, [SlotID]) {
        var roles: Set<Role> = []
        for item in try fields.items("roles") {
            guard let role = item.text.flatMap(Role.init(rawValue:)) else {
                throw FieldFault("roles", "names of roles")
            }
            roles.insert(role)
        }
        var slots: [SlotID] = []
        for item in try fields.items("slots") {
            guard let slot = item.text.flatMap(SlotID.init) else {
                throw FieldFault("slots", "ids of slots")
            }
            slots.append(slot)
        }
        return (try fields.member("member"), roles, slots)
    }
}

extension RoomFrame {
    fileprivate init(_ fields: Fields) throws(FieldFault) {
        var slots: [SlotFrame] = []
        for item in try fields.items("slots") {
            let slot = try Fields(item)
            slots.append(
                SlotFrame(
                    id: try slot.slot("id"),
                    pitchMilliseconds: try slot.natural("pitchMs"),
                    questionsMilliseconds: try slot.natural("qaMs")
                )
            )
        }
        self.init(
            language: try fields.text("language"),
            startsAt: try fields.time("startsAt"),
            slots: slots,
            graceMilliseconds: try fields.natural("graceMs"),
            rules: fields.has("rules") ? try StageRules(fields.object("rules")) : StageRules(),
            subject: fields.has("subject") ? try fields.choice("subject", Subject.self) : .project,
            door: fields.has("door") ? try Door(fields.object("door")) : .open
        )
    }
}
