public import Ledger

/// Hands, the floor, microphones and the stage's layout.
extension Room {
    func floorEvents(of command: Command, by speaker: Speaker) throws(Rejection) -> [Draft] {
        switch command {
        case .raiseHand:
            guard case .member(let member) = speaker.actor else { throw .notAdmitted }
            try requireVoice(of: member)
            guard !floor.hands.contains(member) else { return [] }
            guard floor.hands.count < limits.hands else { throw .roomFull(limit: limits.hands) }
            return [Draft(.handRaised, .raised(by: speaker.card.byline))]
        case .lowerHand(let other):
            guard case .member(let actor) = speaker.actor else { throw .notAdmitted }
            guard other == nil || other == actor || isModerator(actor) else {
                throw .notPermitted(needs: [.moderator])
            }
            let member = other ?? actor
            return floor.hands.contains(member) ? [Draft(.handLowered(member))] : []
        case .giveFloor(let member):
            guard let membership = members[member] else { throw .noSuchMember(member) }
            let lowered = floor.hands.contains(member) ? [Draft(.handLowered(member))] : []
            guard membership.roles.isDisjoint(with: Floor.roles), !floor.holders.contains(member)
            else { return lowered }
            guard floor.holders.count < limits.floorHolders else {
                throw .roomFull(limit: limits.floorHolders)
            }
            return lowered + [Draft(.floorGiven(member))]
        case .takeFloor(let member):
            return floor.holders.contains(member) ? [Draft(.floorTaken(member))] : []
        case .muteMicrophone(let member):
            guard members[member] != nil else { throw .noSuchMember(member) }
            return floor.muted.contains(member) ? [] : [Draft(.microphoneMuted(member))]
        case .unmuteMicrophone(let member):
            return floor.muted.contains(member) ? [Draft(.microphoneUnmuted(member))] : []
        case .arrangeStage(let layout, let pinned):
            if let pinned, members[pinned] == nil { throw .noSuchMember(pinned) }
            guard floor.layout != layout || floor.pinned != pinned else { return [] }
            return [Draft(.stageArranged(layout, pinned: pinned))]
        default:
            return []
        }
    }

    /// What everybody is to see of it when somebody is sent out.
    func leavingFloor(_ member: MemberID) -> [Draft] {
        var drafts: [Draft] = []
        if floor.hands.contains(member) { drafts.append(Draft(.handLowered(member))) }
        if floor.holders.contains(member) { drafts.append(Draft(.floorTaken(member))) }
        if floor.muted.contains(member) { drafts.append(Draft(.microphoneUnmuted(member))) }
        if floor.pinned == member {
            drafts.append(Draft(.stageArranged(floor.layout, pinned: nil)))
        }
        if recording.consents.contains(member) {
            drafts.append(Draft(.recordingConsented(member, false)))
        }
        return drafts
    }

    /// Why the member may not send voice, camera or screen now; `nil` where it may: with one of
    /// `Floor.roles`, or with the floor. Staff's mute is no reason: the track stays, and nothing of it
    /// is heard.
    public func refusalToPublish(by member: MemberID?) -> Rejection? {
        switch speaker(member) {
        case .failure(let refusal): return refusal
        case .success(let roles):
            guard roles.isDisjoint(with: Floor.roles) else { return nil }
            return member.map(floor.holders.contains) == true ? nil : .noFloor
        }
    }

    /// Why the member may not send an interpretation now; `nil` where it may.
    public func refusalToInterpret(by member: MemberID?) -> Rejection? {
        switch speaker(member) {
        case .failure(let refusal): return refusal
        case .success(let roles):
            let needed: [Role] = [.moderator, .captioner]
            return roles.isDisjoint(with: needed) ? .notPermitted(needs: needed) : nil
        }
    }

    /// The roles of a member who could speak now at all.
    private func speaker(_ member: MemberID?) -> Result<Set<Role>, Rejection> {
        guard let member, let membership = members[member] else { return .failure(.notAdmitted) }
        guard !mustSign(member) else { return .failure(.termsNotSigned) }
        let allowed: [Lifecycle.Name] = [.open, .live, .paused]
        guard allowed.contains(lifecycle.name) else {
            return .failure(.wrongState(lifecycle.name, allowed: allowed))
        }
        guard !conduct.isStopped || membership.roles.contains(.moderator) else {
            return .failure(.outputStopped)
        }
        return .success(membership.roles)
    }

    /// Why the member may not rehearse that slot; `nil` where it may.
    public func refusalToRehearse(_ slot: SlotID, by member: MemberID?) -> Rejection? {
        guard let member, let membership = members[member] else { return .notAdmitted }
        guard !mustSign(member) else { return .termsNotSigned }
        guard roadshow.index(of: slot) != nil else { return .noSuchSlot(slot) }
        let allowed: [Lifecycle.Name] = [.scheduled, .open, .live, .paused]
        guard allowed.contains(lifecycle.name) else {
            return .wrongState(lifecycle.name, allowed: allowed)
        }
        guard membership.slots.contains(slot) else { return .notPermitted(needs: [.presenter]) }
        return nil
    }

    /// Whose microphones are not heard: muted by staff, or their time is up.
    public var silenced: Set<MemberID> {
        guard let cut = roadshow.cut else { return floor.muted }
        return floor.muted.union(presenters(of: cut))
    }

    mutating func applyFloor(_ recorded: Recorded) {
        switch recorded.event {
        case .handRaised:
            if case .member(let member) = recorded.by { floor.hands.append(member) }
        case .handLowered(let member): floor.hands.removeAll { $0 == member }
        case .floorGiven(let member): floor.holders.insert(member)
        case .floorTaken(let member): floor.holders.remove(member)
        case .microphoneMuted(let member): floor.muted.insert(member)
        case .microphoneUnmuted(let member): floor.muted.remove(member)
        case .stageArranged(let layout, let pinned): (floor.layout, floor.pinned) = (layout, pinned)
        default: applyRecording(recorded)
        }
    }
}
