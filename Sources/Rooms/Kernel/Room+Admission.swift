internal import Ledger

/// Who comes in, who goes out, and what each may be (`rooms.md`, Membership).
extension Room {
    func admissionEvents(
        of command: Command,
        by speaker: Speaker
    ) throws(Rejection) -> [Draft] {
        switch command {
        case .knock(let member): return try knock(member, card: speaker.card)
        case .apply(let answers): return try application(answers, by: speaker)
        case .letIn(let member, let card):
            guard let known = outside[member] else { throw .noSuchMember(member) }
            guard known != .banned else { throw .outside(.banned) }
            return [try letIn(member, card)]
        case .letInAll(let cards):
            var drafts: [Draft] = []
            for member in queue.prefix(limits.letInAtOnce) {
                drafts.append(try letIn(member, cards[member]))
            }
            return drafts
        case .decline(let member, let reason):
            guard outside[member]?.since != nil else { throw .noSuchMember(member) }
            return [Draft(.memberDeclined(member), try self.reason(reason))]
        case .setRoles(let member, let roles, let slots):
            return try changed(member, roles: roles, slots: slots)
        case .mute(let member):
            return try membership(member).isMuted ? [] : [Draft(.memberMuted(member))]
        case .unmute(let member):
            return try membership(member).isMuted ? [Draft(.memberUnmuted(member))] : []
        case .checkIn(let member):
            return try membership(member).isOnSite ? [] : [Draft(.memberCheckedIn(member))]
        case .checkOut(let member):
            return try membership(member).isOnSite ? [Draft(.memberCheckedOut(member))] : []
        case .remove(let member, let reason):
            _ = try membership(member)
            try requireOtherModerator(than: member)
            return [Draft(.memberRemoved(member), try self.reason(reason))]
                + leavingFloor(member)
        case .ban(let member, let reason):
            guard members[member] != nil || outside[member] != nil else {
                throw .noSuchMember(member)
            }
            try requireOtherModerator(than: member)
            guard outside[member] != .banned else { return [] }
            return [Draft(.memberBanned(member), try self.reason(reason))]
                + leavingFloor(member)
        case .unban(let member):
            guard outside[member] == .banned else { throw .notBanned(member) }
            return [Draft(.memberUnbanned(member))]
        default: return []
        }
    }

    /// Who stands there already stands there once; whoever was sent out waits like anybody else.
    private func knock(_ member: MemberID, card: NameCard) throws(Rejection) -> [Draft] {
        guard members[member] == nil else { throw .alreadyIn }
        switch outside[member] {
        case nil, .removed: break
        case .waiting, .applied: return []
        case .declined: throw .outside(.declined)
        case .banned: throw .outside(.banned)
        }
        try requireSpaceOutside(for: member)
        return [Draft(.memberWaiting(member), .card(card))]
    }

    private func application(
        _ answers: [String],
        by speaker: Speaker
    ) throws(Rejection) -> [Draft] {
        guard case .member(let member) = speaker.actor else { throw .notAdmitted }
        guard door.admission == .registration else { throw .noForm }
        guard speaker.standing >= door.least else { throw .standingTooLow(least: door.least) }
        guard answers.count == door.questions else {
            throw .wrongAnswers(expected: door.questions)
        }
        var accepted: [String] = []
        for answer in answers {
            accepted.append(try self.accepted(answer, limit: limits.formAnswer))
        }
        try requireSpaceOutside(for: member)
        return [Draft(.memberApplied(member), .application(speaker.card, answers: accepted))]
    }

    private func letIn(_ member: MemberID, _ card: NameCard?) throws(Rejection) -> Draft {
        guard members.count < limits.members else { throw .roomFull(limit: limits.members) }
        return Draft(
            .memberAdmitted(member, roles: [.audience], slots: []),
            .card(card ?? .blank)
        )
    }

    private func changed(
        _ member: MemberID,
        roles: Set<Role>,
        slots: [SlotID]
    ) throws(Rejection) -> [Draft] {
        let known = try membership(member)
        guard !roles.isEmpty else { throw .noRoles }
        for slot in slots { try requireKnown(slot) }
        if !roles.contains(.moderator) { try requireOtherModerator(than: member) }
        let slots = Set(roles.contains(.presenter) ? slots : [])
        guard known.roles != roles || known.slots != slots else { return [] }
        return [Draft(.rolesChanged(member, roles: roles, slots: slots.sorted()))]
    }

    private func membership(_ member: MemberID) throws(Rejection) -> Membership {
        guard let membership = members[member] else { throw .noSuchMember(member) }
        return membership
    }

    /// The last moderator can neither go nor lose its role, by whomever.
    private func requireOtherModerator(than member: MemberID) throws(Rejection) {
        guard isModerator(member) else { return }
        let others = members.contains { $0.key != member && $0.value.roles.contains(.moderator) }
        guard others else { throw .lastModerator }
    }

    private func requireSpaceOutside(for member: MemberID) throws(Rejection) {
        guard outside[member] != nil || outside.count < limits.outside else {
            throw .roomFull(limit: limits.outside)
        }
    }

    mutating func applyAdmission(_ recorded: Recorded) {
        switch recorded.event {
        case .memberWaiting(let id): outside[id] = .waiting(since: recorded.sequence)
        case .memberApplied(let id):
            // Answers sent again keep the place in the queue.
            outside[id] = .applied(since: outside[id]?.since ?? recorded.sequence)
        case .memberDeclined(let id): outside[id] = .declined
        case .memberMuted(let id): members[id]?.isMuted = true
        case .memberUnmuted(let id): members[id]?.isMuted = false
        case .memberCheckedIn(let id): members[id]?.isOnSite = true
        case .memberCheckedOut(let id): members[id]?.isOnSite = false
        case .memberRemoved(let id): put(id, .removed)
        case .memberBanned(let id): put(id, .banned)
        case .memberUnbanned(let id): outside[id] = .removed
        case .termsSigned(let id, _): signatures[id] = recorded.at
        case .disclosed(let disclosure): disclosures.add(disclosure, at: recorded.at, limits)
        case .attendanceCounted, .slotFollowed: applyAttendance(recorded)
        default: applyConversation(recorded)
        }
    }

    private mutating func put(_ member: MemberID, _ place: Outside) {
        members[member] = nil
        outside[member] = place
    }
}
